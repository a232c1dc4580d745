import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { oneOf, wholeNumber } from "../../synth/variables/rules";
import { bool, map, number, object, optional, string } from "../../synth/variables/schema";
import { canonicalCidrBlock } from "../parts/cidr";
import { Routing } from "./routing-schema";

/** The numbers of the caller's own rules. AWS evaluates the first ones before the module's rules, the last ones after them. */
export const FIRST_NUMBERS = [1, 99] as const;
export const LAST_NUMBERS = [30_000, 32_766] as const;

const ownRule = (routing: Routing) =>
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
        },
      ),
      cidr: string("CIDR block of the source, or of the destination.", canonicalCidrBlock),
      action: optional(string("What happens to the traffic.", oneOf("allow", "deny")), "allow"),
      protocol: optional(
        string(
          '"-1" is every protocol; icmp and icmpv6 are of every type.',
          oneOf("tcp", "udp", "icmp", "icmpv6", "-1"),
        ),
        "tcp",
      ),
      from_port: optional(number("First port, of tcp and udp.", wholeNumber(0, 65535))),
      to_port: optional(number("Last port; null: from_port.", wholeNumber(0, 65535))),
    },
    {
      test: ({ protocol, from_port }) => hcl`contains(["tcp", "udp"], ${protocol}) == (${from_port} != null)`,
      requirement: "have a from_port with the protocols tcp and udp, and only then",
    },
    {
      test: ({ from_port, to_port }) =>
        hcl`${to_port} == null ? true : ${from_port} == null ? false : ${to_port} >= ${from_port}`,
      requirement: "have a to_port that is not below its from_port",
    },
    {
      test: (rule) => hcl`!(${admitsToApplication(rule, routing)})`,
      requirement: `admit only the node to routing.application.ports, or have a rule_number from ${FIRST_NUMBERS.join(" to ")} that shows the purpose`,
    },
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
        received: (rules) => hcl`{ for key, rule in ${rules} : key => rule.rule_number }`,
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
