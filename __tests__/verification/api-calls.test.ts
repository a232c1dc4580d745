import { describeWithTools } from "../tools";
import { type Call, event } from "./support/events";
import { planned } from "./support/planned";
import { askPython } from "./support/python";

const loadBalancer = "app/shop/50dc6c495c0c9188";
const elb = (resource: string) => `arn:aws:elasticloadbalancing:us-east-1:123456789012:${resource}`;
const listener = elb(`listener/${loadBalancer}/f2f7dc8efc522ab2`);
const nodeTargetGroup = elb("targetgroup/node/6d0ecf831eec9f09");

/** The resources that the caller names. Those of others end in 9. */
const variables = {
  routing: {
    vpc_id: "vpc-0123456789abcdef0",
    node: { security_group_id: "sg-00000000000000002", target_group_arn: nodeTargetGroup },
    application: { security_group_id: "sg-00000000000000003", ports: [80] },
    entry_points: {
      shop: { listener_arn: listener },
      cdn: { distribution_id: "E1EXAMPLE" },
      rest: { rest_api_id: "a1b2c3d4e5", vpc_link_id: "link01" },
      http: { http_api_id: "f6g7h8i9j0" },
    },
  },
  application: {
    security_group_ids: { metrics: "sg-00000000000000004" },
    subnet_ids: { a: "subnet-0000000000000000a" },
    network_interface_ids: { web: "eni-0000000000000000a" },
    instance_ids: { web: "i-0000000000000000a" },
  },
  notifications: {},
  api_call_alerts: {
    network_acl_ids: ["acl-0000000000000000a"],
    route_table_ids: ["rtb-0000000000000000a"],
  },
};

const ec2 = (what: string, name: string, parameters: Call["parameters"], record?: Call["record"]): Call => ({
  ...{ what, name, parameters, service: "ec2" },
  ...(record === undefined ? {} : { record }),
});
const lb = (what: string, name: string, parameters: Call["parameters"], record?: Call["record"]): Call => ({
  ...ec2(what, name, parameters, record),
  service: "elasticloadbalancing",
});
const api = (what: string, name: string, parameters: Call["parameters"]): Call => ({
  ...ec2(what, name, parameters),
  service: "apigateway",
});
const permissions = (cidrIp: string) => ({
  items: [
    {
      ipProtocol: "tcp",
      fromPort: 80,
      toPort: 80,
      groups: {},
      ipRanges: { items: [{ cidrIp }] },
      ipv6Ranges: {},
      prefixListIds: {},
    },
  ],
});
const targets = [{ id: "i-0000000000000000a", port: 80 }];
const byAutoScaling = { userIdentity: { type: "AWSService", invokedBy: "autoscaling.amazonaws.com" } };

