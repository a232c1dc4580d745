/** A new node behind CloudFront: an internal load balancer as VPC origin, and the secret header, which the node requires. */
import { Snapshot } from "../../account/snapshot";
import { Distribution } from "../../model/distributions";
import { SECRET_HEADER } from "./origins";
import { Wanted } from "../composition";
import { backendUrlOf, blocksOf, fleetCalls } from "../fleet/fleet";
import { block, comment, Fields, reference } from "../hcl";
import { Node } from "../node";
import { applicationLoadBalancer } from "../fleet/load-balancer";
import { printLiteral } from "../../synth/language/print/hcl";

interface Around {
  readonly node: Node;
  readonly vpcId: string;
  readonly distribution: Distribution;
}

export function cloudFrontFleet(
  snapshot: Snapshot,
  wanted: Wanted,
  { node, vpcId, distribution: { DomainName, DistributionConfig: config } }: Around,
) {
  const subnetIds = node.subnets.map(({ SubnetId }) => SubnetId);
  const names = [DomainName, ...(config?.Aliases?.Items ?? [])].filter((name) => name !== undefined);
  const timeouts = (config?.Origins.Items ?? []).map(
    ({ CustomOriginConfig, VpcOriginConfig }) =>
      CustomOriginConfig?.OriginReadTimeout ?? VpcOriginConfig?.OriginReadTimeout ?? 30,
  );
  const calls = fleetCalls(snapshot, wanted, node, {
    ...{ vpcId, backend: { url: backendUrlOf(wanted) } },
    entryPoints: reference(`concat([aws_lb.node.dns_name], ${printLiteral(names)})`),
    config: {
      trusted_proxies: {
        cidrs: blocksOf(node),
        cloudfront_cidrs: reference("data.aws_ec2_managed_prefix_list.cloudfront.entries[*].cidr"),
      },
      limits: { entry_point_timeout: Math.max(10, ...timeouts) },
      secret_header: {
        name: SECRET_HEADER,
        secrets: reference(
          "[for color in local.secret_header_colors : { arn = aws_secretsmanager_secret_version.header[color].arn }]",
        ),
      },
    },
    fleet: {},
  });
  return {
    calls: { "node.tf": calls },
    files: {
      "node.tf": PREFIX_LIST,
      "load_balancer.tf": applicationLoadBalancer({ name: wanted.name, vpcId, subnetIds }),
      "secret.tf": secretFile(wanted.name),
    },
  };
}

const PREFIX_LIST = [
  comment("Addresses of CloudFront. In X-Forwarded-For, the client's address stands before them."),
  block('data "aws_ec2_managed_prefix_list" "cloudfront"', [{ name: "com.amazonaws.global.cloudfront.origin-facing" }]),
].join("\n");

/** As in examples/complete. */
function secretFile(name: string): (tags: Fields) => string {
  return (tags) =>
    [
      comment("The values of the header. The node reads them at boot, so they are not in its user data."),
      `locals {\n${comment("The names of the values are not secret.")}\nsecret_header_colors = nonsensitive([for color, value in var.secret_header_values : color if value != null])\n}\n`,
      block('resource "aws_secretsmanager_secret" "header"', [
        { for_each: reference("toset(local.secret_header_colors)") },
        {
          name_prefix: reference(`"${name}-header-\${each.key}-"`),
          description: "Header by which the Wallarm Node knows the requests of CloudFront",
          ...tags,
        },
      ]),
      block('resource "aws_secretsmanager_secret_version" "header"', [
        { for_each: reference("aws_secretsmanager_secret.header") },
        { secret_id: reference("each.value.id"), secret_string: reference("var.secret_header_values[each.key]") },
      ]),
    ].join("\n");
}
