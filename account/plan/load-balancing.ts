/** Load balancers, listeners, rules, target groups, and targets. */
import * as z from "zod";
import {
  ACTION,
  CONDITION,
  LISTENER as LISTENER_SCHEMA,
  LOAD_BALANCER as BALANCER,
  RULE,
  TARGET_GROUP as GROUP,
} from "../schema/load-balancing";
import { Draft } from "./draft";
import { row } from "./row";
import {
  blocks,
  COMPUTED_NUMBER,
  COMPUTED_TEXT,
  COMPUTED_TEXTS,
  OPTIONAL_NUMBER,
  OPTIONAL_TEXT,
  TEXT,
  TEXTS,
} from "./values";

type LoadBalancer = z.infer<typeof BALANCER>;
type Listener = z.infer<typeof LISTENER_SCHEMA>;
type Condition = z.infer<typeof CONDITION>;
type Action = z.infer<typeof ACTION>;

const LOAD_BALANCER_VALUES = z.object({
  ...{ arn: TEXT, name: COMPUTED_TEXT, load_balancer_type: OPTIONAL_TEXT, security_groups: COMPUTED_TEXTS },
  ...{ ip_address_type: COMPUTED_TEXT, subnets: COMPUTED_TEXTS, dns_name: COMPUTED_TEXT },
  enforce_security_group_inbound_rules_on_private_link_traffic: COMPUTED_TEXT,
});

export const LOAD_BALANCER = row(LOAD_BALANCER_VALUES, {
  remove: ({ arn }, draft) => {
    const balancing = draft.part("elastic_load_balancing");
    const ec2 = draft.part("ec2");
    if (balancing === null || ec2 === null) return;
    balancing.LoadBalancers = balancing.LoadBalancers.filter(({ LoadBalancerArn }) => LoadBalancerArn !== arn);
    ec2.NetworkInterfaces = ec2.NetworkInterfaces.filter((one) => !isOf(arn, one));
  },
  // Its interfaces are known only after the apply. Until then, nobody can say who reaches it.
  put: ({ arn, name = arn, load_balancer_type: Type = "application", security_groups }, draft) => {
    draft.part("elastic_load_balancing")?.LoadBalancers.push({
      ...{ LoadBalancerArn: draft.planned(arn), LoadBalancerName: name, Type, SecurityGroups: security_groups },
      ...{ Attributes: [], Listeners: [] },
    });
  },
  update: (before, { arn, security_groups, subnets, ip_address_type, ...after }, draft) => {
    const found = loadBalancerOf(arn, draft);
    if (found === null) return;
    found.SecurityGroups = security_groups;
    found.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic =
      after.enforce_security_group_inbound_rules_on_private_link_traffic;
    const isMoved = String(before.subnets) !== String(subnets) || before.ip_address_type !== ip_address_type;
    if (isMoved) draft.unknown("the interfaces of the load balancer are known only after the apply.");
    for (const one of draft.part("ec2")?.NetworkInterfaces.filter((other) => isOf(arn, other)) ?? []) {
      one.Groups = security_groups.map((GroupId) => ({ GroupId }));
      draft.planned(one.NetworkInterfaceId);
    }
  },
});

/** AWS names the load balancer in the description: "ELB app/shop/50dc6c495c0c9188". */
function isOf(arn: string, { Description = "" }: { Description?: string | undefined }): boolean {
  return Description.startsWith("ELB ") && arn.endsWith(`:loadbalancer/${Description.slice("ELB ".length)}`);
}

const FORWARD = z.object({
  target_group: blocks(z.object({ arn: TEXT, weight: OPTIONAL_NUMBER })),
});
const ACTIONS = blocks(
  z.object({
    ...{ type: z.string(), target_group_arn: OPTIONAL_TEXT, forward: blocks(FORWARD) },
    redirect: blocks(z.object({ protocol: OPTIONAL_TEXT, port: OPTIONAL_TEXT, host: OPTIONAL_TEXT })),
  }),
);

export const LISTENER = row(
  z.object({
    ...{ arn: TEXT, load_balancer_arn: TEXT, port: OPTIONAL_NUMBER, protocol: COMPUTED_TEXT, default_action: ACTIONS },
  }),
  {
    remove: ({ arn, load_balancer_arn }, draft) => {
      const found = loadBalancerOf(load_balancer_arn, draft);
      if (found !== null) found.Listeners = (found.Listeners ?? []).filter(({ ListenerArn }) => ListenerArn !== arn);
    },
    put: ({ arn, load_balancer_arn, port: Port, protocol: Protocol, default_action }, draft) => {
      const found = loadBalancerOf(load_balancer_arn, draft);
      if (found === null) return;
      draft.planned(arn);
      const DefaultActions = default_action.map(actionOf);
      const byDefault = { RuleArn: arn, Priority: "default", IsDefault: true, Actions: DefaultActions };
      const Rules = found.Type === "application" ? [{ ...byDefault, Conditions: [], Transforms: [] }] : [];
      const listener = { ListenerArn: arn, Port, Protocol, DefaultActions, Rules };
      if (found.Listeners === null) draft.unknown("the other listeners of the load balancer were not read.");
      found.Listeners = [...(found.Listeners ?? []), listener];
      uses(DefaultActions, found, draft);
    },
    update: (_, { arn, load_balancer_arn, port: Port, protocol: Protocol, default_action }, draft) => {
      const found = loadBalancerOf(load_balancer_arn, draft);
      const listener = draft.found(
        found?.Listeners?.find(({ ListenerArn }) => ListenerArn === arn),
        `the listener ${arn}`,
      );
      if (found === null || listener === null) return;
      draft.planned(arn);
      const DefaultActions = default_action.map(actionOf);
      Object.assign(listener, { Port, Protocol, DefaultActions });
      for (const rule of listener.Rules.filter(({ IsDefault }) => IsDefault)) {
        rule.Actions = DefaultActions;
        draft.planned(rule.RuleArn);
      }
      uses(DefaultActions, found, draft);
    },
  },
);

