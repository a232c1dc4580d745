import { isIP } from "node:net";
import { CloudFrontWanted, Scenario, SCENARIOS } from "../../onboard/composition";
import { resourceName } from "../../onboard/name";
import { NodeWanted } from "../../onboard/node";
import { fleetOf, FleetOptions, refuseWithoutFleet } from "./fleet";

/** The options as the command line has them. */
export interface Options extends FleetOptions {
  readonly nodeAutoscalingGroup?: string;
  readonly nodeInstances?: readonly string[];
  readonly nodeAddresses?: readonly string[];
  readonly nodeEcsService?: string;
  readonly out?: string;
  readonly print?: true;
  readonly name?: string;
  readonly source?: readonly string[];
  readonly tag?: readonly string[];
  readonly mirror?: true;
  readonly adoptListeners?: true;
  readonly listenerPorts?: readonly string[];
  readonly nodeListener?: string;
  readonly applicationTargetGroups?: readonly string[];
  readonly adoptDistribution?: true;
  readonly nodeDomainName?: string;
  readonly applicationOrigins?: readonly string[];
  readonly adoptApi?: true;
  readonly stage?: string;
  readonly region?: string;
  readonly snapshot?: readonly string[];
  readonly check?: readonly string[];
  readonly routing?: readonly string[];
  readonly from?: string;
  readonly state?: readonly string[];
  readonly only?: readonly string[];
  readonly imports?: string;
  readonly plan?: string;
  readonly profile?: string;
  readonly roleArn?: string;
}

export interface Target {
  readonly scenario: Scenario;
  /** ARN of the load balancer, or ID of the API. */
  readonly id: string;
  /** Null: of the options, the environment, or the profile. */
  readonly region: string | null;
  /** Null: of the credentials. */
  readonly accountId: string | null;
  /** What the resources are named after. */
  readonly name: string;
}

/** @throws Error with what was received and what it must be */
export function targetOf(name: string, id: string): Target {
  const scenario = SCENARIOS.find((one) => one === name);
  if (scenario === undefined)
    throw new Error(
      `onboard writes configurations for ${SCENARIOS.map((one) => `"${one}"`).join(", ")}. Received: "${name}". For others, start from examples/.`,
    );
  if (scenario === "cloudfront") return distributionOf(scenario, id);
  return scenario === "http-api" || scenario === "rest-api" ? apiOf(scenario, id) : loadBalancerOf(scenario, id);
}

function distributionOf(scenario: "cloudfront", id: string): Target {
  if (!/^[0-9A-Z]+$/.test(id))
    throw new Error(
      `"onboard cloudfront" takes the ID of a distribution, such as "E2QWRUHAPOMQZL". Received: "${id}".`,
    );
  return { scenario, id, name: id.toLowerCase(), region: null, accountId: null };
}

function apiOf(scenario: "http-api" | "rest-api", id: string): Target {
  if (!/^[0-9a-z]+$/.test(id))
    throw new Error(
      `"onboard ${scenario}" takes the ID of ${scenario === "http-api" ? "an HTTP" : "a REST"} API, such as "a1b2c3d4e5". Received: "${id}".`,
    );
  return { scenario, id, name: id, region: null, accountId: null };
}

const LOAD_BALANCERS = {
  alb: ["app", "an Application Load Balancer"],
  nlb: ["net", "a Network Load Balancer"],
} as const;

function loadBalancerOf(scenario: keyof typeof LOAD_BALANCERS, id: string): Target {
  const [part, type] = LOAD_BALANCERS[scenario];
  const arn = new RegExp(`^arn:[^:]+:elasticloadbalancing:([^:]+):(\\d{12}):loadbalancer/${part}/([^/]+)/[0-9a-f]+$`);
  const [, region, accountId, name] = arn.exec(id) ?? [];
  if (region === undefined || accountId === undefined || name === undefined)
    throw new Error(
      `"onboard ${scenario}" takes the ARN of ${type} (arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/${part}/NAME/ID). Received: "${id}".`,
    );
  return { scenario, id, region, accountId, name };
}

/** Options that not every entry point has, with those that do. */
const OWN: readonly (readonly [string, keyof Options, readonly Scenario[]])[] = [
  ["--mirror", "mirror", ["alb"]],
  ["--adopt-listeners", "adoptListeners", ["nlb"]],
  ["--listener-ports", "listenerPorts", ["nlb"]],
  ["--node-listener", "nodeListener", ["http-api", "cloudfront", "rest-api"]],
  ["--application-target-groups", "applicationTargetGroups", ["alb", "http-api", "cloudfront", "rest-api"]],
  ["--region", "region", ["http-api", "cloudfront", "rest-api"]],
  ["--adopt-distribution", "adoptDistribution", ["cloudfront"]],
  ["--node-domain-name", "nodeDomainName", ["cloudfront"]],
  ["--application-origins", "applicationOrigins", ["cloudfront"]],
  ["--adopt-api", "adoptApi", ["rest-api"]],
  ["--stage", "stage", ["rest-api"]],
  ["--node-certificate-secret", "nodeCertificateSecret", ["nlb"]],
];

export function refuseOthers(options: Options, scenario: Scenario): void {
  for (const [option, name, owners] of OWN)
    if (options[name] !== undefined && !owners.includes(scenario))
      throw new Error(`${option} is an option of ${owners.map((owner) => `"onboard ${owner}"`).join(" and ")}.`);
}

