import type { Action, Rule, RuleCondition } from "@aws-sdk/client-elastic-load-balancing-v2";
import { HTTPS } from "../apply/harness/listener";
import type { LocalAws } from "../apply/harness/local-aws";
import type { Plan } from "../apply/harness/plan";

/** ARNs of the application's target groups. */
export interface TargetGroups {
  readonly shop: string;
  readonly api: string;
}

/** A listener that is there before the module is. */
export interface Listener {
  readonly vpcId: string;
  readonly arn: string;
  readonly targetGroups: TargetGroups;
}

/** Conditions and actions of a rule. */
export type RuleParts = [RuleCondition[], Action[]];

/** A rule that a plan creates, as far as we read it. */
export interface PlannedRule {
  readonly priority: number;
  readonly condition: readonly Readonly<Record<string, readonly Record<string, unknown>[]>>[];
  readonly action: readonly {
    readonly type: string;
    readonly forward: readonly { readonly target_group: readonly PlannedTargetGroup[] }[];
    readonly fixed_response: readonly { readonly status_code: string }[];
  }[];
}

export interface PlannedTargetGroup {
  /** Absent for the node's: it is known after apply. */
  readonly arn?: string;
  readonly weight: number;
}

/**
 * Creates a listener that forwards to the shop.
 *
 * @param rules its rules, with the priorities 10, 20, …
 */
export async function createListener(aws: LocalAws, rules: (groups: TargetGroups) => RuleParts[]): Promise<Listener> {
  const { vpcId, subnetIds } = await createNetwork(aws);
  const targetGroups = {
    shop: await createTargetGroup(aws, "shop", vpcId),
    api: await createTargetGroup(aws, "api", vpcId),
  };
  const { LoadBalancers } = await aws.elb.createLoadBalancer({ Name: "shop", Subnets: subnetIds, Scheme: "internal" });
  const { Listeners } = await aws.elb.createListener({
    LoadBalancerArn: known(LoadBalancers?.[0]?.LoadBalancerArn),
    ...HTTPS,
    DefaultActions: forward({ [targetGroups.shop]: 1 }),
  });
  const arn = known(Listeners?.[0]?.ListenerArn);
  for (const [index, [Conditions, Actions]] of rules(targetGroups).entries())
    await aws.elb.createRule({ ListenerArn: arn, Priority: (index + 1) * 10, Conditions, Actions });
  return { vpcId, arn, targetGroups };
}

export function host(...values: string[]): RuleCondition {
  return { Field: "host-header", HostHeaderConfig: { Values: values } };
}

export function path(...values: string[]): RuleCondition {
  return { Field: "path-pattern", PathPatternConfig: { Values: values } };
}

/** @param weights by ARN of a target group */
export function forward(weights: Record<string, number>): Action[] {
  const groups = Object.entries(weights).map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight }));
  return [{ Type: "forward", ForwardConfig: { TargetGroups: groups } }];
}

/** The rules that a plan creates under a name in the module, by route. */
export function plannedRules({ resource_changes = [] }: Plan, name: "node" | "closing"): Map<string, PlannedRule> {
  const address = new RegExp(`\\.aws_lb_listener_rule\\.${name}\\["(.*)"\\]$`);
  return new Map(
    resource_changes.flatMap((resource) => {
      const [, route] = address.exec(resource.address) ?? [];
      return route === undefined ? [] : [[route, resource.change.after as unknown as PlannedRule] as const];
    }),
  );
}

/** A planned rule, as the API would show it. */
export function asRule({ priority, condition, action }: PlannedRule): Rule {
  return {
    Priority: String(priority),
    Conditions: condition.flatMap((kinds) =>
      Object.entries(kinds).flatMap(([kind, blocks]) => (blocks.length > 0 ? [asCondition(kind, blocks)] : [])),
    ),
    Actions: action.map(({ type, forward: [forwardTo], fixed_response: [answer] }) => ({
      Type: type as Action["Type"],
      ForwardConfig: {
        TargetGroups: forwardTo?.target_group.map(({ arn, weight }) => ({ TargetGroupArn: arn, Weight: weight })),
      },
      FixedResponseConfig: { StatusCode: answer?.status_code },
    })),
  };
}

/** @param blocks one, but with query strings one for each */
function asCondition(kind: string, blocks: readonly Record<string, unknown>[]): RuleCondition {
  const Field = kind.replaceAll("_", "-");
  const Values = blocks.flatMap(({ values }) => values as string[]);
  switch (kind) {
    case "host_header":
      return { Field, HostHeaderConfig: { Values } };
    case "http_header":
      return { Field, HttpHeaderConfig: { HttpHeaderName: blocks[0]?.http_header_name as string, Values } };
    case "http_request_method":
      return { Field, HttpRequestMethodConfig: { Values } };
    case "path_pattern":
      return { Field, PathPatternConfig: { Values } };
    case "query_string":
      return {
        Field,
        QueryStringConfig: { Values: blocks.map(({ key, value }) => ({ Key: key as string, Value: value as string })) },
      };
    case "source_ip":
      return { Field, SourceIpConfig: { Values } };
    default:
      throw new Error(`No kind of condition is called ${kind}.`);
  }
}

async function createNetwork({ ec2 }: LocalAws): Promise<{ vpcId: string; subnetIds: string[] }> {
  const { Vpc } = await ec2.createVpc({ CidrBlock: "10.0.0.0/16" });
  const vpcId = known(Vpc?.VpcId);
  const subnets = ["a", "b"].map(async (zone, index) => {
    const { Subnet } = await ec2.createSubnet({
      VpcId: vpcId,
      CidrBlock: `10.0.${index}.0/24`,
      AvailabilityZone: `us-east-1${zone}`,
    });
    return known(Subnet?.SubnetId);
  });
  return { vpcId, subnetIds: await Promise.all(subnets) };
}

async function createTargetGroup({ elb }: LocalAws, Name: string, VpcId: string): Promise<string> {
  const { TargetGroups } = await elb.createTargetGroup({ Name, Protocol: "HTTP", Port: 80, VpcId });
  return known(TargetGroups?.[0]?.TargetGroupArn);
}

function known(id: string | undefined): string {
  if (id === undefined) throw new Error("The local AWS did not tell what it created.");
  return id;
}
