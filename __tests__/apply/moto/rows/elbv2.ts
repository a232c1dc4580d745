import type { Action, Rule } from "@aws-sdk/client-elastic-load-balancing-v2";
import { afterLogin, HTTPS } from "../../harness/listener";
import type { Row } from "./row";
import { count, forward, forwardTo, host, path, type World } from "./world";

const noGroupStickiness = { Enabled: false };

export const loadBalancers: Row[] = [
  {
    rule: "arn_names_the_type",
    ask: async (world) => {
      const typeIn = (arn = "") => /:loadbalancer\/(\w+)\//.exec(arn)?.[1];
      return [typeIn(await world.nlb()), typeIn(await world.alb())];
    },
    strict: ["net", "app"],
    plain: ["app", "app"],
  },
  {
    rule: "new_load_balancer_has_all_attributes",
    ask: (world) =>
      Promise.all(
        [
          [world.alb(), "routing.http.xff_header_processing.mode"] as const,
          [world.nlb(), "dns_record.client_routing_policy"] as const,
        ].map(async ([arn, key]) => {
          const input = { LoadBalancerArn: await arn };
          const { Attributes = [] } = await world.aws.elb.describeLoadBalancerAttributes(input);
          return Attributes.find(({ Key }) => Key === key)?.Value;
        }),
      ),
    strict: ["append", "any_availability_zone"],
    plain: [undefined, undefined],
  },
  {
    rule: "private_link_enforcement_is_kept",
    ask: async (world) => {
      const LoadBalancerArn = await world.nlb();
      const read = async () =>
        (await world.aws.elb.describeLoadBalancers({ LoadBalancerArns: [LoadBalancerArn] })).LoadBalancers?.[0]
          ?.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic;
      const before = await read();
      await world.aws.elb.setSecurityGroups({
        LoadBalancerArn,
        SecurityGroups: [await world.securityGroup()],
        EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off",
      });
      return [before, await read()];
    },
    strict: [undefined, "off"],
    plain: [undefined, undefined],
  },
  {
    rule: "security_groups_of_load_balancer",
    lawful: async (world) => world.newLoadBalancer({ SecurityGroups: await world.securityGroups(5) }),
    refused: async (world) => world.newLoadBalancer({ SecurityGroups: await world.securityGroups(6) }),
    code: "InvalidConfigurationRequest",
  },
  {
    rule: "security_groups_of_load_balancer",
    lawful: async (world) => world.newLoadBalancer({ SecurityGroups: [await world.securityGroup()] }),
    refused: async (world) =>
      world.newLoadBalancer({ SecurityGroups: [await world.securityGroup(await world.otherVpc())] }),
    code: "InvalidConfigurationRequest",
  },
  {
    rule: "security_groups_of_load_balancer",
    lawful: async (world) =>
      world.aws.elb.setSecurityGroups({
        LoadBalancerArn: await world.nlb(),
        SecurityGroups: await world.securityGroups(2),
      }),
    refused: async (world) =>
      world.aws.elb.setSecurityGroups({
        LoadBalancerArn: await world.newLoadBalancer({ Type: "network" }),
        SecurityGroups: await world.securityGroups(1),
      }),
    code: "InvalidConfigurationRequest",
  },
  {
    rule: "subnets_of_load_balancer",
    lawful: (world) => world.newLoadBalancer(),
    refused: async (world) => world.newLoadBalancer({ Subnets: [await world.subnet()] }),
    code: "ValidationError",
  },
  {
    rule: "subnets_of_load_balancer",
    lawful: async (world) => world.newLoadBalancer({ Type: "network", Subnets: [await world.subnet()] }),
    refused: async (world) =>
      world.newLoadBalancer({
        Type: "network",
        Subnets: [await world.subnet(), await world.newSubnet(await world.vpc(), "10.0.9.0/24", "a")],
      }),
    code: "InvalidConfigurationRequest",
  },
  {
    rule: "subnets_of_load_balancer",
    lawful: async (world) =>
      world.newLoadBalancer({ Type: "network", Scheme: "internal", Subnets: [await world.otherSubnet()] }),
    refused: async (world) => world.newLoadBalancer({ Type: "network", Subnets: [await world.otherSubnet()] }),
    code: "InvalidSubnet",
  },
  {
    rule: "deletion_protection",
    lawful: async (world) => world.aws.elb.deleteLoadBalancer({ LoadBalancerArn: await world.alb() }),
    refused: async (world) => {
      const LoadBalancerArn = await world.newLoadBalancer();
      const Attributes = [{ Key: "deletion_protection.enabled", Value: "true" }];
      await world.aws.elb.modifyLoadBalancerAttributes({ LoadBalancerArn, Attributes });
      await world.aws.elb.deleteLoadBalancer({ LoadBalancerArn });
    },
    code: "OperationNotPermitted",
  },
];