/** By kind, calls that it tells of. */
const toldOf: Readonly<Record<string, readonly Call[]>> = {
  security_groups: [
    ec2("the world is admitted", "AuthorizeSecurityGroupIngress", {
      groupId: "sg-00000000000000003",
      ipPermissions: permissions("0.0.0.0/0"),
    }),
    ec2("the world is admitted to the second group", "AuthorizeSecurityGroupIngress", {
      groupId: "sg-00000000000000004",
      ipPermissions: permissions("0.0.0.0/0"),
    }),
    ec2("the world is admitted to the node", "AuthorizeSecurityGroupIngress", {
      groupId: "sg-00000000000000002",
      ipPermissions: permissions("0.0.0.0/0"),
    }),
    ec2("a group by its name", "AuthorizeSecurityGroupIngress", {
      groupName: "application",
      ipPermissions: permissions("0.0.0.0/0"),
    }),
    ec2("the node is no longer admitted", "RevokeSecurityGroupIngress", {
      groupId: "sg-00000000000000003",
      securityGroupRuleIds: { items: [{ securityGroupRuleId: "sgr-0000000000000000a" }] },
    }),
    ec2("the node's rule admits the world", "ModifySecurityGroupRules", {
      ModifySecurityGroupRulesRequest: {
        GroupId: "sg-00000000000000003",
        SecurityGroupRule: {
          tag: 1,
          SecurityGroupRuleId: "sgr-0000000000000000a",
          SecurityGroupRule: { IpProtocol: "tcp", FromPort: 80, ToPort: 80, CidrIpv4: "0.0.0.0/0" },
        },
      },
    }),
  ],
  prefix_lists: [
    ec2("a list that a rule refers to", "ModifyManagedPrefixList", {
      ModifyManagedPrefixListRequest: { PrefixListId: "pl-0000000000000000a", AddEntry: { tag: 1, Cidr: "0.0.0.0/0" } },
    }),
    ec2("an old version of a list", "RestoreManagedPrefixListVersion", {
      RestoreManagedPrefixListVersionRequest: { PrefixListId: "pl-0000000000000000a", PreviousVersion: 1 },
    }),
  ],
  network_interfaces: [
    ec2("another group at the interface", "ModifyNetworkInterfaceAttribute", {
      networkInterfaceId: "eni-0000000000000000a",
      groupSet: { items: [{ groupId: "sg-00000000000000009" }] },
    }),
  ],
  instances: [
    ec2("another group at the instance", "ModifyInstanceAttribute", {
      instanceId: "i-0000000000000000a",
      groupSet: { items: [{ groupId: "sg-00000000000000009" }] },
    }),
    ec2("another interface at the instance", "AttachNetworkInterface", {
      networkInterfaceId: "eni-00000000000000009",
      instanceId: "i-0000000000000000a",
      deviceIndex: 1,
    }),
    ec2("a public address", "AssociateAddress", {
      instanceId: "i-0000000000000000a",
      allocationId: "eipalloc-0000000000000000a",
    }),
    ec2("a public address for some interface", "AssociateAddress", {
      networkInterfaceId: "eni-0000000000000000a",
      allocationId: "eipalloc-0000000000000000a",
    }),
  ],
  network_acls: [
    ec2("an entry", "CreateNetworkAclEntry", {
      networkAclId: "acl-0000000000000000a",
      ruleNumber: 50,
      egress: false,
      ruleAction: "allow",
      aclProtocol: "6",
      cidrBlock: "0.0.0.0/0",
      portRange: { from: 80, to: 80 },
      icmpTypeCode: {},
    }),
    ec2("another entry in its place", "ReplaceNetworkAclEntry", {
      networkAclId: "acl-0000000000000000a",
      ruleNumber: 100,
      egress: false,
      ruleAction: "allow",
      aclProtocol: "-1",
      cidrBlock: "0.0.0.0/0",
      portRange: {},
      icmpTypeCode: {},
    }),
    ec2("an entry less", "DeleteNetworkAclEntry", {
      networkAclId: "acl-0000000000000000a",
      ruleNumber: 100,
      egress: false,
    }),
  ],
  network_acl_associations: [
    ec2("another ACL at some subnet", "ReplaceNetworkAclAssociation", {
      associationId: "aclassoc-0000000000000000a",
      networkAclId: "acl-00000000000000009",
    }),
  ],
  routes: [
    ec2("a way to the internet", "CreateRoute", {
      routeTableId: "rtb-0000000000000000a",
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: "igw-0000000000000000a",
    }),
    ec2("a way to the internet in place of another", "ReplaceRoute", {
      routeTableId: "rtb-0000000000000000a",
      destinationIpv6CidrBlock: "::/0",
      gatewayId: "igw-0000000000000000a",
    }),
  ],
  route_table_associations: [
    ec2("another table", "AssociateRouteTable", {
      routeTableId: "rtb-00000000000000009",
      subnetId: "subnet-0000000000000000a",
    }),
    ec2("another table in place of one", "ReplaceRouteTableAssociation", {
      associationId: "rtbassoc-0000000000000000a",
      routeTableId: "rtb-00000000000000009",
    }),
    ec2("the main table", "DisassociateRouteTable", { associationId: "rtbassoc-0000000000000000a" }),
  ],
  listeners: [
    lb("another listener", "CreateListener", {
      loadBalancerArn: elb(`loadbalancer/${loadBalancer}`),
      port: 8080,
      protocol: "HTTP",
      defaultActions: [{ type: "forward", targetGroupArn: elb("targetgroup/application/0000000000000009") }],
    }),
    lb("another default action", "ModifyListener", {
      listenerArn: listener,
      defaultActions: [{ type: "forward", targetGroupArn: elb("targetgroup/application/0000000000000009") }],
    }),
    lb("the default action of another listener", "ModifyListener", {
      listenerArn: elb(`listener/${loadBalancer}/0000000000000008`),
      defaultActions: [],
    }),
    lb("other attributes", "ModifyListenerAttributes", {
      listenerArn: listener,
      attributes: [{ key: "routing.http.drop_invalid_header_fields.enabled", value: "false" }],
    }),
    lb("no listener", "DeleteListener", { listenerArn: listener }),
    lb("another rule", "CreateRule", {
      listenerArn: listener,
      priority: 1,
      conditions: [{ field: "path-pattern", values: ["/*"] }],
      actions: [{ type: "forward", targetGroupArn: elb("targetgroup/application/0000000000000009") }],
    }),
    lb("another action of a rule", "ModifyRule", {
      ruleArn: elb(`listener-rule/${loadBalancer}/f2f7dc8efc522ab2/9683b2d02a6cabee`),
      actions: [],
    }),
    lb("a rule less", "DeleteRule", {
      ruleArn: elb(`listener-rule/${loadBalancer}/f2f7dc8efc522ab2/9683b2d02a6cabee`),
    }),
    lb("another order", "SetRulePriorities", {
      rulePriorities: [
        { ruleArn: elb("listener-rule/app/other/0000000000000009/0000000000000009/0000000000000009"), priority: 1 },
        { ruleArn: elb(`listener-rule/${loadBalancer}/f2f7dc8efc522ab2/9683b2d02a6cabee`), priority: 2 },
      ],
    }),
    lb("other groups", "SetSecurityGroups", {
      loadBalancerArn: elb(`loadbalancer/${loadBalancer}`),
      securityGroups: ["sg-00000000000000009"],
    }),
  ],
  targets: [
    lb("the application among the node's targets", "RegisterTargets", { targetGroupArn: nodeTargetGroup, targets }),
  ],
  autoscaling_targets: [
    {
      ...lb("the application's group", "AttachLoadBalancerTargetGroups", {
        autoScalingGroupName: "application",
        targetGroupARNs: [elb("targetgroup/other/0000000000000009"), nodeTargetGroup],
      }),
      service: "autoscaling",
    },
    {
      ...lb("the application's group as a source", "AttachTrafficSources", {
        autoScalingGroupName: "application",
        trafficSources: [{ identifier: nodeTargetGroup, type: "elbv2" }],
      }),
      service: "autoscaling",
    },
  ],
  ecs_targets: [
    {
      ...lb("the application's service", "CreateService", {
        serviceName: "application",
        loadBalancers: [{ targetGroupArn: nodeTargetGroup, containerName: "web", containerPort: 80 }],
      }),
      service: "ecs",
    },
    {
      ...lb("the application's service later", "UpdateService", {
        service: "application",
        loadBalancers: [{ targetGroupArn: nodeTargetGroup, containerName: "web", containerPort: 80 }],
      }),
      service: "ecs",
    },
  ],
  distributions: [
    {
      ...lb("another origin", "UpdateDistribution", {
        id: "E1EXAMPLE",
        ifMatch: "E2QWRUHEXAMPLE",
        distributionConfig: { enabled: true },
      }),
      service: "cloudfront",
    },
    {
      ...lb("another origin from staging", "UpdateDistributionWithStagingConfig", {
        id: "E1EXAMPLE",
        stagingDistributionId: "E9EXAMPLE",
      }),
      service: "cloudfront",
    },
  ],
  rest_apis: [
    api("another resource policy", "UpdateRestApi", {
      restApiId: "a1b2c3d4e5",
      patchOperations: [{ op: "replace", path: "/policy", value: "{}" }],
    }),
    api("another definition", "PutRestApi", { restApiId: "a1b2c3d4e5", mode: "overwrite", failOnWarnings: false }),
    ...["PutIntegration", "UpdateIntegration", "DeleteIntegration", "PutMethod", "UpdateMethod"].map((name) =>
      api("another integration or method", name, { restApiId: "a1b2c3d4e5", resourceId: "x1y2z3", httpMethod: "GET" }),
    ),
    api("what was changed takes effect", "CreateDeployment", {
      restApiId: "a1b2c3d4e5",
      createDeploymentInput: { stageName: "prod" },
    }),
    api("an old deployment", "UpdateStage", {
      restApiId: "a1b2c3d4e5",
      stageName: "prod",
      patchOperations: [{ op: "replace", path: "/deploymentId", value: "d1e2f3" }],
    }),
  ],
  http_apis: [
    ...["UpdateApi", "ReimportApi", "CreateDeployment"].map((name) =>
      api("another definition", name, { apiId: "f6g7h8i9j0" }),
    ),
    ...["CreateIntegration", "UpdateIntegration", "DeleteIntegration"].map((name) =>
      api("another integration", name, { apiId: "f6g7h8i9j0", integrationId: "abcd123" }),
    ),
    ...["CreateRoute", "UpdateRoute", "DeleteRoute"].map((name) =>
      api("another route", name, { apiId: "f6g7h8i9j0", routeId: "efgh456" }),
    ),
    api("another stage", "UpdateStage", { apiId: "f6g7h8i9j0", stageName: "$default" }),
  ],
  vpc_links: [
    api("another target", "UpdateVpcLink", { vpcLinkId: "link01", patchOperations: [] }),
    api("no link", "DeleteVpcLink", { vpcLinkId: "link01" }),
    api("another link", "CreateVpcLink", {
      name: "around",
      targetArns: [elb("loadbalancer/net/other/0000000000000009")],
    }),
  ],
  api_domains: [
    api("no mutual TLS", "UpdateDomainName", {
      domainName: "api.example.com",
      patchOperations: [{ op: "replace", path: "/mutualTlsAuthentication/truststoreUri", value: "" }],
    }),
    ...["CreateApiMapping", "UpdateApiMapping", "CreateBasePathMapping", "UpdateBasePathMapping"].map((name) =>
      api("another mapping", name, { domainName: "api.example.com" }),
    ),
  ],
  trails: ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"].map((name) => ({
    ...ec2("no events", name, { name: "shop" }),
    service: "cloudtrail",
  })),
  flow_logs: [
    ec2("no flow logs", "DeleteFlowLogs", {
      DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: "fl-0000000000000000a" } },
    }),
  ],
  config: ["DeleteConfigRule", "DeleteConfigurationRecorder", "StopConfigurationRecorder"].map((name) => ({
    ...ec2("no rules", name, { configRuleName: "shop" }),
    service: "config",
  })),
};

