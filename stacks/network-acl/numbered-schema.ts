/**
 * The variables whose entries become rules, by rule number. In a list, an entry that goes would renumber those behind it, and
 * AWS has no rule for them until the new one is made.
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

/** First and last number of a CIDR block. A hundred for each: its ports have ten of them. */
interface Numbers {
  readonly first: number;
  readonly last: number;
  /** The numbers as text. */
  readonly pattern: RegExp;
}

/** In the order in which AWS evaluates them; the denials come before the replies, which would admit the same ports. */
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
  "CIDR blocks of the node's subnets, by rule number. Whatever else runs in them is admitted too.",
  "cidr",
  block,
  NUMBERS.node,
  notEmpty("CIDR block", {}),
  eachCidrOnce,
);

export const loadBalancerSubnetCidrsSchema = optional(
  numbered(
    "CIDR blocks of the subnets from which a load balancer checks the health of the application's own target group, by rule number. It admits the load balancer to the application's ports, around the node: see the README for when it is needed.",
    "cidr",
    block,
    NUMBERS.loadBalancer,
    eachLoadBalancerCidrOnce,
  ),
  {},
);

const ports = list(
  `TCP ports there. Add new ones at the end: the place in the list gives the rule number.`,
  "port",
  number("Port.", portNumber),
  notEmpty("port"),
  distinct("port", [443, 443]),
  {
    test: (value) => hcl`length(${value}) <= ${MAX_PORTS}`,
    requirement: `have at most ${MAX_PORTS} ports: a destination has ten rule numbers for them`,
    refuses: [Array.from({ length: MAX_PORTS + 1 }, (_, index) => 8000 + index)],
    accepts: [Array.from({ length: MAX_PORTS }, (_, index) => 8000 + index)],
  },
);

export const outboundSchema = optional(
  numbered(
    "What the application calls, by rule number: the requests, and the replies to them.",
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
    `have multiples of 100 from ${first} to ${last} as keys, so that the ten numbers for the ports of each do not overlap`,
    {
      accepts: [String(first), String(last)],
      refuses: [String(first - 100), String(last + 100), String(first + 50), "main"],
    },
  );
  return example(map(description, elementName, element, everyKey(ruleNumber, element.example), ...rules), {
    [first]: element.example,
  });
}
