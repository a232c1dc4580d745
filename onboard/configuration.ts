/** The files of a root configuration, as text. */
import { Subnet } from "../model/members";
import { Call, Composition, MODULE_OF, Output, Variable } from "./composition";
import { format } from "./format";
import { block, body, comment, Expression, Fields, reference } from "./hcl";
import { numbered } from "./load-balancer";
import { groupOf } from "./security-group";

/** Where the modules come from. */
export type Source = (module: string) => { readonly source: string; readonly version?: string };

export interface Settings {
  readonly name: string;
  readonly region: string;
  readonly accountId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly source: Source;
}

/** What the account does not tell: variables without a default. */
export function questionsOf({ application, node, variables }: Composition): Variable[] {
  const choice = (name: string, whose: string, ids: readonly string[]): Variable[] =>
    ids.length > 1
      ? [
          {
            ...{ name, type: "string" },
            description: `ID of the security group of ${whose}. Its network interfaces have all of these: ${ids.join(", ")}.`,
          },
        ]
      : [];
  return [
    ...choice("application_security_group_id", "the application", application.securityGroupIds),
    ...choice("node_security_group_id", "the node", node.securityGroupIds).map(aboutNode),
    ...variables.filter((variable) => variable.default === undefined),
  ];
}

function aboutNode(variable: Variable): Variable {
  return { ...variable, isAboutNode: true };
}

/** File name → text. */
export function configuration(composition: Composition, settings: Settings): Readonly<Record<string, string>> {
  const { files, calls = {} } = composition;
  const own = [...new Set([...Object.keys(files), ...Object.keys(calls)])].map((name) => {
    const { [name]: text = [] } = files;
    const modules = (calls[name] ?? []).map((call) => callBlock(call, settings));
    return [name, [typeof text === "function" ? text(tagsOf(settings)) : text, modules].flat().join("\n")] as const;
  });
  const texts = {
    "main.tf": mainFile(composition, settings),
    ...Object.fromEntries(own),
    "variables.tf": variablesFile(composition),
    "outputs.tf": outputsFile(composition),
    "providers.tf": providersFile(settings),
    "versions.tf": VERSIONS,
  };
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, `${format(text).trim()}\n`]));
}

function moduleBlock(label: string, module: string, { source }: Settings, sections: readonly Fields[]): string {
  return block(`module "${label}"`, [{ ...source(module) }, ...sections]);
}

function callBlock({ label, module, about, sections, isTagged, name = "" }: Call, settings: Settings): string {
  const common = isTagged ? [{ name: name || settings.name, ...tagsOf(settings) }] : [];
  return `${comment(about)}\n${moduleBlock(label, module, settings, [...common, ...sections])}`;
}

function mainFile(composition: Composition, settings: Settings): string {
  const { scenario, subject, application, node, vpcId, backend } = composition;
  const tags = tagsOf(settings);
  const nodeGroup = node.securityGroup ?? groupOf("node", node.securityGroupIds);
  const applicationGroup = groupOf("application", application.securityGroupIds);
  const subnetIds = subnetIdsOf(application.subnets);

  const network = {
    vpc_id: vpcId,
    application: { security_group_id: applicationGroup, ports: [...application.ports] },
  };
  const percent = { node_traffic_percent: reference("var.node_traffic_percent") };
  const routing = composition.isWithoutNetwork
    ? [
        moduleBlock("wallarm_routing", MODULE_OF[scenario], settings, [
          { name: settings.name, ...percent, ...tags },
          { node: composition.nodeSettings, ...composition.routing },
        ]),
        networkRules(nodeGroup, network, settings),
      ].join("\n")
    : moduleBlock("wallarm_routing", MODULE_OF[scenario], settings, [
        { name: settings.name, vpc_id: vpcId, ...percent, ...tags },
        {
          node: { security_group_id: nodeGroup, ...composition.nodeSettings },
          application: backend ? reference("module.backend.application") : network.application,
          ...composition.routing,
        },
      ]);
  const audited = (label: string, group: string | Expression, admitted: string | Expression) =>
    moduleBlock(label, "security-group-audit", settings, [
      { security_group_id: group, node: { security_group_id: admitted } },
    ]);
  const backendGroup = reference("module.backend.security_group_id");
  const verification = moduleBlock("verification", "verification", settings, [
    { name: settings.name, routing: routingOf(composition), ...tags },
    { application: { subnet_ids: subnetIds }, network_interfaces: {}, private_subnets: {} },
  ]);
  return [
    comment(
      `Puts a Wallarm Node between ${subject} and its application. Written by "onboard ${scenario}". What others must do is in OWNERS.md.`,
    ),
    routing,
    networkAcl(composition, settings),
    ...(backend
      ? [
          comment(
            "At every plan, warns about rules that admit anything other than the load balancer behind the node to the application, and anything other than the node to that load balancer.",
          ),
          audited("security_group_audit", applicationGroup, backendGroup),
          audited("backend_audit", backendGroup, nodeGroup),
        ]
      : [
          comment("At every plan, warns about rules that admit anything other than the node to the application."),
          audited("security_group_audit", applicationGroup, nodeGroup),
        ]),
    comment(
      "At every plan, checks who else has the security groups, public addresses, and routes to an internet gateway.",
    ),
    verification,
  ].join("\n");
}

interface Network {
  readonly vpc_id: string;
  readonly application: Fields;
}

