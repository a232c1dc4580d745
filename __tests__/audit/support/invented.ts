import { SNAPSHOT, type Snapshot } from "../../../account/snapshot";
import {
  forward,
  listenerArn,
  loadBalancer,
  loadBalancerArn,
  networkInterface,
  ofLoadBalancer,
  path,
  rule,
  secureSnapshot,
  targetGroup,
  VPC,
} from "./secure";

/**
 * Resources of one foreign application: 2 interfaces, 2 groups with 5 rules, a target group, 3 rules of a load balancer, and its
 * share in load balancers, distributions, subnets, and network ACLs.
 */
const OF_ONE = 13.6;
const PER_SUBNET = 20;
const PER_BALANCER = 10;

/**
 * The secure account with many foreign applications in the same VPC. It is still secure.
 * @param count of resources, roughly
 */
export function inventedAccount(count: number): Snapshot {
  const secure = secureSnapshot();
  const { ec2, elastic_load_balancing: balancing, cloudfront } = secure;
  if (ec2 === null || balancing === null || cloudfront === null) throw new Error("The secure account is not whole.");
  const numbers = Array.from({ length: Math.max(0, Math.round((count - resourcesIn(secure)) / OF_ONE)) }, (_, n) => n);
  const balancers = numbers.filter((number) => number % PER_BALANCER === 0);
  const subnets = numbers.filter((number) => number % PER_SUBNET === 0).map((number) => number / PER_SUBNET);
  return SNAPSHOT.parse({
    ...secure,
    ec2: {
      ...ec2,
      Subnets: [
        ...ec2.Subnets,
        ...subnets.map((number) => ({
          ...{ SubnetId: subnetId(number), VpcId: VPC, AvailabilityZone: "us-east-1b" },
          CidrBlock: `${prefix(number)}.0/24`,
        })),
      ],
      NetworkAcls: [
        ...ec2.NetworkAcls,
        ...subnets.map((number) => ({
          ...{ NetworkAclId: `acl-${number}`, VpcId: VPC, Entries: ec2.NetworkAcls[0]?.Entries },
          Associations: [{ SubnetId: subnetId(number) }],
        })),
      ],
      SecurityGroups: [...ec2.SecurityGroups, ...numbers.flatMap(securityGroups)],
      SecurityGroupRules: [...ec2.SecurityGroupRules, ...numbers.flatMap(securityGroupRules)],
      NetworkInterfaces: [
        ...ec2.NetworkInterfaces,
        ...numbers.flatMap((number) => [1, 2].map((instance) => instanceInterface(number, instance))),
        ...balancers.map((number) => ({
          ...networkInterface(
            `balancer-${number}`,
            `${prefix(Math.floor(number / PER_SUBNET))}.${200 + (number % 40)}`,
            [],
          ),
          ...{ SubnetId: subnetId(Math.floor(number / PER_SUBNET)), ...ofLoadBalancer(`other-${number}`) },
          Groups: [{ GroupId: `sg-balancer-${number}` }],
        })),
      ],
    },
    elastic_load_balancing: {
      LoadBalancers: [...balancing.LoadBalancers, ...balancers.map((number) => balancer(number, numbers.length))],
      TargetGroups: [
        ...balancing.TargetGroups,
        ...numbers.map((number) => ({
          ...targetGroup(`other-${number}`, [`i-${number}-1`, `i-${number}-2`]),
          LoadBalancerArns: [loadBalancerArn(`other-${number - (number % PER_BALANCER)}`)],
        })),
      ],
    },
    cloudfront: {
      ...cloudfront,
      Distributions: [...cloudfront.Distributions, ...balancers.map(distribution)],
    },
  });
}

/** What has an ID, an ARN, or a number of its own. */
export function resourcesIn({ ec2, elastic_load_balancing: balancing, cloudfront }: Snapshot): number {
  const lists = [...Object.values(ec2 ?? {}), cloudfront?.Distributions ?? []] as readonly unknown[][];
  const listeners = (balancing?.LoadBalancers ?? []).flatMap(({ Listeners }) => Listeners ?? []);
  const inBalancing = [balancing?.LoadBalancers ?? [], balancing?.TargetGroups ?? [], listeners];
  const rules = listeners.flatMap(({ Rules }) => Rules);
  return [...lists, ...inBalancing, rules].reduce((sum, list) => sum + list.length, 0);
}

const subnetId = (number: number) => `subnet-other-${number}-x`;
const prefix = (number: number) => `10.0.${30 + number}`;

function securityGroups(number: number) {
  return ["app", "balancer"].map((name) => ({ GroupId: `sg-${name}-${number}`, GroupName: name, VpcId: VPC }));
}

function securityGroupRules(number: number) {
  const rule = (id: string, GroupId: string, more: object) => ({
    ...{ SecurityGroupRuleId: `sgr-${number}-${id}`, GroupId, IsEgress: false },
    ...{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, ...more },
  });
  const out = { IsEgress: true, IpProtocol: "-1", FromPort: -1, ToPort: -1, CidrIpv4: "0.0.0.0/0" };
  return [
    rule("1", `sg-app-${number}`, {
      ReferencedGroupInfo: { GroupId: `sg-balancer-${number - (number % PER_BALANCER)}` },
    }),
    rule("2", `sg-app-${number}`, { FromPort: 22, ToPort: 22, CidrIpv4: "10.0.0.0/16" }),
    rule("3", `sg-app-${number}`, out),
    rule("4", `sg-balancer-${number}`, { CidrIpv4: "0.0.0.0/0" }),
    rule("5", `sg-balancer-${number}`, out),
  ];
}

function instanceInterface(number: number, instance: number) {
  const subnet = Math.floor(number / PER_SUBNET);
  return {
    ...networkInterface(`${number}-${instance}`, `${prefix(subnet)}.${10 + 2 * (number % PER_SUBNET) + instance}`, []),
    ...{ SubnetId: subnetId(subnet), Attachment: { InstanceId: `i-${number}-${instance}` } },
    Groups: [{ GroupId: `sg-app-${number}` }],
  };
}

function balancer(number: number, count: number) {
  const name = `other-${number}`;
  const behind = Array.from({ length: Math.min(PER_BALANCER, count - number) }, (_, index) => number + index);
  const Rules = [
    ...behind.flatMap((one, index) =>
      ["a", "b", "c"].map((part, second) =>
        rule(3 * index + second + 1, [path(`/${one}/${part}/*`)], forward(`other-${one}`)),
      ),
    ),
    rule("default", [], { Type: "fixed-response" }),
  ];
  const listener = { Port: 80, Protocol: "HTTP", DefaultActions: [{ Type: "fixed-response" }], Rules };
  return loadBalancer(name, [{ ListenerArn: listenerArn(name), ...listener }], {
    SecurityGroups: [`sg-balancer-${number}`],
  });
}

function distribution(number: number) {
  return {
    ...{ Id: `E-${number}`, DomainName: `d-${number}.cloudfront.net` },
    DistributionConfig: {
      Enabled: true,
      Origins: { Items: [{ Id: "other", DomainName: `other-${number}-1.us-east-1.elb.amazonaws.com` }] },
      DefaultCacheBehavior: { TargetOriginId: "other", ViewerProtocolPolicy: "redirect-to-https" },
      ...{ CacheBehaviors: { Items: [] }, OriginGroups: { Items: [] } },
    },
  };
}
