import { parse } from "@cdktf/hcl2json";
import { messagesIn } from "../terraform/messages";
import { describeWithTools } from "../tools";
import { type AclRule, canBeCalled, canCall, firstMatch, type Packet } from "./first-match";
import { moduleText, Workspace } from "./workspace";

/** Calls of the module, to be planned. */
const calls = {
  // The table of the guide: rule 100, TCP 80/443, 10.0.1.0/24 (wallarm); *, everything else, DENY.
  guide: call({ node: ["10.0.1.0/24"], ports: [80, 443] }),
  "two ports above 1023": call({ node: ["10.0.1.0/24"], ports: [8080, 9000] }),
  "IPv4 and IPv6": call({ node: ["10.0.1.0/24", "2001:db8:0:1::/64"], ports: [80, 8080] }),
  "with the load balancer": call({
    node: ["10.0.1.0/24"],
    ports: [80, 8080],
    acl: { load_balancer_subnet_cidrs: { 10000: "10.0.3.0/24", 10100: "2001:db8:0:3::/64" } },
  }),
  "with calls and rules of its own": call({
    node: ["10.0.1.0/24"],
    ports: [80, 8080],
    acl: {
      outbound: {
        21000: { cidr: "10.0.50.0/24", ports: [5432, 6379] },
        21100: { cidr: "2001:db8:0:50::/64", ports: [5432] },
      },
      rules: {
        monitoring: { rule_number: 10, cidr: "10.0.9.9/32", from_port: 8080 },
        answers_to_monitoring: { egress: true, rule_number: 10, cidr: "10.0.9.9/32", from_port: 1024, to_port: 65535 },
        abuser: { rule_number: 1, action: "deny", cidr: "10.0.1.66/32", protocol: "-1" },
        ping: { rule_number: 30000, cidr: "10.0.0.0/8", protocol: "icmp" },
        ping6: { rule_number: 30010, cidr: "2001:db8::/32", protocol: "icmpv6" },
        time: { egress: true, rule_number: 32766, cidr: "10.0.60.0/24", protocol: "udp", from_port: 123 },
        too_late: { rule_number: 32766, cidr: "10.0.9.0/24", from_port: 8000, to_port: 9000 },
      },
    },
  }),
  "without calls": call({ node: ["10.0.1.0/24"], ports: [80], acl: { outbound: {} } }),
};

interface Call {
  readonly node: string[];
  readonly ports: number[];
  readonly acl?: object;
}

/** Arguments of the module. */
type Arguments = ReturnType<typeof call>;

function call({ node, ports, acl }: Call) {
  return {
    routing: {
      vpc_id: "vpc-0123456789abcdef0",
      application: { ports },
      entry_points: { shop: {} },
      node_traffic_percent: 100,
      live_after_apply: true,
    },
    node_subnet_cidrs: numbered(node, 100),
    ...acl,
  };
}

/** By rule number, a hundred for each. */
function numbered<T>(entries: readonly T[], first: number): Record<number, T> {
  return Object.fromEntries(entries.map((entry, index) => [first + 100 * index, entry]));
}

const NODE = "10.0.1.10";
const NODE_IPV6 = "2001:db8:0:1::10";
const NEIGHBOUR = "10.0.2.10";
const NEIGHBOUR_IPV6 = "2001:db8:0:2::10";
const LOAD_BALANCER = "10.0.3.10";
const LOAD_BALANCER_IPV6 = "2001:db8:0:3::10";
const WORLD = "203.0.113.10";
const WORLD_IPV6 = "2600::10";
const DATABASE = "10.0.50.10";
const DATABASE_IPV6 = "2001:db8:0:50::10";

/**
 * Who reaches the application, by the guide: the node on the application's ports, and nobody else on any of them. And by
 * the facts about network ACLs: they are stateless, so replies need rules, and those open what they do not deny before.
 */
