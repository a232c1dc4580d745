import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { oneOf, wholeNumber } from "../../synth/variables/rules";
import { bool, example, map, number, object, optional, Rule, string } from "../../synth/variables/schema";
import { canonicalCidrBlock } from "../parts/cidr";
import { Routing } from "./routing-schema";

/** The numbers of the caller's own rules. AWS evaluates the first range before the module's rules, the last range after them. */
export const FIRST_NUMBERS = [1, 99] as const;
export const LAST_NUMBERS = [30_000, 32_766] as const;

/** A value below 0 is also below from_port. */
const lastPort: Rule<number> = { ...wholeNumber(0, 65535), refuses: [65536, 0.5] };

const ownRule = (routing: Routing) =>
  example(
    object(
      "A rule.",
      {
        egress: optional(bool("Whether the rule is for outbound traffic."), false),
        rule_number: number(
          `Rule number. AWS evaluates ${FIRST_NUMBERS.join(" to ")} before the module's rules, and ${LAST_NUMBERS.join(" to ")} after them.`,
          {
            test: (value) =>
              hcl`(${inRange(value, FIRST_NUMBERS)} || ${inRange(value, LAST_NUMBERS)}) && floor(${value}) == ${value}`,
            requirement: `be a whole number from ${FIRST_NUMBERS.join(" to ")} or ${LAST_NUMBERS.join(" to ")}, because the module uses the numbers in between`,
            refuses: [0, 100, 29_999, 32_767, 10.5],
            accepts: [1, 99, 30_000, 32_766],
          },
        ),
        cidr: string("CIDR block of the source, or of the destination.", canonicalCidrBlock),
        action: optional(string("Whether to allow or deny the traffic.", oneOf("allow", "deny")), "allow"),
        protocol: optional(
          string(
            'Protocol. "-1" is every protocol. icmp and icmpv6 are all types.',
            oneOf("icmp", "icmpv6", "tcp", "udp", "-1"),
          ),
          "tcp",
        ),
        from_port: optional(number("First port, for tcp and udp.", wholeNumber(0, 65535))),
        to_port: optional(number("Last port. Null: from_port.", lastPort)),
      },
      {
        test: ({ protocol, from_port }) => hcl`contains(["tcp", "udp"], ${protocol}) == (${from_port} != null)`,
        requirement: "have a from_port if and only if protocol is tcp or udp",
        refuses: [{ from_port: null }, { protocol: "icmp" }],
        accepts: [{ protocol: "icmp", from_port: null }],
      },
      {
        test: ({ from_port, to_port }) =>
          hcl`${to_port} == null ? true : ${from_port} == null ? false : ${to_port} >= ${from_port}`,
        requirement: "have a to_port that is not lower than from_port",
        refuses: [
          { from_port: 23, to_port: 22 },
          { protocol: "-1", from_port: null, to_port: 8 },
        ],
        accepts: [{ from_port: 22, to_port: 22 }],
      },
      {
        test: (rule) => hcl`!(${admitsToApplication(rule, routing)})`,
        requirement: `not admit other sources to routing.application.ports, unless its rule_number is from ${FIRST_NUMBERS.join(" to ")}, which shows the intent`,
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
      "Your own rules, by names that you choose: for a host that monitors the application, UDP, or ICMP.",
      "rule",
      ownRule(routing),
      {
        test: (rules) =>
          hcl`length(distinct([for rule in ${rules} : [rule.egress, rule.rule_number]])) == length(${rules})`,
        requirement: "have different rule numbers in each direction",
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
 * Whether one of the caller's last rules admits sources to an application port that the module leaves to the rule `*` of the
 * ACL. Earlier rules deny the ports from 1024 on.
 */
function admitsToApplication(rule: OwnRule, { application }: Routing): IResolvable {
  const includes = hcl`${rule.protocol} == "tcp" && ${rule.from_port} <= port && port <= coalesce(${rule.to_port}, ${rule.from_port})`;
  return hcl`!${rule.egress} && ${rule.action} == "allow" && ${rule.rule_number} >= ${LAST_NUMBERS[0]} && try(anytrue([
    for port in ${application.ports} :
    ${rule.protocol} == "-1" || try(${includes}, false) if port < 1024
  ]), false)`;
}
