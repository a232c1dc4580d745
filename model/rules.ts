/** The rules of a load balancer in the order in which AWS evaluates them, in words and by what they do. */
import * as z from "zod";
import { ACTION, CONDITION, LISTENER, LOAD_BALANCER, RULE, TARGET_GROUP } from "../account/schema/load-balancing";
import { Snapshot } from "../account/snapshot";

export type LoadBalancer = z.infer<typeof LOAD_BALANCER>;
export type Listener = z.infer<typeof LISTENER>;
export type TargetGroup = z.infer<typeof TARGET_GROUP>;
type Condition = z.infer<typeof CONDITION>;
type Action = z.infer<typeof ACTION>;

export interface Rule {
  readonly arn: string;
  readonly listener: Listener;
  /** Null: the default action, which is evaluated last. */
  readonly priority: number | null;
  readonly conditions: readonly Condition[];
  readonly actions: readonly Action[];
  readonly tags: Tags;
  readonly rewrites: boolean;
  /** The target groups that it forwards to, with a weight above 0. */
  readonly targetGroupArns: readonly string[];
  /** "rule 10 of 443 (shop.example.com /api/*) → shop". */
  readonly words: string;
}

export type Tags = Readonly<Record<string, string>>;

export function rulesOf({ Listeners }: LoadBalancer, { elastic_load_balancing }: Snapshot): Rule[] {
  const names = namesOf(elastic_load_balancing?.TargetGroups ?? []);
  return [...(Listeners ?? [])]
    .sort((a, b) => (a.Port ?? 0) - (b.Port ?? 0))
    .flatMap((listener) => listener.Rules.map((rule) => ruleOf(rule, listener, names)).sort(byPriority));
}

/** Of the target groups of a snapshot, by ARN: built once for all of its load balancers. */
const known = new WeakMap<readonly TargetGroup[], ReadonlyMap<string, string>>();

function namesOf(groups: readonly TargetGroup[]): ReadonlyMap<string, string> {
  const names = known.get(groups) ?? new Map(groups.map((one) => [one.TargetGroupArn, one.TargetGroupName]));
  known.set(groups, names);
  return names;
}

/** The target groups that a listener forwards to, by its rules and by its default action. */
export function groupsBehind(listenerArn: string, { elastic_load_balancing }: Snapshot): TargetGroup[] {
  const { LoadBalancers = [], TargetGroups = [] } = elastic_load_balancing ?? {};
  const listener = LoadBalancers.flatMap(({ Listeners }) => Listeners ?? []).find(
    ({ ListenerArn }) => ListenerArn === listenerArn,
  );
  const actions = listener === undefined ? [] : [listener, ...listener.Rules].flatMap(actionsOf);
  const arns = actions.flatMap(forwarded);
  return TargetGroups.filter(({ TargetGroupArn }) => arns.includes(TargetGroupArn));
}

function actionsOf(part: Listener | z.infer<typeof RULE>): readonly Action[] {
  return "Actions" in part ? part.Actions : part.DefaultActions;
}

function byPriority(a: Rule, b: Rule): number {
  return (a.priority ?? Infinity) - (b.priority ?? Infinity);
}

function ruleOf(
  { RuleArn, Priority, IsDefault, Conditions, Actions, Transforms, Tags }: z.infer<typeof RULE>,
  listener: Listener,
  names: ReadonlyMap<string, string>,
): Rule {
  const priority = IsDefault ? null : Number(Priority);
  const targetGroupArns = Actions.flatMap(forwarded);
  const what = priority === null ? "default action" : `rule ${priority}`;
  const where = Conditions.length === 0 ? "" : ` (${Conditions.map(conditionInWords).join(" ")})`;
  const does = Actions.map(({ Type }) => Type).filter((type) => type !== "forward");
  const to = [...does, ...targetGroupArns.map((arn) => names.get(arn) ?? arn)].join(", ");
  return {
    ...{ arn: RuleArn, listener, priority, conditions: Conditions, actions: Actions, targetGroupArns },
    tags: tagsOf(Tags),
    rewrites: Transforms.length > 0,
    words: `${what} of ${listener.Port}${where} → ${to}`,
  };
}

/** A forward has a list of groups, or one group in the short form. */
export function forwarded({ TargetGroupArn, ForwardConfig }: Action): string[] {
  const groups = ForwardConfig?.TargetGroups;
  if (groups === undefined) return TargetGroupArn === undefined ? [] : [TargetGroupArn];
  return groups.filter(({ Weight }) => Weight !== 0).map((group) => group.TargetGroupArn);
}

function conditionInWords(condition: Condition): string {
  const { HttpHeaderConfig, QueryStringConfig, SourceIpConfig } = condition;
  if (HttpHeaderConfig) return `header ${HttpHeaderConfig.HttpHeaderName}`;
  if (QueryStringConfig)
    return `query ${(QueryStringConfig.Values ?? []).map(({ Key, Value }) => (Key ? `${Key}=${Value}` : Value)).join("|")}`;
  const values = valuesOf(condition).join("|");
  return SourceIpConfig ? `from ${values}` : values;
}

/** The values of a condition on the host, the path, the method, or the source. */
export function valuesOf(condition: Condition): string[] {
  const { HostHeaderConfig, PathPatternConfig, HttpRequestMethodConfig, SourceIpConfig, Values } = condition;
  const config = HostHeaderConfig ?? PathPatternConfig;
  return (
    config?.RegexValues ?? config?.Values ?? HttpRequestMethodConfig?.Values ?? SourceIpConfig?.Values ?? Values ?? []
  );
}

export function tagsOf(tags: { Key?: string | undefined; Value?: string | undefined }[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}