const reach: [keyof typeof calls, who: string, client: string, port: number, reaches: boolean][] = [
  ["guide", "the node", NODE, 80, true],
  ["guide", "the node", NODE, 443, true],
  ["guide", "the first address of the node's subnet", "10.0.1.0", 80, true],
  ["guide", "the last address of the node's subnet", "10.0.1.255", 80, true],
  ["guide", "the address before", "10.0.0.255", 80, false],
  ["guide", "the address after", "10.0.2.0", 80, false],
  ["guide", "the node, between the ports", NODE, 81, false],
  ["guide", "the node, by SSH", NODE, 22, false],
  ["guide", "the world", WORLD, 80, false],
  ["guide", "the world", WORLD, 443, false],
  ["guide", "the world, by SSH", WORLD, 22, false],
  ["guide", "the world, on a port that replies come to, as a client does", WORLD, 8080, false],
  ["guide", "the world in IPv6", WORLD_IPV6, 80, false],
  ["guide", "a neighbour", NEIGHBOUR, 80, false],
  ["guide", "the old load balancer", LOAD_BALANCER, 80, false],
  ["two ports above 1023", "the node", NODE, 8080, true],
  ["two ports above 1023", "the node", NODE, 9000, true],
  ["two ports above 1023", "the world", WORLD, 8080, false],
  ["two ports above 1023", "a neighbour", NEIGHBOUR, 9000, false],
  ["IPv4 and IPv6", "the node", NODE, 80, true],
  ["IPv4 and IPv6", "the node in IPv6", NODE_IPV6, 80, true],
  ["IPv4 and IPv6", "the node in IPv6", NODE_IPV6, 8080, true],
  ["IPv4 and IPv6", "a neighbour in IPv6", NEIGHBOUR_IPV6, 80, false],
  ["IPv4 and IPv6", "the world in IPv6", WORLD_IPV6, 8080, false],
  ["with the load balancer", "the load balancer", LOAD_BALANCER, 80, true],
  ["with the load balancer", "the load balancer", LOAD_BALANCER, 8080, true],
  ["with the load balancer", "the load balancer in IPv6", LOAD_BALANCER_IPV6, 8080, true],
  ["with the load balancer", "the node", NODE, 8080, true],
  ["with the load balancer", "a neighbour", NEIGHBOUR, 8080, false],
  ["with calls and rules of its own", "the monitoring host", "10.0.9.9", 8080, true],
  ["with calls and rules of its own", "the monitoring host, on another port", "10.0.9.9", 80, false],
  ["with calls and rules of its own", "its neighbour, by a rule after the denial", "10.0.9.10", 8080, false],
  ["with calls and rules of its own", "an address of the node's subnet that is shut out", "10.0.1.66", 80, false],
  ["with calls and rules of its own", "the node", NODE, 8080, true],
  ["with calls and rules of its own", "the database", DATABASE, 8080, false],
  ["without calls", "the node", NODE, 80, true],
  ["without calls", "the world", WORLD, 8080, false],
];

/** On ports above 1023, where replies come in, it is not enough that nobody gets an answer. */
const packets: [keyof typeof calls, what: string, Packet, verdict: "allow" | "deny"][] = [
  ["two ports above 1023", "a request of the world", { direction: "in", peer: WORLD, port: 8080 }, "deny"],
  ["two ports above 1023", "a request of the world in IPv6", { direction: "in", peer: WORLD_IPV6, port: 8080 }, "deny"],
  ["two ports above 1023", "a request of a neighbour", { direction: "in", peer: NEIGHBOUR, port: 9000 }, "deny"],
  // Whoever calls from port 443 looks like a server that replies. Documented: the security group closes these ports.
  ["guide", "what may be a reply", { direction: "in", peer: WORLD, port: 8080 }, "allow"],
  ["guide", "a datagram of the world", { direction: "in", peer: WORLD, port: 45678, protocol: "udp" }, "deny"],
  ["guide", "an answer to the world", { direction: "out", peer: WORLD, port: 45678 }, "deny"],
  ["guide", "an answer to the node", { direction: "out", peer: NODE, port: 1024 }, "allow"],
  ["guide", "an answer to the node", { direction: "out", peer: NODE, port: 65535 }, "allow"],
  ["with calls and rules of its own", "a ping", { direction: "in", peer: NODE, protocol: "icmp" }, "allow"],
  ["with calls and rules of its own", "a ping in IPv6", { direction: "in", peer: NODE_IPV6, protocol: "58" }, "allow"],
  ["guide", "a ping", { direction: "in", peer: NODE, protocol: "icmp" }, "deny"],
  [
    "with calls and rules of its own",
    "a question for the time",
    { direction: "out", peer: "10.0.60.1", port: 123, protocol: "udp" },
    "allow",
  ],
  ["without calls", "a reply of the world", { direction: "in", peer: WORLD, port: 45678 }, "deny"],
];

