import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { DataAwsLb } from "@cdktf/provider-aws/lib/data-aws-lb";
import { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { example, map, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { networkLoadBalancerArn } from "../parts/identifiers";
import { apiGatewayId } from "../parts/vpc-link";

const NODE_ARN = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188";

/**
 * A VPC link V1. V2 needs an argument that provider 5.100 does not have.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
export const restVpcLinkSchema = example(
  object(
    "The VPC link through which API Gateway reaches the load balancer in front of the node, new or existing.",
    {
      load_balancer_arns: optional(
        map(
          "ARN of the Network Load Balancer for a new link, by a name that you choose. It must be in the same account as the API. Its listener forwards to the node, or to an Application Load Balancer in front of the node.",
          "load_balancer_arn",
          string("ARN.", networkLoadBalancerArn),
          {
            test: (arns) => hcl`length(${arns}) <= 1`,
            requirement: "have at most one: a link has one load balancer",
            refuses: [{ a: NODE_ARN, b: NODE_ARN }],
          },
        ),
        {},
      ),
      id: optional(string("ID of an existing link.", apiGatewayId)),
    },
    {
      test: ({ load_balancer_arns, id }) => hcl`(length(${load_balancer_arns}) > 0) == (${id} == null)`,
      requirement: "have either load_balancer_arns, for a new link, or the id of an existing link",
      refuses: [{ id: null }, { load_balancer_arns: { node: NODE_ARN } }],
      accepts: [{ load_balancer_arns: { node: NODE_ARN }, id: null }],
    },
  ),
  { id: "link01" },
  { load_balancer_arns: { id: null } },
);

export interface RestVpcLinkProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly vpcLink: ReferenceTo<typeof restVpcLinkSchema>;
  /** What the node needs of the API, beside the link. */
  readonly dependsOn: ITerraformDependable[];
}

/** The path from a REST API into the VPC, to the Network Load Balancer in front of the node. */
export class RestVpcLink extends Construct {
  /** The ID of the link, new or existing. */
  public readonly id: IResolvable;

  public constructor(scope: Construct, id: string, props: RestVpcLinkProps) {
    super(scope, id);
    const { name, tags, vpcLink } = props;
    const loadBalancer = comment(
      new DataAwsLb(this, "load_balancer", {
        forEach: forEach(vpcLink.load_balancer_arns),
        arn: vpcLink.load_balancer_arns.each,
        lifecycle: { postcondition: loadBalancerConditions() },
      }),
      "A VPC link V1 supports only a Network Load Balancer (https://docs.aws.amazon.com/apigateway/latest/developerguide/vpc-links-v1.html).",
    );
    const link = comment(
      new ApiGatewayVpcLink(this, "node", {
        forEach: forEach(vpcLink.load_balancer_arns),
        name,
        description: "To the Wallarm Node",
        targetArns: [hcl.string`${loadBalancer.fqn}[each.key].arn`],
        tags: hcl.map(tags),
        dependsOn: props.dependsOn,
        lifecycle: { createBeforeDestroy: true },
      }),
      "One for each load balancer, because the target of a VPC link cannot change. The new link is in use before the old one is destroyed. It is destroyed before what it depends on: if an integration still uses it, AWS refuses, and everything stays in place.",
    );
    this.id = local(this, "vpc_link_id", hcl`coalesce(one(values(${link.fqn})[*].id), ${vpcLink.id})`);
  }
}

/**
 * If the rules of the security groups apply, the addresses that they must admit are not known. They apply unless they have
 * been switched off: a load balancer that was never asked reads "".
 * Sources: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html
 * and https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSecurityGroups.html
 */
function loadBalancerConditions(): Validation[] {
  return [
    {
      condition: hcl`self.load_balancer_type == "network"`,
      errorMessage:
        text`vpc_link.load_balancer_arns["${each.key}"]: ${each.value} has the type ` +
        text`${hcl`self.load_balancer_type`}, but a VPC link V1 needs a Network Load Balancer. Put one in front of it ` +
        '(module nlb, node.target_type = "alb"), or use the module api-gateway-rest-alb.',
    },
    {
      condition: hcl`self.load_balancer_type != "network" || length(self.security_groups) == 0 || self.enforce_security_group_inbound_rules_on_private_link_traffic == "off"`,
      errorMessage:
        text`vpc_link.load_balancer_arns["${each.key}"]: ${each.value} applies the inbound rules of its security ` +
        "groups to the VPC link, and would drop its connections. Set " +
        'enforce_security_group_inbound_rules_on_private_link_traffic = "off" on the aws_lb.',
    },
  ];
}
