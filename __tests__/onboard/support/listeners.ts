import { SNAPSHOT, type Snapshot } from "../../../account/snapshot";
import { groupArn, LOAD_BALANCER_ARN, snapshotWith } from "./rules";

export const NETWORK_ARN = LOAD_BALANCER_ARN.replace("/app/", "/net/");
export const listenerArn = (port: number) =>
  `${NETWORK_ARN.replace(":loadbalancer/", ":listener/")}/f2f7dc8efc522ab${port % 10}`;

/** A listener in the form of a snapshot, in front of target groups. */
export interface Sketch {
  readonly port: number;
  readonly protocol?: string;
  readonly groups?: readonly string[];
  readonly tags?: object[];
}

/** The account of `snapshotWith`, with a Network Load Balancer. */
export function networkSnapshotWith(
  sketches: readonly Sketch[],
  change: (document: Snapshot) => void = () => undefined,
): Snapshot {
  const document = snapshotWith([]);
  const [group] = document.elastic_load_balancing?.TargetGroups ?? [];
  const targetGroup = (name: string) => ({
    ...{ ...group, TargetGroupArn: groupArn(name), TargetGroupName: name, Protocol: "TCP", Port: 8080 },
    Attributes: [{ Key: "preserve_client_ip.enabled", Value: "true" }],
  });
  const snapshot = SNAPSHOT.parse({
    ...document,
    elastic_load_balancing: {
      LoadBalancers: [
        {
          ...{ LoadBalancerArn: NETWORK_ARN, LoadBalancerName: "shop", Type: "network", VpcId: "vpc-0a1b2c3d" },
          ...{ SecurityGroups: ["sg-0c000000"], AvailabilityZones: [{ SubnetId: "subnet-0b000001" }] },
          Listeners: sketches.map(({ port, protocol = "TCP", groups = ["shop"], tags }) => ({
            ...{ ListenerArn: listenerArn(port), Port: port, Protocol: protocol, Tags: tags },
            DefaultActions: [
              {
                Type: "forward",
                ForwardConfig: { TargetGroups: groups.map((name) => ({ TargetGroupArn: groupArn(name) })) },
              },
            ],
          })),
        },
      ],
      TargetGroups: [...new Set(sketches.flatMap(({ groups = ["shop"] }) => groups)), "beta"].map(targetGroup),
    },
  });
  change(snapshot);
  return snapshot;
}
