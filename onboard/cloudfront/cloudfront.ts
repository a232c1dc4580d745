/** An application behind CloudFront: the module cloudfront, with the origins of the distribution. */
import { Snapshot } from "../../account/snapshot";
import { Distribution, unsupportedSettings } from "../../model/distributions";
import { applicationBehind } from "../application";
import { entranceOf } from "./entrance";
import { entryOf, isCovered, JudgedOrigin, judgedOrigins, originsFile, SECRET_HEADER } from "./origins";
import { entriesAround } from "./around";
import { stepsOf } from "./owners";
import { CloudFrontWanted, Composition, Entry, Variable, Wanted } from "../composition";
import { block, body, comment, reference } from "../hcl";
import { NEEDED as NEEDED_OF_LOAD_BALANCERS } from "../load-balancer";
import { cloudFrontFleet } from "./fleet";
import { FLEET_VARIABLES, fleetEntries, nodeFor } from "../fleet/fleet";
import { Node } from "../node";
import { listed, Refusal, refuseUnread } from "../refusal";
import { Lead, targetGroupArnsOf, vpcOf } from "../target-groups";

const NEEDED = new RegExp(
  `${NEEDED_OF_LOAD_BALANCERS.source}|^cloudfront:(ListDistributions|ListContinuousDeploymentPolicies|ListVpcOrigins|GetVpcOrigin|GetDistributionConfig)$`,
);

/** @throws Refusal */
export function composeCloudFront(snapshot: Snapshot, asked: Wanted): Composition {
  const wanted = { ...asked, ...(asked.cloudFront ?? NOTHING) };
  const distribution = findDistribution(snapshot, wanted.id);
  const entrance = entranceOf(snapshot, wanted, distribution);
  const origins = judgedOrigins(distribution, snapshot, entrance, wanted);
  const covered = origins.filter(isCovered);
  if (covered.length === 0)
    throw new Refusal(
      `No origin of ${wanted.id} can have the node in its place:\n${origins.map(({ words, reason }) => `${words}: ${reason}`).join("\n")}`,
    );
  const targetGroupArns = targetGroupArnsOf(covered.map(leadOf), snapshot, wanted, EXAMPLE);
  const vpcId = vpcOf(targetGroupArns, snapshot, EXAMPLE);
  const application = applicationBehind(targetGroupArns, snapshot, EXAMPLE);
  const found = nodeFor(snapshot, wanted, { vpcId, application, zones: null }, "cloudfront");
  const node = withoutOwnGroups(found, snapshot, wanted);
  const fleet = "newFleet" in wanted.node ? cloudFrontFleet(snapshot, wanted, { node, vpcId, distribution }) : null;
  const inUse = settingsInUse(distribution);
  const isAdopted = wanted.adoptDistribution && inUse.length === 0;
  const around = entriesAround(distribution, snapshot);
  return {
    scenario: "cloudfront",
    subject: `the distribution ${wanted.id}`,
    ...{ vpcId, securityGroupIds: entrance.securityGroupIds, node, application },
    entries: [entryOfDistribution(wanted, inUse), ...origins.map(entryOf), ...around, ...fleetEntries(node)],
    nodeSettings: entrance.nodeSettings,
    routing: {
      origins: reference("local.origins"),
      secret_header: { active: reference("var.active_secret") },
      secret_header_values: reference("var.secret_header_values"),
      ...entrance.argument,
      ...(isAdopted
        ? {
            adopted_distribution_id: wanted.id,
            adopted_distribution_unsupported_settings: reference("local.unsupported_settings"),
            wait_for_deployment: reference("var.wait_for_deployment"),
          }
        : {}),
    },
    files: {
      "origins.tf": originsFile(origins, wanted.id, isAdopted),
      ...(isAdopted ? { "imports.tf": importsFile(distribution) } : {}),
      ...fleet?.files,
    },
    calls: fleet?.calls ?? {},
    percent: "Percentage of the requests that goes to the node: 0 or 100.",
    variables: [
      ...[...SECRET, ...entrance.variables, ...(isAdopted ? [WAIT, ...headerValues(origins, wanted.id)] : [])],
      ...(fleet ? FLEET_VARIABLES : []),
    ],
    outputs: [
      { name: "origins", description: "Who answers now, by origin ID: the node, the application, or others." },
      ...entrance.outputs,
      ...(isAdopted
        ? []
        : [
            { name: "cutover_origins", description: "For the owner of the distribution: see OWNERS.md." },
            { name: "secret_header", description: "The same: name and value of the header.", isSensitive: true },
          ]),
    ],
    steps: stepsOf({ distribution, origins, around, entrance, inUse, isAdopted, wanted }),
    unread: snapshot.unread,
  };
}