async function lastingCookie(world: World, Value: string): Promise<void> {
  const Attributes = [{ Key: "stickiness.lb_cookie.duration_seconds", Value }];
  await world.aws.elb.modifyTargetGroupAttributes({ TargetGroupArn: await world.targetGroup(), Attributes });
}

export const targetGroups: Row[] = [
  {
    rule: "load_balancers_of_target_group",
    ask: async (world) => {
      await world.listener();
      await world.rule();
      const TargetGroupArns = [await world.application()];
      const { TargetGroups } = await world.aws.elb.describeTargetGroups({ TargetGroupArns });
      return TargetGroups?.[0]?.LoadBalancerArns?.length;
    },
    strict: 1,
    plain: 2,
  },
  {
    rule: "connection_termination_of_udp",
    ask: async (world) => {
      const protocols = ["UDP", "TCP_UDP", "TCP", "TLS", "HTTP"] as const;
      return Promise.all(
        protocols.map(async (Protocol) => {
          const TargetGroupArn = await world.targetGroup({ Protocol });
          const { Attributes = [] } = await world.aws.elb.describeTargetGroupAttributes({ TargetGroupArn });
          return Attributes.find(({ Key }) => Key?.endsWith("connection_termination.enabled"))?.Value;
        }),
      );
    },
    strict: ["true", "true", "false", "false", undefined],
    plain: [undefined, undefined, undefined, undefined, undefined],
  },
  {
    rule: "cookies_of_a_new_target_group",
    ask: async (world) => {
      const TargetGroupArn = await world.targetGroup();
      const { Attributes = [] } = await world.aws.elb.describeTargetGroupAttributes({ TargetGroupArn });
      return Attributes.filter(({ Key }) => /cookie.duration/.test(String(Key))).map(({ Value }) => Value);
    },
    strict: ["86400", "86400"],
    plain: [],
  },
  {
    rule: "cookie_duration",
    lawful: (world) => lastingCookie(world, "604800"),
    refused: (world) => lastingCookie(world, "0"),
    code: "ValidationError",
  },
  {
    rule: "thresholds_of_a_new_target_group",
    ask: async (world) => {
      const protocols = ["HTTP", "TCP"] as const;
      return Promise.all(
        protocols.map(async (Protocol) => {
          const TargetGroupArn = await world.targetGroup({ Protocol });
          const { Attributes = [] } = await world.aws.elb.describeTargetGroupAttributes({ TargetGroupArn });
          return Attributes.filter(({ Key }) => /target_group_health|anomaly|target_health_state/.test(String(Key)))
            .length;
        }),
      );
    },
    strict: [5, 6],
    plain: [0, 0],
  },
  {
    rule: "clients_of_network_groups",
    ask: async (world) => {
      const kinds = [
        { Protocol: "TCP" },
        { Protocol: "TCP", TargetType: "ip" },
        { Protocol: "UDP", TargetType: "ip" },
        { Protocol: "HTTP" },
      ] as const;
      return Promise.all(
        kinds.map(async (kind) => {
          const TargetGroupArn = await world.targetGroup(kind);
          const { Attributes = [] } = await world.aws.elb.describeTargetGroupAttributes({ TargetGroupArn });
          const value = (wanted: string) => Attributes.find(({ Key }) => Key === wanted)?.Value;
          return [value("preserve_client_ip.enabled"), value("proxy_protocol_v2.enabled")];
        }),
      );
    },
    strict: [
      ["true", "false"],
      ["false", "false"],
      ["true", "false"],
      [undefined, undefined],
    ],
    plain: Array.from({ length: 4 }, () => [undefined, undefined]),
  },
  {
    rule: "target_stickiness_needs_group_stickiness",
    lawful: async (world) => {
      await world.rule();
      await world.makeSticky(await world.application());
    },
    refused: async (world) => {
      const groups = [await world.targetGroup(), await world.targetGroup()];
      await world.rule({ Actions: forwardTo(groups) });
      await world.makeSticky(String(groups[0]));
    },
    code: "InvalidConfigurationRequest",
  },
  {
    rule: "slow_start",
    lawful: async (world) => world.setAttributes(await world.targetGroup(), { "slow_start.duration_seconds": "30" }),
    refused: async (world) => world.setAttributes(await world.targetGroup(), { "slow_start.duration_seconds": "29" }),
    code: "ValidationError",
  },
  {
    rule: "slow_start",
    lawful: async (world) => world.setAttributes(await world.targetGroup(), { "slow_start.duration_seconds": "0" }),
    refused: async (world) =>
      world.setAttributes(await world.targetGroup(), {
        "slow_start.duration_seconds": "60",
        "load_balancing.algorithm.type": "least_outstanding_requests",
      }),
    code: "InvalidConfigurationRequest",
  },
  {
    rule: "matcher_of_health_check",
    lawful: (world) => world.targetGroup({ Matcher: { HttpCode: "200,302-399" } }),
    refused: (world) => world.targetGroup({ Matcher: { HttpCode: "0-99" } }),
    code: "ValidationError",
  },
  {
    rule: "matcher_of_health_check",
    lawful: (world) =>
      world.targetGroup({ Protocol: "TCP", HealthCheckProtocol: "HTTP", Matcher: { HttpCode: "200-599" } }),
    refused: (world) => world.targetGroup({ Matcher: { HttpCode: "499-200" } }),
    code: "ValidationError",
  },
  {
    rule: "timeout_stays_shorter_than_the_interval",
    lawful: async (world) =>
      world.aws.elb.modifyTargetGroup({
        TargetGroupArn: await world.targetGroup(),
        HealthCheckIntervalSeconds: 20,
        HealthCheckTimeoutSeconds: 19,
      }),
    refused: async (world) =>
      world.aws.elb.modifyTargetGroup({ TargetGroupArn: await world.targetGroup(), HealthCheckTimeoutSeconds: 30 }),
    code: "ValidationError",
  },
  {
    rule: "targets_of_target_group",
    lawful: async (world) => register(world, {}, await world.instance()),
    refused: async (world) => register(world, {}, await world.instance(await world.otherSubnet())),
    code: "InvalidTarget",
  },
  {
    rule: "targets_of_target_group",
    lawful: (world) => register(world, { TargetType: "ip" }, "10.0.0.9"),
    refused: (world) => register(world, { TargetType: "ip" }, "8.8.8.8", "all"),
    code: "InvalidTarget",
  },
  {
    rule: "targets_of_target_group",
    lawful: (world) => register(world, { TargetType: "ip" }, "10.9.0.1", "all"),
    refused: (world) => register(world, { TargetType: "ip" }, "10.9.0.1"),
    code: "ValidationError",
  },
];

