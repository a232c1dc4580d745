/** Applications of other people, in the form of a snapshot: as in __tests__/apply/foreign/, without the APIs. */
import { readFileSync } from "node:fs";
import {
  behavior,
  forward,
  groupArn,
  listenerArn,
  loadBalancer,
  loadBalancerArn,
  networkInterface,
  rule,
  targetGroup,
  VPC,
} from "../../audit/support/secure";

/** What an application adds to the lists of a snapshot, by service. */
export type Part = Readonly<Record<string, Readonly<Record<string, readonly object[]>>>>;

/** @param number of the application in its account: its addresses follow from it */
export type Kind = (name: string, number: number) => Part[];

const host = (name: string) => ({ Field: "host-header", HostHeaderConfig: { Values: [`${name}.example.com`] } });
const rulesOn = (name: string, rules: readonly (readonly [number | "default", object[], object[]])[], more = {}) =>
  loadBalancer(
    name,
    [
      {
        ...{ ListenerArn: listenerArn(name), Port: 443, Protocol: "HTTPS", DefaultActions: [] },
        Rules: rules.map(([priority, conditions, actions]) => ({
          ...rule(priority, conditions, {}),
          ...{ RuleArn: `${listenerArn(name).replace(":listener/", ":listener-rule/")}/${priority}`, Actions: actions },
        })),
      },
    ],
    { SecurityGroups: [`sg-of-${name}`], ...more },
  );

/** Two instances in a security group of their own, which admits the load balancer. */
function instances(name: string, number: number): Part {
  const group = `sg-${name}`;
  const one = (index: number) => ({
    ...networkInterface(`${name}-${index}`, `10.0.${9 + index}.${10 + number}`, []),
    ...{ Attachment: { InstanceId: `i-${name}-${index}` }, Groups: [{ GroupId: group }] },
  });
  const admitted = {
    ...{ SecurityGroupRuleId: `sgr-${name}`, GroupId: group, IsEgress: false, IpProtocol: "tcp" },
    ...{ FromPort: 80, ToPort: 80, ReferencedGroupInfo: { GroupId: `sg-of-${name}` } },
  };
  const balancer = {
    ...networkInterface(`of-${name}`, `10.0.${number % 2}.${10 + number}`, []),
    ...{ Description: `ELB app/${name}/50dc6c495c0c9188`, Groups: [{ GroupId: `sg-of-${name}` }] },
  };
  return {
    ec2: {
      NetworkInterfaces: [one(1), one(2), balancer],
      SecurityGroups: [group, `sg-of-${name}`].map((GroupId) => ({ GroupId, GroupName: GroupId, VpcId: VPC })),
      SecurityGroupRules: [admitted],
    },
  };
}

const groupsOf = (balancer: string, names: readonly string[], more: object = {}): Part => ({
  elastic_load_balancing: {
    TargetGroups: names.map((name) => ({
      ...targetGroup(
        name,
        [1, 2].map((index) => `i-${balancer}-${index}`),
      ),
      ...{ LoadBalancerArns: [loadBalancerArn(balancer)], ...more },
    })),
  },
});
const balancers = (...LoadBalancers: object[]): Part => ({ elastic_load_balancing: { LoadBalancers } });

const behind: Kind = (name, number) => [instances(name, number), groupsOf(name, [name])];
const withRules =
  (rules: (name: string) => Parameters<typeof rulesOn>[1], more: (name: string) => Part[] = () => []): Kind =>
  (name, number) => [...behind(name, number), balancers(rulesOn(name, rules(name))), ...more(name)];
const service = (name: string, type?: string): Part => ({
  ecs: {
    services: [
      {
        ...{ serviceArn: `arn:aws:ecs:us-east-1:123456789012:service/shop/${name}`, serviceName: name },
        ...{ loadBalancers: [{ targetGroupArn: groupArn(name) }], ...(type && { deploymentController: { type } }) },
      },
    ],
  },
});

export const autoScaling = withRules(
  (name) => [["default", [], [forward(name)]]],
  (name) => [
    {
      auto_scaling: {
        AutoScalingGroups: [
          {
            ...{ AutoScalingGroupName: name, HealthCheckType: "ELB" },
            Instances: [1, 2].map((index) => ({ InstanceId: `i-${name}-${index}` })),
          },
        ],
      },
    },
  ],
);

const BY_HOST = (name: string) =>
  [
    [10, [host(name)], [forward(name)]],
    ["default", [], [{ Type: "fixed-response" }]],
  ] as const satisfies Parameters<typeof rulesOn>[1];

