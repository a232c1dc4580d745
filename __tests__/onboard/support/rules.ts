import type { LoadBalancer } from "../../../model/rules";
import { SNAPSHOT, type Snapshot } from "../../../account/snapshot";

const ELB = "arn:aws:elasticloadbalancing:us-east-1:123456789012";
export const LOAD_BALANCER_ARN = `${ELB}:loadbalancer/app/shop/50dc6c495c0c9188`;
export const groupArn = (name: string) => `${ELB}:targetgroup/${name}/73e2d6bc24d8a067`;
export const ruleArn = (id: string | number) => `${ELB}:listener-rule/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2/${id}`;

/** A rule in the form of a snapshot. */
export interface Sketch {
  readonly priority: number | "default";
  readonly conditions?: object[];
  readonly actions?: object[];
  readonly transforms?: object[];
  readonly tags?: object[];
}

export const host = (...Values: string[]) => ({ Field: "host-header", HostHeaderConfig: { Values } });
export const path = (...Values: string[]) => ({ Field: "path-pattern", PathPatternConfig: { Values } });
export const forward = (...names: string[]) => ({
  Type: "forward",
  ForwardConfig: { TargetGroups: names.map((name) => ({ TargetGroupArn: groupArn(name), Weight: 1 })) },
});

const DEFAULT: Sketch = { priority: "default", actions: [{ Type: "fixed-response" }] };

/** An account with an application of two instances behind rules, and an Auto Scaling group of nodes. */
export function snapshotWith(
  sketches: readonly Sketch[],
  change: (document: Snapshot) => void = () => undefined,
): Snapshot {
  const rules = [...sketches, ...(sketches.some(({ priority }) => priority === "default") ? [] : [DEFAULT])];
  const networkInterface = (id: string, SubnetId: string, GroupId: string) => ({
    ...{ NetworkInterfaceId: `eni-${id}`, VpcId: "vpc-0a1b2c3d", SubnetId },
    Groups: [{ GroupId }],
    Attachment: { InstanceId: `i-${id}` },
  });
  const subnet = (SubnetId: string, AvailabilityZone: string, CidrBlock: string) => ({
    ...{ SubnetId, AvailabilityZone, CidrBlock, VpcId: "vpc-0a1b2c3d", OwnerId: "123456789012" },
  });
  const targetGroup = (name: string) => ({
    ...{ TargetGroupArn: groupArn(name), TargetGroupName: name, Port: 8080, TargetType: "instance" },
    ...{ VpcId: "vpc-0a1b2c3d", LoadBalancerArns: [LOAD_BALANCER_ARN] },
    Targets: ["0a000001", "0a000002"].map((id) => ({ Target: { Id: `i-${id}`, Port: 8080 } })),
  });
  const nothing = Object.fromEntries(
    [
      ...["RouteTables", "InternetGateways", "EgressOnlyInternetGateways", "NatGateways", "VpcPeeringConnections"],
      ...["TransitGatewayAttachments", "VpnGateways", "VpnConnections", "Addresses", "PrefixLists", "EndpointServices"],
      ...[
        "ClientVpnEndpoints",
        "InstanceConnectEndpoints",
        "NetworkAcls",
        "SecurityGroups",
        "SecurityGroupRules",
        "Vpcs",
      ],
    ].map((name) => [name, []]),
  );
  const snapshot = SNAPSHOT.parse({
    ...{ schema_version: 1, account_id: "123456789012", region: "us-east-1", read_at: "2026-11-27T00:00:00Z" },
    ...{ focus: null, unread: [], cloudfront: null, api_gateway_rest: null, api_gateway_http: null },
    ec2: {
      ...nothing,
      Subnets: [
        subnet("subnet-0a000001", "us-east-1a", "10.0.10.0/24"),
        subnet("subnet-0a000002", "us-east-1b", "10.0.11.0/24"),
        subnet("subnet-0b000001", "us-east-1a", "10.0.2.0/24"),
      ],
      NetworkInterfaces: [
        networkInterface("0a000001", "subnet-0a000001", "sg-0a000000"),
        networkInterface("0a000002", "subnet-0a000002", "sg-0a000000"),
      ],
    },
    elastic_load_balancing: {
      LoadBalancers: [
        {
          ...{ LoadBalancerArn: LOAD_BALANCER_ARN, LoadBalancerName: "shop", Type: "application" },
          ...{ VpcId: "vpc-0a1b2c3d", SecurityGroups: ["sg-0c000000"] },
          Listeners: [
            {
              ...{ ListenerArn: `${ELB}:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2`, Port: 443 },
              DefaultActions: [],
              Rules: rules.map(({ priority, conditions = [], actions = [forward("shop")], transforms = [], tags }) => ({
                ...{ RuleArn: ruleArn(priority), Priority: String(priority), IsDefault: priority === "default" },
                ...{ Conditions: conditions, Actions: actions, Transforms: transforms, Tags: tags },
              })),
            },
          ],
        },
      ],
      TargetGroups: [targetGroup("shop"), targetGroup("beta")],
    },
    auto_scaling: {
      AutoScalingGroups: [
        {
          ...{ AutoScalingGroupName: "nodes", VPCZoneIdentifier: "subnet-0b000001" },
          LaunchTemplateSecurityGroupIds: ["sg-0b000000"],
        },
      ],
    },
    ecs: { services: [] },
  });
  change(snapshot);
  return snapshot;
}

export function loadBalancerOf({ elastic_load_balancing }: Snapshot): LoadBalancer {
  const [loadBalancer] = elastic_load_balancing?.LoadBalancers ?? [];
  if (loadBalancer === undefined) throw new Error("There is no load balancer.");
  return loadBalancer;
}