async function register(
  world: World,
  group: { TargetType?: "ip" | "instance" },
  Id: string,
  AvailabilityZone?: string,
): Promise<unknown> {
  await world.subnet();
  const TargetGroupArn = await world.targetGroup(group);
  return world.aws.elb.registerTargets({ TargetGroupArn, Targets: [{ Id, AvailabilityZone }] });
}

const forms = (action?: Action) => [
  action?.TargetGroupArn !== undefined,
  action?.ForwardConfig?.TargetGroups?.length,
  action?.ForwardConfig?.TargetGroupStickinessConfig?.Enabled,
];

const conditionForms = (rule?: Rule) =>
  rule?.Conditions?.map(({ Values, HostHeaderConfig, PathPatternConfig }) => [
    Values,
    (HostHeaderConfig ?? PathPatternConfig)?.Values,
  ]);

export const listeners: Row[] = [
  {
    rule: "forward_has_both_forms",
    ask: async (world) => {
      const rule = await world.createRule();
      const listener = await world.createListener({ Port: 81, DefaultActions: forward(await world.application()) });
      return [forms(rule?.Actions?.[0]), forms(listener?.DefaultActions?.[0])];
    },
    strict: [
      [true, 1, false],
      [true, 1, false],
    ],
    plain: [
      [true, undefined, undefined],
      [true, undefined, undefined],
    ],
  },
  {
    rule: "forward_has_both_forms",
    ask: async (world) => {
      const rule = await world.createRule({ Actions: forwardTo([await world.application()]) });
      return forms(rule?.Actions?.[0]);
    },
    strict: [true, 1, false],
    plain: [false, 1, false],
  },
  {
    rule: "condition_has_both_forms",
    ask: async (world) => {
      const short = await world.createRule({ Conditions: [{ Field: "path-pattern", Values: ["/a"] }] });
      const long = await world.createRule({ Conditions: host("a.example.com") });
      return [conditionForms(short), conditionForms(long)];
    },
    strict: [[[["/a"], ["/a"]]], [[["a.example.com"], ["a.example.com"]]]],
    plain: [[[["/a"], undefined]], [[undefined, ["a.example.com"]]]],
  },
  {
    rule: "condition_takes_regular_expressions",
    ask: async (world) => {
      const RegexValues = ["^shop-[0-9]+\\.example\\.com$"];
      const rule = await world.createRule({
        Conditions: [{ Field: "host-header", HostHeaderConfig: { RegexValues } }],
      });
      return rule?.Conditions?.[0]?.HostHeaderConfig?.RegexValues;
    },
    strict: ["^shop-[0-9]+\\.example\\.com$"],
    plain: { refused: "Error" },
  },
  {
    rule: "transforms_are_kept",
    ask: async (world) => {
      const rewrite = { Rewrites: [{ Regex: "^/t", Replace: "/u" }] };
      const rule = await world.createRule({ Transforms: [{ Type: "url-rewrite", UrlRewriteConfig: rewrite }] });
      return rule?.Transforms?.map(({ Type }) => Type);
    },
    strict: ["url-rewrite"],
    plain: undefined,
  },
  {
    rule: "listener_of_any_protocol_is_modified",
    ask: async (world) => {
      const [tcp, tls] = [await world.targetGroup({ Protocol: "TCP" }), await world.targetGroup({ Protocol: "TLS" })];
      const ListenerArn = await world.newListener({
        LoadBalancerArn: await world.nlb(),
        Protocol: "TCP",
        Port: 443,
        DefaultActions: forward(tcp),
      });
      const input = { ListenerArn, Protocol: "TLS" as const, DefaultActions: forward(tls) };
      return (await world.aws.elb.modifyListener(input)).Listeners?.[0]?.Protocol;
    },
    strict: "TLS",
    plain: { refused: "UnsupportedProtocol" },
  },
  {
    rule: "create_listener_is_idempotent",
    ask: async (world) => {
      const again = await world.createListener({ DefaultActions: forward(await world.application()) });
      return (await world.listener()) === again?.ListenerArn;
    },
    strict: true,
    plain: false,
  },
  {
    rule: "one_listener_on_a_port",
    lawful: async (world) => {
      await world.listener();
      await world.newListener({ Port: 81, DefaultActions: forward(await world.targetGroup()) });
    },
    refused: async (world) => {
      await world.listener();
      await world.newListener({ DefaultActions: forward(await world.targetGroup()) });
    },
    code: "DuplicateListener",
  },
  {
    rule: "priorities_are_set_together",
    ask: async (world) => {
      const [one, other] = [await world.createRule(), await world.createRule()];
      const { Rules = [] } = await world.aws.elb.setRulePriorities({
        RulePriorities: [
          { RuleArn: one?.RuleArn, Priority: Number(other?.Priority) },
          { RuleArn: other?.RuleArn, Priority: Number(one?.Priority) },
        ],
      });
      return Rules.map(({ Priority }) => Priority).join() === [other?.Priority, one?.Priority].join();
    },
    strict: true,
    plain: { refused: "PriorityInUse" },
  },
  {
    rule: "sticky_target_groups_need_group_stickiness",
    lawful: async (world) => {
      const groups = [await world.application(), await world.stickyTargetGroup()];
      await world.rule({ Actions: forwardTo(groups, { Enabled: true, DurationSeconds: 60 }) });
      await world.rule({ Actions: forward(await world.stickyTargetGroup()) });
    },
    refused: async (world) => {
      const groups = [await world.application(), await world.stickyTargetGroup()];
      await world.rule({ Actions: forwardTo(groups, noGroupStickiness) });
    },
    code: "InvalidConfigurationRequest",
  },
  {
    rule: "sticky_target_groups_need_group_stickiness",
    lawful: async (world) =>
      world.aws.elb.modifyRule({
        RuleArn: await world.rule(),
        Actions: forwardTo([await world.application(), await world.targetGroup()]),
      }),
    refused: async (world) =>
      world.aws.elb.modifyRule({
        RuleArn: await world.rule(),
        Actions: forwardTo([await world.application(), await world.stickyTargetGroup()]),
      }),
    code: "InvalidConfigurationRequest",
  },
  {
    rule: "duration_of_group_stickiness",
    lawful: async (world) =>
      world.rule({
        Actions: forwardTo([await world.application(), await world.targetGroup()], {
          Enabled: true,
          DurationSeconds: 604800,
        }),
      }),
    refused: async (world) =>
      world.rule({ Actions: forwardTo([await world.application(), await world.targetGroup()], { Enabled: true }) }),
    code: "ValidationError",
  },
  {
    rule: "authentication_needs_https",
    lawful: async (world) => world.newListener({ ...HTTPS, DefaultActions: afterLogin(await world.application()) }),
    refused: async (world) => world.rule({ Actions: afterLogin(await world.application()) }),
    code: "InvalidLoadBalancerAction",
  },
  {
    rule: "target_group_is_in_vpc_of_load_balancer",
    lawful: async (world) => world.rule({ Actions: forward(await world.targetGroup()) }),
    refused: async (world) =>
      world.rule({ Actions: forward(await world.targetGroup({ VpcId: await world.otherVpc() })) }),
    code: "InvalidConfigurationRequest",
  },
  {
    rule: "target_group_has_one_load_balancer",
    lawful: async (world) => {
      await world.listener();
      await world.newListener({ Port: 81, DefaultActions: forward(await world.application()) });
    },
    refused: async (world) => {
      await world.listener();
      const LoadBalancerArn = await world.newLoadBalancer();
      await world.newListener({ LoadBalancerArn, DefaultActions: forward(await world.application()) });
    },
    code: "TargetGroupAssociationLimit",
  },
  {
    rule: "protocols_are_compatible",
    lawful: async (world) => world.newListener({ DefaultActions: forward(await world.targetGroup()) }),
    refused: async (world) =>
      world.newListener({ DefaultActions: forward(await world.targetGroup({ Protocol: "TCP" })) }),
    code: "IncompatibleProtocols",
  },
  {
    rule: "both_forms_name_the_same_target_group",
    lawful: async (world) => {
      const TargetGroupArn = await world.application();
      await world.rule({ Actions: [{ Type: "forward", TargetGroupArn, ...forwardTo([TargetGroupArn])[0] }] });
    },
    refused: async (world) => {
      const TargetGroupArn = await world.application();
      await world.rule({
        Actions: [{ Type: "forward", TargetGroupArn, ...forwardTo([await world.targetGroup()])[0] }],
      });
    },
    code: "ValidationError",
  },
  {
    rule: "five_target_groups_in_an_action",
    lawful: async (world) =>
      world.rule({ Actions: forwardTo(await Promise.all(count(5).map(() => world.targetGroup()))) }),
    refused: async (world) =>
      world.rule({ Actions: forwardTo(await Promise.all(count(6).map(() => world.targetGroup()))) }),
    code: "TooManyTargetGroups",
  },
  {
    rule: "hundred_target_groups_of_a_load_balancer",
    lawful: (world) => forwardToNewTargetGroups(world, 99),
    refused: (world) => forwardToNewTargetGroups(world, 1),
    code: "TooManyUniqueTargetGroupsPerLoadBalancer",
  },
  {
    rule: "fifty_listeners_of_a_load_balancer",
    lawful: async (world) => {
      for (const index of count(50)) {
        await world.newListener({ Port: 1000 + index, DefaultActions: forward(await world.application()) });
      }
    },
    refused: async (world) => world.newListener({ Port: 2000, DefaultActions: forward(await world.application()) }),
    code: "TooManyListeners",
  },
  {
    rule: "hundred_rules_of_a_load_balancer",
    lawful: async (world) => {
      for (let rules = 0; rules < 100; rules++) await world.rule();
    },
    refused: (world) => world.rule(),
    code: "TooManyRules",
  },
  {
    rule: "five_condition_values_of_a_rule",
    lawful: (world) => world.rule({ Conditions: path("/1", "/2", "/3", "/4", "/5") }),
    refused: (world) =>
      world.rule({
        Conditions: [...path("/1", "/2", "/3"), ...host("a.example.com", "b.example.com", "c.example.com")],
      }),
    code: "ValidationError",
  },
  {
    rule: "five_wildcards_of_a_rule",
    lawful: (world) => world.rule({ Conditions: path("/*/*/*", "/*/?") }),
    refused: (world) => world.rule({ Conditions: path("/*/*/*", "/*/*/?") }),
    code: "ValidationError",
  },
  {
    rule: "characters_of_conditions",
    lawful: (world) => world.rule({ Conditions: host("*.shop-1.example.com") }),
    refused: (world) => world.rule({ Conditions: host("shop.example.com:8080") }),
    code: "ValidationError",
  },
  {
    rule: "characters_of_conditions",
    lawful: (world) => world.rule({ Conditions: path("/a_b-c.$/~\"'@:+&*") }),
    refused: (world) => world.rule({ Conditions: path("/a b|c^") }),
    code: "ValidationError",
  },
  {
    rule: "condition_is_sent_in_one_form",
    lawful: (world) => world.rule({ Conditions: host("a.example.com") }),
    refused: (world) => world.rule({ Conditions: [{ ...host("a.example.com")[0], Values: ["a.example.com"] }] }),
    code: "ValidationError",
  },
  {
    rule: "default_rule_belongs_to_its_listener",
    lawful: async (world) => world.aws.elb.deleteRule({ RuleArn: await world.rule() }),
    refused: async (world) => {
      const { Rules = [] } = await world.aws.elb.describeRules({ ListenerArn: await world.listener() });
      await world.aws.elb.deleteRule({ RuleArn: Rules.find(({ IsDefault }) => IsDefault)?.RuleArn });
    },
    code: "OperationNotPermitted",
  },
];

/** Beside that of the listener. */
async function forwardToNewTargetGroups(world: World, number: number): Promise<void> {
  await world.listener();
  for (let left = number; left > 0; left -= 5) {
    const groups = await Promise.all(count(Math.min(left, 5)).map(() => world.targetGroup()));
    await world.rule({ Actions: forwardTo(groups) });
  }
}