export const plain = withRules(BY_HOST);

export const fargate = withRules(BY_HOST, (name) => [service(name)]);

export const blueGreen = withRules(BY_HOST, (name) => [service(name, "CODE_DEPLOY")]);

export const login = withRules((name) => [
  [
    10,
    [host(name)],
    [
      { Type: "authenticate-oidc", Order: 1 },
      { ...forward(name), Order: 2 },
    ],
  ],
  ["default", [], [forward(name)]],
]);

/** Numbered without gaps, and one of them splits its requests. */
export const numberedRules: Kind = (name, number) => [
  instances(name, number),
  groupsOf(name, [name, `${name}-beta`]),
  balancers(
    rulesOn(name, [
      [1, [host(name)], [forward(name)]],
      [10, [host(`beta.${name}`)], [forward(name, `${name}-beta`)]],
      ["default", [], [{ Type: "fixed-response" }]],
    ]),
  ),
];

export const twoTargetGroups: Kind = (name, number) => [
  instances(name, number),
  groupsOf(name, [name, `${name}-api`]),
  balancers(
    rulesOn(name, [
      [10, [host(name)], [forward(name)]],
      [20, [host(`api.${name}`)], [forward(`${name}-api`)]],
      ["default", [], [{ Type: "fixed-response" }]],
    ]),
  ),
];

export const kubernetes: Kind = (name, number) => [
  ...behind(name, number),
  balancers(rulesOn(name, BY_HOST(name), { Tags: [{ Key: "elbv2.k8s.aws/cluster", Value: name }] })),
];

const networkBalancer = (name: string, port: number, group = name, arns = name) =>
  loadBalancer(
    name,
    [
      {
        ...{ ListenerArn: listenerArn(arns, undefined, "net"), Port: port, Protocol: "TCP" },
        DefaultActions: [forward(group)],
      },
    ],
    { LoadBalancerArn: loadBalancerArn(name, "net"), Type: "network", SecurityGroups: [`sg-of-${name}`] },
  );
const OF_NETWORK = (name: string) => ({
  ...{ Protocol: "TCP", LoadBalancerArns: [loadBalancerArn(name, "net")] },
  Attributes: [{ Key: "preserve_client_ip.enabled", Value: "true" }],
});

export const network: Kind = (name, number) => [
  instances(name, number),
  groupsOf(name, [name], OF_NETWORK(name)),
  balancers(networkBalancer(name, 443)),
];

/** The attributes of its target group could not be read. */
export const unreadNetwork: Kind = (name, number) => [
  instances(name, number),
  groupsOf(name, [name], { ...OF_NETWORK(name), Attributes: null }),
  balancers(networkBalancer(name, 443)),
];

/** A Network Load Balancer, NAME-front, in front of an Application Load Balancer. */
export const networkChain: Kind = (name, number) => [
  ...autoScaling(name, number),
  balancers(networkBalancer(`${name}-front`, 443)),
  {
    elastic_load_balancing: {
      TargetGroups: [
        {
          ...targetGroup(`${name}-front`, [loadBalancerArn(name)]),
          ...{ ...OF_NETWORK(`${name}-front`), TargetType: "alb" },
        },
      ],
    },
  },
];

export const distribution: Kind = (name, number) => [
  ...plain(name, number),
  {
    cloudfront: {
      Distributions: [
        {
          ...{ Id: `E${name.toUpperCase().replaceAll("-", "")}`, DomainName: `${name}.cloudfront.net` },
          DistributionConfig: {
            ...{ Enabled: true, Aliases: { Items: [`www.${name}.example.com`] } },
            Origins: {
              Items: [
                {
                  ...{ Id: name, DomainName: `${name}-1.us-east-1.elb.amazonaws.com` },
                  CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
                },
              ],
            },
            ...{ DefaultCacheBehavior: behavior(name), CacheBehaviors: { Items: [] }, OriginGroups: { Items: [] } },
          },
        },
      ],
    },
  },
];

export const httpApi: Kind = (name, number) => [
  ...plain(name, number),
  {
    api_gateway_http: {
      Apis: [
        {
          ...{ ApiId: `h${number}http`, Name: `${name}-api`, ProtocolType: "HTTP" },
          Routes: [{ RouteId: "r1", RouteKey: "ANY /{proxy+}", Target: "integrations/i1" }],
          Integrations: [
            {
              ...{ IntegrationId: "i1", IntegrationType: "HTTP_PROXY", IntegrationUri: listenerArn(name) },
              ...{ ConnectionType: "VPC_LINK", ConnectionId: `link-${name}`, IntegrationMethod: "ANY" },
            },
          ],
          Stages: [{ StageName: "$default", AutoDeploy: true }],
        },
      ],
    },
  },
];

