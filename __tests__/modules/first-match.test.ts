import { type AclRule, canBeCalled, canCall, firstMatch } from "./first-match";

function rule(rule_number: number, rule_action: "allow" | "deny", more: Partial<AclRule> = {}): AclRule {
  return {
    egress: false,
    rule_number,
    rule_action,
    protocol: "tcp",
    cidr_block: "10.0.1.0/24",
    ipv6_cidr_block: null,
    from_port: 80,
    to_port: 80,
    ...more,
  };
}

const packet = { direction: "in", peer: "10.0.1.5", port: 80 } as const;
const ipv6 = { cidr_block: null, ipv6_cidr_block: "2001:db8::/32" };

test.each<[string, AclRule[], string]>([
  ["no rule", [], "deny *"],
  ["the rule", [rule(100, "allow")], "allow 100"],
  ["the lower number first", [rule(200, "allow"), rule(100, "deny")], "deny 100"],
  ["whatever the order", [rule(100, "allow"), rule(200, "deny")], "allow 100"],
  ["the first port", [rule(100, "allow", { from_port: 80, to_port: 90 })], "allow 100"],
  ["the last port", [rule(100, "allow", { from_port: 70, to_port: 80 })], "allow 100"],
  ["another port", [rule(100, "allow", { from_port: 81, to_port: 90 })], "deny *"],
  ["another network", [rule(100, "allow", { cidr_block: "10.0.2.0/24" })], "deny *"],
  ["every network", [rule(100, "allow", { cidr_block: "0.0.0.0/0" })], "allow 100"],
  ["every network of the other family", [rule(100, "allow", { ...ipv6, ipv6_cidr_block: "::/0" })], "deny *"],
  ["the other direction", [rule(100, "allow", { egress: true })], "deny *"],
  ["another protocol", [rule(100, "allow", { protocol: "udp" })], "deny *"],
  ["every protocol", [rule(100, "allow", { protocol: "-1", from_port: null, to_port: null })], "allow 100"],
])("%s", (_, rules, expected) => {
  expect(firstMatch(rules, packet)).toBe(expected);
});

test("IPv6", () => {
  const rules = [rule(100, "allow", ipv6)];
  expect(firstMatch(rules, { ...packet, peer: "2001:db8:1::5" })).toBe("allow 100");
  expect(firstMatch(rules, { ...packet, peer: "2001:db9::5" })).toBe("deny *");
});

test("a protocol without ports", () => {
  const rules = [rule(100, "allow", { protocol: "icmp", from_port: null, to_port: null })];
  expect(firstMatch(rules, { direction: "in", peer: "10.0.1.5", protocol: "icmp" })).toBe("allow 100");
});

test("a connection takes both ways", () => {
  const request = rule(100, "allow");
  const reply = rule(100, "allow", { egress: true, from_port: 1024, to_port: 65535 });
  expect(canCall([request], "10.0.1.5", 80)).toBe(false);
  expect(canCall([reply], "10.0.1.5", 80)).toBe(false);
  expect(canCall([request, reply], "10.0.1.5", 80)).toBe(true);
  const mirror = [request, reply].map((one) => ({ ...one, egress: !one.egress }));
  expect(canBeCalled([request], "10.0.1.5", 80)).toBe(false);
  expect(canBeCalled(mirror, "10.0.1.5", 80)).toBe(true);
});
