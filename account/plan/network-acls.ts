/** Network ACLs, their entries in both forms, and the subnets that have them. */
import * as z from "zod";
import { NETWORK_ACL as SCHEMA } from "../schema/ec2";
import { Draft } from "./draft";
import { row } from "./row";
import { blocks, COMPUTED_TEXTS, OPTIONAL_FLAG, OPTIONAL_NUMBER, OPTIONAL_TEXT, orLater, TEXT } from "./values";

type Acl = z.infer<typeof SCHEMA>;
type Entry = NonNullable<Acl["Entries"]>[number];

const ENTRY = z.object({
  ...{ protocol: z.string(), from_port: OPTIONAL_NUMBER, to_port: OPTIONAL_NUMBER },
  ...{ cidr_block: OPTIONAL_TEXT, ipv6_cidr_block: OPTIONAL_TEXT },
});
const INLINE = ENTRY.extend({ rule_no: z.number(), action: z.string() });
const INLINES = orLater(blocks(INLINE));
const ACL = z.object({
  ...{ id: TEXT, vpc_id: OPTIONAL_TEXT, subnet_ids: COMPUTED_TEXTS },
  ...{ ingress: INLINES, egress: INLINES },
});

export const NETWORK_ACL = row(ACL, {
  remove: ({ id, ...before }, draft) => {
    const acl = aclOf(id, draft);
    const ec2 = draft.part("ec2");
    if (acl === null || ec2 === null) return;
    toDefault(before.subnet_ids, acl.VpcId, draft);
    ec2.NetworkAcls = ec2.NetworkAcls.filter((one) => one !== acl);
  },
  put: ({ id, vpc_id, subnet_ids, ...lists }, draft) => {
    const Entries = entriesOf({ id, ...lists }, draft);
    if (Entries === null) draft.unknown("its entries are known only after the apply.");
    draft.part("ec2")?.NetworkAcls.push({ NetworkAclId: draft.planned(id), VpcId: vpc_id, Entries: Entries ?? [] });
    // Without subnets of its own, aws_network_acl_association has them.
    associate(subnet_ids, id, draft);
  },
  update: (before, after, draft) => {
    const acl = aclOf(after.id, draft);
    if (acl === null) return;
    draft.planned(after.id);
    const [old, entries] = [entriesOf(before, draft) ?? [], entriesOf(after, draft)];
    if (entries === null) draft.unknown("its entries are known only after the apply.");
    const isOld = (entry: Entry) => old.some((one) => isSame(one, entry));
    acl.Entries = [...(acl.Entries ?? []).filter((entry) => !isOld(entry)), ...(entries ?? [])];
    const { subnet_ids } = after;
    toDefault(
      before.subnet_ids.filter((subnet) => !subnet_ids.includes(subnet)),
      acl.VpcId,
      draft,
    );
    associate(subnet_ids, after.id, draft);
  },
});

const RULE = ENTRY.extend({
  network_acl_id: TEXT,
  rule_number: z.number(),
  rule_action: z.string(),
  egress: OPTIONAL_FLAG,
});

export const NETWORK_ACL_RULE = row(RULE, {
  remove: ({ network_acl_id: id, ...before }, draft) => {
    const acl = aclOf(id, draft);
    if (acl === null) return;
    draft.planned(id);
    acl.Entries = (acl.Entries ?? []).filter((entry) => !isSame(entry, ruleEntry(before)));
  },
  put: ({ network_acl_id: id, ...after }, draft) => {
    const acl = aclOf(id, draft);
    if (acl === null) return;
    draft.planned(id);
    acl.Entries = [...(acl.Entries ?? []), ruleEntry(after)];
  },
});

export const NETWORK_ACL_ASSOCIATION = row(z.object({ network_acl_id: TEXT, subnet_id: TEXT }), {
  remove: ({ network_acl_id: id, subnet_id }, draft) => {
    toDefault([subnet_id], aclOf(id, draft)?.VpcId, draft);
  },
  put: ({ network_acl_id: id, subnet_id }, draft) => {
    associate([subnet_id], id, draft);
  },
});

function aclOf(id: string, draft: Draft): Acl | null {
  const acl = draft.part("ec2")?.NetworkAcls.find(({ NetworkAclId }) => NetworkAclId === id);
  return draft.found(acl, `the network ACL ${id}`);
}

/** A subnet has one network ACL. */
function associate(subnets: readonly string[], id: string, draft: Draft): void {
  const target = subnets.length === 0 ? null : aclOf(id, draft);
  if (target === null) return;
  draft.planned(id);
  for (const acl of draft.part("ec2")?.NetworkAcls ?? [])
    acl.Associations = (acl.Associations ?? []).filter(({ SubnetId = "" }) => !subnets.includes(SubnetId));
  target.Associations?.push(...subnets.map((SubnetId) => ({ SubnetId })));
}

/** What loses its network ACL gets the default one of its VPC. */
function toDefault(subnets: readonly string[], vpcId: string | undefined, draft: Draft): void {
  if (subnets.length === 0) return;
  const acl = draft.part("ec2")?.NetworkAcls.find(({ IsDefault, VpcId }) => IsDefault === true && VpcId === vpcId);
  const found = draft.found(acl, `the default network ACL of ${vpcId ?? "a VPC"}`);
  if (found !== null) associate(subnets, found.NetworkAclId, draft);
}

/** Null: known only after the apply. A new one with entries of their own has no others. */
function entriesOf({ id, ingress, egress }: Pick<z.infer<typeof ACL>, "id" | "ingress" | "egress">, draft: Draft) {
  const lists = [ingress, egress].map((list) => list ?? (draft.isExtended(id) ? [] : null));
  const [ins, outs] = lists;
  if (ins == null || outs == null) return null;
  const entry = (one: z.infer<typeof INLINE>, isEgress: boolean) => entryOf(one.rule_no, one.action, isEgress, one);
  return [...ins.map((one) => entry(one, false)), ...outs.map((one) => entry(one, true))];
}

function ruleEntry({
  rule_number,
  rule_action,
  egress = false,
  ...rest
}: Omit<z.infer<typeof RULE>, "network_acl_id">) {
  return entryOf(rule_number, rule_action, egress, rest);
}

function entryOf(RuleNumber: number, RuleAction: string, Egress: boolean, rest: z.infer<typeof ENTRY>): Entry {
  const { protocol, from_port: From, to_port: To, cidr_block: CidrBlock, ipv6_cidr_block: Ipv6CidrBlock } = rest;
  const Protocol = protocol === "all" ? "-1" : protocol;
  const ports = Protocol === "-1" ? {} : { PortRange: { From, To } };
  return { RuleNumber, RuleAction, Egress, Protocol, CidrBlock, Ipv6CidrBlock, ...ports };
}

/** AWS has one entry for each number and direction. */
function isSame(one: Entry, other: Entry): boolean {
  return one.RuleNumber === other.RuleNumber && one.Egress === other.Egress;
}