/** Calls that nobody is to be told of. */
const notToldOf: readonly Call[] = [
  ec2("another group", "AuthorizeSecurityGroupIngress", {
    groupId: "sg-00000000000000009",
    ipPermissions: permissions("0.0.0.0/0"),
  }),
  ec2(
    "a refused call",
    "AuthorizeSecurityGroupIngress",
    { groupId: "sg-00000000000000003", ipPermissions: permissions("0.0.0.0/0") },
    { errorCode: "Client.UnauthorizedOperation" },
  ),
  ec2(
    "a dry run",
    "AuthorizeSecurityGroupIngress",
    { groupId: "sg-00000000000000003", ipPermissions: permissions("0.0.0.0/0") },
    { errorCode: "Client.DryRunOperation" },
  ),
  ec2("what the application calls", "AuthorizeSecurityGroupEgress", {
    groupId: "sg-00000000000000003",
    ipPermissions: permissions("0.0.0.0/0"),
  }),
  ec2("a question", "DescribeSecurityGroups", { securityGroupSet: { items: [{ groupId: "sg-00000000000000003" }] } }),
  ec2("a rule of another group", "ModifySecurityGroupRules", {
    ModifySecurityGroupRulesRequest: { GroupId: "sg-00000000000000009" },
  }),
  ec2("another interface", "ModifyNetworkInterfaceAttribute", {
    networkInterfaceId: "eni-00000000000000009",
    groupSet: { items: [] },
  }),
  ec2("another instance", "ModifyInstanceAttribute", { instanceId: "i-00000000000000009", groupSet: { items: [] } }),
  ec2("an interface at another instance", "AttachNetworkInterface", {
    networkInterfaceId: "eni-00000000000000009",
    instanceId: "i-00000000000000009",
    deviceIndex: 1,
  }),
  ec2("another ACL", "CreateNetworkAclEntry", { networkAclId: "acl-00000000000000009", ruleNumber: 50, egress: false }),
  ec2("another route table", "CreateRoute", {
    routeTableId: "rtb-00000000000000009",
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: "igw-0000000000000000a",
  }),
  ec2("a NAT gateway", "CreateRoute", {
    routeTableId: "rtb-0000000000000000a",
    destinationCidrBlock: "0.0.0.0/0",
    natGatewayId: "nat-0000000000000000a",
  }),
  ec2("another subnet", "AssociateRouteTable", {
    routeTableId: "rtb-0000000000000000a",
    subnetId: "subnet-00000000000000009",
  }),
  lb("another load balancer", "CreateListener", {
    loadBalancerArn: elb("loadbalancer/app/other/0000000000000009"),
    port: 80,
  }),
  lb("a load balancer whose name begins alike", "CreateRule", {
    listenerArn: elb("listener/app/shop/50dc6c495c0c91889/f2f7dc8efc522ab2"),
  }),
  lb("the same name in another Region", "ModifyListener", { listenerArn: listener.replace("us-east-1", "eu-west-1") }),
  lb("rules of another load balancer", "SetRulePriorities", {
    rulePriorities: [
      { ruleArn: elb("listener-rule/app/other/0000000000000009/0000000000000009/0000000000000009"), priority: 1 },
    ],
  }),
  lb("another target group", "RegisterTargets", {
    targetGroupArn: elb("targetgroup/application/0000000000000009"),
    targets,
  }),
  lb(
    "an instance that Auto Scaling starts",
    "RegisterTargets",
    { targetGroupArn: nodeTargetGroup, targets },
    byAutoScaling,
  ),
  {
    ...lb("another group at another target group", "AttachLoadBalancerTargetGroups", {
      autoScalingGroupName: "other",
      targetGroupARNs: [elb("targetgroup/other/0000000000000009")],
    }),
    service: "autoscaling",
  },
  { ...lb("a deployment", "UpdateService", { service: "node", forceNewDeployment: true }), service: "ecs" },
  {
    ...lb("a service at another target group", "CreateService", {
      serviceName: "other",
      loadBalancers: [{ targetGroupArn: elb("targetgroup/other/0000000000000009") }],
    }),
    service: "ecs",
  },
  {
    ...lb("another distribution", "UpdateDistribution", { id: "E9EXAMPLE", ifMatch: "E2QWRUHEXAMPLE" }),
    service: "cloudfront",
  },
  api("another REST API", "UpdateRestApi", { restApiId: "other00009", patchOperations: [] }),
  api("another REST API's stage", "UpdateStage", { restApiId: "other00009", stageName: "prod" }),
  api("another HTTP API", "UpdateIntegration", { apiId: "other00009", integrationId: "abcd123" }),
  api("another link", "UpdateVpcLink", { vpcLinkId: "link09", patchOperations: [] }),
  {
    ...ec2("a call of the same name elsewhere", "CreateRoute", { meshName: "shop", routeName: "shop" }),
    service: "appmesh",
  },
];