const NOTHING: CloudFrontWanted = { adoptDistribution: false, nodeDomainName: null, applicationOrigins: [] };

const EXAMPLE = "examples/cloudfront/adopted";

function findDistribution(snapshot: Snapshot, id: string): Distribution {
  const all = snapshot.cloudfront?.Distributions ?? [];
  const found = all.find(({ Id }) => Id === id);
  if (found === undefined)
    throw new Refusal(
      `The account ${snapshot.account_id} has no distribution ${id}. Its distributions: ${listed(all.map(({ Id, DomainName }) => `${Id} (${DomainName})`))}.`,
    );
  const isOthers = (action: string, resource: string | null) =>
    action === "cloudfront:GetDistributionConfig" && resource !== id;
  refuseUnread({ ...snapshot, unread: snapshot.unread.filter((one) => !isOthers(one.action, one.resource)) }, NEEDED);
  if (found.DistributionConfig?.Staging === true)
    throw new Refusal(
      `${id} is a staging distribution, which gets a part of the requests of another one. Onboard that one: it has the same domain names.`,
    );
  return found;
}

function leadOf({ words, loadBalancer, ports }: JudgedOrigin): Lead {
  const listeners = (loadBalancer?.Listeners ?? []).filter(({ Port = 0 }) => ports === null || ports.includes(Port));
  return { words, listenerArns: listeners.map(({ ListenerArn }) => ListenerArn) };
}

/** The module gives the node's network interfaces groups that admit CloudFront. Its own group is another one. */
function withoutOwnGroups(node: Node, { ec2 }: Snapshot, { name }: Wanted): Node {
  const own = (ec2?.SecurityGroups ?? []).filter(({ GroupName }) => GroupName.startsWith(`${name}-cloudfront-`));
  const ids = own.map(({ GroupId }) => GroupId);
  return { ...node, securityGroupIds: node.securityGroupIds.filter((id) => !ids.includes(id)) };
}

/** Settings that an update by AWS provider 5.100 would remove. */
function settingsInUse(distribution: Distribution): string[] {
  return Object.entries(unsupportedSettings(distribution)).flatMap(([name, values]) =>
    name === "Id" || values.length === 0 ? [] : [name],
  );
}

function entryOfDistribution({ id, adoptDistribution }: Wanted & CloudFrontWanted, inUse: readonly string[]): Entry {
  const reason =
    adoptDistribution && inUse.length > 0
      ? `It is not adopted, because updates by AWS provider 5.100 would remove these settings: ${inUse.join(", ")}. Its owner pastes the origins.`
      : null;
  return {
    ...{ id: `distribution ${id}`, key: null, priority: null, target: null, reason, needsOwner: reason !== null },
    words: inUse.length === 0 ? `distribution ${id}` : `distribution ${id} with ${inUse.join(", ")}`,
  };
}

function importsFile(distribution: Distribution): string {
  return [
    block("import", [
      {
        to: reference("module.wallarm_routing.aws_cloudfront_distribution.adopted[0]"),
        id: distribution.Id,
      },
    ]),
    comment(
      `Settings that the AWS provider does not know, and that its updates would remove: none when the account was read, see onboard.json. Before you change node_traffic_percent, run "onboard --check".`,
    ),
    `locals {\n${body({ unsupported_settings: unsupportedSettings(distribution) })}\n}`,
  ].join("\n");
}

const SECRET: readonly Variable[] = [
  {
    ...{ name: "secret_header_values", type: "object({ blue = optional(string), green = optional(string) })" },
    ...{ isSensitive: true, isAboutNode: true },
    description: `Values of the header ${SECRET_HEADER}, which the node requires: 32 to 128 digits and lowercase letters, such as { blue = "…" } from "openssl rand -hex 32".`,
  },
  {
    ...{ name: "active_secret", type: "string", default: "blue" },
    description: "The value that CloudFront sends: blue or green.",
  },
];

const WAIT: Variable = {
  ...{ name: "wait_for_deployment", type: "bool", default: true },
  description: "Whether an apply at 100 waits until CloudFront has deployed the change everywhere.",
};

/** The values of headers are not in a snapshot. */
function headerValues(origins: readonly JudgedOrigin[], id: string): Variable[] {
  const found = origins.filter(({ headerNames }) => headerNames.length > 0);
  if (found.length === 0) return [];
  const names = found.map((origin) => `${origin.id} (${origin.headerNames.join(", ")})`);
  return [
    {
      ...{ name: "origin_header_values", type: "map(map(string))", isSensitive: true },
      description: `Values of the headers that CloudFront sends today, by origin and name: ${names.join(", ")}. To read them: aws cloudfront get-distribution-config --id ${id} --query "DistributionConfig.Origins.Items[].[Id, CustomHeaders.Items]".`,
    },
  ];
}
