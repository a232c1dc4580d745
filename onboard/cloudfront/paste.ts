/** For the owner of a distribution: what replaces its origins at 100 percent, in Terraform and without. */
import { JudgedOrigin } from "./origins";
import { Step } from "../composition";
import { body, Fields, reference } from "../hcl";
import { format } from "../format";
import { printLiteral } from "../../synth/language/print/hcl";

interface Way {
  /** CloudFront reaches the node inside of the VPC. */
  readonly isInside: boolean;
  /** Why the owner has to do it, as the begin of a sentence. */
  readonly because: string | undefined;
}

export function cutover(id: string, covered: readonly JudgedOrigin[], { isInside, because }: Way): Step[] {
  const blocks = covered.map((origin) => originBlock(origin, isInside));
  const names = covered.map((origin) => `\`${origin.id}\``).join(", ");
  return [
    {
      title: "Make the node the origin",
      text: [
        `${because === undefined ? "At 100 percent," : `${because} at 100 percent,`} the owner of the distribution \`${id}\` replaces the origins ${names} with the node, after you have applied.`,
        `In Terraform, the owner writes this once. \`local.wallarm\` has the outputs of this configuration, such as \`data.terraform_remote_state.wallarm.outputs\`. Everything else of an origin stays: its path, its own headers, connection attempts, and Origin Shield.`,
        `\`\`\`hcl\n${format(blocks.join("\n")).trim()}\n\`\`\``,
        `Without Terraform, if your AWS CLI knows all settings of the distribution (\`aws cloudfront update-distribution --generate-cli-skeleton | grep OriginHttpVersion\` prints a line). The files have the secrets of the distribution:`,
        `\`\`\`sh\n${commands(id)}\n\`\`\``,
        `**The way back:** you set \`node_traffic_percent = 0\`, and the owner applies after you. Without Terraform, and if nobody has changed the distribution since then:`,
        `\`\`\`sh\n${wayBack(id)}\n\`\`\``,
      ].join("\n\n"),
    },
  ];
}

const CUSTOM: Fields = {
  ...{ http_port: 80, https_port: 443, origin_protocol_policy: "https-only", origin_ssl_protocols: ["TLSv1.2"] },
  ...{ origin_read_timeout: 30, origin_keepalive_timeout: 5 },
};
const VPC: Fields = { origin_read_timeout: 30, origin_keepalive_timeout: 5 };

function originBlock({ id, connection }: JudgedOrigin, isInside: boolean): string {
  const node = `local.wallarm.cutover_origins[${printLiteral(id)}]`;
  const isVpcToday = "vpc_origin_config" in connection;
  const name = (isVpc: boolean) => (isVpc ? "vpc_origin_config" : "custom_origin_config");
  const today = { ...(isVpcToday ? VPC : CUSTOM), ...(connection[name(isVpcToday)] as Fields) };
  const ofNode = (isVpc: boolean) => Object.keys(isVpc ? { vpc_origin_id: "", ...VPC } : CUSTOM);
  const config = (value: (argument: string) => Fields[string], names: readonly string[]) =>
    body(Object.fromEntries(names.map((argument) => [argument, value(argument)])));
  const settings =
    isVpcToday === isInside
      ? `${name(isInside)} {\n${config(
          (argument) =>
            reference(`try(${node}.${name(isInside)}.${argument}, ${printLiteral(today[argument] as string)})`),
          ofNode(isInside),
        )}\n}`
      : [
          `dynamic "${name(isVpcToday)}" {\nfor_each = can(${node}) ? [] : [1]\n\ncontent {\n${body(today)}\n}\n}`,
          `dynamic "${name(isInside)}" {\nfor_each = try([${node}.${name(isInside)}], [])\n\ncontent {\n${config(
            (argument) => reference(`${name(isInside)}.value.${argument}`),
            ofNode(isInside),
          )}\n}\n}`,
        ].join("\n\n");
  return [
    "origin {",
    body({
      origin_id: id,
      domain_name: reference(`try(${node}.domain_name, ${printLiteral(connection.domain_name)})`),
    }),
    `\n${settings}\n`,
    `dynamic "custom_header" {\nfor_each = can(${node}) ? [local.wallarm.secret_header] : []\n\ncontent {\nname = custom_header.value.name\nvalue = custom_header.value.value\n}\n}`,
    "}\n",
  ].join("\n");
}

function commands(id: string): string {
  return `aws cloudfront get-distribution-config --id ${id} > distribution.json # keep it for the way back
jq --argjson nodes "$(terraform output -json cutover_origins)" --argjson secret "$(terraform output -json secret_header)" '
  .DistributionConfig | .Origins.Items |= map($nodes[.Id] as $node | if $node == null then . else
    .DomainName = $node.domain_name
    | .CustomHeaders = ([(.CustomHeaders.Items // [])[] | select(.HeaderName != $secret.name)]
      + [{HeaderName: $secret.name, HeaderValue: $secret.value}] | {Quantity: length, Items: .})
    | if $node.vpc_origin_config == null then del(.VpcOriginConfig)
      | .CustomOriginConfig += ($node.custom_origin_config | {HTTPPort: .http_port, HTTPSPort: .https_port,
        OriginProtocolPolicy: .origin_protocol_policy, OriginReadTimeout: .origin_read_timeout,
        OriginKeepaliveTimeout: .origin_keepalive_timeout,
        OriginSslProtocols: {Quantity: (.origin_ssl_protocols | length), Items: .origin_ssl_protocols}})
      else del(.CustomOriginConfig)
      | .VpcOriginConfig = ($node.vpc_origin_config | {VpcOriginId: .vpc_origin_id,
        OriginReadTimeout: .origin_read_timeout, OriginKeepaliveTimeout: .origin_keepalive_timeout})
      end
    end)' distribution.json > cutover.json
aws cloudfront update-distribution --id ${id} --if-match "$(jq -r .ETag distribution.json)" \\
  --distribution-config file://cutover.json`;
}

function wayBack(id: string): string {
  return `jq .DistributionConfig distribution.json > back.json
aws cloudfront update-distribution --id ${id} --distribution-config file://back.json \\
  --if-match "$(aws cloudfront get-distribution-config --id ${id} --query ETag --output text)"`;
}
