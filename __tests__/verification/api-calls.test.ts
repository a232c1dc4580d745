import { describeWithTools } from "../tools";
import { KINDS } from "../../stacks/verification/api-call-schema";
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
const autoScaling = (what: string, name: string, parameters: Call["parameters"]): Call => ({
  ...ec2(what, name, parameters),
  service: "autoscaling",
});
const ecs = (what: string, name: string, parameters: Call["parameters"]): Call => ({
  ...ec2(what, name, parameters),
  service: "ecs",
});
const cdn = (what: string, name: string, parameters: Call["parameters"]): Call => ({
  ...ec2(what, name, parameters),
  service: "cloudfront",
});
const withNodeGroup = {
  groupSet: { items: [{ groupId: "sg-00000000000000009" }, { groupId: "sg-00000000000000002" }] },
};
const nodeGroupOfTasks = { awsvpcConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-00000000000000002"] } };
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
    ec2("the application's group in another VPC", "AssociateSecurityGroupVpc", {
      groupId: "sg-00000000000000003",
      vpcId: "vpc-00000000000000009",
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
    ec2("an IPv6 address", "AssignIpv6Addresses", { networkInterfaceId: "eni-0000000000000000a", ipv6AddressCount: 1 }),
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
  node_group_interfaces: [
    ec2("another interface as the node", "ModifyNetworkInterfaceAttribute", {
      networkInterfaceId: "eni-00000000000000009",
      ...withNodeGroup,
    }),
    ec2("another instance as the node", "ModifyInstanceAttribute", {
      instanceId: "i-00000000000000009",
      ...withNodeGroup,
    }),
    ec2("a new interface as the node", "CreateNetworkInterface", { subnetId: "subnet-1", ...withNodeGroup }),
    ec2("a new instance as the node", "RunInstances", { instancesSet: { items: [{ minCount: 1 }] }, ...withNodeGroup }),
    ec2("a new instance whose interface is the node's", "RunInstances", {
      instancesSet: { items: [{ minCount: 1 }] },
      networkInterfaceSet: { items: [{ deviceIndex: 0, ...withNodeGroup }] },
    }),
  ],
  node_group_tasks: ["CreateService", "CreateTaskSet", "RunTask", "UpdateService"].map((name) =>
    ecs("tasks as the node", name, { service: "other", networkConfiguration: nodeGroupOfTasks }),
  ),
  node_group_launch_configurations: [
    autoScaling("instances as the node", "CreateLaunchConfiguration", {
      launchConfigurationName: "other",
      securityGroups: ["sg-00000000000000009", "sg-00000000000000002"],
    }),
  ],
  subnets: [
    ec2("public addresses for new instances", "ModifySubnetAttribute", {
      subnetId: "subnet-0000000000000000a",
      mapPublicIpOnLaunch: { value: true },
    }),
    ec2("IPv6", "AssociateSubnetCidrBlock", {
      subnetId: "subnet-0000000000000000a",
      ipv6CidrBlock: "2001:db8:1234:1a00::/64",
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
    ...[
      { vpcPeeringConnectionId: "pcx-0000000000000000a" },
      { transitGatewayId: "tgw-0000000000000000a" },
      { gatewayId: "vgw-0000000000000000a" },
      { networkInterfaceId: "eni-00000000000000009" },
    ].map((target) =>
      ec2(`a way to ${Object.keys(target).join()}`, "CreateRoute", {
        routeTableId: "rtb-0000000000000000a",
        destinationCidrBlock: "10.9.0.0/16",
        ...target,
      }),
    ),
    ec2("the routes of a VPN", "EnableVgwRoutePropagation", {
      routeTableId: "rtb-0000000000000000a",
      gatewayId: "vgw-0000000000000000a",
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
  vpc_connections: [
    ec2("an internet gateway", "AttachInternetGateway", {
      internetGatewayId: "igw-0000000000000000a",
      vpcId: "vpc-0123456789abcdef0",
    }),
    ec2("a VPN", "AttachVpnGateway", { vpnGatewayId: "vgw-0000000000000000a", vpcId: "vpc-0123456789abcdef0" }),
    ec2("another VPC", "AcceptVpcPeeringConnection", { vpcPeeringConnectionId: "pcx-0000000000000000a" }),
    ...[
      ...["AcceptTransitGatewayVpcAttachment", "AssociateClientVpnTargetNetwork", "AuthorizeClientVpnIngress"],
      ...["CreateInstanceConnectEndpoint", "CreateTransitGatewayVpcAttachment", "CreateVerifiedAccessEndpoint"],
      ...["CreateVpcBlockPublicAccessExclusion", "ModifyTransitGatewayVpcAttachment"],
      ...["ModifyVpcBlockPublicAccessExclusion", "ModifyVpcBlockPublicAccessOptions"],
    ].map((name) => ec2("a way into the VPC", name, { [`${name}Request`]: { VpcId: "vpc-0123456789abcdef0" } })),
  ],
  endpoint_services: [
    ...["AcceptVpcEndpointConnections", "CreateVpcEndpointServiceConfiguration"],
    ...["ModifyVpcEndpointServiceConfiguration", "ModifyVpcEndpointServicePermissions"],
  ].map((name) => ec2("an endpoint service", name, { [`${name}Request`]: { ServiceId: "vpce-svc-1" } })),
  lattice: ["CreateResourceConfiguration", "CreateResourceGateway", "RegisterTargets"].map((name) => ({
    ...ec2("the application in VPC Lattice", name, { targets: [{ id: "i-0000000000000000a" }] }),
    service: "vpc-lattice",
  })),
  listeners: [
    ...["ModifyLoadBalancerAttributes", "SetIpAddressType", "SetSubnets"].map((name) =>
      lb("another load balancer", name, { loadBalancerArn: elb(`loadbalancer/${loadBalancer}`) }),
    ),
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
  new_load_balancers: [
    lb("another load balancer", "CreateLoadBalancer", { name: "other", scheme: "internet-facing" }),
    lb("a Classic Load Balancer", "CreateLoadBalancer", { loadBalancerName: "other", listeners: [] }),
  ],
  other_listeners: [
    lb("a listener of another load balancer", "CreateListener", {
      loadBalancerArn: elb("loadbalancer/app/other/0000000000000009"),
      port: 80,
    }),
    lb("a listener of a Classic Load Balancer", "CreateLoadBalancerListeners", { loadBalancerName: "other" }),
  ],
  application_targets: [
    lb("the application in another target group", "RegisterTargets", {
      targetGroupArn: elb("targetgroup/other/0000000000000009"),
      targets: [{ id: "i-00000000000000009" }, ...targets],
    }),
  ],
  classic_targets: [
    lb("the application behind a Classic Load Balancer", "RegisterInstancesWithLoadBalancer", {
      loadBalancerName: "other",
      instances: [{ instanceId: "i-0000000000000000a" }],
    }),
  ],
  autoscaling_targets: [
    autoScaling("a new group", "CreateAutoScalingGroup", { autoScalingGroupName: "other", minSize: 1 }),
    autoScaling("a group behind a Classic Load Balancer", "AttachLoadBalancers", { loadBalancerNames: ["other"] }),
    autoScaling("a group at another target group", "AttachLoadBalancerTargetGroups", {
      autoScalingGroupName: "other",
      targetGroupARNs: [elb("targetgroup/other/0000000000000009")],
    }),
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
    ecs("a service at another target group", "CreateService", {
      serviceName: "other",
      loadBalancers: [{ targetGroupArn: elb("targetgroup/other/0000000000000009") }],
    }),
    ecs("a task set", "CreateTaskSet", { loadBalancers: [{ targetGroupArn: nodeTargetGroup }] }),
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
    cdn("the name at another distribution", "AssociateAlias", {
      targetDistributionId: "E9EXAMPLE",
      alias: "shop.example.com",
    }),
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
  other_distributions: [
    cdn("a copy", "CopyDistribution", { primaryDistributionId: "E1EXAMPLE", staging: true }),
    cdn("another distribution", "CreateDistribution", { distributionConfig: { enabled: true } }),
    ...[
      ...["CreateContinuousDeploymentPolicy", "CreateDistributionTenant", "CreateDistributionWithTags"],
      ...["CreateVpcOrigin", "UpdateContinuousDeploymentPolicy", "UpdateDistributionTenant"],
      ...["UpdateDomainAssociation", "UpdateVpcOrigin"],
    ].map((name) => cdn("another way", name, { id: "9" })),
  ],
  cloudfront_functions: [
    ...["PublishConnectionFunction", "PublishFunction", "UpdateConnectionFunction", "UpdateFunction"],
  ].map((name) => cdn("another function", name, { name: "routes", ifMatch: "E2QWRUHEXAMPLE" })),
  accelerators: [
    ...["AddCustomRoutingEndpoints", "AddEndpoints", "AllowCustomRoutingTraffic"],
    ...["CreateCustomRoutingEndpointGroup", "CreateEndpointGroup", "UpdateEndpointGroup"],
  ].map((name) => ({
    ...ec2("an accelerator", name, { endpointGroupRegion: "eu-central-1" }),
    service: "globalaccelerator",
  })),
  rest_apis: [
    api("another resource policy", "UpdateRestApi", {
      restApiId: "a1b2c3d4e5",
      patchOperations: [{ op: "replace", path: "/policy", value: "{}" }],
    }),
    api("another definition", "PutRestApi", { restApiId: "a1b2c3d4e5", mode: "overwrite", failOnWarnings: false }),
    ...[
      ...["PutIntegration", "UpdateIntegration", "DeleteIntegration", "PutMethod", "UpdateMethod", "DeleteMethod"],
      ...["DeleteResource", "UpdateResource"],
    ].map((name) =>
      api("another integration or method", name, { restApiId: "a1b2c3d4e5", resourceId: "x1y2z3", httpMethod: "GET" }),
    ),
    api("another stage", "CreateStage", { restApiId: "a1b2c3d4e5", createStageInput: { stageName: "other" } }),
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
    api("a new stage", "CreateStage", { apiId: "f6g7h8i9j0", stageName: "other" }),
  ],
  new_apis: ["CreateApi", "CreateRestApi", "ImportApi", "ImportRestApi"].map((name) =>
    api("another API", name, { name: "other" }),
  ),
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
    ...[
      ...["CreateApiMapping", "UpdateApiMapping", "DeleteApiMapping", "CreateBasePathMapping", "UpdateBasePathMapping"],
      ...["DeleteBasePathMapping", "CreateRoutingRule", "PutRoutingRule", "DeleteRoutingRule"],
    ].map((name) => api("another mapping or routing rule", name, { domainName: "api.example.com" })),
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
  ec2("an egress-only internet gateway", "CreateRoute", {
    routeTableId: "rtb-0000000000000000a",
    destinationIpv6CidrBlock: "::/0",
    egressOnlyInternetGatewayId: "eigw-0000000000000000a",
  }),
  ec2("a node that Auto Scaling starts", "RunInstances", withNodeGroup, byAutoScaling),
  ec2("another instance with another group", "RunInstances", {
    groupSet: { items: [{ groupId: "sg-00000000000000009" }] },
  }),
  ecs("other tasks", "RunTask", { networkConfiguration: { awsvpcConfiguration: { securityGroups: ["sg-9"] } } }),
  autoScaling("other instances", "CreateLaunchConfiguration", { securityGroups: ["sg-00000000000000009"] }),
  ec2("another subnet's addresses", "ModifySubnetAttribute", { subnetId: "subnet-00000000000000009" }),
  ec2("another VPC", "AttachInternetGateway", { internetGatewayId: "igw-1", vpcId: "vpc-00000000000000009" }),
  lb("another instance in another target group", "RegisterTargets", {
    targetGroupArn: elb("targetgroup/other/0000000000000009"),
    targets: [{ id: "i-00000000000000009" }],
  }),
  lb("another instance behind a Classic Load Balancer", "RegisterInstancesWithLoadBalancer", {
    loadBalancerName: "other",
    instances: [{ instanceId: "i-00000000000000009" }],
  }),
  ec2("another subnet", "AssociateRouteTable", {
    routeTableId: "rtb-0000000000000000a",
    subnetId: "subnet-00000000000000009",
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
  lb(
    "an instance that Auto Scaling starts",
    "RegisterTargets",
    { targetGroupArn: nodeTargetGroup, targets },
    byAutoScaling,
  ),
  { ...lb("a deployment", "UpdateService", { service: "node", forceNewDeployment: true }), service: "ecs" },
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

/**
 * Calls that the service models of older SDKs do not have.
 * Source: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateConnectionFunction.html
 */
const NEWER_CALLS = ["cloudfront:PublishConnectionFunction", "cloudfront:UpdateConnectionFunction"];

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

  test("are those of the kinds of calls here, which the caller can exclude", () => {
    expect(Object.keys(patterns).sort()).toEqual(Object.keys(toldOf).sort());
    expect(Object.keys(patterns).sort()).toEqual([...KINDS].sort());
  });

  test("name calls that AWS has", () => {
    const calls = Object.values(patterns).map((pattern) => {
      const { source, detail } = JSON.parse(pattern) as { source: [string]; detail: { eventName: string[] } };
      return { source: source[0], names: detail.eventName };
    });
    const unknown = askPython("operations.py", calls) as string[];
    expect(unknown.filter((call) => !NEWER_CALLS.includes(call))).toEqual([]);
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
