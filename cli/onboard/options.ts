import { NodeWanted } from "../../onboard/composition";

/** The options as the command line has them. */
export interface Options {
  readonly nodeAutoscalingGroup?: string;
  readonly nodeInstances?: readonly string[];
  readonly out?: string;
  readonly print?: true;
  readonly name?: string;
  readonly source?: readonly string[];
  readonly tag?: readonly string[];
  readonly mirror?: true;
  readonly snapshot?: readonly string[];
  readonly check?: readonly string[];
  readonly imports?: string;
  readonly plan?: string;
  readonly profile?: string;
  readonly roleArn?: string;
}

const ARN = /^arn:[^:]+:elasticloadbalancing:([^:]+):(\d{12}):loadbalancer\/app\/([^/]+)\/[0-9a-f]+$/;

export interface Target {
  readonly arn: string;
  readonly region: string;
  readonly accountId: string;
  readonly loadBalancerName: string;
}

/** @throws Error with what was received and what it must be */
export function targetOf(scenario: string, arn: string): Target {
  if (scenario !== "alb")
    throw new Error(
      `onboard writes configurations for "alb". Received: "${scenario}". For others, start from examples/.`,
    );
  const [, region, accountId, loadBalancerName] = ARN.exec(arn) ?? [];
  if (region === undefined || accountId === undefined || loadBalancerName === undefined)
    throw new Error(
      `"onboard alb" takes the ARN of an Application Load Balancer (arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/app/NAME/ID). Received: "${arn}".`,
    );
  return { arn, region, accountId, loadBalancerName };
}

export function nodeOf({ nodeAutoscalingGroup, nodeInstances }: Options): NodeWanted {
  if ((nodeAutoscalingGroup === undefined) === (nodeInstances === undefined))
    throw new Error("Set either --node-autoscaling-group or --node-instances: where the node runs.");
  if (nodeAutoscalingGroup !== undefined) return { autoScalingGroup: nodeAutoscalingGroup };
  const wrong = nodeInstances?.find((id) => !/^i-[0-9a-f]{8,17}$/.test(id));
  if (wrong !== undefined)
    throw new Error(`--node-instances must be instance IDs such as "i-0123456789abcdef0". Received: "${wrong}".`);
  return { instances: nodeInstances ?? [] };
}

/** "shop-wallarm". The module takes at most 23 characters. */
export function nameOf({ name }: Options, { loadBalancerName }: Target): string {
  if (name === undefined) return `${loadBalancerName.slice(0, 15).replace(/-+$/, "")}-wallarm`;
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
