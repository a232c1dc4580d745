/** A node that does not exist yet, so that an application is judged as if it did: in any VPC, and with nothing to ask about it. */
import { Snapshot } from "../../account/snapshot";
import { NodeWanted } from "../node";

const INSTANCE = "i-00000000000000000";
const GROUP = "sg-00000000000000000";
const ELB = "arn:aws:elasticloadbalancing:us-east-1:000000000000";
const TARGET_GROUP_ARN = `${ELB}:targetgroup/planned-node/0000000000000000`;
const LISTENER_ARN = `${ELB}:listener/net/planned-node/0000000000000000/0000000000000000`;

export const PLANNED_TARGETS: NodeWanted = { instances: [INSTANCE] };
export const PLANNED_LISTENER: NodeWanted = { listenerArn: LISTENER_ARN };
/** By which CloudFront reaches it. Nobody can own the name: https://datatracker.ietf.org/doc/html/rfc2606 */
export const PLANNED_DOMAIN_NAME = "node.invalid";

/** The account with the node, and with the Network Load Balancer in front of it that APIs need. */
export function withPlannedNode(snapshot: Snapshot): Snapshot {
  const { ec2, elastic_load_balancing: balancing } = snapshot;
  const node = { NetworkInterfaceId: "eni-00000000000000000", Attachment: { InstanceId: INSTANCE } };
  const targetGroup = { TargetGroupArn: TARGET_GROUP_ARN, TargetGroupName: "planned-node", LoadBalancerArns: [] };
  const listener = {
    ...{ ListenerArn: LISTENER_ARN, Port: 80, Protocol: "TCP", Rules: [] },
    DefaultActions: [{ Type: "forward", TargetGroupArn: TARGET_GROUP_ARN }],
  };
  const loadBalancer = {
    ...{ LoadBalancerArn: `${ELB}:loadbalancer/net/planned-node/0000000000000000`, LoadBalancerName: "planned-node" },
    ...{ Type: "network", Attributes: [], Listeners: [listener] },
  };
  return {
    ...snapshot,
    ec2: ec2 && { ...ec2, NetworkInterfaces: [...ec2.NetworkInterfaces, { ...node, Groups: [{ GroupId: GROUP }] }] },
    elastic_load_balancing: balancing && {
      LoadBalancers: [...balancing.LoadBalancers, loadBalancer],
      TargetGroups: [
        ...balancing.TargetGroups,
        { ...targetGroup, Attributes: null, Targets: [{ Target: { Id: INSTANCE } }] },
      ],
    },
  };
}
