import type { Snapshot } from "../../account/snapshot";
import { compose } from "../../onboard/compose";
import type { Wanted } from "../../onboard/composition";
import { owners } from "../../onboard/owners";
import { networkSnapshotWith, NETWORK_ARN } from "./support/listeners";
import { LOAD_BALANCER_ARN, snapshotWith } from "./support/rules";

const WANTED: Omit<Wanted, "id"> = {
  ...{ name: "shop-wallarm", node: { autoScalingGroup: "nodes" }, mirror: false, adoptListeners: false },
  ...{ listenerPorts: null, targetGroupArns: [], remembered: {} },
};

const [BALANCER, NODE, APPLICATION] = ["sg-0c000000", "sg-0b000000", "sg-0a000000"];

interface Sketch {
  readonly group: string;
  readonly peer: string;
  readonly port: number;
  readonly isEgress?: boolean;
  readonly description?: string;
}

const rules =
  (...sketches: readonly Sketch[]) =>
  ({ ec2 }: Snapshot) => {
    for (const [index, { group, peer, port, isEgress = false, description }] of sketches.entries())
      ec2?.SecurityGroupRules.push({
        ...{ SecurityGroupRuleId: `sgr-${index}`, GroupId: group, IsEgress: isEgress, IpProtocol: "tcp" },
        ...{ FromPort: port, ToPort: port, ReferencedGroupInfo: { GroupId: peer }, Description: description },
      });
  };

const composed = (...sketches: readonly Sketch[]) =>
  compose("alb", snapshotWith([{ priority: 10 }], rules(...sketches)), { ...WANTED, id: LOAD_BALANCER_ARN });

const ADMITTED: Sketch = {
  group: APPLICATION,
  peer: NODE,
  port: 8080,
  description: "blog-wallarm: from the Wallarm Node",
};

test("a rule that another configuration has is left to it, and named in OWNERS.md", () => {
  const composition = composed(ADMITTED, { group: BALANCER, peer: NODE, port: 80, isEgress: true });
  expect(composition.routing).toMatchObject({
    security_group_rules: { load_balancer_egress: false, application_ingress: false },
  });
  expect(owners(composition)).toContain("- `sgr-0` of `sg-0a000000` (blog-wallarm: from the Wallarm Node)");
});

test.each<[string, Sketch]>([
  ["is the module's own", { ...ADMITTED, description: "shop-wallarm: from the Wallarm Node" }],
  ["has another port", { ...ADMITTED, port: 8081 }],
  ["has another direction", { ...ADMITTED, isEgress: true }],
  ["has another peer", { ...ADMITTED, peer: BALANCER }],
])("a rule that %s changes nothing", (_, sketch) => {
  expect(composed(sketch).routing).not.toHaveProperty("security_group_rules");
});

test("of several rules of a kind, those that are there are removed first", () => {
  const twoGroups = (snapshot: Snapshot) => {
    rules({ group: BALANCER, peer: NODE, port: 80, isEgress: true })(snapshot);
    for (const one of snapshot.elastic_load_balancing?.LoadBalancers ?? []) one.SecurityGroups?.push("sg-0e000000");
  };
  const composition = compose("alb", snapshotWith([{ priority: 10 }], twoGroups), { ...WANTED, id: LOAD_BALANCER_ARN });
  expect(composition.routing).not.toHaveProperty("security_group_rules");
  expect(owners(composition)).toMatch(
    /Remove rules that the module creates[^]*`sgr-0` of `sg-0c000000` \(no description\)/,
  );
});

test("nothing is left to others where the group is a question", () => {
  const several = (snapshot: Snapshot) => {
    rules(ADMITTED)(snapshot);
    for (const one of snapshot.ec2?.NetworkInterfaces ?? []) one.Groups?.push({ GroupId: "sg-0d000000" });
  };
  const composition = compose("alb", snapshotWith([{ priority: 10 }], several), { ...WANTED, id: LOAD_BALANCER_ARN });
  expect(composition.routing).not.toHaveProperty("security_group_rules");
});

test("a Network Load Balancer reaches the node on the port of its listeners", () => {
  const there = { group: NODE, peer: BALANCER, port: 443 };
  const composition = compose("nlb", networkSnapshotWith([{ port: 443 }], rules(there)), {
    ...WANTED,
    id: NETWORK_ARN,
  });
  expect(composition.routing).toMatchObject({ security_group_rules: { node_ingress: false } });
});