export const restApi: Kind = (name, number) => {
  const methodIntegration = {
    ...{ type: "HTTP_PROXY", httpMethod: "ANY", uri: `http://${name}-1.us-east-1.elb.amazonaws.com/{proxy}` },
    ...{ connectionType: "VPC_LINK", connectionId: `link-${name}` },
  };
  return [
    instances(name, number),
    groupsOf(name, [name], OF_NETWORK(name)),
    balancers(networkBalancer(name, 80)),
    {
      api_gateway_rest: {
        vpcLinks: [{ id: `link-${name}`, targetArns: [loadBalancerArn(name, "net")] }],
        restApis: [
          {
            ...{ id: `r${number}rest`, name: `${name}-api`, endpointConfiguration: { types: ["REGIONAL"] } },
            resources: [{ id: "a1", path: "/{proxy+}", resourceMethods: { ANY: { methodIntegration } } }],
            stages: [
              {
                ...{ stageName: "live", deploymentId: "d1" },
                deployedMethods: [{ path: "/{proxy+}", method: "ANY", integration: methodIntegration }],
              },
            ],
          },
        ],
      },
    },
  ];
};

/** Its owner has a network ACL around a subnet of the application. */
export const networkAcls: Kind = (name, number) => {
  const SubnetId = `subnet-${name}`;
  const subnet = { SubnetId, VpcId: VPC, AvailabilityZone: "us-east-1a", CidrBlock: `10.0.${100 + number}.0/24` };
  return moved(plain(name, number), SubnetId, {
    Subnets: [subnet],
    NetworkAcls: [
      { NetworkAclId: `acl-${name}`, VpcId: VPC, IsDefault: false, Associations: [{ SubnetId }], Entries: [] },
    ],
  });
};

/** In a subnet of the network team's account. */
export const sharedSubnets: Kind = (name, number) => {
  const SubnetId = `subnet-${name}`;
  const place = { VpcId: VPC, AvailabilityZone: "us-east-1a", CidrBlock: `10.0.${100 + number}.0/24` };
  return moved(plain(name, number), SubnetId, { Subnets: [{ SubnetId, OwnerId: "999999999999", ...place }] });
};

/** The instances of an application, in another subnet. */
function moved(parts: readonly Part[], SubnetId: string, ec2: Part[string]): Part[] {
  const text = JSON.stringify(parts).replaceAll(/"subnet-application-1[01]"/g, JSON.stringify(SubnetId));
  return [...(JSON.parse(text) as Part[]), { ec2 }];
}

/** Nodes in an Auto Scaling group, and the Network Load Balancer in front of them. */
export const node: Kind = () => [
  {
    ec2: {
      NetworkInterfaces: [1, 2].map((index) => ({
        ...networkInterface(`fleet-${index}`, `10.0.${1 + index}.9`, []),
        ...{ Attachment: { InstanceId: `i-fleet-${index}` }, Groups: [{ GroupId: "sg-fleet" }] },
      })),
      SecurityGroups: [{ GroupId: "sg-fleet", GroupName: "fleet", VpcId: VPC }],
    },
    auto_scaling: {
      AutoScalingGroups: [
        {
          ...{ AutoScalingGroupName: "fleet", VPCZoneIdentifier: "subnet-node-2,subnet-node-3" },
          Instances: [1, 2].map((index) => ({ InstanceId: `i-fleet-${index}` })),
          LaunchTemplateSecurityGroupIds: ["sg-fleet"],
        },
      ],
    },
  },
  groupsOf("fleet", ["fleet"], OF_NETWORK("fleet")),
  balancers({
    ...networkBalancer("fleet", 80),
    ...{ Scheme: "internal", EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off" },
  }),
];

/** What the module application-backend says of its security group. */
const [, Description] =
  /resource "aws_security_group" "backend" \{[^}]*description = "([^"]+)"/.exec(
    readFileSync("modules/application-backend/load_balancer.tf", "utf8"),
  ) ?? [];

/** The load balancer that the module application-backend makes. */
export const backend: Kind = (name) => [
  { ec2: { SecurityGroups: [{ GroupId: `sg-of-${name}`, GroupName: name, Description, VpcId: VPC }] } },
  balancers(rulesOn(name, [["default", [], [{ Type: "fixed-response" }]]])),
];