const VALUES = z.object({ values: TEXTS, regex_values: TEXTS });
const RULE_VALUES = z.object({
  ...{ arn: TEXT, listener_arn: TEXT, priority: z.number(), action: ACTIONS },
  condition: blocks(
    z.object({
      ...{ host_header: blocks(VALUES), path_pattern: blocks(VALUES), source_ip: blocks(VALUES) },
      ...{ http_request_method: blocks(VALUES), http_header: blocks(VALUES.extend({ http_header_name: z.string() })) },
      query_string: blocks(z.object({ key: OPTIONAL_TEXT, value: z.string() })),
    }),
  ),
  transform: blocks(z.object({ type: z.string() })),
});
type RuleValues = z.infer<typeof RULE_VALUES>;

export const LISTENER_RULE = row(RULE_VALUES, {
  remove: ({ arn, listener_arn }, draft) => {
    const place = listenerOf(listener_arn, draft);
    if (place !== null) place.listener.Rules = place.listener.Rules.filter(({ RuleArn }) => RuleArn !== arn);
  },
  put: (after, draft) => {
    putRule(after, null, draft);
  },
  update: (before, after, draft) => {
    const place = listenerOf(after.listener_arn, draft);
    const old = place?.listener.Rules.find(({ RuleArn }) => RuleArn === after.arn);
    if (place === null || draft.found(old, `the rule ${after.arn}`) === null) return;
    place.listener.Rules = place.listener.Rules.filter((rule) => rule !== old);
    const isSame = JSON.stringify(before.condition) === JSON.stringify(after.condition);
    putRule(after, isSame ? (old?.Conditions ?? null) : null, draft);
  },
});

/** @param conditions those of the snapshot, if the plan leaves them: their secrets need not be compared */
function putRule(
  { arn, listener_arn, priority, action, condition, transform }: RuleValues,
  conditions: Condition[] | null,
  draft: Draft,
): void {
  const place = listenerOf(listener_arn, draft);
  if (place === null) return;
  const Actions = action.map(actionOf);
  const rule: z.infer<typeof RULE> = {
    ...{ RuleArn: draft.planned(arn), Priority: String(priority), IsDefault: false, Actions },
    Conditions: conditions ?? condition.flatMap((one) => conditionsOf(one, draft)),
    Transforms: transform.map(({ type }) => ({ Type: type })),
  };
  place.listener.Rules.push(rule);
  uses(Actions, place.loadBalancer, draft);
}

function actionOf({
  type: Type,
  target_group_arn: TargetGroupArn,
  forward,
  redirect,
}: z.infer<typeof ACTIONS>[number]): Action {
  const [groups] = forward;
  const [to] = redirect;
  return {
    ...{ Type, TargetGroupArn: groups === undefined ? TargetGroupArn : undefined },
    ForwardConfig: groups && {
      TargetGroups: groups.target_group.map(({ arn, weight }) => ({ TargetGroupArn: arn, Weight: weight })),
    },
    RedirectConfig: to && { Protocol: to.protocol, Port: to.port, Host: to.host },
  };
}

function conditionsOf(one: RuleValues["condition"][number], draft: Draft): Condition[] {
  const config = ({ values, regex_values }: z.infer<typeof VALUES>) =>
    regex_values.length > 0 ? { RegexValues: regex_values } : { Values: values };
  return [
    ...one.host_header.map((part) => ({ Field: "host-header", HostHeaderConfig: config(part) })),
    ...one.path_pattern.map((part) => ({ Field: "path-pattern", PathPatternConfig: config(part) })),
    ...one.source_ip.map(({ values: Values }) => ({ Field: "source-ip", SourceIpConfig: { Values } })),
    ...one.http_request_method.map(({ values: Values }) => ({
      ...{ Field: "http-request-method", HttpRequestMethodConfig: { Values } },
    })),
    ...one.http_header.map(({ http_header_name: HttpHeaderName, ...part }) => {
      const { Values, RegexValues } = config(part);
      const HttpHeaderConfig = {
        HttpHeaderName,
        Values: draft.digests(Values),
        RegexValues: draft.digests(RegexValues),
      };
      return { Field: "http-header", HttpHeaderConfig };
    }),
    ...(one.query_string.length === 0
      ? []
      : [
          {
            Field: "query-string",
            QueryStringConfig: { Values: one.query_string.map(({ key: Key, value: Value }) => ({ Key, Value })) },
          },
        ]),
  ];
}