/** Whom the application reaches by itself. */
const outbound: [keyof typeof calls, who: string, server: string, port: number, reached: boolean][] = [
  ["guide", "the world by HTTPS", WORLD, 443, true],
  ["guide", "the world by HTTPS in IPv6", WORLD_IPV6, 443, true],
  ["guide", "the world by HTTP", WORLD, 80, false],
  ["guide", "the database", DATABASE, 5432, false],
  ["with calls and rules of its own", "the database", DATABASE, 5432, true],
  ["with calls and rules of its own", "the cache", DATABASE, 6379, true],
  ["with calls and rules of its own", "the database in IPv6", DATABASE_IPV6, 5432, true],
  ["with calls and rules of its own", "the cache in IPv6", DATABASE_IPV6, 6379, false],
  ["with calls and rules of its own", "the world by HTTPS", WORLD, 443, false],
  ["without calls", "the world by HTTPS", WORLD, 443, false],
];

/** Each adds an entry or a rule to this one, or takes the first entry away. */
const base = {
  node: numbered(["10.0.1.0/24", "10.0.2.0/24"], 100),
  ports: [80, 8080],
  loadBalancer: numbered(["10.0.3.0/24", "10.0.4.0/24"], 10_000),
  outbound: numbered(
    [
      { cidr: "0.0.0.0/0", ports: [443, 8443] },
      { cidr: "::/0", ports: [443] },
    ],
    21_000,
  ),
  rules: { monitoring: { rule_number: 10, cidr: "10.0.9.9/32", from_port: 8080 } },
};
const additions = {
  "a subnet of the node": changed({ node: { ...base.node, 300: "10.0.5.0/24" } }),
  "a port of the application": changed({ ports: [...base.ports, 8081] }),
  "a subnet of the load balancer": changed({ loadBalancer: { ...base.loadBalancer, 10200: "10.0.6.0/24" } }),
  "a port that is called": changed({
    outbound: { ...base.outbound, 21000: { cidr: "0.0.0.0/0", ports: [443, 8443, 5432] } },
  }),
  "a destination": changed({ outbound: { ...base.outbound, 21200: { cidr: "10.0.50.0/24", ports: [5432] } } }),
  "a rule": changed({ rules: { ...base.rules, bastion: { rule_number: 20, cidr: "10.0.9.0/24", from_port: 22 } } }),
};
const removals = {
  "the first subnet of the node": changed({ node: { 200: "10.0.2.0/24" } }),
  "the first subnet of the load balancer": changed({ loadBalancer: { 10100: "10.0.4.0/24" } }),
  "the first destination": changed({ outbound: { 21100: { cidr: "::/0", ports: [443] } } }),
};

const all = { before: changed({}), ...additions, ...removals };

function changed(change: Partial<typeof base> | { rules: object }): Arguments {
  const { node, ports, loadBalancer, outbound, rules } = { ...base, ...change };
  return {
    ...call({ node: [], ports, acl: { load_balancer_subnet_cidrs: loadBalancer, outbound, rules, rules_quota: 40 } }),
    node_subnet_cidrs: node,
  };
}

