/** Security groups, with their rules in each of the three forms that the provider has. */
import * as z from "zod";
import { SECURITY_GROUP_RULE } from "../schema/ec2";
import { Draft } from "./draft";
import { row } from "./row";
import { blocks, COMPUTED_TEXT, OPTIONAL_FLAG, OPTIONAL_NUMBER, OPTIONAL_TEXT, orLater, TEXT, TEXTS } from "./values";

type Rule = z.infer<typeof SECURITY_GROUP_RULE>;
type Peer = Pick<Rule, "CidrIpv4" | "CidrIpv6" | "PrefixListId" | "ReferencedGroupInfo">;

/** A source that is known only after the apply. */
const UNKNOWN_PEER: Peer = {};

const TRAFFIC = z.object({ protocol: z.string(), from_port: OPTIONAL_NUMBER, to_port: OPTIONAL_NUMBER });
const PEERS = z.object({
  cidr_blocks: orLater(TEXTS),
  ipv6_cidr_blocks: orLater(TEXTS),
  prefix_list_ids: orLater(TEXTS),
  self: OPTIONAL_FLAG,
});
const INLINE = TRAFFIC.extend(PEERS.shape).extend({ security_groups: orLater(TEXTS) });
const GROUP = z.object({
  ...{ id: TEXT, name: OPTIONAL_TEXT, vpc_id: OPTIONAL_TEXT },
  ...{ ingress: orLater(blocks(INLINE)), egress: orLater(blocks(INLINE)) },
});

export const SECURITY_GROUP = row(GROUP, {
  remove: (group, draft) => {
    const ec2 = draft.part("ec2");
    if (ec2 === null) return;
    ec2.SecurityGroups = ec2.SecurityGroups.filter(({ GroupId }) => GroupId !== group.id);
    ec2.SecurityGroupRules = ec2.SecurityGroupRules.filter(({ GroupId }) => GroupId !== group.id);
  },
  put: (group, draft) => {
    const { id, name = id, vpc_id } = group;
    draft.part("ec2")?.SecurityGroups.push({ GroupId: draft.planned(id), GroupName: name, VpcId: vpc_id });
    putAll(inlineRules(group, draft), draft);
  },
  update: (before, after, draft) => {
    removeAll(inlineRules(before, draft), draft);
    putAll(inlineRules(after, draft), draft);
  },
});

const SEPARATE = TRAFFIC.extend(PEERS.shape).extend({
  ...{ security_group_id: TEXT, type: z.enum(["ingress", "egress"]) },
  source_security_group_id: orLater(COMPUTED_TEXT),
});

export const SECURITY_GROUP_RULES = row(SEPARATE, {
  remove: (before, draft) => {
    removeAll(separateRules(before), draft);
  },
  put: (after, draft) => {
    putAll(separateRules(after), draft);
  },
});

const SINGLE = z.object({
  ...{ id: TEXT, security_group_id: TEXT, ip_protocol: z.string() },
  ...{ from_port: OPTIONAL_NUMBER, to_port: OPTIONAL_NUMBER },
  ...{ cidr_ipv4: orLater(OPTIONAL_TEXT), cidr_ipv6: orLater(OPTIONAL_TEXT) },
  ...{ prefix_list_id: orLater(OPTIONAL_TEXT), referenced_security_group_id: orLater(OPTIONAL_TEXT) },
});

export const INGRESS_RULE = single(false);
export const EGRESS_RULE = single(true);

function single(isEgress: boolean) {
  return row(SINGLE, {
    remove: ({ id }, draft) => {
      const ec2 = draft.part("ec2");
      if (ec2 === null) return;
      ec2.SecurityGroupRules = ec2.SecurityGroupRules.filter((one) => one.SecurityGroupRuleId !== id);
    },
    put: (after, draft) => {
      const { id, security_group_id: group, ip_protocol: protocol, from_port, to_port } = after;
      const [peer = UNKNOWN_PEER] = peersOf(group, {
        ...{ cidr_blocks: listOf(after.cidr_ipv4), ipv6_cidr_blocks: listOf(after.cidr_ipv6) },
        prefix_list_ids: listOf(after.prefix_list_id),
        security_groups: listOf(after.referenced_security_group_id),
      });
      const rule = ruleOf(group, isEgress, { protocol, from_port, to_port }, peer);
      draft.part("ec2")?.SecurityGroupRules.push({ ...rule, SecurityGroupRuleId: draft.planned(id) });
    },
  });
}