const TARGET_GROUP_VALUES = z.object({
  ...{ arn: TEXT, name: COMPUTED_TEXT, port: OPTIONAL_NUMBER, protocol: OPTIONAL_TEXT, target_type: OPTIONAL_TEXT },
  ...{ vpc_id: OPTIONAL_TEXT, preserve_client_ip: COMPUTED_TEXT },
});

export const TARGET_GROUP = row(TARGET_GROUP_VALUES, {
  remove: ({ arn }, draft) => {
    const balancing = draft.part("elastic_load_balancing");
    if (balancing !== null)
      balancing.TargetGroups = balancing.TargetGroups.filter(({ TargetGroupArn }) => TargetGroupArn !== arn);
  },
  put: ({ arn, name = arn, vpc_id: VpcId, ...after }, draft) => {
    draft.part("elastic_load_balancing")?.TargetGroups.push({
      ...{
        TargetGroupArn: draft.planned(arn),
        TargetGroupName: name,
        VpcId,
        Port: after.port,
        Protocol: after.protocol,
      },
      ...{ TargetType: after.target_type, LoadBalancerArns: [], Targets: [], Attributes: attributesOf(after) },
    });
  },
  update: (_, after, draft) => {
    const group = targetGroupOf(after.arn, draft);
    if (group === null) return;
    draft.planned(after.arn);
    group.Attributes = [...(group.Attributes ?? []).filter(({ Key }) => Key !== PRESERVED), ...attributesOf(after)];
  },
});

const PRESERVED = "preserve_client_ip.enabled";

function attributesOf({ preserve_client_ip: Value }: Pick<z.infer<typeof TARGET_GROUP_VALUES>, "preserve_client_ip">) {
  return Value === undefined ? [] : [{ Key: PRESERVED, Value }];
}

export const TARGET_GROUP_ATTACHMENT = row(
  z.object({ target_group_arn: TEXT, target_id: TEXT, port: COMPUTED_NUMBER, availability_zone: COMPUTED_TEXT }),
  {
    remove: ({ target_group_arn, target_id, port }, draft) => {
      const group = targetGroupOf(target_group_arn, draft);
      if (group !== null) deregister(group, [target_id], port);
    },
    put: ({ target_group_arn, target_id, port, availability_zone }, draft) => {
      const group = targetGroupOf(target_group_arn, draft);
      if (group === null) return;
      draft.planned(target_group_arn);
      const Target = { Id: target_id, Port: port ?? group.Port, AvailabilityZone: availability_zone };
      group.Targets.push({ Target });
    },
  },
);

export type TargetGroup = z.infer<typeof GROUP>;

export function deregister(group: TargetGroup, ids: readonly string[], port: number | undefined): void {
  group.Targets = group.Targets.filter(
    ({ Target }) => !ids.includes(Target.Id) || (port !== undefined && Target.Port !== port),
  );
}

export function targetGroupOf(arn: string, draft: Draft): TargetGroup | null {
  const group = draft.part("elastic_load_balancing")?.TargetGroups.find(({ TargetGroupArn }) => TargetGroupArn === arn);
  return draft.found(group, `the target group ${arn}`);
}

function loadBalancerOf(arn: string, draft: Draft): LoadBalancer | null {
  const found = draft.part("elastic_load_balancing")?.LoadBalancers.find((one) => one.LoadBalancerArn === arn);
  return draft.found(found, `the load balancer ${arn}`);
}

function listenerOf(arn: string, draft: Draft): { listener: Listener; loadBalancer: LoadBalancer } | null {
  const all = (draft.part("elastic_load_balancing")?.LoadBalancers ?? []).flatMap((loadBalancer) =>
    (loadBalancer.Listeners ?? []).map((listener) => ({ listener, loadBalancer })),
  );
  return draft.found(
    all.find(({ listener }) => listener.ListenerArn === arn),
    `the listener ${arn}`,
  );
}

/** AWS notes the load balancers that use a target group. */
function uses(actions: readonly Action[], { LoadBalancerArn }: LoadBalancer, draft: Draft): void {
  const arns = actions.flatMap(({ TargetGroupArn, ForwardConfig }) => [
    ...[TargetGroupArn],
    ...(ForwardConfig?.TargetGroups ?? []).map((group) => group.TargetGroupArn),
  ]);
  for (const group of draft.part("elastic_load_balancing")?.TargetGroups ?? [])
    if (arns.includes(group.TargetGroupArn) && !group.LoadBalancerArns.includes(LoadBalancerArn))
      group.LoadBalancerArns.push(LoadBalancerArn);
}
