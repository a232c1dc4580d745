import { Apigatewayv2VpcLink } from "@cdktf/provider-aws/lib/apigatewayv2-vpc-link";
import { DataAwsLbListener } from "@cdktf/provider-aws/lib/data-aws-lb-listener";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { IResolvable, ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { when } from "../../synth/language/expression/when";
import { distinct, matches } from "../../synth/variables/rules";
import {
  example,
  list,
  object,
  ObjectReference,
  optional,
  ReferenceTo,
  Rule,
  Schema,
  string,
} from "../../synth/variables/schema";
import { canonicalCidrBlock } from "./cidr";
import { securityGroupIds } from "./common-variables";
import { listenerArn, subnetId } from "./identifiers";
import {
  KEEPS_ITS_NAME,
  peerArguments,
  ruleArguments,
  RuleProps,
  vpcLinkRulesSchema,
  WHY_IT_KEEPS_ITS_NAME,
} from "./security-group-rules";
import { SubnetsWithoutVpcLinks } from "./vpc-link-zones";

/** The ID of an API, a route, an integration, or a VPC link. */
export const apiGatewayId = matches(/^[0-9a-z]+$/, 'be an ID such as "a1b2c3d4e5"', {
  accepts: ["a1b2c3d4e5"],
  refuses: ["Shop API", "arn:aws:apigateway:eu-central-1::/apis/a1b2c3d4e5", "integrations/a1b2c3d4e5", ""],
});

/**
 * AWS cannot change the subnets or security groups of a link, so Terraform replaces it.
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 */
export const vpcLinkSchema = example(
  object(
    "The VPC link (V2) through which API Gateway reaches the load balancer, new or existing.",
    {
      subnet_ids: optional(
        list(
          "IDs of the subnets for the network interfaces of a new link. They must be in the VPC of the load balancer, in at least two Availability Zones. A change replaces the link.",
          "subnet_id",
          string("ID.", subnetId),
          distinct("subnet", ["subnet-0123456789abcdef0", "subnet-0123456789abcdef0"]),
        ),
        [],
      ),
      id: optional(string("ID of an existing link.", apiGatewayId)),
      security_group_ids: optional(
        {
          ...securityGroupIds(),
          description:
            "IDs of the security groups of the existing link, by names that you choose, which become part of resource addresses. Empty: its rules already allow the path to the load balancer.",
        },
        {},
      ),
    },
    {
      test: ({ subnet_ids, id }) => hcl`(length(${subnet_ids}) > 0) == (${id} == null)`,
      requirement: "have either subnet_ids, for a new link, or the id of an existing one",
      refuses: [{ subnet_ids: [] }, { id: "l0000009" }],
    },
    {
      test: ({ subnet_ids, security_group_ids }) =>
        hcl`length(${subnet_ids}) == 0 || length(${security_group_ids}) == 0`,
      requirement: "have no security_group_ids with subnet_ids: a new link has its own security group",
      refuses: [{ security_group_ids: { a: "sg-00000000000000009" } }],
    },
  ),
  { subnet_ids: ["subnet-0000000000000000a", "subnet-0000000000000000b"] },
  { id: { subnet_ids: [] }, security_group_ids: { subnet_ids: [], id: "l0000009" } },
);

/** The fields of the variable `load_balancer`, the one in front of the node. */
export const loadBalancerFields = {
  listener_arn: string(
    "ARN of its listener that forwards to the node. It must be in the same account as the API.",
    listenerArn("app", "net"),
  ),
  security_group_ids: optional(securityGroupIds(), {}),
  subnet_cidrs: optional(
    list(
      "CIDR blocks of its subnets, if it is a Network Load Balancer without security groups. The link allows outbound traffic to them.",
      "cidr",
      string("Block.", canonicalCidrBlock),
      distinct("CIDR block", ["10.0.1.0/24", "10.0.1.0/24"]),
    ),
    [],
  ),
};

type LoadBalancer = ObjectReference<typeof loadBalancerFields>;

export const loadBalancerRule: Rule<Pick<LoadBalancer, "security_group_ids" | "subnet_cidrs">> = {
  test: ({ security_group_ids, subnet_cidrs }) =>
    hcl`(length(${security_group_ids}) > 0) != (length(${subnet_cidrs}) > 0)`,
  requirement: "have either security_group_ids or, for a load balancer without security groups, subnet_cidrs",
  refuses: [{ security_group_ids: {} }, { subnet_cidrs: ["10.0.1.0/24"] }],
  accepts: [{ security_group_ids: {}, subnet_cidrs: ["10.0.1.0/24"] }],
};

/** Completes the example of a load balancer. */
export function loadBalancerExample<S extends Schema>(schema: S): S {
  return example(
    schema,
    { security_group_ids: { node: "sg-0123456789abcdef0" } },
    { subnet_cidrs: { security_group_ids: {} } },
  );
}

export interface VpcLinkProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly vpcId: string;
  readonly vpcLink: ReferenceTo<typeof vpcLinkSchema>;
  readonly loadBalancer: LoadBalancer;
  /** Of the listener. */
  readonly port: IResolvable;
  /** What the listener, `self`, must fulfill so that the API can use it. */
  readonly listenerConditions: Validation[];
  readonly enabled: ReferenceTo<typeof vpcLinkRulesSchema>;
  /** The path behind the load balancer. */
  readonly dependsOn?: ITerraformDependable[];
}

