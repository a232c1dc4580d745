import { compose } from "../../onboard/compose";
import { configuration, questionsOf } from "../../onboard/configuration";
import { owners } from "../../onboard/owners";
import type { Wanted } from "../../onboard/composition";
import type { Snapshot } from "../../account/snapshot";
import { groupArn } from "./support/rules";
import { listenerArn, NETWORK_ARN, networkSnapshotWith, type Sketch } from "./support/listeners";

const WANTED: Wanted = {
  ...{ id: NETWORK_ARN, name: "shop-wallarm", node: { autoScalingGroup: "nodes" } },
  ...{ mirror: false, adoptListeners: false, listenerPorts: null, targetGroupArns: [], remembered: {} },
};
const SETTINGS = {
  ...{ name: "shop-wallarm", region: "us-east-1", accountId: "123456789012", tags: {} },
  source: (module: string) => ({ source: `./modules/wallarm/${module}` }),
};
const PLAIN: Sketch = { port: 80 };

type Change = (snapshot: Snapshot) => void;

const composed = (listeners: readonly Sketch[], change?: Change, wanted: Partial<Wanted> = {}) =>
  compose("nlb", networkSnapshotWith(listeners, change), { ...WANTED, ...wanted });
/** Without what aligns it. */
const main = (...args: Parameters<typeof composed>) =>
  configuration(composed(...args), SETTINGS)["main.tf"]?.replace(/ +/g, " ");

const setGroups =
  (fields: object): Change =>
  ({ elastic_load_balancing }) =>
    elastic_load_balancing?.TargetGroups.forEach((group) => Object.assign(group, fields));
const attribute = (Key: string, Value: string) => setGroups({ Attributes: [{ Key, Value }] });

/** As AWS has them for a load balancer that was created without security groups. */
const withoutGroups =
  (...sources: object[]): Change =>
  ({ elastic_load_balancing, ec2 }) => {
    for (const one of elastic_load_balancing?.LoadBalancers ?? []) one.SecurityGroups = [];
    for (const [index, source] of sources.entries())
      ec2?.SecurityGroupRules.push({
        ...{ SecurityGroupRuleId: `sgr-0a00000${index}`, GroupId: "sg-0a000000", IsEgress: false },
        ...{ IpProtocol: "tcp", FromPort: 8080, ToPort: 8080, ...source },
      });
  };

describe("the call of the module nlb", () => {
  test("lets the node see the client as the application does", () => {
    expect(main([PLAIN])).toContain("target_group = { preserve_client_ip = true }");
    expect(main([PLAIN], attribute("preserve_client_ip.enabled", "false"))).toContain("{ preserve_client_ip = false }");
  });

  test.each<[string, Sketch, Change | undefined, object]>([
    ["plain TCP", PLAIN, undefined, {}],
    ["TLS that the load balancer ends", { port: 443, protocol: "TLS" }, undefined, {}],
    ["TLS that passes through", { port: 443 }, undefined, { port: 443 }],
    ["TLS behind another port", { port: 9000 }, setGroups({ Port: 8443 }), { port: 443 }],
    ["an encrypted health check", { port: 9000 }, setGroups({ HealthCheckProtocol: "HTTPS" }), { port: 443 }],
    [
      "TLS that the load balancer begins again",
      { port: 443, protocol: "TLS" },
      setGroups({ Protocol: "TLS" }),
      { port: 443, protocol: "TLS" },
    ],
  ])("reaches the node for %s", (_, sketch, change, expected) => {
    const composition = composed([sketch], change);
    expect(composition.nodeSettings).toEqual({ autoscaling_group_names: { main: "nodes" }, ...expected });
    // A listener for tests would need a certificate.
    expect("rehearsal_listener" in composition.routing).toBe(!("protocol" in expected));
    expect(owners(composition).includes("Give the node the certificate")).toBe("port" in expected);
  });

  test("without security groups admits the clients that the application admits, and asks if it cannot tell", () => {
    const own = { CidrIpv4: "10.0.2.0/24" };
    const clients = { CidrIpv4: "198.51.100.0/24" };
    expect(main([PLAIN], withoutGroups(own, clients))).toContain(
      'load_balancer = { subnet_cidrs = ["10.0.2.0/24"], client_cidrs = ["198.51.100.0/24"] }',
    );
    for (const change of [withoutGroups(own), withoutGroups(clients, { PrefixListId: "pl-0a000000" })]) {
      expect(main([PLAIN], change)).toContain("client_cidrs = var.client_cidrs");
      expect(questionsOf(composed([PLAIN], change)).map(({ name }) => name)).toEqual(["client_cidrs"]);
    }
    const node = withoutGroups(clients, { ReferencedGroupInfo: { GroupId: "sg-0b000000" } });
    expect(questionsOf(composed([PLAIN], node))).toEqual([]);
    const hidden: Change = (snapshot) => {
      withoutGroups(clients)(snapshot);
      attribute("preserve_client_ip.enabled", "false")(snapshot);
    };
    expect(main([PLAIN], hidden)).not.toContain("client_cidrs");
  });
});

