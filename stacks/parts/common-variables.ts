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
  "Name of what the module creates, unique among its calls in an account and Region. Target groups are called by it and a suffix of 9 characters.",
  matches(/^[0-9A-Za-z]([0-9A-Za-z-]{0,21}[0-9A-Za-z])?$/, "be 1 to 23 letters, digits and inner hyphens", {
    accepts: ["shop", "a", "a".repeat(23)],
    refuses: ["shop-", "-shop", "shop_wallarm", "", "a".repeat(24)],
  }),
  notReserved,
);

export const tagsSchema = optional(map("Tags of everything that the module creates.", "tag", string("Value.")), {});

export const vpcIdSchema = string("ID of the VPC in which the node runs.", vpcId);

export const trafficPercentSchema = example(
  number(
    "Share of the requests that goes to the node, in percent: 0 prepares everything and moves nothing, 1 to 99 is a canary, 100 is the cutover.",
    wholeNumber(0, 100),
  ),
  100,
);

/**
 * For an entry point that cannot share out.
 * @param what it sends on: "connections"
 * @param reason why there is nothing in between, after "be 0 or 100"
 */
export function cutoverPercentSchema(what: string, reason: string) {
  return number(
    `Share of the ${what} that goes to the node, in percent: 0 prepares everything and moves nothing, 100 is the cutover.`,
    {
      test: (percent) => hcl`contains([0, 100], ${percent})`,
      requirement: `be 0 or 100${reason}`,
      refuses: [10, -1, 101],
      accepts: [100, 0],
    },
  );
}

/** What a thing that is turned is at 100, and what it is at 0. */
export function atCutover(percent: number, node: Interpolation, application: Interpolation): IResolvable {
  return hcl`${percent} == 100 ? ${node} : ${application}`;
}

export const loadBalancerSchema = object("The load balancer that gets the requests today.", {
  security_group_ids: securityGroupIds(notEmpty("security group", {})),
});

export function securityGroupIds(...rules: Rule<IResolvable>[]) {
  return map(
    "IDs of its security groups, each under a name of your own, which becomes part of resource addresses.",
    "security_group_id",
    string("ID.", securityGroupId),
    ...rules,
    distinctValues("security group", { a: "sg-00000000000000001", b: "sg-00000000000000001" }),
  );
}