/** The path from API Gateway into the VPC, only to the load balancer in front of the node. */
export class VpcLink extends Construct {
  /** The ID of the link, new or existing. */
  public readonly id: IResolvable;
  /** The ID of the new link's security group, or null. */
  public readonly securityGroupId: IResolvable;
  public readonly listener: DataAwsLbListener;
  public readonly egress: TerraformResource;
  public readonly ingress: TerraformResource;

  public constructor(scope: Construct, id: string, props: VpcLinkProps) {
    super(scope, id);
    const { name, tags, vpcLink, loadBalancer, enabled } = props;
    const count = when(hcl`length(${vpcLink.subnet_ids}) > 0`);

    this.listener = comment(
      new DataAwsLbListener(this, "load_balancer", {
        arn: loadBalancer.listener_arn,
        lifecycle: { postcondition: [speaksHttp(), ...props.listenerConditions] },
      }),
      "Its protocol decides how API Gateway connects to the node.",
    );
    const group = comment(
      new SecurityGroup(this, "vpc_link", {
        count,
        namePrefix: text`${name}-vpc-link-`,
        description: "VPC link of API Gateway",
        vpcId: props.vpcId,
        tags: hcl.map`merge(${tags}, ${{ Name: text`${name}-vpc-link` }})`,
        lifecycle: KEEPS_ITS_NAME,
      }),
      "The VPC link has this group, so the load balancer in front of the node can admit the link and " +
        `nothing else. ${WHY_IT_KEEPS_ITS_NAME}`,
    );
    this.securityGroupId = hcl`one(${group.fqn}[*].id)`;
    const { subnets } = new SubnetsWithoutVpcLinks(this, "zones", vpcLink.subnet_ids);
    const rules = this.rules(props, group);
    const linkGroup = hcl.string`each.value.vpc_link_security_group_id`;
    const loadBalancerGroup = hcl.string`each.value.security_group_id`;
    const common = (ruleProps: Pick<RuleProps, "enabled" | "description">) =>
      ruleArguments({ name, tags, rules, ...ruleProps });
    this.egress = new VpcSecurityGroupEgressRule(this, "vpc_link_to_load_balancer", {
      ...common({ enabled: enabled.vpc_link_egress, description: "to the load balancer of the Wallarm Node" }),
      ...peerArguments(loadBalancerGroup),
      securityGroupId: linkGroup,
    });
    this.ingress = comment(
      new VpcSecurityGroupIngressRule(this, "load_balancer_from_vpc_link", {
        ...common({
          enabled: hcl`${enabled.load_balancer_ingress} && length(${loadBalancer.security_group_ids}) > 0`,
          description: "from API Gateway",
        }),
        securityGroupId: loadBalancerGroup,
        referencedSecurityGroupId: linkGroup,
      }),
      "If the load balancer has no security groups, it needs no rule to admit the link.",
    );
    const link = comment(
      new Apigatewayv2VpcLink(this, "node", {
        count,
        name,
        subnetIds: hcl.list(vpcLink.subnet_ids),
        securityGroupIds: hcl.list`${group.fqn}[*].id`,
        tags: hcl.map(tags),
        dependsOn: [subnets, this.egress, this.ingress, ...(props.dependsOn ?? [])],
        lifecycle: { createBeforeDestroy: true },
      }),
      "It depends on the security group rules, so Terraform destroys it first: if an integration still uses it, AWS refuses, and the path stays open. Terraform replaces a VPC link if its subnets change, because AWS cannot change them. The new link is in use before the old one is destroyed. A link without traffic for 60 days becomes inactive, and requests fail until API Gateway has restored it (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html).",
    );
    this.id = local(this, "vpc_link_id", hcl`coalesce(one(${link.fqn}[*].id), ${vpcLink.id})`);
  }

  /** Each group of the link with each group, or CIDR block, of the load balancer. */
  private rules({ vpcLink, loadBalancer, port }: VpcLinkProps, group: SecurityGroup): IResolvable {
    const linkGroups = local(
      this,
      "vpc_link_security_group_ids",
      hcl`merge(${vpcLink.security_group_ids}, { for group in ${group.fqn} : "vpc-link" => group.id })`,
    );
    const peers = local(
      this,
      "load_balancer_peers",
      hcl`merge(
        { for key, id in ${loadBalancer.security_group_ids} : key => { security_group_id = id, cidr = null } },
        { for cidr in ${loadBalancer.subnet_cidrs} : cidr => { security_group_id = null, cidr = cidr } }
      )`,
      "If the load balancer has no security groups, the rules name the CIDR blocks of its subnets.",
    );
    return local(
      this,
      "vpc_link_to_load_balancer",
      hcl`{
        for pair in setproduct(keys(${linkGroups}), keys(${peers})) :
        join("-", concat(pair, [${port}])) => merge(${peers}[pair[1]], { vpc_link_security_group_id = ${linkGroups}[pair[0]], port = ${port} })
      }`,
      "The port is part of the key: the rules for another port are created before the old ones are deleted.",
    );
  }
}

function speaksHttp(): Validation {
  return {
    condition: hcl`contains(["HTTP", "HTTPS", "TCP", "TLS"], self.protocol)`,
    errorMessage:
      text`load_balancer.listener_arn: ${hcl`self.arn`} is a listener for ${hcl`self.protocol`}, but API ` +
      "Gateway needs HTTP, HTTPS, TCP, or TLS. Use a listener with one of these protocols.",
  };
}
