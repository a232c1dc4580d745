import { type PlannedAccount, withPlan } from "../../../account/plan/lay";
import { parsePlan, type Plan } from "../../../account/plan/plan";
import { TABLE } from "../../../account/plan/table";
import type { Snapshot } from "../../../account/snapshot";
import { describeWithTools } from "../../tools";
import { digest, groupArn, groupId, loadBalancerArn, ruleArn, SECRET, secureSnapshot } from "../support/secure";
import { plannedByTerraform } from "./planned";

describeWithTools(["terraform"], "a plan of Terraform and of the real provider, laid over a snapshot", () => {
  let plan: Plan;

  beforeAll(async () => {
    plan = parsePlan(await plannedByTerraform(), "plan.json");
  }, 60_000);

  /** Only some resources of the plan. */
  function laid(...addresses: string[]): PlannedAccount {
    const resources = plan.resources.filter(({ address }) => addresses.includes(address));
    expect(resources.map(({ address }) => address).sort()).toEqual([...addresses].sort());
    return withPlan(secureSnapshot(), { ...plan, resources }, digest);
  }

  const ec2 = ({ ec2: part }: Snapshot) => part ?? fail("Amazon EC2");
  const balancing = ({ elastic_load_balancing: part }: Snapshot) => part ?? fail("Elastic Load Balancing");
  const ruleOf = (id: string) => (snapshot: Snapshot) =>
    ec2(snapshot).SecurityGroupRules.find(({ SecurityGroupRuleId }) => SecurityGroupRuleId === id);
  const rulesOf = (group: string) => (snapshot: Snapshot) =>
    ec2(snapshot)
      .SecurityGroupRules.filter(({ GroupId }) => GroupId === group)
      .map((rule) => ({ ...rule, SecurityGroupRuleId: undefined }));
  const acl = (id: string) => (snapshot: Snapshot) =>
    ec2(snapshot).NetworkAcls.find(({ NetworkAclId }) => NetworkAclId === id);
  const table = (id: string) => (snapshot: Snapshot) =>
    ec2(snapshot).RouteTables.find(({ RouteTableId }) => RouteTableId === id);
  const targets = (arn: string) => (snapshot: Snapshot) =>
    balancing(snapshot)
      .TargetGroups.find(({ TargetGroupArn }) => TargetGroupArn === arn)
      ?.Targets.map(({ Target }) => `${Target.Id}:${Target.Port}`);
  const balancer = (arn: string) => (snapshot: Snapshot) =>
    balancing(snapshot).LoadBalancers.find(({ LoadBalancerArn }) => LoadBalancerArn === arn);
  const listenerRule = (id: string) => (snapshot: Snapshot) =>
    balancer(loadBalancerArn("shop"))(snapshot)?.Listeners?.[0]?.Rules.find(({ RuleArn }) => RuleArn === id);
  const groupsOf = (id: string) => (snapshot: Snapshot) =>
    ec2(snapshot)
      .NetworkInterfaces.find(({ NetworkInterfaceId }) => NetworkInterfaceId === id)
      ?.Groups?.map(({ GroupId }) => GroupId);
  const httpApi = (id: string) => (snapshot: Snapshot) =>
    snapshot.api_gateway_http?.Apis.find(({ ApiId }) => ApiId === id);
  const distribution = (snapshot: Snapshot) => snapshot.cloudfront?.Distributions[0]?.DistributionConfig;

  const tcp = { IsEgress: false, IpProtocol: "tcp", FromPort: 80, ToPort: 80 };
  const node = { ReferencedGroupInfo: { GroupId: groupId("node") } };
  const TARGET_GROUP = 'module.group["a"].aws_lb_target_group.this';
  const ATTACHMENT = 'module.group["a"].module.attachment["instance"].aws_lb_target_group_attachment.this';

  test.each<[string, readonly string[], (snapshot: Snapshot) => unknown, unknown]>([
    [
      "a rule of a security group",
      ["aws_vpc_security_group_ingress_rule.open"],
      ruleOf("aws_vpc_security_group_ingress_rule.open"),
      expect.objectContaining({ GroupId: groupId("app"), ...tcp, CidrIpv4: "10.0.0.0/8" }),
    ],
    [
      "a rule that changes keeps its ID",
      ["aws_vpc_security_group_ingress_rule.wider"],
      ruleOf("sgr-wider"),
      expect.objectContaining({ GroupId: groupId("app"), CidrIpv4: "10.0.0.0/8" }),
    ],
    ["a rule that goes", ["aws_vpc_security_group_ingress_rule.gone"], ruleOf("sgr-alb"), undefined],
    [
      "an outbound rule",
      ["aws_vpc_security_group_egress_rule.out"],
      ruleOf("aws_vpc_security_group_egress_rule.out"),
      expect.objectContaining({ GroupId: groupId("other"), IsEgress: true, IpProtocol: "-1", CidrIpv4: "10.0.0.0/8" }),
    ],
    [
      "a rule whose source is known only after the apply",
      ["aws_vpc_security_group_ingress_rule.later"],
      ruleOf("aws_vpc_security_group_ingress_rule.later"),
      { SecurityGroupRuleId: "aws_vpc_security_group_ingress_rule.later", GroupId: groupId("app"), ...tcp },
    ],
    [
      "several rules in one",
      ["aws_security_group_rule.several"],
      rulesOf(groupId("app")),
      [
        { GroupId: groupId("app"), ...tcp, ...node },
        { GroupId: groupId("app"), IsEgress: true, IpProtocol: "-1", CidrIpv4: "0.0.0.0/0" },
        { GroupId: groupId("app"), ...tcp, CidrIpv4: "10.1.0.0/16" },
        { GroupId: groupId("app"), ...tcp, CidrIpv4: "10.2.0.0/16" },
      ],
    ],
    ["several rules that go", ["aws_security_group_rule.gone"], ruleOf("sgr-node"), undefined],
    [
      "a security group with its rules inline",
      ["aws_security_group.inline"],
      rulesOf("aws_security_group.inline"),
      [
        { GroupId: "aws_security_group.inline", ...tcp, ToPort: 81, CidrIpv4: "10.0.0.0/8" },
        {
          GroupId: "aws_security_group.inline",
          ...{ ...tcp, ToPort: 81, ReferencedGroupInfo: { GroupId: groupId("other") } },
        },
        {
          GroupId: "aws_security_group.inline",
          ...{ ...tcp, ToPort: 81, ReferencedGroupInfo: { GroupId: "aws_security_group.inline" } },
        },
        { GroupId: "aws_security_group.inline", IsEgress: true, IpProtocol: "-1", CidrIpv6: "::/0" },
      ],
    ],
    [
      "a security group with rules of their own has no others",
      ["aws_security_group.new", "aws_vpc_security_group_ingress_rule.of_new"],
      rulesOf("aws_security_group.new"),
      [
        {
          ...{ GroupId: "aws_security_group.new", IsEgress: false, IpProtocol: "-1" },
          ReferencedGroupInfo: { GroupId: "aws_security_group.new" },
        },
      ],
    ],
    [
      "a security group whose rules nobody knows",
      ["aws_security_group.bare"],
      rulesOf("aws_security_group.bare"),
      [false, true].map((IsEgress) => ({ GroupId: "aws_security_group.bare", IsEgress, IpProtocol: "-1" })),
    ],
    [
      "a security group with another inline rule",
      ["aws_security_group.app"],
      rulesOf(groupId("app")),
      [
        { GroupId: groupId("app"), IsEgress: true, IpProtocol: "-1", CidrIpv4: "0.0.0.0/0" },
        { GroupId: groupId("app"), ...tcp, CidrIpv4: "0.0.0.0/0" },
      ],
    ],
    ["a security group that goes, with its rules", ["aws_security_group.gone"], rulesOf(groupId("extra")), []],
    [
      "a network ACL with entries of their own, and its subnet",
      ["aws_network_acl.new", "aws_network_acl_rule.new"],
      acl("aws_network_acl.new"),
      {
        ...{ NetworkAclId: "aws_network_acl.new", VpcId: "vpc-0a1b2c3d" },
        Associations: [{ SubnetId: "subnet-application-10" }],
        Entries: [
          {
            ...{ RuleNumber: 100, RuleAction: "allow", Egress: false, Protocol: "tcp", CidrBlock: "10.0.2.0/23" },
            PortRange: { From: 80, To: 80 },
          },
        ],
      },
    ],
    [
      "a network ACL with its entries inline, and an association",
      ["aws_network_acl.inline", "aws_network_acl_association.new"],
      acl("aws_network_acl.inline"),
      {
        ...{ NetworkAclId: "aws_network_acl.inline", VpcId: "vpc-0a1b2c3d" },
        Associations: [{ SubnetId: "subnet-application-11" }],
        Entries: [
          { RuleNumber: 100, RuleAction: "allow", Egress: false, Protocol: "-1", CidrBlock: "0.0.0.0/0" },
          { RuleNumber: 100, RuleAction: "deny", Egress: true, Protocol: "-1", Ipv6CidrBlock: "::/0" },
        ],
      },
    ],
    [
      "a subnet leaves its old network ACL",
      ["aws_network_acl.new", "aws_network_acl_rule.new"],
      (snapshot) => acl("acl-main")(snapshot)?.Associations?.map(({ SubnetId }) => SubnetId),
      expect.not.arrayContaining(["subnet-application-10"]),
    ],
    [
      "an entry of a network ACL that goes",
      ["aws_network_acl_rule.gone"],
      (snapshot) => acl("acl-main")(snapshot)?.Entries?.map(({ RuleNumber, Egress }) => [RuleNumber, Egress]),
      [
        [101, false],
        [100, true],
        [101, true],
      ],
    ],
    [
      "a route table, with AWS's own route",
      ["aws_route_table.new", "aws_route_table_association.new"],
      table("aws_route_table.new"),
      {
        ...{ RouteTableId: "aws_route_table.new", VpcId: "vpc-0a1b2c3d" },
        Associations: [{ SubnetId: "subnet-application-10" }],
        Routes: [
          { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local", State: "active" },
          { DestinationCidrBlock: "0.0.0.0/0", NatGatewayId: "nat-1", State: "active" },
        ],
      },
    ],
    [
      "a route, and one that goes",
      ["aws_route.new", "aws_route.gone"],
      (snapshot) => table("rtb-main")(snapshot)?.Routes?.slice(1),
      [
        { DestinationIpv6CidrBlock: "::/0", GatewayId: "igw-1", State: "active" },
        { DestinationCidrBlock: "10.9.0.0/16", VpcPeeringConnectionId: "pcx-1", State: "active" },
      ],
    ],
    [
      "a load balancer, its listener, and a target group of a module",
      ["aws_lb.new", "aws_lb_listener.new", TARGET_GROUP],
      balancer("aws_lb.new"),
      expect.objectContaining({
        Type: "network",
        Listeners: [
          {
            ...{ ListenerArn: "aws_lb_listener.new", Port: 80, Protocol: "TCP", Rules: [] },
            DefaultActions: [{ Type: "forward", TargetGroupArn: TARGET_GROUP }],
          },
        ],
      }),
    ],
    ["a target in a module of a module", [TARGET_GROUP, ATTACHMENT], targets(TARGET_GROUP), ["i-app1:8080"]],
    [
      "the security groups of a load balancer, and of its interfaces",
      ["aws_lb.shop"],
      (snapshot) => [balancer(loadBalancerArn("shop"))(snapshot)?.SecurityGroups, groupsOf("eni-alb1")(snapshot)],
      [[groupId("other")], [groupId("other")]],
    ],
    [
      "the default action of a listener",
      ["aws_lb_listener.shop"],
      (snapshot) => listenerRule(ruleArn("default"))(snapshot)?.Actions,
      [{ Type: "forward", TargetGroupArn: groupArn("shop") }],
    ],
    [
      "a rule of a listener",
      ["aws_lb_listener_rule.open"],
      listenerRule("aws_lb_listener_rule.open"),
      {
        ...{ RuleArn: "aws_lb_listener_rule.open", Priority: "1", IsDefault: false, Transforms: [] },
        Conditions: expect.arrayContaining([
          { Field: "path-pattern", PathPatternConfig: { Values: ["/open/*"] } },
          { Field: "http-header", HttpHeaderConfig: { HttpHeaderName: "X-Test", Values: [digest("secret")] } },
        ]) as unknown,
        Actions: [{ Type: "forward", TargetGroupArn: groupArn("shop") }],
      },
    ],
    [
      "the weights of a rule, with the conditions that are there",
      ["aws_lb_listener_rule.canary"],
      listenerRule(ruleArn(8)),
      expect.objectContaining({
        Conditions: secureSnapshot().elastic_load_balancing?.LoadBalancers[0]?.Listeners?.[0]?.Rules[0]?.Conditions,
        Actions: [
          {
            Type: "forward",
            ForwardConfig: {
              TargetGroups: expect.arrayContaining([
                { TargetGroupArn: groupArn("node"), Weight: 90 },
                { TargetGroupArn: groupArn("shop"), Weight: 10 },
              ]) as unknown,
            },
          },
        ],
      }),
    ],
    ["a rule of a listener that goes", ["aws_lb_listener_rule.gone"], listenerRule(ruleArn(9)), undefined],
    [
      "a target, and one that goes",
      ["aws_lb_target_group_attachment.other", "aws_lb_target_group_attachment.gone"],
      (snapshot) => [targets(groupArn("node"))(snapshot), targets(groupArn("shop"))(snapshot)],
      [["i-node1:80", "i-node2:80", "i-app1:80"], ["i-app1:80"]],
    ],
    [
      "an endpoint service",
      ["aws_vpc_endpoint_service.new"],
      (snapshot) => ec2(snapshot).EndpointServices,
      [{ ServiceId: "aws_vpc_endpoint_service.new", NetworkLoadBalancerArns: [loadBalancerArn("shop")] }],
    ],
    ["the groups of an instance", ["aws_instance.app"], groupsOf("eni-app1"), [groupId("other")]],
    [
      "an instance that goes",
      ["aws_instance.gone"],
      (snapshot) => [targets(groupArn("node"))(snapshot), groupsOf("eni-node1")(snapshot)],
      [["i-node2:80"], undefined],
    ],
    ["the groups of an interface", ["aws_network_interface.other"], groupsOf("eni-other"), [groupId("app")]],
    [
      "another group of an interface",
      ["aws_network_interface_sg_attachment.new"],
      groupsOf("eni-other"),
      [groupId("other"), groupId("app")],
    ],
    ...[
      "aws_autoscaling_attachment.new",
      "aws_autoscaling_traffic_source_attachment.new",
      "aws_autoscaling_group.nodes",
    ].map((address): [string, readonly string[], (snapshot: Snapshot) => unknown, unknown] => [
      `the instances of an Auto Scaling group: ${address}`,
      [address],
      targets(groupArn("shop")),
      ["i-app1:80", "i-app2:80", "i-node1:80", "i-node2:80"],
    ]),
    [
      "a distribution: only what it sends anew is a new digest",
      ["aws_cloudfront_distribution.shop"],
      (snapshot) => distribution(snapshot)?.Origins.Items?.map(({ Id, CustomHeaders }) => [Id, CustomHeaders?.Items]),
      expect.arrayContaining([
        ["shop", [{ HeaderName: "X-CloudFront-Secret", HeaderValue: SECRET }]],
        ["backup", [{ HeaderName: "X-Other", HeaderValue: digest("secret") }]],
      ]),
    ],
    [
      "behaviors and failover of a distribution",
      ["aws_cloudfront_distribution.shop"],
      distribution,
      expect.objectContaining({
        OriginGroups: { Items: [{ Id: "both", Members: { Items: [{ OriginId: "shop" }, { OriginId: "backup" }] } }] },
        CacheBehaviors: { Items: [expect.objectContaining({ PathPattern: "/a/*", TargetOriginId: "shop" })] },
        DefaultCacheBehavior: expect.objectContaining({
          TargetOriginId: "both",
          FunctionAssociations: {
            Items: [{ EventType: "viewer-request", FunctionARN: "arn:aws:cloudfront::123456789012:function/origin" }],
          },
        }) as unknown,
      }),
    ],
    ["a distribution that goes", ["aws_cloudfront_distribution.gone"], (one) => one.cloudfront?.Distributions, []],
    [
      "an HTTP API with its stage",
      ["aws_apigatewayv2_api.new", "aws_apigatewayv2_stage.new"],
      (snapshot) => httpApi("aws_apigatewayv2_api.new")(snapshot)?.Stages,
      [{ StageName: "$default", AutoDeploy: true }],
    ],
    [
      "a route of an HTTP API to a new integration, without its query",
      ["aws_apigatewayv2_route.new", "aws_apigatewayv2_integration.new"],
      (snapshot) => [httpApi("http1")(snapshot)?.Routes, httpApi("http1")(snapshot)?.Integrations],
      [
        [
          {
            ...{ RouteId: "aws_apigatewayv2_route.new", RouteKey: "GET /b" },
            Target: "integrations/aws_apigatewayv2_integration.new",
          },
        ],
        [
          {
            ...{ IntegrationId: "aws_apigatewayv2_integration.new", IntegrationType: "HTTP_PROXY" },
            ...{ IntegrationUri: "http://shop-1.us-east-1.elb.amazonaws.com/", ConnectionType: "INTERNET" },
          },
        ],
      ],
    ],
    [
      "the default endpoint of an HTTP API",
      ["aws_apigatewayv2_api.shop"],
      (snapshot) => httpApi("http1")(snapshot)?.DisableExecuteApiEndpoint,
      undefined,
    ],
    ["an HTTP API that goes", ["aws_apigatewayv2_api.gone"], httpApi("http1"), undefined],
    [
      "the default endpoint of a REST API",
      ["aws_api_gateway_rest_api.shop"],
      (snapshot) => snapshot.api_gateway_rest?.restApis[0]?.disableExecuteApiEndpoint,
      false,
    ],
    [
      "a stage of a REST API: what it will serve is not known",
      ["aws_api_gateway_stage.live"],
      (snapshot) => snapshot.api_gateway_rest?.restApis[0]?.stages,
      [{ stageName: "live", deployedMethods: null }],
    ],
    [
      "a VPC link",
      ["aws_api_gateway_vpc_link.new"],
      (snapshot) => snapshot.api_gateway_rest?.vpcLinks,
      [{ id: "aws_api_gateway_vpc_link.new", name: "new", targetArns: [loadBalancerArn("shop")] }],
    ],
  ])("%s", (_, addresses, part, expected) => {
    const { snapshot, gaps } = laid(...addresses);
    expect(gaps).toEqual([]);
    expect(part(snapshot)).toEqual(expected);
  });

  test.each([
    [
      "the group of a rule is known only after the apply",
      "aws_vpc_security_group_ingress_rule.of_later",
      "security_group_id",
    ],
    ["a new instance has no address yet", "aws_instance.new", "its address is known only after the apply"],
    ["a launch template with security groups", "aws_launch_template.new", "vpc_security_group_ids"],
    ["a type that the table does not know", "aws_vpc_peering_connection.new", "does not know what a change"],
    [
      "a listener of a load balancer that is not there",
      "aws_lb_listener.new",
      "load balancer aws_lb.new is not in the snapshot",
    ],
  ])("%s", (_, address, words) => {
    const { gaps } = laid(address);
    expect(gaps).toEqual([{ address, words: expect.stringContaining(words) as string }]);
    expect(gaps[0]?.words).toContain(address);
  });

  test("what opens nothing leaves nothing open", () => {
    const { snapshot, gaps } = laid("aws_cloudwatch_log_group.new", "terraform_data.later");
    expect({ snapshot, gaps }).toEqual({ snapshot: secureSnapshot(), gaps: [] });
  });

  test("without the salt, a new header value is unknown, and an old one is not compared", () => {
    const of = (address: string) =>
      withPlan(secureSnapshot(), { ...plan, resources: plan.resources.filter((one) => one.address === address) }, null);
    expect(of("aws_lb_listener_rule.canary").gaps).toEqual([]);
    expect(of("aws_lb_listener_rule.open").gaps).toEqual([
      expect.objectContaining({ words: expect.stringContaining("--salt-file") as string }),
    ]);
  });

  test("each row of the table is here", () => {
    const twins = Object.keys(TABLE).filter((type) => /^aws_(alb|default)_?/.test(type));
    const tested = new Set([...plan.resources.map(({ type }) => type), ...twins]);
    const untested = Object.keys(TABLE).filter((type) => !tested.has(type));
    expect(untested).toEqual(["aws_ecs_service", "aws_lambda_function", "aws_db_instance", "aws_eip"]);
  });
});

function fail(part: string): never {
  throw new Error(`The snapshot has no ${part}.`);
}
