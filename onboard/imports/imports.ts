/** After a crash or a lost answer: what the account already has of what a plan would create. */
import { Snapshot } from "../../account/snapshot";
import { SecurityGroupRule } from "../../model/network/vpcs";
import { printLiteral } from "../../synth/language/print/hcl";
import { format } from "../format";
import { Plan, ResourceChange } from "./plan";
import { INTERCHANGEABLE, Planned, RECIPES, Service, WITHOUT_RECIPE } from "./recipes";

export interface Import {
  readonly address: string;
  readonly id: string;
}

export interface Imports {
  readonly imports: readonly Import[];
  /** What was created, but not to the end, and cannot be replaced. It gets its settings by an update. */
  readonly tainted: readonly string[];
  /** What a replacement created, without the state. An import does not take it: its address has the old one. */
  readonly leftovers: readonly Leftover[];
  /** AWS's own outbound rules of imported groups. Terraform removes them only from a group that it creates. */
  readonly ownOutboundRules: readonly { readonly groupId: string; readonly ruleId: string }[];
  /** Several objects could be meant, or one of them by several addresses, so that none is imported. */
  readonly ambiguous: readonly { readonly address: string; readonly ids: readonly string[] }[];
  /** What the account cannot tell, with the reason. */
  readonly unknown: readonly { readonly address: string; readonly reason: string }[];
}

export interface Leftover {
  readonly address: string;
  readonly type: string;
  readonly id: string;
  /** Deletes it. */
  readonly command: string;
}

const isManaged = ({ mode }: ResourceChange) => mode === "managed";

/** What the plan creates, at addresses that the state does not have. */
const created = (plan: Plan) =>
  plan.changes
    .filter(isManaged)
    .filter(({ address, change }) => change.actions.join() === "create" && !isDeposed(plan, address));

/** What the plan creates before it deletes the old one, which the state still has. */
const replaced = (plan: Plan) =>
  plan.changes.filter(isManaged).filter(({ address, change: { actions }, action_reason }) => {
    if (actions.join() === "create,delete") return action_reason !== TAINTED;
    return actions.join() === "create" && isDeposed(plan, address);
  });

const isDeposed = ({ changes }: Plan, address: string) =>
  changes.some((one) => one.address === address && one.deposed !== undefined);

/** What the account has to be read for. */
export function servicesOf(plan: Plan): Service[] {
  const imported = plan.changes.filter(({ change }) => change.importing);
  const services = [...created(plan), ...replaced(plan), ...imported].flatMap(
    ({ type }) => RECIPES[type]?.service ?? [],
  );
  return [...new Set(services)].sort();
}

/** @param written addresses in the file that an earlier run wrote: a plan no longer creates them, but imports them */
export function importsOf(plan: Plan, account: Snapshot, written: ReadonlySet<string>): Imports {
  const resources = plan.changes.filter(isManaged);
  const search = (resource: ResourceChange): Found => ({
    ...{ address: resource.address, type: resource.type },
    ids: matching(resource, account).filter((id) => !plan.managed.has(id)),
    reason: whyUnknown(resource, account),
  });
  const found = created(plan).map(search);
  const imports = [
    ...resources.flatMap(({ address, change }) =>
      written.has(address) && change.importing?.id !== undefined ? [{ address, id: change.importing.id }] : [],
    ),
    ...found.flatMap((one) => {
      const id = idOf(one, found);
      return id === undefined ? [] : [{ address: one.address, id }];
    }),
  ];
  return {
    imports,
    leftovers: replaced(plan).flatMap((resource) => leftovers(resource, search(resource).ids, account)),
    ownOutboundRules: ownOutboundRules(imports, account),
    tainted: resources
      .filter(({ type, action_reason }) => isUnique(type) && action_reason === TAINTED)
      .map(({ address }) => address),
    ambiguous: found.filter((one) => isAmbiguous(one, found)).map(({ address, ids }) => ({ address, ids })),
    unknown: [...found, ...replaced(plan).map(search)].flatMap(({ address, reason }) =>
      reason === undefined ? [] : [{ address, reason }],
    ),
  };
}

