/**
 * The variables whose entries become rules, by rule number. In a list, removing an entry would renumber the entries after it,
 * and their rules would be missing until the new ones exist.
 */
import { hcl } from "../../synth/language/expression/expression";
import { distinct, distinctValues, everyKey, matches, notEmpty } from "../../synth/variables/rules";
import {
  CollectionReference,
  example,
  list,
  map,
  number,
  object,
  optional,
  Rule,
  Schema,
  string,
} from "../../synth/variables/schema";
import { canonicalCidrBlock, subnetCidrBlock } from "../parts/cidr";
import { portNumber } from "../parts/common-variables";
import { MAX_PORTS } from "./routing-schema";

/** First and last number for CIDR blocks. Each block has a hundred numbers, and each of its ports ten. */
interface Numbers {
  readonly first: number;
  readonly last: number;
  /** The numbers as text. */
  readonly pattern: RegExp;
}

/** In the order in which AWS evaluates them. The denials come before the replies, which would admit the same ports. */
export const NUMBERS = {
  node: { first: 100, last: 9900, pattern: /^[1-9][0-9]?00$/ },
  loadBalancer: { first: 10_000, last: 19_900, pattern: /^1[0-9]{2}00$/ },
  outbound: { first: 21_000, last: 29_900, pattern: /^2[1-9][0-9]00$/ },
} as const satisfies Record<string, Numbers>;

export const DENIED_NUMBERS = { ipv4: 20_000, ipv6: 20_500 };

const block = string("Block.", canonicalCidrBlock, subnetCidrBlock);

const eachCidrOnce = distinctValues("CIDR block", { 100: "10.0.1.0/24", 200: "10.0.1.0/24" });
const eachLoadBalancerCidrOnce = distinctValues("CIDR block", { 10000: "10.0.3.0/24", 10100: "10.0.3.0/24" });

export const nodeSubnetCidrsSchema = numbered(
  "CIDR blocks of the node's subnets, by rule number. The ACL admits everything in these subnets.",
  "cidr",
  block,
  NUMBERS.node,
  notEmpty("CIDR block", {}),
  eachCidrOnce,
);

export const loadBalancerSubnetCidrsSchema = optional(
  numbered(
    "CIDR blocks of the subnets from which a load balancer checks the health of the application's own target group, by rule number. The load balancer can then reach the application's ports without the node. See the health checks in the runbook.",
    "cidr",
    block,
    NUMBERS.loadBalancer,
    eachLoadBalancerCidrOnce,
  ),
  {},
);

const ports = list(
  "TCP ports of the destination. Add new ports at the end: the position in the list gives the rule number.",
  "port",
  number("Port.", portNumber),
  notEmpty("port"),
  distinct("port", [443, 443]),
  {
    test: (value) => hcl`length(${value}) <= ${MAX_PORTS}`,
    requirement: `have at most ${MAX_PORTS} ports, because a destination has ten rule numbers for them`,
    refuses: [Array.from({ length: MAX_PORTS + 1 }, (_, index) => 8000 + index)],
    accepts: [Array.from({ length: MAX_PORTS }, (_, index) => 8000 + index)],
  },
);

export const outboundSchema = optional(
  numbered(
    "Destinations that the application calls, by rule number. The rules allow the requests and the replies to them.",
    "destination",
    object("A destination.", { cidr: string("Its CIDR block.", canonicalCidrBlock), ports }),
    NUMBERS.outbound,
    distinctValues(
      "CIDR block",
      { 21000: { cidr: "0.0.0.0/0", ports: [443] }, 21100: { cidr: "0.0.0.0/0", ports: [80] } },
      "cidr",
    ),
  ),
  {
    21000: { cidr: "0.0.0.0/0", ports: [443] },
    21100: { cidr: "::/0", ports: [443] },
  },
);

function numbered<E>(
  description: string,
  elementName: string,
  element: Schema<E>,
  { first, last, pattern }: Numbers,
  ...rules: Rule<CollectionReference<E>>[]
) {
  const ruleNumber = matches(
    pattern,
    `be a multiple of 100 from ${first} to ${last}, so that the rule numbers of the ports do not overlap`,
    {
      accepts: [String(first), String(last)],
      refuses: [String(first - 100), String(last + 100), String(first + 50), "main"],
    },
  );
  return example(map(description, elementName, element, everyKey(ruleNumber, element.example), ...rules), {
    [first]: element.example,
  });
}
