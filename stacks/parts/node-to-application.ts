import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { when } from "../../synth/language/expression/when";
import { Application } from "./application";
import { addressesAndLengths } from "./cidr";
import { NodeIdentity } from "./node";
import { ApplicationRules, peerArguments, ruleArguments } from "./security-group-rules";

export interface NodeToApplicationProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly vpcId: string;
  readonly node: NodeIdentity;
  readonly application: Application;
  readonly enabled: ApplicationRules;
}

/** The security group rules that let the node reach the application. They admit no other source. */
export class NodeToApplication extends Construct {
  public readonly egress: TerraformResource;
  public readonly ingress: TerraformResource;

  public constructor(scope: Construct, id: string, props: NodeToApplicationProps) {
    super(scope, id);
    const { name, tags, vpcId, node, application, enabled } = props;

    const wholeVpc = comment(
      new DataAwsVpc(this, "node", {
        count: when(hcl`try(${application.source} == "subnet_cidrs" && !${application.admit_whole_vpc}, false)`),
        id: vpcId,
        lifecycle: { postcondition: [notWholeVpc(node.subnet_cidrs, addressesAndLengths(this, node.subnet_cidrs))] },
      }),
      "Rules that admit the whole VPC would let everything in it bypass the node. Two CIDR blocks overlap if they begin at " +
        "the same address at the shorter of their prefix lengths. The node's block then covers a share of the VPC's block: " +
        "a /18 covers a quarter of a /16. Shares that add up to 1 cover all of it.",
    );
    const egress = local(
      this,
      "node_to_application",
      peers(application, hcl`length(try(${application.subnet_cidrs}, [])) > 0 ? ${application.subnet_cidrs} : [null]`),
      "By port, or by CIDR block and port. Without a CIDR block, the rule refers to the application's " +
        "security group.",
    );
    const ingress = local(
      this,
      "application_from_node",
      peers(application, hcl`try(${application.source}, "") == "subnet_cidrs" ? ${node.subnet_cidrs} : [null]`),
      "A rule that refers to the node's security group admits only what has that group. A rule by CIDR block admits everything in the node's subnets.",
    );

    this.egress = new VpcSecurityGroupEgressRule(this, "node_to_application", {
      ...ruleArguments({ name, tags, rules: egress, enabled: enabled.node_egress, description: "to the application" }),
      ...peerArguments(application.security_group_id),
      securityGroupId: node.security_group_id,
    });
    this.ingress = comment(
      new VpcSecurityGroupIngressRule(this, "application_from_node", {
        ...ruleArguments({
          name,
          tags,
          rules: ingress,
          enabled: enabled.application_ingress,
          description: "from the Wallarm Node",
        }),
        ...peerArguments(node.security_group_id),
        securityGroupId: application.security_group_id,
        dependsOn: [wholeVpc],
      }),
      "These rules admit the node and remove no other rule. Remove the rules that admit other sources, or traffic can still bypass the node.",
    );
  }
}

/** Each port of the application with each block, or with null. */
function peers(application: Application, cidrs: IResolvable): IResolvable {
  return hcl`{
    for pair in setproduct(try(${application.ports}, []), ${cidrs}) :
    join("-", compact([pair[1], tostring(pair[0])])) => { port = pair[0], cidr = pair[1] }
  }`;
}

/** Also refuses blocks that together cover a block of the VPC, such as its two halves. */
function notWholeVpc(cidrs: IResolvable, nodeBlocks: IResolvable): Validation {
  const blocks = hcl`concat(self.cidr_block_associations[*].cidr_block, compact([self.ipv6_cidr_block]))`;
  return {
    condition: hcl`alltrue([
      for vpc in [for block in ${blocks} : split("/", block)] : sum([
        for node in ${nodeBlocks} :
        cidrhost("\${vpc[0]}/\${min(vpc[1], node[1])}", 0) == cidrhost("\${node[0]}/\${min(vpc[1], node[1])}", 0)
        ? pow(2, min(0, vpc[1] - node[1])) : 0
      ]) < 1
    ])`,
    errorMessage:
      text`node.subnet_cidrs (${hcl`join(", ", ${cidrs})`}) cover a whole CIDR block of ${hcl`self.id`}, so everything in ` +
      "it could bypass the node. List only the node's own subnets, or set application.admit_whole_vpc = true.",
  };
}
