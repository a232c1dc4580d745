import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { oneOf, wholeNumber } from "../../synth/variables/rules";
import { bool, example, map, number, object, optional, Rule, string } from "../../synth/variables/schema";
import { canonicalCidrBlock } from "../parts/cidr";
import { Routing } from "./routing-schema";

/** The numbers of the caller's own rules. AWS evaluates the first ones before the module's rules, the last ones after them. */
export const FIRST_NUMBERS = [1, 99] as const;
export const LAST_NUMBERS = [30_000, 32_766] as const;

/** Below 0 it is below from_port too. */
const lastPort: Rule<number> = { ...wholeNumber(0, 65535), refuses: [65536, 0.5] };

const ownRule = (routing: Routing) =>
  example(
    object(
      "A rule.",
      {
        egress: optional(bool("Whether it is for outbound traffic."), false),
        rule_number: number(
          `Its number: ${FIRST_NUMBERS.join(" to ")} is evaluated before the module's rules, ${LAST_NUMBERS.join(" to ")} after them.`,
          {
            test: (value) =>
              hcl`(${inRange(value, FIRST_NUMBERS)} || ${inRange(value, LAST_NUMBERS)}) && floor(${value}) == ${value}`,
            requirement: `be a whole number from ${FIRST_NUMBERS.join(" to ")} or ${LAST_NUMBERS.join(" to ")}; those in between are the module's`,
            refuses: [0, 100, 29_999, 32_767, 10.5],
            accepts: [1, 99, 30_000, 32_766],
          },
        ),
        cidr: string("CIDR block of the source, or of the destination.", canonicalCidrBlock),
        action: optional(string("What happens to the traffic.", oneOf("allow", "deny")), "allow"),
        protocol: optional(
          string(
            '"-1" is every protocol; icmp and icmpv6 are of every type.',
            oneOf("icmp", "icmpv6", "tcp", "udp", "-1"),
          ),
          "tcp",
        ),
        from_port: optional(number("First port, of tcp and udp.", wholeNumber(0, 65535))),
        to_port: optional(number("Last port; null: from_port.", lastPort)),
      },
      {
        test: ({ protocol, from_port }) => hcl`contains(["tcp", "udp"], ${protocol}) == (${from_port} != null)`,
        requirement: "have a from_port with the protocols tcp and udp, and only then",
        refuses: [{ from_port: null }, { protocol: "icmp" }],
        accepts: [{ protocol: "icmp", from_port: null }],
      },
      {
        test: ({ from_port, to_port }) =>
          hcl`${to_port} == null ? true : ${from_port} == null ? false : ${to_port} >= ${from_port}`,
        requirement: "have a to_port that is not below its from_port",
        refuses: [
          { from_port: 23, to_port: 22 },
          { protocol: "-1", from_port: null, to_port: 8 },
        ],
        accepts: [{ from_port: 22, to_port: 22 }],
      },
      {
        test: (rule) => hcl`!(${admitsToApplication(rule, routing)})`,
        requirement: `admit only the node to routing.application.ports, or have a rule_number from ${FIRST_NUMBERS.join(" to ")} that shows the purpose`,
        refuses: [
          { rule_number: 30_000, from_port: 79, to_port: 81 },
          { rule_number: 30_000, protocol: "-1", from_port: null },
          { rule_number: 32_766, from_port: 80 },
          { rule_number: 30_000, from_port: 0, to_port: 80 },
        ],
        accepts: [
          { rule_number: 30_000, from_port: 81 },
          { rule_number: 99, from_port: 80 },
        ],
      },
    ),
    { from_port: 22 },
    { to_port: { from_port: 0 }, protocol: { from_port: null } },
  );

interface OwnRule {
  readonly egress: IResolvable;
  readonly rule_number: number;
  readonly action: string;
  readonly protocol: string;
  readonly from_port: number;
  readonly to_port: number;
}

/** The variable `rules`. */
export function ownRulesSchema(routing: Routing) {
  return optional(
    map(
      "Rules of your own, each under a name of your own: a host that monitors the application, UDP, ICMP.",
      "rule",
      ownRule(routing),
      {
        test: (rules) =>
          hcl`length(distinct([for rule in ${rules} : [rule.egress, rule.rule_number]])) == length(${rules})`,
        requirement: "have a rule_number of its own each, for each direction",
        offending: (rules) => hcl`[
          for key, rule in ${rules} : key
          if length([for other in ${rules} : other if other.egress == rule.egress && other.rule_number == rule.rule_number]) > 1
        ]`,
        refuses: [
          {
            a: { rule_number: 10, cidr: "10.0.9.0/24", from_port: 22 },
            b: { rule_number: 10, cidr: "10.0.9.0/24", from_port: 23 },
          },
        ],
        accepts: [
          {
            a: { rule_number: 10, cidr: "10.0.9.0/24", from_port: 22 },
            b: { rule_number: 10, cidr: "10.0.9.0/24", from_port: 23, egress: true },
          },
        ],
      },
    ),
    {},
  );
}

function inRange(value: number, [first, last]: readonly [number, number]): IResolvable {
  return hcl`${value} >= ${first} && ${value} <= ${last}`;
}

/**
 * Whether one of the caller's last rules admits something that the module would leave to the rule `*` of the ACL. The ports
 * from 1024 on are denied before.
 */
function admitsToApplication(rule: OwnRule, { application }: Routing): IResolvable {
  const includes = hcl`${rule.protocol} == "tcp" && ${rule.from_port} <= port && port <= coalesce(${rule.to_port}, ${rule.from_port})`;
  return hcl`!${rule.egress} && ${rule.action} == "allow" && ${rule.rule_number} >= ${LAST_NUMBERS[0]} && try(anytrue([
    for port in ${application.ports} :
    ${rule.protocol} == "-1" || try(${includes}, false) if port < 1024
  ]), false)`;
}