describeWithTools(["terraform"], "the network ACL that is planned", () => {
  const plans = new Map<string, AclRule[]>();

  beforeAll(async () => {
    for (const [name, rules] of await plannedRules({ ...calls, ...all })) plans.set(name, rules);
  });

  const rulesOf = (name: string) => plans.get(name) ?? [];

  test("has the rules of the guide", () => {
    const words = rulesOf("guide").map(
      ({ egress, rule_number, rule_action, protocol, from_port, to_port, cidr_block, ipv6_cidr_block }) =>
        `${egress ? "out" : "in"} ${rule_number} ${rule_action} ${protocol} ${from_port}-${to_port} ${cidr_block ?? ipv6_cidr_block}`,
    );
    expect(words.sort()).toEqual([
      "in 100 allow tcp 80-80 10.0.1.0/24",
      "in 110 allow tcp 443-443 10.0.1.0/24",
      "in 21000 allow tcp 1024-65535 0.0.0.0/0",
      "in 21100 allow tcp 1024-65535 ::/0",
      "out 100 allow tcp 1024-65535 10.0.1.0/24",
      "out 21000 allow tcp 443-443 0.0.0.0/0",
      "out 21100 allow tcp 443-443 ::/0",
    ]);
  });

  test.each(reach)("%s: %s (%s) on port %d: %p", (name, _, client, port, reaches) => {
    expect(canCall(rulesOf(name), client, port)).toBe(reaches);
  });

  test.each(packets)("%s: %s %j: %s", (name, _, packet, verdict) => {
    expect(firstMatch(rulesOf(name), packet)).toMatch(new RegExp(`^${verdict} `));
  });

  test.each(outbound)("%s: to %s (%s) on port %d: %p", (name, _, server, port, reached) => {
    expect(canBeCalled(rulesOf(name), server, port)).toBe(reached);
  });

  test.each(Object.keys({ ...calls, ...all }))("%s: has numbers that AWS takes, each once, and never *", (name) => {
    const rules = rulesOf(name);
    expect(rules.length).toBeGreaterThan(0);
    for (const { rule_number } of rules) {
      expect(rule_number).toBeGreaterThanOrEqual(1);
      expect(rule_number).toBeLessThanOrEqual(32766);
    }
    expect(new Set(rules.map(({ egress, rule_number }) => `${egress} ${rule_number}`)).size).toBe(rules.length);
  });

  test.each(Object.keys(additions))("keeps every rule and its number when %s is added", (name) => {
    const before = rulesOf("before");
    const after = rulesOf(name);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after.length).toBeGreaterThan(before.length);
  });

  test.each(Object.keys(removals))("keeps every other rule and its number when %s is removed", (name) => {
    const before = rulesOf("before");
    const after = rulesOf(name);
    expect(before).toEqual(expect.arrayContaining(after));
    expect(after.length).toBeLessThan(before.length);
  });
});

test("the network ACL takes effect when every rule is there, and what routing refers to", async () => {
  const { resource } = (await parse("main.tf", moduleText("network-acl"))) as {
    resource: Record<string, Record<string, [{ depends_on?: string[] }]>>;
  };
  expect(resource.aws_network_acl_association?.subnet?.[0].depends_on?.sort()).toEqual([
    "${aws_network_acl_rule.egress}",
    "${aws_network_acl_rule.ingress}",
    "${terraform_data.previous_network_acl}",
    "${var.routing}",
  ]);
});

/** The rules that a plan of each call makes. One test file with a run for each takes as long as a single plan. */
async function plannedRules(calls: Readonly<Record<string, Arguments>>): Promise<Map<string, AclRule[]>> {
  const names = Object.keys(calls);
  const workspace = new Workspace();
  try {
    workspace.copy("modules/network-acl", ".");
    workspace.write("tests/plans.tftest.json", {
      mock_provider: { aws: { override_during: "plan", source: "./tests/mocks" } },
      run: Object.fromEntries(
        Object.values(calls).map((variables, index) => [`run_${index}`, { command: "plan", variables }]),
      ),
    });
    const init = await workspace.terraform("", "init");
    if (init.exitCode !== 0) throw new Error(init.stderr);
    const { exitCode, stdout } = await workspace.terraform(
      "",
      "test",
      "-json",
      "-verbose",
      "-filter=tests/plans.tftest.json",
    );
    if (exitCode !== 0) throw new Error(stdout);
    return new Map(
      messagesIn(stdout)
        .filter(({ test_plan }) => test_plan !== undefined)
        .map(({ "@testrun": run, test_plan }) => [
          names[Number(run?.slice("run_".length))] ?? "",
          (test_plan?.resource_changes ?? [])
            .filter(({ type }) => type === "aws_network_acl_rule")
            .map(({ change }) => change.after as unknown as AclRule),
        ]),
    );
  } finally {
    workspace.remove();
  }
}
