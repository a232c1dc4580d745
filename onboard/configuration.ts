/** The files of a root configuration, as text. */
import { Json, JsonObject, printComment, printLiteral } from "../synth/language/print/hcl";
import { Subnet } from "../model/members";
import { Composition } from "./composition";
import { format } from "./format";

/** Where the modules come from. */
export type Source = (module: string) => { readonly source: string; readonly version?: string };

export interface Settings {
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly source: Source;
}

/** A variable without a default: something that the account does not tell. */
export interface Question {
  readonly name: string;
  readonly description: string;
}

export function questionsOf({ application, node }: Composition): Question[] {
  const choice = (name: string, whose: string, ids: readonly string[]) =>
    ids.length > 1
      ? [
          {
            name,
            description: `ID of the security group of ${whose}. Its network interfaces have all of these: ${ids.join(", ")}.`,
          },
        ]
      : [];
  return [
    ...choice("application_security_group_id", "the application", application.securityGroupIds),
    ...choice("node_security_group_id", "the node", node.securityGroupIds),
  ];
}

/** File name → text. */
export function configuration(composition: Composition, settings: Settings): Readonly<Record<string, string>> {
  const texts = {
    "main.tf": mainFile(composition, settings),
    "routes.tf": routesFile(composition),
    "variables.tf": variablesFile(composition),
    "outputs.tf": OUTPUTS,
    "providers.tf": providersFile(settings),
    "versions.tf": VERSIONS,
  };
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, `${format(text).trim()}\n`]));
}

/** A reference or another expression, as it is. */
class Expression {
  public constructor(public readonly text: string) {}
}

type Value = Json | Expression | Fields;

interface Fields {
  readonly [key: string]: Value;
}

const reference = (text: string) => new Expression(text);

function print(value: Value): string {
  if (value instanceof Expression) return value.text;
  if (value === null || typeof value !== "object" || Array.isArray(value)) return printLiteral(value as Json);
  const entries = Object.entries(value).map(([key, inner]) => `${key} = ${print(inner)}`);
  const line = entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  return line.length <= 90 && !line.includes("\n") ? line : `{\n${entries.join("\n")}\n}`;
}

function body(fields: Fields): string {
  return Object.entries(fields)
    .map(([key, value]) => `${key} = ${print(value)}`)
    .join("\n");
}

function moduleBlock(label: string, module: string, { source }: Settings, sections: readonly string[]): string {
  return `module "${label}" {\n${[body({ ...source(module) }), ...sections].join("\n\n")}\n}\n`;
}

function mainFile(composition: Composition, settings: Settings): string {
  const { application, node, loadBalancer, vpcId } = composition;
  const tags: Fields = Object.keys(settings.tags).length > 0 ? { tags: quotedKeys(settings.tags) } : {};
  const nodeGroup = groupOf("node", node.securityGroupIds);
  const applicationGroup = groupOf("application", application.securityGroupIds);
  const members: Fields = node.autoScalingGroup
    ? { autoscaling_group_names: { main: node.autoScalingGroup.AutoScalingGroupName } }
    : { instance_ids: Object.fromEntries(node.instanceIds.map((id, index) => [`node-${index + 1}`, id])) };
  const subnetIds = Object.fromEntries(
    application.subnets.map(({ SubnetId }, index) => [`application-${index + 1}`, SubnetId]),
  );
  const groups = (loadBalancer.SecurityGroups ?? []).map((id, index): [string, string] => [`group-${index + 1}`, id]);

  const routing = moduleBlock("wallarm_routing", "alb", settings, [
    body({ name: settings.name, vpc_id: vpcId, node_traffic_percent: reference("var.node_traffic_percent"), ...tags }),
    body({
      node: { security_group_id: nodeGroup, ...members },
      load_balancer: { security_group_ids: Object.fromEntries(groups) },
      application: { security_group_id: applicationGroup, ports: [...application.ports] },
      routes: reference("local.routes"),
    }),
  ]);
  const audit = moduleBlock("security_group_audit", "security-group-audit", settings, [
    body({ security_group_id: applicationGroup, node: { security_group_id: nodeGroup } }),
  ]);
  const verification = moduleBlock("verification", "verification", settings, [
    body({ name: settings.name, routing: reference("module.wallarm_routing.routing"), ...tags }),
    body({ application: { subnet_ids: subnetIds }, network_interfaces: {}, private_subnets: {} }),
  ]);
  return [
    comment(
      `Puts a Wallarm Node between the Application Load Balancer ${loadBalancer.LoadBalancerName} and its application. Written by "onboard alb". The routes are in routes.tf, and what others must do is in OWNERS.md.`,
    ),
    routing,
    networkAcl(composition, settings, subnetIds, tags),
    comment("At every plan, warns about rules that admit anything other than the node to the application."),
    audit,
    comment(
      "At every plan, checks who else has the security groups, public addresses, and routes to an internet gateway.",
    ),
    verification,
  ].join("\n");
}

