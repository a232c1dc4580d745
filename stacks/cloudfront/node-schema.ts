import { hcl } from "../../synth/language/expression/expression";
import { matches, notEmpty, oneOf } from "../../synth/variables/rules";
import { bool, example, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { securityGroupIds } from "../parts/common-variables";
import { identityFields } from "../parts/node";
import { customOriginFields, domainName } from "./origins-schema";

/** Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html */
const vpcOrigin = object(
  "Has CloudFront reach the node inside of the VPC, where it needs no public address. Null: over the internet.",
  {
    endpoint_type: string(
      'What the VPC origin leads to: "application" and "network" are load balancers in front of the node, "instance" is the node.',
      oneOf("application", "network", "instance"),
    ),
    endpoint_arn: string(
      "Its ARN.",
      matches(
        /^arn:[^:]+:(elasticloadbalancing:[^:]+:[0-9]{12}:loadbalancer\/(app|net)\/.+|ec2:[^:]+:[0-9]{12}:instance\/i-[0-9a-f]+)$/,
        "be the ARN of an Application or Network Load Balancer, or of an instance",
        {
          accepts: [
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/node/50dc6c495c0c9188",
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/net/node/50dc6c495c0c9188",
            "arn:aws:ec2:eu-central-1:123456789012:instance/i-0123456789abcdef0",
          ],
          refuses: [
            "node",
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/gwy/node/50dc6c495c0c9188",
          ],
        },
      ),
    ),
    security_group_ids: securityGroupIds(notEmpty("security group", {})),
    admit_service_security_group: optional(
      bool(
        "Whether these groups admit CloudFront-VPCOrigins-Service-SG, the group that AWS makes with the first VPC origin of a VPC: false in the apply that makes the VPC origin, true in the next.",
      ),
      false,
    ),
  },
);

/** The node as an origin. */
export const cloudfrontNodeSchema = example(
  object(
    "The Wallarm Node, as CloudFront reaches it: itself, or the load balancer in front of it.",
    {
      ...identityFields,
      domain_name: string(
        "Domain name of the node or of the load balancer in front of it. Its certificate must be for this name, or for the name that clients use where CloudFront forwards the Host header.",
        domainName,
      ),
      ...customOriginFields,
      allow_clear_text: optional(
        bool(
          "Lets origin_protocol_policy be another than https-only over the internet. Requests and the secret header can then be read on the way, and whoever reads the header gets past the check.",
        ),
        false,
      ),
      vpc_origin: optional(vpcOrigin),
    },
    {
      test: ({ origin_protocol_policy, allow_clear_text, vpc_origin }) =>
        hcl`${origin_protocol_policy} == "https-only" || ${allow_clear_text} || ${vpc_origin} != null`,
      requirement:
        'have origin_protocol_policy = "https-only" without a vpc_origin, or allow_clear_text = true: over the internet the secret header would travel in clear',
      refuses: [{ origin_protocol_policy: "match-viewer" }, { origin_protocol_policy: "http-only" }],
      accepts: [
        { origin_protocol_policy: "match-viewer", allow_clear_text: true },
        { origin_protocol_policy: "http-only", vpc_origin: vpcOrigin.example },
      ],
    },
  ),
  {},
  { origin_protocol_policy: { allow_clear_text: true } },
);

export type CloudFrontNode = ReferenceTo<typeof cloudfrontNodeSchema>;