/** Of an address of the plan. */
interface Found {
  readonly address: string;
  readonly type: string;
  readonly ids: readonly string[];
  readonly reason: string | undefined;
}

/** Of several that are the same, each address gets one. */
function idOf(one: Found, all: readonly Found[]): string | undefined {
  return isAmbiguous(one, all) ? undefined : one.ids[alike(one, all).indexOf(one)];
}

/** Whether it cannot be told which object is meant, or which of several addresses an object has. */
function isAmbiguous(one: Found, all: readonly Found[]): boolean {
  if (one.ids.length === 0) return false;
  const addresses = alike(one, all).length;
  return INTERCHANGEABLE.includes(one.type) ? one.ids.length > addresses : one.ids.length > 1 || addresses > 1;
}

/** Addresses that the same objects could have. */
function alike({ type, ids }: Found, all: readonly Found[]): Found[] {
  return all.filter((other) => other.type === type && other.ids.join() === ids.join());
}

/** IDs of what the account has as the plan describes it, in the state or not. */
function matching({ type, change }: ResourceChange, account: Snapshot): string[] {
  return RECIPES[type]?.find(change.after ?? {}, account) ?? [];
}

function whyUnknown({ type }: ResourceChange, account: Snapshot): string | undefined {
  const service = RECIPES[type]?.service;
  if (service === undefined || account[service] !== null) return WITHOUT_RECIPE[type];
  return `The snapshot is without ${service}. Take it again, with the right to read that.`;
}

function leftovers({ address, type, change }: ResourceChange, ids: readonly string[], account: Snapshot): Leftover[] {
  return ids.flatMap((id) => {
    const command = DELETED_BY[type]?.(id, change.after ?? {}, account);
    return command === undefined ? [] : [{ address, type, id, command }];
  });
}

const TAINTED = "replace_because_tainted";

/** Of some types, AWS refuses a second one that is the same. Of the others, the first one would stay, and nothing would use it. */
const DELETED_BY: Readonly<Record<string, (id: string, planned: Planned, account: Snapshot) => string | undefined>> = {
  aws_api_gateway_vpc_link: (id) => `aws apigateway delete-vpc-link --vpc-link-id ${id}`,
  aws_apigatewayv2_vpc_link: (id) => `aws apigatewayv2 delete-vpc-link --vpc-link-id ${id}`,
  aws_autoscaling_group: (name) =>
    `aws autoscaling delete-auto-scaling-group --auto-scaling-group-name ${name} --force-delete`,
  aws_cloudfront_vpc_origin: (id) =>
    `aws cloudfront delete-vpc-origin --id ${id} --if-match "$(aws cloudfront get-vpc-origin --id ${id} --query ETag --output text)"`,
  aws_lb_target_group: (arn) => `aws elbv2 delete-target-group --target-group-arn ${arn}`,
  aws_network_interface_sg_attachment: (_, planned, account) => detach(planned, account),
  aws_security_group: (id, _, account) =>
    isAsCreated(id, account) ? `aws ec2 delete-security-group --group-id ${id}` : undefined,
  aws_vpc_security_group_egress_rule: (id, { security_group_id }) => revoke("egress", String(security_group_id), id),
  aws_vpc_security_group_ingress_rule: (id, { security_group_id }) => revoke("ingress", String(security_group_id), id),
};

/** Another state may have a group with the same prefix and description, but something has it, or it has rules. */
function isAsCreated(groupId: string, { ec2 }: Snapshot): boolean {
  const rules = (ec2?.SecurityGroupRules ?? []).filter(({ GroupId }) => GroupId === groupId);
  const interfaces = ec2?.NetworkInterfaces ?? [];
  return (
    rules.every(isOwnOutboundRule) &&
    !interfaces.some(({ Groups = [] }) => Groups.some(({ GroupId }) => GroupId === groupId))
  );
}