function networkAcl(
  { application, node }: Composition,
  settings: Settings,
  subnetIds: JsonObject,
  tags: Fields,
): string {
  const reason = whyNoNetworkAcl(application.subnets, node.subnets, settings.accountId);
  if (reason !== undefined) return `${comment(`Left out: the module network-acl. ${reason}`)}\n`;
  const cidrs = Object.fromEntries(
    node.subnets.map(({ CidrBlock }, index) => [`${(index + 1) * 100}`, CidrBlock ?? ""]),
  );
  const groups = application.autoScalingGroups.map(({ AutoScalingGroupName }, index): [string, string] => [
    `group-${index + 1}`,
    AutoScalingGroupName,
  ]);
  const autoscaling: Fields = groups.length > 0 ? { autoscaling_group_names: Object.fromEntries(groups) } : {};
  const block = moduleBlock("network_acl", "network-acl", settings, [
    body({ name: settings.name, routing: reference("module.wallarm_routing.routing"), ...tags }),
    body({
      subnet_ids: subnetIds,
      node_subnet_cidrs: quoted(cidrs),
      ...autoscaling,
      accept_failing_health_checks: reference("var.accept_failing_health_checks"),
    }),
  ]).replace("\n", "\ncount = var.network_acl ? 1 : 0\n\n");
  return `${comment("The last step: in force while node_traffic_percent is 100. List the destinations that the application calls in outbound first.")}\n${block}`;
}

function whyNoNetworkAcl(
  application: readonly Subnet[],
  node: readonly Subnet[],
  accountId: string,
): string | undefined {
  const shared = application.filter(({ OwnerId }) => OwnerId !== undefined && OwnerId !== accountId);
  if (shared.length > 0)
    return `The subnets of the application belong to the account ${shared[0]?.OwnerId}, and only it can change their network ACL.`;
  const ids = new Set(application.map(({ SubnetId }) => SubnetId));
  if (node.some(({ SubnetId }) => ids.has(SubnetId)))
    return "The node runs in subnets of the application, so an ACL cannot tell them apart.";
  return undefined;
}

function groupOf(whose: "node" | "application", ids: readonly string[]): Value {
  return ids.length === 1 ? (ids[0] ?? "") : reference(`var.${whose}_security_group_id`);
}

/** Keys of objects that are not identifiers. */
function quotedKeys(map: Readonly<Record<string, string>>): Value {
  return quoted(Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1))));
}

function quoted(map: Readonly<Record<string, string>>): Value {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [/^\d+$/.test(key) ? key : JSON.stringify(key), value]),
  );
}

function routesFile({ routes, loadBalancer }: Composition): string {
  const covered = routes.covered.map(
    ({ rule, key, route }) =>
      `${comment(rule.words)}\n${/^[a-z_]/.test(key) ? key : `"${key}"`} = {\n${fieldsOf(route)}\n}\n`,
  );
  const leftOut = routes.leftOut.map(({ rule, reason }) => comment(`Left out: ${rule.words}. ${reason}`));
  return [
    comment(
      `The rules of ${loadBalancer.LoadBalancerName} that forward. To write this file again, run "onboard" with the arguments in onboard.json. "onboard --check" lists what has changed in the account since then.`,
    ),
    "locals {",
    `routes = {\n${covered.join("\n")}}`,
    "}",
    ...(leftOut.length > 0 ? ["", leftOut.join("\n\n")] : []),
  ].join("\n");
}

function fieldsOf(route: JsonObject): string {
  return Object.entries(route)
    .map(([name, value]) => {
      const line = `${name} = ${printLiteral(value)}`;
      if (line.length <= 140 || !Array.isArray(value)) return line;
      return `${name} = [\n${value.map((item: Json) => `${printLiteral(item)},`).join("\n")}\n]`;
    })
    .join("\n");
}

/** Text of an account stays in its comment, whatever is in it. */
function comment(text: string): string {
  return printComment(text.replace(/[\p{Cc}\u2028\u2029]/gu, " "));
}

function variablesFile(composition: Composition): string {
  const questions = questionsOf(composition).map(
    ({ name, description }) =>
      `variable "${name}" {\ndescription = ${printLiteral(description)}\ntype = string\nnullable = false\n}\n`,
  );
  return [VARIABLES, ...questions].join("\n");
}

const VARIABLES = `variable "node_traffic_percent" {
description = "Percentage of the requests that goes to the node: 0, then a canary, then 100."
type = number
default = 0
nullable = false
}

variable "network_acl" {
description = "Whether to create the network ACL of the application's subnets: the last step, see OWNERS.md."
type = bool
default = false
nullable = false
}

variable "accept_failing_health_checks" {
description = "Whether the load balancer's health checks of the application may fail at the lockdown: see OWNERS.md."
type = bool
default = false
nullable = false
}
`;

const OUTPUTS = `output "routing" {
description = "The output routing of the module alb, for verify and other tools."
value = module.wallarm_routing.routing
}

output "target_group_arn" {
description = "ARN of the node's target group. Check the health of its targets before you move requests."
value = module.wallarm_routing.target_group_arn
}

output "forward_action" {
description = "The forward action for rules that authenticate clients: see OWNERS.md."
value = module.wallarm_routing.forward_action
}
`;

const VERSIONS = `terraform {
required_version = ">= 1.9"

required_providers {
aws = {
source = "hashicorp/aws"
version = ">= 5.100.0, < 7.0.0"
}
}
}
`;

function providersFile({ region, accountId }: Settings): string {
  return `provider "aws" {\n${body({ region, allowed_account_ids: [accountId] })}\n}\n`;
}