const told = Object.entries(toldOf).flatMap(([kind, calls]) => calls.map((call) => ({ kind, call })));
const title = ({ name, what }: Call) => `${name}: ${what}`;

describeWithTools(["terraform", "localstack"], "the patterns of API calls", () => {
  let patterns: Record<string, string>;
  let kinds: string[][];
  let none: string[][];

  beforeAll(async () => {
    const resources = await planned("us-east-1", variables);
    patterns = Object.fromEntries(
      Object.entries(resources).flatMap(([address, { event_pattern }]) => {
        const [, kind] = /^aws_cloudwatch_event_rule\.api_calls\["(\w+)"\]$/.exec(address) ?? [];
        return kind === undefined ? [] : [[kind, String(event_pattern)]];
      }),
    );
    kinds = matched(told.map(({ call }) => call));
    none = matched(notToldOf);
  });

  function matched(calls: readonly Call[]): string[][] {
    return askPython("event_patterns.py", { patterns, events: calls.map(event) }) as string[][];
  }

  test("are those of the kinds of calls here", () => {
    expect(Object.keys(patterns).sort()).toEqual(Object.keys(toldOf).sort());
  });

  test("name no call that is not tried here", () => {
    const names = Object.entries(patterns).flatMap(([kind, pattern]) =>
      (JSON.parse(pattern) as { detail: { eventName: string[] } }).detail.eventName.map((name) => `${kind} ${name}`),
    );
    expect(new Set(told.map(({ kind, call }) => `${kind} ${call.name}`))).toEqual(new Set(names));
  });

  test("are no longer than EventBridge takes", () => {
    expect(Object.values(patterns).filter(({ length }) => length > 2048)).toEqual([]);
  });

  test.each(told.map(({ kind, call }, index) => [kind, title(call), index] as const))(
    "%s tells of %s, and no other does",
    (kind, _, index) => {
      expect(kinds[index]).toEqual([kind]);
    },
  );

  test.each(notToldOf.map((call, index) => [title(call), index] as const))("none tells of %s", (_, index) => {
    expect(none[index]).toEqual([]);
  });
});

describeWithTools(["terraform", "localstack"], "the patterns of API calls of which nothing is named", () => {
  test("tell of every call of their kind", async () => {
    const resources = await planned("eu-central-1", {
      ...variables,
      application: {},
      api_call_alerts: { distributions: false },
    });
    const patterns = Object.fromEntries(
      ["network_interfaces", "instances", "network_acls", "routes", "route_table_associations"].map((kind) => [
        kind,
        String(resources[`aws_cloudwatch_event_rule.api_calls["${kind}"]`]?.event_pattern),
      ]),
    );
    const others = [
      "another interface",
      "another instance",
      "an interface at another instance",
      "another ACL",
      "another route table",
      "another subnet",
    ];
    const events = notToldOf.filter(({ what }) => others.includes(what)).map(event);
    expect(askPython("event_patterns.py", { patterns, events })).toEqual([
      ["network_interfaces"],
      ["instances"],
      ["instances"],
      ["network_acls"],
      ["routes"],
      ["route_table_associations"],
    ]);
  });
});
