import { hcl } from "../../synth/language/expression/expression";
import { matches, notEmpty, oneOf } from "../../synth/variables/rules";
import { bool, example, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { securityGroupIds } from "../parts/common-variables";
import { securityGroupId } from "../parts/identifiers";
import { identityFields } from "../parts/node";
import { domainName, nodeSettingFields } from "./origins-schema";

/** Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html */
const vpcOrigin = object(
  "CloudFront reaches the node inside the VPC, through a VPC origin, so the node needs no public address. Null: over the internet.",
  {
    endpoint_type: string(
      'Type of the endpoint: "application" or "network" for a load balancer in front of the node, "instance" for the node itself.',
      oneOf("application", "network", "instance"),
    ),
    endpoint_arn: string(
      "ARN of the endpoint.",
      matches(
        /^arn:[^:]+:(elasticloadbalancing:[^:]+:[0-9]{12}:loadbalancer\/(app|net)\/.+|ec2:[^:]+:[0-9]{12}:instance\/i-[0-9a-f]+)$/,
        "be the ARN of an Application Load Balancer, a Network Load Balancer, or an instance",
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
    security_group_ids: securityGroupIds(securityGroupId, notEmpty("security group", {})),
    admit_service_security_group: optional(
      bool(
        "Whether these groups admit CloudFront-VPCOrigins-Service-SG, which AWS creates with the first VPC origin in a VPC. Set it to false in the apply that creates the VPC origin, and to true in the next one. Leave it at false if the owner of these groups admits CloudFront, for example with inline rules.",
      ),
      false,
    ),
  },
);

/** Protocol policies with which the secret header can be read. */
export const CLEAR_TEXT = ["http-only", "match-viewer"];

/** For the examples of variables that need one. */
export const VPC_ORIGIN = vpcOrigin.example;

/** The node as an origin. Its settings are those of an origin, and what is not set stays as the origin has it today. */
export const cloudfrontNodeSchema = example(
  object(
    "The Wallarm Node, or the load balancer in front of it, as CloudFront reaches it. A port, protocol policy, TLS version, or timeout that is null stays as each origin has it today. For a VPC origin or without origins: ports 80 and 443, https-only, TLSv1.2, 30 and 5 seconds.",
    {
      ...identityFields,
      domain_name: string(
        "Domain name of the node, or of the load balancer in front of it. The certificate must be valid for this name or, if CloudFront forwards the Host header, for the name that clients use.",
        domainName,
      ),
      ...nodeSettingFields,
      allow_clear_text: optional(
        bool(
          "Allows an origin_protocol_policy other than https-only over the internet. Requests and the secret header can then be read in transit, and anyone who reads the header can pass the check.",
        ),
        false,
      ),
      vpc_origin: optional(vpcOrigin),
    },
    {
      test: ({ origin_protocol_policy, allow_clear_text, vpc_origin }) =>
        hcl`!contains(${CLEAR_TEXT}, coalesce(${origin_protocol_policy}, "https-only")) || ${allow_clear_text} || ${vpc_origin} != null`,
      requirement:
        'have origin_protocol_policy = "https-only", a vpc_origin, or allow_clear_text = true: otherwise, the secret header crosses the internet in clear text',
      refuses: [{ origin_protocol_policy: "match-viewer" }, { origin_protocol_policy: "http-only" }],
      accepts: [
        { origin_protocol_policy: "match-viewer", allow_clear_text: true },
        { origin_protocol_policy: "http-only", vpc_origin: VPC_ORIGIN },
      ],
    },
  ),
  {},
);

export type CloudFrontNode = ReferenceTo<typeof cloudfrontNodeSchema>;
