import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { distinct, notEmpty, oneOf, wholeNumber } from "../../synth/variables/rules";
import { bool, list, map, number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { Application } from "./application";
import { canonicalCidrBlock, subnetCidrBlock } from "./cidr";
import { portNumber } from "./common-variables";
import { subnetId } from "./identifiers";
import { NodeIdentity } from "./node";

/** The numbers of the caller's rules: those in between are the module's, which are evaluated after the ones and before the others. */
export const FIRST_NUMBERS = [1, 99] as const;
export const LAST_NUMBERS = [30_000, 32_766] as const;

const ports = (description: string) =>
  list(description, "port", number("Port.", portNumber), notEmpty("port"), distinct("port"), {
    test: (value) => hcl`length(${value}) <= 10`,
    requirement: "have at most 10 ports: there are ten rule numbers for each",
  });

/** A rule of the caller's own. */
const ownRule = object(
  "A rule.",
  {
    egress: optional(bool("Whether it is for what goes out, instead of what comes in."), false),
    rule_number: number(
      `Its number: ${FIRST_NUMBERS.join(" to ")} is evaluated before the module's rules, ${LAST_NUMBERS.join(" to ")} after them.`,
      {
        test: (value) =>
          hcl`(${inRange(value, FIRST_NUMBERS)} || ${inRange(value, LAST_NUMBERS)}) && floor(${value}) == ${value}`,
        requirement: `be a whole number from ${FIRST_NUMBERS.join(" to ")} or ${LAST_NUMBERS.join(" to ")}; those in between are the module's`,
      },
    ),
    cidr: string("Where it comes from, or goes to.", canonicalCidrBlock),
    action: optional(string("What happens to it.", oneOf("allow", "deny")), "allow"),
    protocol: optional(
      string('"-1" is every protocol; icmp and icmpv6 are of every type.', oneOf("tcp", "udp", "icmp", "icmpv6", "-1")),
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
);

/** The variable `network_acl`. */
export function networkAclSchema(node: NodeIdentity, application: Application) {
  return optional(
    object(
      "A network ACL for the application's subnets that admits the node to the application's ports, and replies to the application's own calls. Null: none is made, and the subnets keep theirs.",
      {
        subnet_ids: map(
          "IDs of the application's subnets, each under a name of your own. The ACL replaces the one that they have.",
          "subnet_id",
          string("ID.", subnetId),
          notEmpty("subnet"),
          {
            test: (subnets) => hcl`length(distinct(values(${subnets}))) == length(${subnets})`,
            requirement: "name each subnet once",
          },
        ),
        load_balancer_subnet_cidrs: optional(
          list(
            "CIDR blocks of the subnets from which the load balancer reaches the application around the node. Needed below 100 percent, and for its health checks as long as you want to be able to go back. Add new ones at the end.",
            "cidr",
            string("Block.", canonicalCidrBlock, subnetCidrBlock),
            distinct("CIDR block"),
          ),
          [],
        ),
        outbound: optional(
          list(
            "What the application calls by itself: the way out, and the replies. Add new ones at the end.",
            "destination",
            object("A destination.", {
              cidr: string("Where to.", canonicalCidrBlock),
              ports: ports("TCP ports there. Add new ones at the end."),
            }),
            {
              test: (outbound) => hcl`length(distinct(${outbound}[*].cidr)) == length(${outbound})`,
              requirement: "name each CIDR block once, with all its ports",
            },
          ),
          [
            { cidr: "0.0.0.0/0", ports: [443] },
            { cidr: "::/0", ports: [443] },
          ],
        ),
        rules: optional(
          map(
            "Rules of your own, each under a name of your own: a host that monitors the application, UDP, ICMP.",
            "rule",
            ownRule,
            {
              test: (rules) =>
                hcl`length(distinct([for rule in ${rules} : [rule.egress, rule.rule_number]])) == length(${rules})`,
              requirement: "have a rule_number of its own each, for each direction",
              received: (rules) => hcl`{ for key, rule in ${rules} : key => rule.rule_number }`,
            },
            {
              test: (rules) => hcl`alltrue([for rule in ${rules} : !(${admitsToApplication(application)})])`,
              requirement: `let nobody but the node in to application.ports: a rule that does so on purpose has a number from ${FIRST_NUMBERS.join(" to ")}`,
            },
          ),
          {},
        ),
        rules_quota: optional(
          number(
            'The account\'s quota "Rules per network ACL", which counts IPv4 and IPv6, in and out, each by itself.',
            wholeNumber(20, 40),
          ),
          20,
        ),
      },
      {
        test: () => hcl`length(${node.subnet_cidrs}) > 0`,
        requirement: "be given node.subnet_cidrs: an ACL knows no security groups",
        received: () => node.subnet_cidrs,
      },
      {
        test: () => hcl`${application} != null`,
        requirement: "be given an application, whose ports it protects",
        received: () => application,
      },
      {
        test: () => hcl`length(try(${application.ports}, [])) <= 10`,
        requirement: "be given at most 10 application.ports: there are ten rule numbers for each",
        received: () => hcl`try(${application.ports}, [])`,
      },
    ),
  );
}

export type NetworkAclReference = ReferenceTo<ReturnType<typeof networkAclSchema>>;

function inRange(value: number, [first, last]: readonly [number, number]): IResolvable {
  return hcl`${value} >= ${first} && ${value} <= ${last}`;
}

/** Whether `rule`, of the caller's last ones, lets something in that the module would leave to the ACL's `*`. */
function admitsToApplication({ ports }: Application): IResolvable {
  const last = hcl`!rule.egress && rule.action == "allow" && rule.rule_number >= ${LAST_NUMBERS[0]}`;
  const matches = hcl`rule.protocol == "-1" || rule.protocol == "tcp" && try(rule.from_port <= port && port <= coalesce(rule.to_port, rule.from_port), false)`;
  return hcl`${last} && anytrue([for port in try(${ports}, []) : ${matches} if port < 1024])`;
}
