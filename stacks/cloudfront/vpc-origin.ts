import { CloudfrontVpcOrigin } from "@cdktf/provider-aws/lib/cloudfront-vpc-origin";
import { DataAwsInternetGateway } from "@cdktf/provider-aws/lib/data-aws-internet-gateway";
import { DataAwsLb } from "@cdktf/provider-aws/lib/data-aws-lb";
import { DataAwsLbListener } from "@cdktf/provider-aws/lib/data-aws-lb-listener";
import { DataAwsSecurityGroup } from "@cdktf/provider-aws/lib/data-aws-security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { when } from "../../synth/language/expression/when";
import { ruleArguments, ruleIds } from "../parts/security-group-rules";
import { CloudFrontNode } from "./node-schema";
import { NodeSettings } from "./node-settings";

/** Its name, the same in every VPC. */
const SERVICE_SECURITY_GROUP = "CloudFront-VPCOrigins-Service-SG";

export interface VpcOriginProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly vpcId: string;
  readonly node: CloudFrontNode;
  readonly nodeSettings: NodeSettings;
}

/** The node as an origin inside the VPC. */
export class VpcOrigin extends Construct {
  /** ID of the VPC origin, or null. */
  public readonly id: IResolvable;
  /** The resource that admits CloudFront. */
  public readonly access: TerraformResource;
  /** IDs of the rules that admit AWS's own group, by key. */
  public readonly ruleIds: IResolvable;

  public constructor(scope: Construct, id: string, { name, tags, vpcId, node, nodeSettings }: VpcOriginProps) {
    super(scope, id);
    const { vpc_origin: origin } = node;
    const { ofNode: settings, ports } = nodeSettings;
    const wanted = hcl`${origin} != null`;
    const behindLoadBalancer = hcl`try(contains(["application", "network"], ${origin.endpoint_type}), false)`;

    const gateway = comment(
      new DataAwsInternetGateway(this, "required_by_vpc_origin", {
        count: when(wanted),
        filter: [{ name: "attachment.vpc-id", values: [vpcId] }],
      }),
      "AWS requires an internet gateway in the VPC, although no request to a VPC origin passes through it (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html). Without one, the plan fails here.",
    );
    const loadBalancer = comment(
      new DataAwsLb(this, "endpoint", {
        count: when(behindLoadBalancer),
        arn: origin.endpoint_arn,
      }),
      "Read so that the plan refuses what AWS would refuse during the apply.",
    );
    const listener = new DataAwsLbListener(this, "endpoint_listener", {
      forEach: forEach(
        hcl`{ for port in ${ports} : tostring(port) => port if try(${origin.endpoint_type} == "network", false) }`,
      ),
      loadBalancerArn: origin.endpoint_arn,
      port: hcl.number`each.value`,
    });
    const identity = new TerraformResource(this, "endpoint_identity", {
      terraformResourceType: "terraform_data",
      count: when(wanted),
    });
    comment(identity, "A change in any of these values replaces the VPC origin.");
    override(identity, {
      input: hcl`[
        ${name},
        ${origin.endpoint_arn},
        ${settings}.http_port,
        ${settings}.https_port,
        ${settings}.origin_protocol_policy,
        ${settings}.origin_ssl_protocols,
      ]`,
    });

    const resource = comment(
      new CloudfrontVpcOrigin(this, "node", {
        count: when(wanted),
        tags: hcl.map(tags),
        vpcOriginEndpointConfig: [
          {
            name: text`${name}-${hcl`substr(sha1(jsonencode(${identity.fqn}[0].input)), 0, 8)`}`,
            arn: origin.endpoint_arn,
            httpPort: hcl.number`${settings}.http_port`,
            httpsPort: hcl.number`${settings}.https_port`,
            originProtocolPolicy: hcl.string`${settings}.origin_protocol_policy`,
            originSslProtocols: [
              {
                items: hcl.list(hcl`${settings}.origin_ssl_protocols`),
                quantity: hcl.number`length(${settings}.origin_ssl_protocols)`,
              },
            ],
          },
        ],
        lifecycle: {
          createBeforeDestroy: true,
          replaceTriggeredBy: [`${identity.terraformResourceType}.${identity.friendlyUniqueId}[0]`],
          precondition: preconditions(origin, hcl`${loadBalancer.fqn}[0]`, listener.fqn),
        },
        dependsOn: [gateway],
      }),
      "AWS refuses to change a VPC origin that a distribution uses. A new one is created, and the distribution moves to it before the old one is destroyed.",
    );
    this.id = hcl`one(${resource.fqn}[*].id)`;

    const serviceGroup = comment(
      new DataAwsSecurityGroup(this, "vpc_origins_service", {
        count: when(hcl`try(${origin.admit_service_security_group}, false)`),
        vpcId,
        name: SERVICE_SECURITY_GROUP,
      }),
      "AWS creates this security group with the first VPC origin in the VPC, so it can be admitted only in a later apply.",
    );
    const rules = local(
      this,
      "vpc_origin_to_endpoint",
      hcl`{
        for pair in setproduct(keys(${origin} == null ? {} : ${origin.security_group_ids}), ${ports}) :
        "\${pair[0]}-\${pair[1]}" => { security_group_id = ${origin.security_group_ids}[pair[0]], port = pair[1] }
      }`,
    );
    this.access = new VpcSecurityGroupIngressRule(this, "endpoint_from_vpc_origin", {
      ...ruleArguments({
        name,
        tags,
        rules,
        enabled: hcl`length(${serviceGroup.fqn}) > 0`,
        description: "from the VPC origins of CloudFront",
      }),
      securityGroupId: hcl.string`each.value.security_group_id`,
      referencedSecurityGroupId: hcl.string`${serviceGroup.fqn}[0].id`,
    });
    this.ruleIds = ruleIds(this.access);
  }
}

/** Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html */
function preconditions(
  origin: CloudFrontNode["vpc_origin"],
  loadBalancer: IResolvable,
  listener: string,
): Validation[] {
  const ofLoadBalancer = (condition: IResolvable) => hcl`${origin.endpoint_type} == "instance" ? true : ${condition}`;
  const ofNetwork = (condition: IResolvable) => hcl`${origin.endpoint_type} == "network" ? ${condition} : true`;
  const tls = hcl`[for port, listener in ${listener} : port if listener.protocol == "TLS"]`;
  return [
    {
      condition: ofLoadBalancer(hcl`${loadBalancer}.load_balancer_type == ${origin.endpoint_type}`),
      errorMessage: text`node.vpc_origin.endpoint_type is "${origin.endpoint_type}", but ${origin.endpoint_arn} is a load balancer of another type. Set endpoint_type to its type.`,
    },
    {
      condition: ofLoadBalancer(hcl`${loadBalancer}.internal`),
      errorMessage:
        text`node.vpc_origin: ${origin.endpoint_arn} is internet-facing, but a VPC origin needs an internal load ` +
        "balancer. Use an internal one, or set vpc_origin to null and node.domain_name to its name.",
    },
    {
      condition: ofNetwork(hcl`length(${loadBalancer}.security_groups) > 0`),
      errorMessage:
        text`node.vpc_origin: ${origin.endpoint_arn} was created without security groups, so AWS does not accept ` +
        "it as a VPC origin. Use one with security groups, which cannot be added later.",
    },
    {
      condition: ofNetwork(hcl`${loadBalancer}.ip_address_type == "ipv4"`),
      errorMessage:
        text`node.vpc_origin: ${origin.endpoint_arn} is a dual-stack Network Load Balancer, which AWS does not ` +
        "accept as a VPC origin. Use one with the IP address type ipv4.",
    },
    {
      condition: hcl`length(${tls}) == 0`,
      errorMessage:
        text`node.vpc_origin: ${origin.endpoint_arn} has a TLS listener on port ${hcl`join(", ", ${tls})`}, ` +
        "which AWS does not accept for a VPC origin. Use a TCP listener, and terminate TLS on the node.",
    },
  ];
}
