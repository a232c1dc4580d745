import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { text } from "../../synth/language/expression/text";
import { distinctValues } from "../../synth/variables/rules";
import { CollectionReference, map, optional, string } from "../../synth/variables/schema";
import { byFamily, canonicalCidrBlock } from "../parts/cidr";
import { securityGroupId } from "../parts/identifiers";
import { KEEPS_ITS_NAME, WHY_IT_KEEPS_ITS_NAME } from "../parts/security-group-rules";

export const egressCidrsSchema = optional(
  map(
    "CIDR blocks to which the node opens connections on port 443, by names that you choose: Wallarm Cloud, Secrets Manager, and EC2 Auto Scaling.",
    "cidr",
    string("Block.", canonicalCidrBlock),
    distinctValues("CIDR block", { a: "0.0.0.0/0", b: "0.0.0.0/0" }),
  ),
  { internet: "0.0.0.0/0" },
);

export const additionalSecurityGroupIdsSchema = optional(
  map(
    "IDs of further security groups of the instances, such as the output security_group_ids of the module cloudfront, by names that you choose.",
    "security_group_id",
    string("ID.", securityGroupId),
    distinctValues("security group", { a: "sg-00000000000000001", b: "sg-00000000000000001" }),
    {
      // https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
      test: (ids) => hcl`length(${ids}) <= 4`,
      requirement: "have at most 4 security groups, because a network interface has a quota of 5",
      refuses: [groups(5)],
      accepts: [groups(4)],
    },
  ),
  {},
);

function groups(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`group${index}`, `sg-0000000000000000${index}`]),
  );
}

export interface NodeSecurityGroupProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly vpcId: string;
  readonly egressCidrs: CollectionReference<string>;
}

/** The security group by which load balancers and applications identify the node. */
export class NodeSecurityGroup extends Construct {
  public readonly resource: SecurityGroup;
  /** What an instance needs to boot. */
  public readonly rules: VpcSecurityGroupEgressRule[];

  public constructor(scope: Construct, id: string, { name, tags, vpcId, egressCidrs }: NodeSecurityGroupProps) {
    super(scope, id);
    this.resource = comment(
      new SecurityGroup(this, "node", {
        namePrefix: text`${name}-node-`,
        description: "Wallarm Node",
        vpcId,
        tags: hcl.map`merge(${tags}, ${{ Name: text`${name}-node` }})`,
        lifecycle: KEEPS_ITS_NAME,
      }),
      "Has no inline rules, because the routing modules add theirs. Every interface with this group counts as the node, so " +
        `attach it to nothing else. ${WHY_IT_KEEPS_ITS_NAME}`,
    );
    const { ipv4, ipv6 } = byFamily(each.value);
    const https = new VpcSecurityGroupEgressRule(this, "https", {
      forEach: forEach(egressCidrs),
      securityGroupId: this.resource.id,
      description: text`${name}: to Wallarm Cloud and AWS`,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: hcl.string(ipv4),
      cidrIpv6: hcl.string(ipv6),
      tags: hcl.map(tags),
      lifecycle: { createBeforeDestroy: true },
    });
    this.rules = [https];
  }
}