/** A network interface is told all the groups that it keeps. */
function detach({ network_interface_id, security_group_id }: Planned, { ec2 }: Snapshot): string {
  const found = ec2?.NetworkInterfaces.find(({ NetworkInterfaceId }) => NetworkInterfaceId === network_interface_id);
  const kept = (found?.Groups ?? []).map(({ GroupId }) => GroupId).filter((id) => id !== security_group_id);
  return `aws ec2 modify-network-interface-attribute --network-interface-id ${String(network_interface_id)} --groups ${kept.join(" ")}`;
}

export function revoke(direction: "egress" | "ingress", groupId: string, ruleId: string): string {
  return `aws ec2 revoke-security-group-${direction} --group-id ${groupId} --security-group-rule-ids ${ruleId}`;
}

/**
 * Types of which AWS takes a second one: they have a name that Terraform makes up, or none. A tainted one is replaced.
 *
 * Of all others AWS has one at most, and the next apply updates all of its settings. Terraform would often create the new
 * one first (create_before_destroy holds for all that such a resource depends on, in other modules, too). That is refused, or
 * answered with the one that is there, which Terraform then destroys.
 */
const REPLACEABLE = [
  "aws_api_gateway_client_certificate",
  "aws_api_gateway_deployment",
  "aws_api_gateway_vpc_link",
  "aws_apigatewayv2_deployment",
  "aws_apigatewayv2_integration",
  "aws_apigatewayv2_vpc_link",
  "aws_autoscaling_group",
  "aws_cloudwatch_query_definition",
  "aws_ec2_network_insights_analysis",
  "aws_ec2_network_insights_path",
  "aws_iam_instance_profile",
  "aws_iam_role",
  "aws_kms_key",
  "aws_launch_template",
  "aws_network_acl",
  "aws_s3_bucket",
  "aws_security_group",
];

const isUnique = (type: string) => (type in RECIPES || type in WITHOUT_RECIPE) && !REPLACEABLE.includes(type);

function ownOutboundRules(imports: readonly Import[], { ec2 }: Snapshot): Imports["ownOutboundRules"] {
  const ids = new Set(imports.map(({ id }) => id));
  return (ec2?.SecurityGroupRules ?? [])
    .filter((rule) => ids.has(rule.GroupId) && isOwnOutboundRule(rule))
    .map(({ GroupId, SecurityGroupRuleId }) => ({ groupId: GroupId, ruleId: SecurityGroupRuleId }));
}

/** AWS gives each new group one. Source: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
function isOwnOutboundRule({ IsEgress, IpProtocol, CidrIpv4, CidrIpv6, Description = "" }: SecurityGroupRule): boolean {
  const isEverywhere = CidrIpv4 === "0.0.0.0/0" || CidrIpv6 === "::/0";
  return IsEgress && IpProtocol === "-1" && isEverywhere && Description === "";
}

/** Not imports.tf, which a configuration has for what its modules adopt. */
export const IMPORTS_FILE = "recovered_imports.tf";

const HEAD = `# Written by "onboard --imports". These objects exist, but not in the state. Remove this file after the next apply.
`;

export function importsFile(imports: readonly Import[]): string {
  const blocks = imports.map(({ address, id }) => `import {\nto = ${address}\nid = ${printLiteral(id)}\n}\n`);
  return format([HEAD, ...blocks].join("\n"));
}

/**
 * The addresses in the file of an earlier run, if there is one.
 * @throws Error if a person wrote it
 */
export function addressesIn(file: string | undefined): ReadonlySet<string> {
  if (file === undefined) return new Set();
  if (!file.startsWith(HEAD))
    throw new Error(`${IMPORTS_FILE} is there, and "onboard --imports" did not write it. Give it another name.`);
  return new Set([...file.matchAll(/^ *to +?= (.*)$/gm)].map(([, address = ""]) => address));
}
