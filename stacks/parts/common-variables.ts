/** Variables that have the same name and meaning in every module. */
import { IResolvable } from "cdktf";
import { hcl, Interpolation } from "../../synth/language/expression/expression";
import { characters, distinctValues, everyKey, matches, notEmpty, wholeNumber } from "../../synth/variables/rules";
import { example, given, map, number, object, optional, Rule, string } from "../../synth/variables/schema";
import { securityGroupId, vpcId } from "./identifiers";

export const portNumber = wholeNumber(1, 65535);

/**
 * AWS reserves the prefixes: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 * and https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
const notReserved: Rule<string> = {
  test: (name) => hcl`!can(regex("^(internal-|xn--|sthree-|amzn-s3-demo-)", lower(${name})))`,
  requirement: 'not start with "internal-", "xn--", "sthree-", or "amzn-s3-demo-", which AWS reserves',
  refuses: ["internal-shop", "XN--shop", "sthree-shop", "amzn-s3-demo-shop"],
  accepts: ["internal", "xn-shop"],
};

export const nameSchema = string(
  "Name of the resources that the module creates, unique for each call in an account and Region.",
  matches(
    /^[0-9A-Za-z]([0-9A-Za-z-]{0,21}[0-9A-Za-z])?$/,
    "have 1 to 23 letters, digits, and hyphens, and neither start nor end with a hyphen (names that the module derives from it, such as that of a target group, have up to 32, the maximum of AWS)",
    {
      accepts: ["shop", "a", "a".repeat(23)],
      refuses: ["shop-", "-shop", "shop_wallarm", "", "a".repeat(24)],
    },
  ),
  notReserved,
);

/**
 * How many there are is another rule. Terraform compiles a pattern anew for each tag, and one that also counts the characters
 * of these classes takes 11 ms instead of 0.2.
 */
export const tagCharacters = matches(
  /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u,
  "have only letters, digits, spaces, and characters of _ . : / = + - @",
  { accepts: ["shop", "Käse: a+b=c/d_e-f@g"], refuses: ["R&D", "a,b"] },
);

/**
 * Elastic Load Balancing, CloudFront, and CloudWatch Logs refuse other characters. EC2 accepts them, so an apply would stop
 * half-way. AWS counts all tags of a resource: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Tag.html
 */
export const tagsSchema = optional(
  map(
    "Tags of all resources that the module creates.",
    "tag",
    string("Value.", tagCharacters, characters(0, 256)),
    everyKey(tagCharacters),
    everyKey(characters(1, 128)),
    everyKey({
      test: (key) => hcl`!startswith(lower(${key}), "aws:")`,
      requirement: 'not start with "aws:", which AWS reserves',
      refuses: ["aws:cloudformation:stack-name", "AWS:team"],
    }),
    {
      test: (tags) => hcl`length(setunion(keys(${tags}), ["Name"])) <= 50`,
      requirement:
        "have at most 49 entries besides Name: AWS allows 50 tags for a resource, including Name and the provider's default_tags",
      refuses: [tagsOf(50)],
      accepts: [tagsOf(49), { ...tagsOf(49), Name: "shop" }],
    },
  ),
  {},
);

function tagsOf(count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "shop"]));
}

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

/** Both VPCs of a module behind a load balancer, and the targets that are in one of them. */
interface Vpcs {
  readonly vpcId: string;
  readonly node: { readonly target_type: string; readonly ip_addresses: IResolvable };
}

/**
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html
 * @param vpcs the caller's other arguments
 */
export function loadBalancerVpcField({ vpcId: nodeVpcId, node }: Vpcs) {
  return {
    vpc_id: optional(
      string(
        "ID of its VPC, if the node runs in another one that is peered with it. The target group is in the load balancer's VPC. Null: vpc_id.",
        vpcId,
        {
          test: (id) => hcl`${id} == ${nodeVpcId} ? true : ${node.target_type} == "ip" && alltrue([
            for target in ${node.ip_addresses} : target.availability_zone != null
          ])`,
          requirement:
            'be vpc_id, unless node.target_type is "ip" and each of node.ip_addresses has an availability_zone, such as "all": AWS finds instances and zones only in the VPC of the target group',
          refuses: [
            given(
              {
                node: {
                  target_type: "instance",
                  autoscaling_group_names: { main: "wallarm-node" },
                  ip_addresses: {},
                },
              },
              "vpc-00000000000000009",
            ),
            given(
              {
                node: {
                  target_type: "ip",
                  autoscaling_group_names: {},
                  ip_addresses: { main: { address: "10.1.1.10", availability_zone: null } },
                },
              },
              "vpc-00000000000000009",
            ),
          ],
          accepts: ["vpc-00000000000000009"],
        },
      ),
    ),
  };
}

/** What else the example has in tests of `vpc_id`: targets that may be in another VPC. */
export const vpcExample = given(
  {
    node: {
      target_type: "ip",
      autoscaling_group_names: {},
      ip_addresses: { main: { address: "10.1.1.10", availability_zone: "all" } },
    },
  },
  {},
);

export function loadBalancerSchema(vpcs: Vpcs) {
  return example(
    object("The load balancer that receives the requests today.", {
      security_group_ids: securityGroupIds(securityGroupId, notEmpty("security group", {})),
      ...loadBalancerVpcField(vpcs),
    }),
    {},
    { vpc_id: vpcExample },
  );
}

/** @param id the rule of each */
export function securityGroupIds(id = securityGroupId, ...rules: Rule<IResolvable>[]) {
  return map(
    "IDs of its security groups, by names that you choose. The names become part of resource addresses.",
    "security_group_id",
    string("ID.", id),
    ...rules,
    distinctValues("security group", { a: "sg-00000000000000001", b: "sg-00000000000000001" }),
  );
}