/** For many applications, an option is of those entry points that have it. */
export function withoutOthers(options: Options, scenario: Scenario): Options {
  const others = OWN.filter(([, , owners]) => !owners.includes(scenario)).map(([, name]) => [name, undefined]);
  return { ...options, ...(Object.fromEntries(others) as Options) };
}

export function listenerPortsOf({ listenerPorts }: Options): number[] | null {
  if (listenerPorts === undefined) return null;
  const wrong = listenerPorts.find((port) => !/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65535);
  if (wrong !== undefined) throw new Error(`--listener-ports must be ports from 1 to 65535. Received: "${wrong}".`);
  return listenerPorts.map(Number);
}

export function nodeOf(options: Options, scenario: Scenario): NodeWanted {
  const { nodeAutoscalingGroup, nodeInstances, nodeAddresses, nodeEcsService, nodeListener, newFleet } = options;
  refuseWithoutFleet(options);
  const given: [option: string, value: unknown][] = [
    ["--node-autoscaling-group", nodeAutoscalingGroup],
    ["--node-instances", nodeInstances],
    ["--node-addresses", nodeAddresses],
    ["--node-ecs-service", nodeEcsService],
    ["--new-fleet", newFleet],
  ];
  const set = given.filter(([, value]) => value !== undefined).map(([option]) => option);
  if (newFleet !== undefined) {
    const others = [...set.filter((option) => option !== "--new-fleet"), ...(nodeListener ? ["--node-listener"] : [])];
    if (others.length > 0)
      throw new Error(`--new-fleet creates the node. Leave it out, or leave out ${others.join(", ")}.`);
    return { newFleet: fleetOf(options) };
  }
  if (scenario === "http-api" || scenario === "rest-api") {
    if (set.length > 0)
      throw new Error(
        `"onboard ${scenario}" takes --node-listener or --new-fleet, because the API reaches the node through a load balancer.`,
      );
    return listenerOf(nodeListener);
  }
  if (scenario === "cloudfront" && nodeListener !== undefined) {
    if (set.length > 0) throw new Error(`Set either --node-listener or ${set.join(", ")}: both say where the node is.`);
    return listenerOf(nodeListener);
  }
  if (set.length !== 1)
    throw new Error(
      `Set one of ${given.map(([option]) => option).join(", ")}: where the node runs. Received: ${set.join(", ") || "none"}.`,
    );
  if (nodeAutoscalingGroup !== undefined) return { autoScalingGroup: nodeAutoscalingGroup };
  if (nodeEcsService !== undefined) return { ecsService: nodeEcsService };
  if (nodeAddresses !== undefined) {
    refuse("--node-addresses", 'IP addresses such as "10.0.1.10"', nodeAddresses, (one) => isIP(one) !== 0);
    return { addresses: nodeAddresses };
  }
  const instances = nodeInstances ?? [];
  refuse("--node-instances", 'instance IDs such as "i-0123456789abcdef0"', instances, (id) => INSTANCE.test(id));
  return { instances };
}

const INSTANCE = /^i-[0-9a-f]{8,17}$/;

/** @throws Error at the first value that is no target, or at one that is there twice */
function refuse(option: string, what: string, values: readonly string[], isTarget: (value: string) => boolean): void {
  const wrong = values.find((value, index) => !isTarget(value) || values.indexOf(value) !== index);
  if (wrong !== undefined) throw new Error(`${option} must be ${what}, each once. Received: "${wrong}".`);
}

function listenerOf(arn: string | undefined): NodeWanted {
  if (arn === undefined || !/^arn:[^:]+:elasticloadbalancing:[^:]+:\d{12}:listener\/(app|net)\/.+$/.test(arn))
    throw new Error(
      `Set --node-listener to the ARN of the listener in front of the node (arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID). Received: ${arn === undefined ? "none" : `"${arn}"`}.`,
    );
  return { listenerArn: arn };
}

export function cloudFrontOf(options: Options): CloudFrontWanted {
  const { adoptDistribution, nodeDomainName = null, applicationOrigins = [] } = options;
  if (nodeDomainName !== null && !/^[0-9a-z-]+(\.[0-9a-z-]+)+$/i.test(nodeDomainName))
    throw new Error(`--node-domain-name must be a name such as "node.example.com". Received: "${nodeDomainName}".`);
  return { adoptDistribution: adoptDistribution === true, nodeDomainName, applicationOrigins };
}

export function nameOf({ name }: Options, target: Target): string {
  if (name === undefined) return resourceName(target.name);
  if (!/^[0-9A-Za-z]([0-9A-Za-z-]{0,21}[0-9A-Za-z])?$/.test(name))
    throw new Error(
      `--name must have 1 to 23 letters, digits, and hyphens, and neither start nor end with a hyphen. Received: "${name}".`,
    );
  return name;
}

export function tagsOf({ tag = [] }: Options): Record<string, string> {
  return Object.fromEntries(
    tag.map((text) => {
      const [, key, value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
      if (key === undefined || value === undefined) throw new Error(`--tag must be KEY=VALUE. Received: "${text}".`);
      return [key, value];
    }),
  );
}
