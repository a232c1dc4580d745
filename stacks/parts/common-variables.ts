/** Variables that have the same name and meaning in every module. */
import { IResolvable } from "cdktf";
import { hcl, Interpolation } from "../../synth/language/expression/expression";
import { distinctValues, matches, notEmpty, wholeNumber } from "../../synth/variables/rules";
import { example, map, number, object, optional, Rule, string } from "../../synth/variables/schema";
import { securityGroupId, vpcId } from "./identifiers";

export const portNumber = wholeNumber(1, 65535);

/** AWS reserves the prefix: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const notReserved: Rule<string> = {
  test: (name) => hcl`!startswith(${name}, "internal-")`,
  requirement: 'not start with "internal-", which AWS reserves',
  refuses: ["internal-shop"],
};

export const nameSchema = string(
  "Name of the resources that the module creates, unique for each call in an account and Region. Target groups have this name and a suffix of 9 characters.",
  matches(
    /^[0-9A-Za-z]([0-9A-Za-z-]{0,21}[0-9A-Za-z])?$/,
    "have 1 to 23 letters, digits, and hyphens, and neither start nor end with a hyphen",
    {
      accepts: ["shop", "a", "a".repeat(23)],
      refuses: ["shop-", "-shop", "shop_wallarm", "", "a".repeat(24)],
    },
  ),
  notReserved,
);

export const tagsSchema = optional(map("Tags of all resources that the module creates.", "tag", string("Value.")), {});

export const vpcIdSchema = string("ID of the VPC in which the node runs.", vpcId);

export const trafficPercentSchema = example(
  number(
    "Percentage of the requests that goes to the node: 0 prepares the path to the node and moves no requests, 1 to 99 is a canary, 100 is the cutover.",
    wholeNumber(0, 100),
  ),
  100,
);

/**
 * For an entry point that cannot distribute traffic by weight.
 * @param what the traffic: "connections"
 * @param reason why there is no value in between, after "be 0 or 100"
 */
export function cutoverPercentSchema(what: string, reason: string) {
  return number(
    `Percentage of the ${what} that goes to the node: 0 prepares the path to the node and moves nothing, 100 is the cutover.`,
    {
      test: (percent) => hcl`contains([0, 100], ${percent})`,
      requirement: `be 0 or 100${reason}`,
      refuses: [10, -1, 101],
      accepts: [100, 0],
    },
  );
}

/** The node's value at 100 percent, the application's below. */
export function atCutover(percent: number, node: Interpolation, application: Interpolation): IResolvable {
  return hcl`${percent} == 100 ? ${node} : ${application}`;
}

export const loadBalancerSchema = object("The load balancer that receives the requests today.", {
  security_group_ids: securityGroupIds(notEmpty("security group", {})),
});

export function securityGroupIds(...rules: Rule<IResolvable>[]) {
  return map(
    "IDs of its security groups, by names that you choose. The names become part of resource addresses.",
    "security_group_id",
    string("ID.", securityGroupId),
    ...rules,
    distinctValues("security group", { a: "sg-00000000000000001", b: "sg-00000000000000001" }),
  );
}
