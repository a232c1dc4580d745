import type { Snapshot } from "../../account/snapshot";
import { compose } from "../../onboard/compose";
import type { Scenario, Wanted } from "../../onboard/composition";
import type { NodeWanted } from "../../onboard/node";
import { owners } from "../../onboard/owners";
import { networkSnapshotWith, NETWORK_ARN } from "./support/listeners";
import { host, LOAD_BALANCER_ARN, snapshotWith } from "./support/rules";

const CLUSTER = "arn:aws:ecs:us-east-1:123456789012:cluster/nodes";
const SERVICE = "arn:aws:ecs:us-east-1:123456789012:service/nodes/wallarm";
const RUNNING = { awsvpcConfiguration: { subnets: ["subnet-0b000001"], securityGroups: ["sg-0b000000"] } };

/** With addresses of a node, and services. */
function changed(snapshot: Snapshot, services: readonly object[]): Snapshot {
  const at = (id: string, PrivateIpAddress: string, more: object = {}) => ({
    ...{ NetworkInterfaceId: `eni-${id}`, VpcId: "vpc-0a1b2c3d", SubnetId: "subnet-0b000001" },
    ...{ Groups: [{ GroupId: "sg-0b000000" }], PrivateIpAddress, ...more },
  });
  snapshot.ec2?.NetworkInterfaces.push(
    at("0b000001", "10.0.2.10"),
    at("0b000002", "198.18.0.10"),
    at("0b000003", "10.0.2.11", { Ipv6Addresses: [{ Ipv6Address: "fd00::1" }] }),
  );
  snapshot.ecs = {
    services: services.map((service) => ({
      ...{ serviceArn: SERVICE, serviceName: "wallarm", clusterArn: CLUSTER, loadBalancers: [] },
      ...service,
    })),
  };
  return snapshot;
}

interface Given {
  readonly scenario?: Scenario;
  readonly services?: readonly object[];
  readonly port?: number;
}

function composed(node: NodeWanted, { scenario = "alb", services = [], port = 80 }: Given = {}) {
  const snapshot =
    scenario === "alb"
      ? snapshotWith([{ priority: 10, conditions: [host("shop.example.com")] }])
      : networkSnapshotWith([{ port, protocol: "TCP" }]);
  const wanted: Wanted = {
    ...{ id: scenario === "alb" ? LOAD_BALANCER_ARN : NETWORK_ARN, name: "shop-wallarm", node, mirror: false },
    ...{ adoptListeners: false, listenerPorts: null, targetGroupArns: [], remembered: {} },
  };
  return compose(scenario, changed(snapshot, services), wanted);
}

describe("addresses", () => {
  test("are targets, with the zone where AWS needs it", () => {
    const composition = composed({ addresses: ["10.0.2.10", "198.18.0.10"] });
    expect(composition.nodeSettings).toEqual({
      target_type: "ip",
      ip_addresses: {
        "node-1": { address: "10.0.2.10" },
        "node-2": { address: "198.18.0.10", availability_zone: "us-east-1a" },
      },
    });
    expect(composition.node.securityGroupIds).toEqual(["sg-0b000000"]);
    expect(composed({ addresses: ["10.0.2.10"] }, { scenario: "nlb" }).nodeSettings).toMatchObject({
      target_type: "ip",
    });
  });

  test("of IPv6 have a target group of their own", () => {
    expect(composed({ addresses: ["fd00::1"] }).nodeSettings).toEqual({
      ...{ target_type: "ip", ip_address_type: "ipv6" },
      ip_addresses: { "node-1": { address: "fd00::1" } },
    });
    expect(() => composed({ addresses: ["fd00::1", "10.0.2.10"] })).toThrow("one family");
  });

  test("must be there", () => {
    expect(() => composed({ addresses: ["10.0.2.99"] })).toThrow("These addresses are not in the account and Region");
  });
});

describe("an ECS service", () => {
  const found = { services: [{ networkConfiguration: RUNNING }] };

  test.each([SERVICE, "nodes/wallarm", "wallarm"])("is found as %s, and registers itself", (name) => {
    const composition = composed({ ecsService: name }, found);
    expect(composition.nodeSettings).toEqual({ target_type: "ip", register_targets: false });
    expect(composition.node).toMatchObject({
      securityGroupIds: ["sg-0b000000"],
      subnets: [{ SubnetId: "subnet-0b000001" }],
    });
    expect(owners(composition)).toMatch(
      /## Before 100 percent\n\n### 1. Let the node's ECS service register its tasks/,
    );
    expect(owners(composition)).toContain(`--cluster ${CLUSTER} --service ${SERVICE}`);
  });

  test("needs a listener for tests behind a Network Load Balancer", () => {
    const page = owners(composed({ ecsService: "wallarm" }, { scenario: "nlb", ...found }));
    expect(page).toContain("set `rehearsal_port`");
    expect(owners(composed({ addresses: ["10.0.2.10"] }, { scenario: "nlb" }))).not.toContain("rehearsal_port");
  });

  test.each<[string, readonly object[], string]>([
    ["is not there", [], 'There is no ECS service "wallarm". The services: none.'],
    [
      "is one of several",
      [found.services[0] ?? {}, { ...found.services[0], serviceArn: SERVICE.replace("nodes", "others") }],
      `Name one by its ARN: ${SERVICE}, `,
    ],
    ["has no network of its own", [{}], "--node-autoscaling-group"],
    [
      "is deployed by CodeDeploy",
      [{ ...found.services[0], deploymentController: { type: "CODE_DEPLOY" } }],
      "the deployment controller CODE_DEPLOY",
    ],
  ])("is refused if it %s", (_, services, message) => {
    expect(() => composed({ ecsService: "wallarm" }, { services })).toThrow(message);
  });
});

test("an Auto Scaling group keeps its target group", () => {
  const page = owners(composed({ autoScalingGroup: "nodes" }));
  expect(page).toContain("Let the node's Auto Scaling group keep its target group");
  expect(page).not.toContain("register its tasks");
});