describe("a listener", () => {
  test("stays with its owner, with the commands for both ways", () => {
    const composition = composed([PLAIN]);
    expect(configuration(composition, SETTINGS)).not.toHaveProperty("imports.tf");
    const page = owners(composition);
    expect(page).toContain("## At 100 percent");
    expect(page).toContain(`--listener-arn ${listenerArn(80)}`);
    expect(page).toContain(`TargetGroupArn=${groupArn("shop")}`);
  });

  test("is adopted, with its import", () => {
    const composition = composed([PLAIN], undefined, { adoptListeners: true });
    const files = configuration(composition, SETTINGS);
    expect(files["imports.tf"]).toContain("to = module.wallarm_routing.aws_lb_listener.adopted[each.key]");
    expect(files["listeners.tf"]).toContain(listenerArn(80));
    expect(owners(composition)).toContain("nothing else manages the listeners");
    expect(owners(composition)).not.toContain("## At 100 percent");
  });

  test.each<[string, Sketch, Change | undefined, string]>([
    ["UDP", { port: 53, protocol: "UDP" }, undefined, "HTTP over TCP"],
    ["several target groups", { port: 81, groups: ["shop", "beta"] }, undefined, "several target groups"],
    ["no target group", { port: 81, groups: [] }, undefined, "no target group"],
    ["a port that is not wanted", { port: 81 }, undefined, "not one of --listener-ports"],
  ])("is left out for %s, with the reason at its place", (name, sketch, change, reason) => {
    const listenerPorts = name === "a port that is not wanted" ? [80] : null;
    const composition = composed([PLAIN, sketch], change, { listenerPorts });
    const [left] = composition.entries.filter(({ key }) => key === null);
    expect(left).toMatchObject({ reason: expect.stringContaining(reason) as string });
    expect(left?.needsOwner).toBe(name !== "no target group");
    expect(configuration(composition, SETTINGS)["listeners.tf"]?.replaceAll("\n# ", " ")).toContain(reason);
    expect(owners(composition).includes("go around the node")).toBe(left?.needsOwner);
  });

  test("that forwards to the node keeps the target group of onboard.json", () => {
    const atHundred = [{ port: 80, groups: ["shop-wallarm-0a1b2c3d"] }];
    const change: Change = ({ elastic_load_balancing }) => {
      const [shop] = networkSnapshotWith([PLAIN]).elastic_load_balancing?.TargetGroups ?? [];
      if (shop) elastic_load_balancing?.TargetGroups.push(shop);
    };
    const remembered = { [listenerArn(80)]: { key: "tcp-80", priority: null, target: groupArn("shop") } };
    expect(composed(atHundred, change, { remembered }).entries).toEqual(composed([PLAIN]).entries);
    expect(() => composed(atHundred, change)).toThrow("Restore onboard.json");
  });
});

describe("refuses", () => {
  test.each<[string, readonly Sketch[], Change | undefined, string]>([
    ["no listener", [], undefined, "It has no listeners."],
    ["only UDP", [{ port: 53, protocol: "UDP" }], undefined, "listener UDP 53 → shop: A node reads HTTP"],
    [
      "the proxy protocol",
      [PLAIN],
      attribute("proxy_protocol_v2.enabled", "true"),
      "The application expects the proxy protocol",
    ],
    ["listeners for different ports of the node", [PLAIN, { port: 443 }], undefined, "--listener-ports 443 (TCP 443"],
    ["attributes that were not read", [PLAIN], setGroups({ Attributes: null }), "has no attributes"],
    [
      "an Application Load Balancer behind it",
      [PLAIN],
      setGroups({ TargetType: "alb", Targets: [{ Target: { Id: "arn:aws:…:loadbalancer/app/inner/1" } }] }),
      "the Application Load Balancer arn:aws:…:loadbalancer/app/inner/1. Put the node behind it",
    ],
    [
      "a load balancer of a controller",
      [{ ...PLAIN, tags: [{ Key: "elbv2.k8s.aws/cluster", Value: "shop" }] }],
      undefined,
      "A Service forwards only to its own pods",
    ],
  ])("%s", (_, listeners, change, message) => {
    expect(() => composed(listeners, change)).toThrow(message);
  });

  test("to adopt a listener of a CloudFormation stack", () => {
    const stack = [{ ...PLAIN, tags: [{ Key: "aws:cloudformation:stack-name", Value: "shop" }] }];
    expect(() => composed(stack, undefined, { adoptListeners: true })).toThrow("the CloudFormation stack shop");
    expect(composed(stack).entries).toHaveLength(1);
  });
});