function separateRules({
  security_group_id: group,
  type,
  source_security_group_id: source,
  ...rest
}: z.infer<typeof SEPARATE>) {
  const peers = peersOf(group, { ...rest, security_groups: listOf(source) });
  return peers.map((peer) => ruleOf(group, type === "egress", rest, peer));
}

/** Terraform knows no rules of a new group before the apply. With rules of its own resources, it has no others. */
function inlineRules({ id, ...lists }: z.infer<typeof GROUP>, draft: Draft): Rule[] {
  return (["ingress", "egress"] as const).flatMap((direction) => {
    const isEgress = direction === "egress";
    const rules = lists[direction];
    if (rules === null) return draft.isExtended(id) ? [] : [ruleOf(id, isEgress, { protocol: "-1" }, UNKNOWN_PEER)];
    return rules.flatMap((rule) => peersOf(id, rule).map((peer) => ruleOf(id, isEgress, rule, peer)));
  });
}

function listOf(value: string | null | undefined): string[] | null {
  return value === null ? null : [value].filter((one) => one !== undefined);
}

type Peers = z.infer<typeof PEERS> & { readonly security_groups: readonly string[] | null };

/** AWS has a rule for each of them. */
function peersOf(group: string, peers: Peers): Peer[] {
  const groups = peers.security_groups?.map((id) => id.replace(/^\d+\//, "")) ?? null;
  const each = <Value>(values: readonly Value[] | null, peer: (value: Value) => Peer) =>
    values === null ? [UNKNOWN_PEER] : values.map(peer);
  return [
    ...each(peers.cidr_blocks, (CidrIpv4) => ({ CidrIpv4 })),
    ...each(peers.ipv6_cidr_blocks, (CidrIpv6) => ({ CidrIpv6 })),
    ...each(peers.prefix_list_ids, (PrefixListId) => ({ PrefixListId })),
    ...each(groups, (GroupId) => ({ ReferencedGroupInfo: { GroupId } })),
    ...(peers.self === true ? [{ ReferencedGroupInfo: { GroupId: group } }] : []),
  ];
}

/** AWS gives the ID. Until then, the rule says it. */
function ruleOf(GroupId: string, IsEgress: boolean, traffic: z.infer<typeof TRAFFIC>, peer: Peer): Rule {
  const { protocol, from_port, to_port } = traffic;
  const IpProtocol = protocol === "all" ? "-1" : protocol.toLowerCase();
  const ports = IpProtocol === "-1" ? {} : { FromPort: from_port, ToPort: to_port };
  const rule = { GroupId, IsEgress, IpProtocol, ...ports, ...peer };
  return { ...rule, SecurityGroupRuleId: identity(rule) };
}

function identity(rule: Omit<Rule, "SecurityGroupRuleId">): string {
  const { GroupId, IsEgress, IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupInfo } =
    rule;
  const peer = CidrIpv4 ?? CidrIpv6 ?? PrefixListId ?? ReferencedGroupInfo?.GroupId ?? "?";
  const ports = IpProtocol === "-1" ? "" : ` ${FromPort ?? 0}-${ToPort ?? 65_535}`;
  return `${GroupId} ${IsEgress ? "egress" : "ingress"} ${IpProtocol}${ports} ${peer}`;
}

function putAll(rules: readonly Rule[], draft: Draft): void {
  for (const rule of rules) draft.planned(rule.SecurityGroupRuleId);
  draft.part("ec2")?.SecurityGroupRules.push(...rules);
}

/** The provider writes a protocol as AWS answers it. A rule that is not found stays, and may be a false alarm. */
function removeAll(rules: readonly Rule[], draft: Draft): void {
  const ec2 = draft.part("ec2");
  const gone = new Set(rules.map(identity));
  if (ec2 !== null) ec2.SecurityGroupRules = ec2.SecurityGroupRules.filter((one) => !gone.has(identity(one)));
}
