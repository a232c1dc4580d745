import {
  DescribeListenersCommand,
  DescribeLoadBalancerAttributesCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTagsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import * as z from "zod";
import { Digest } from "../schema/digest";
import { TAGS } from "../schema/ec2";
import * as schema from "../schema/load-balancing";
import { callsOf, Pages, Reader } from "./reader";

const call = callsOf<ElasticLoadBalancingV2Client>();
const pages: Pages = ["NextMarker", "Marker"];

/** The values are not digests yet: a rule becomes one of the document in `withDigests`. */
const RAW_RULE = z.looseObject({
  Conditions: z
    .array(
      z.looseObject({
        HttpHeaderConfig: z
          .looseObject({ Values: z.array(z.string()).optional(), RegexValues: z.array(z.string()).optional() })
          .optional(),
      }),
    )
    .optional(),
});

type LoadBalancer = z.infer<typeof schema.LOAD_BALANCER>;
type TargetGroup = z.infer<typeof schema.TARGET_GROUP>;

export const CALLS = {
  loadBalancers: call({
    action: "elasticloadbalancing:DescribeLoadBalancers",
    send: (elb, input: object) => elb.send(new DescribeLoadBalancersCommand(input)),
    ...{ list: "LoadBalancers", item: schema.LOAD_BALANCER, pages },
  }),
  loadBalancerAttributes: call({
    action: "elasticloadbalancing:DescribeLoadBalancerAttributes",
    send: (elb, input: { LoadBalancerArn: string }) => elb.send(new DescribeLoadBalancerAttributesCommand(input)),
    ...{ list: "Attributes", item: schema.ATTRIBUTE },
  }),
  listeners: call({
    action: "elasticloadbalancing:DescribeListeners",
    send: (elb, input: { LoadBalancerArn: string }) => elb.send(new DescribeListenersCommand(input)),
    ...{ list: "Listeners", item: schema.LISTENER, pages },
  }),
  rules: call({
    action: "elasticloadbalancing:DescribeRules",
    send: (elb, input: { ListenerArn: string }) => elb.send(new DescribeRulesCommand(input)),
    ...{ list: "Rules", item: RAW_RULE, pages },
  }),
  targetGroups: call({
    action: "elasticloadbalancing:DescribeTargetGroups",
    send: (elb, input: object) => elb.send(new DescribeTargetGroupsCommand(input)),
    ...{ list: "TargetGroups", item: schema.TARGET_GROUP, pages },
  }),
  targetGroupAttributes: call({
    action: "elasticloadbalancing:DescribeTargetGroupAttributes",
    send: (elb, input: { TargetGroupArn: string }) => elb.send(new DescribeTargetGroupAttributesCommand(input)),
    ...{ list: "Attributes", item: schema.ATTRIBUTE },
  }),
  targetHealth: call({
    action: "elasticloadbalancing:DescribeTargetHealth",
    send: (elb, input: { TargetGroupArn: string }) => elb.send(new DescribeTargetHealthCommand(input)),
    ...{ list: "TargetHealthDescriptions", item: schema.TARGET_HEALTH },
  }),
  tags: call({
    action: "elasticloadbalancing:DescribeTags",
    send: (elb, input: { ResourceArns: string[] }) => elb.send(new DescribeTagsCommand(input)),
    ...{ list: "TagDescriptions", item: z.object({ ResourceArn: z.string(), Tags: TAGS }) },
  }),
};

/** The most resources in a call of DescribeTags: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTags.html */
const TAGGED_AT_ONCE = 20;

/**
 * The health of targets first: with a focus, only the load balancers are read whole that share a target with it.
 * @param focus ARN of a load balancer
 */
export async function readLoadBalancing(
  elb: Reader<ElasticLoadBalancingV2Client>,
  focus: string | null,
): Promise<z.infer<typeof schema.LOAD_BALANCING>> {
  const [loadBalancers, described] = await Promise.all([
    elb.list(CALLS.loadBalancers, {}),
    elb.list(CALLS.targetGroups, {}),
  ]);
  const vpcId = loadBalancers.find(({ LoadBalancerArn }) => LoadBalancerArn === focus)?.VpcId;
  const targetGroups = await Promise.all(
    described.map(async (group): Promise<TargetGroup> => {
      // A group of another VPC may have the addresses of this one's targets, but an instance has only its own VPC.
      if (focus !== null && group.TargetType === "instance" && group.VpcId !== vpcId) return group;
      const { TargetGroupArn } = group;
      return { ...group, Targets: await elb.list(CALLS.targetHealth, { TargetGroupArn }, TargetGroupArn) };
    }),
  );

  const carrying = focus === null ? undefined : carryingTheSame(focus, targetGroups);
  const isWhole = (arn: string) => carrying?.has(arn) ?? true;
  const [whole, wholeGroups] = await Promise.all([
    Promise.all(loadBalancers.map(async (one) => (isWhole(one.LoadBalancerArn) ? withListeners(elb, one) : one))),
    Promise.all(targetGroups.map(async (one) => (one.LoadBalancerArns.some(isWhole) ? withAttributes(elb, one) : one))),
  ]);

  const arns = whole.filter(({ Listeners }) => Listeners !== null).flatMap(taggedArns);
  arns.push(...wholeGroups.filter(({ Attributes }) => Attributes !== null).map((group) => group.TargetGroupArn));
  const tags = await readTags(elb, arns);
  const tagged = <Resource extends object>(resource: Resource, arn: string) => ({ ...resource, Tags: tags.get(arn) });
  return {
    LoadBalancers: whole.map((one) => ({
      ...tagged(one, one.LoadBalancerArn),
      Listeners:
        one.Listeners?.map((listener) => ({
          ...tagged(listener, listener.ListenerArn),
          Rules: listener.Rules.map((rule) => tagged(rule, rule.RuleArn)),
        })) ?? null,
    })),
    TargetGroups: wholeGroups.map((group) => tagged(group, group.TargetGroupArn)),
  };
}

/** The load balancers that have a target of this one, or have this one as a target, step by step. */
function carryingTheSame(focus: string, targetGroups: readonly TargetGroup[]): ReadonlySet<string> {
  const found = new Set([focus]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    const behind = targetGroups.filter(({ LoadBalancerArns }) => LoadBalancerArns.some((arn) => found.has(arn)));
    const targets = new Set([...found, ...behind.flatMap(({ Targets }) => Targets.map(({ Target }) => Target.Id))]);
    for (const { Targets, LoadBalancerArns } of targetGroups)
      if (Targets.some(({ Target }) => targets.has(Target.Id))) for (const arn of LoadBalancerArns) found.add(arn);
    for (const id of targets) if (id.includes(":loadbalancer/")) found.add(id);
  }
  return found;
}

async function withListeners(
  elb: Reader<ElasticLoadBalancingV2Client>,
  loadBalancer: LoadBalancer,
): Promise<LoadBalancer> {
  const { LoadBalancerArn } = loadBalancer;
  const [Attributes, listeners] = await Promise.all([
    elb.list(CALLS.loadBalancerAttributes, { LoadBalancerArn }, LoadBalancerArn),
    elb.list(CALLS.listeners, { LoadBalancerArn }, LoadBalancerArn),
  ]);
  const Listeners = await Promise.all(
    listeners.map(async (listener) => {
      // The listener of a Network Load Balancer has no rules.
      if (loadBalancer.Type !== "application") return listener;
      const { ListenerArn } = listener;
      const rules = await elb.list(CALLS.rules, { ListenerArn }, ListenerArn);
      const Rules = rules.map((rule) =>
        elb.converted(CALLS.rules, ListenerArn, schema.RULE, () => withDigests(rule, elb.reading.digest)),
      );
      return { ...listener, Rules: Rules.filter((rule) => rule !== undefined) };
    }),
  );
  return { ...loadBalancer, Attributes, Listeners };
}

async function withAttributes(elb: Reader<ElasticLoadBalancingV2Client>, group: TargetGroup): Promise<TargetGroup> {
  const { TargetGroupArn } = group;
  return { ...group, Attributes: await elb.list(CALLS.targetGroupAttributes, { TargetGroupArn }, TargetGroupArn) };
}

function withDigests(rule: z.infer<typeof RAW_RULE>, digest: Digest): object {
  return {
    ...rule,
    Conditions: rule.Conditions?.map(({ HttpHeaderConfig, ...condition }) => ({
      ...condition,
      HttpHeaderConfig: HttpHeaderConfig && {
        ...HttpHeaderConfig,
        Values: HttpHeaderConfig.Values?.map(digest),
        RegexValues: HttpHeaderConfig.RegexValues?.map(digest),
      },
    })),
  };
}

function taggedArns({ LoadBalancerArn, Listeners }: LoadBalancer): string[] {
  const listeners = Listeners ?? [];
  // AWS tags no default rule.
  const rules = listeners.flatMap(({ Rules }) => Rules.filter(({ IsDefault }) => !IsDefault));
  return [LoadBalancerArn, ...listeners.map((one) => one.ListenerArn), ...rules.map(({ RuleArn }) => RuleArn)];
}

async function readTags(elb: Reader<ElasticLoadBalancingV2Client>, arns: readonly string[]) {
  const starts = Array.from({ length: Math.ceil(arns.length / TAGGED_AT_ONCE) }, (_, index) => index * TAGGED_AT_ONCE);
  const found = await Promise.all(
    starts.map((start) => {
      const ResourceArns = arns.slice(start, start + TAGGED_AT_ONCE);
      return elb.list(CALLS.tags, { ResourceArns }, ResourceArns.join(" "));
    }),
  );
  return new Map(found.flat().map(({ ResourceArn, Tags }) => [ResourceArn, Tags]));
}