/** What the module of the entry point does not have: rules between node and application, and both in the contract. */
function networkRules(nodeGroup: string | Expression, network: Network, settings: Settings): string {
  const rules = moduleBlock("security_group_rules", "security-group-rules", settings, [
    { name: settings.name, vpc_id: network.vpc_id, ...tagsOf(settings) },
    { node: { security_group_id: nodeGroup }, application: network.application },
  ]);
  const inline = (fields: Fields) => `{ ${body(fields).replaceAll("\n", ", ")} }`;
  const routing = "module.wallarm_routing.routing";
  const contract = body({
    node: reference(`merge(${routing}.node, ${inline({ security_group_id: nodeGroup })})`),
    application: reference(`merge(${routing}.application, ${inline(network.application)})`),
    routing: reference(
      `merge(${routing}, ${inline({ vpc_id: network.vpc_id, node: reference("local.node"), application: reference("local.application") })})`,
    ),
  });
  return [
    comment("The rules between the node and the application."),
    rules,
    comment("The contract, with what the module of the API does not know of networks."),
    `locals {\n${contract}\n}\n`,
  ].join("\n");
}

/** The contract, for the modules that take it. */
function routingOf({ isWithoutNetwork, backend }: Composition): Expression {
  if (backend) return reference("module.backend.routing");
  return reference(isWithoutNetwork ? "local.routing" : "module.wallarm_routing.routing");
}

function networkAcl(composition: Composition, settings: Settings): string {
  const { application, node, backend } = composition;
  // Whom the application admits.
  const { subnets } = backend ?? node;
  const who = backend ? "The load balancer behind the node" : "The node";
  const reason = whyNoNetworkAcl(application.subnets, subnets, who, settings.accountId);
  if (reason !== undefined) return `${comment(`Left out: the module network-acl. ${reason}`)}\n`;
  const cidrs = Object.fromEntries(subnets.map(({ CidrBlock }, index) => [`${(index + 1) * 100}`, CidrBlock ?? ""]));
  const groups = application.autoScalingGroups.map(({ AutoScalingGroupName }) => AutoScalingGroupName);
  const autoscaling: Fields = groups.length > 0 ? { autoscaling_group_names: numbered("group", groups) } : {};
  const acl = moduleBlock("network_acl", "network-acl", settings, [
    { count: reference("var.network_acl ? 1 : 0") },
    { name: settings.name, routing: routingOf(composition), ...tagsOf(settings) },
    {
      subnet_ids: subnetIdsOf(application.subnets),
      node_subnet_cidrs: cidrs,
      ...autoscaling,
      accept_failing_health_checks: reference("var.accept_failing_health_checks"),
    },
  ]);
  return `${comment("The last step: in force while node_traffic_percent is 100. List the destinations that the application calls in outbound first.")}\n${acl}`;
}

function whyNoNetworkAcl(
  application: readonly Subnet[],
  admitted: readonly Subnet[],
  who: string,
  accountId: string,
): string | undefined {
  const shared = application.filter(({ OwnerId }) => OwnerId !== undefined && OwnerId !== accountId);
  if (shared.length > 0)
    return `The subnets of the application belong to the account ${shared[0]?.OwnerId}, and only it can change their network ACL.`;
  if (admitted.length === 0)
    return `${who} has no subnets that the account shows, so the CIDR blocks to admit are not known.`;
  const ids = new Set(application.map(({ SubnetId }) => SubnetId));
  if (admitted.some(({ SubnetId }) => ids.has(SubnetId)))
    return `${who} runs in subnets of the application, so an ACL cannot tell them apart.`;
  return undefined;
}

function subnetIdsOf(subnets: readonly Subnet[]): Record<string, string> {
  return numbered(
    "application",
    subnets.map(({ SubnetId }) => SubnetId),
  );
}

function tagsOf({ tags }: Settings): Fields {
  const sorted = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.length > 0 ? { tags: Object.fromEntries(sorted) } : {};
}

function variablesFile(composition: Composition): string {
  const percent: Variable = {
    ...{ name: "node_traffic_percent", type: "number", default: 0 },
    description: composition.percent,
  };
  const known = composition.variables.filter((variable) => variable.default !== undefined);
  return [percent, ...LOCKDOWN, ...known, ...questionsOf(composition)].map(variableBlock).join("\n");
}

const LOCKDOWN: readonly Variable[] = [
  {
    ...{ name: "network_acl", type: "bool", default: false },
    description: "Whether to create the network ACL of the application's subnets: the last step, see OWNERS.md.",
  },
  {
    ...{ name: "accept_failing_health_checks", type: "bool", default: false },
    description:
      "Whether the load balancer's health checks of the application may fail at the lockdown: see OWNERS.md.",
  },
];

function variableBlock({ name, description, type, default: value, isSensitive }: Variable): string {
  return block(`variable "${name}"`, [
    {
      ...{ description, type: reference(type) },
      ...(value === undefined ? {} : { default: value }),
      ...(value === null ? {} : { nullable: false }),
      ...(isSensitive ? { sensitive: true } : {}),
    },
  ]);
}

function outputsFile({ scenario, outputs }: Composition): string {
  const all: Output[] = [
    {
      name: "routing",
      description: `The output routing of the module ${MODULE_OF[scenario]}, for verify and other tools.`,
    },
    ...outputs,
  ];
  return all
    .map(({ name, description, isSensitive, value = `module.wallarm_routing.${name}` }) =>
      block(`output "${name}"`, [
        {
          ...{ description, value: reference(value) },
          ...(isSensitive ? { sensitive: true } : {}),
        },
      ]),
    )
    .join("\n");
}

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
  return block('provider "aws"', [{ region, allowed_account_ids: [accountId] }]);
}
