import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { dynamic } from "../../synth/language/expression/dynamic";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { CloudFrontNode } from "./node-schema";
import { NodeSettings } from "./node-settings";
import { Origins } from "./origins-schema";

export interface DistributionOriginsProps {
  readonly origins: Origins;
  readonly node: CloudFrontNode;
  readonly nodeSettings: NodeSettings;
  readonly nodeTrafficPercent: number;
  /** Of the node's VPC origin, or null. */
  readonly vpcOriginId: IResolvable;
  readonly secretHeaderName: string;
  readonly secretHeaderValue: IResolvable;
}

/** The origins of a distribution at this percentage. */
export class DistributionOrigins extends Construct {
  /** The node as an origin, without the value of the secret header. */
  public readonly nodeOrigin: IResolvable;
  /** The node in place of each origin that it serves, by origin ID. */
  public readonly nodeOrigins: IResolvable;
  /** Names of the node, in lower case. */
  public readonly domainNames: IResolvable;
  /** Who answers now, by origin ID: "node", "application", or "other". */
  public readonly servedBy: IResolvable;
  /** All settings by origin ID, without the value of the secret header. */
  private readonly settings: IResolvable;

  public constructor(
    scope: Construct,
    id: string,
    private readonly props: DistributionOriginsProps,
  ) {
    super(scope, id);
    const { origins, node, nodeSettings, nodeTrafficPercent: percent, vpcOriginId, secretHeaderName } = props;
    const asOrigin = (domainName: IResolvable | string, settings: IResolvable) => hcl`{
          domain_name          = ${domainName}
          custom_origin_config = ${node.vpc_origin} == null ? ${settings} : null
          vpc_origin_config = ${node.vpc_origin} == null ? null : {
            vpc_origin_id            = ${vpcOriginId}
            origin_read_timeout      = ${settings}.origin_read_timeout
            origin_keepalive_timeout = ${settings}.origin_keepalive_timeout
          }
          secret_header_name = ${secretHeaderName}
        }`;

    this.nodeOrigin = local(
      this,
      "node_origin",
      asOrigin(node.domain_name, nodeSettings.ofNode),
      "For an owner who keeps the distribution.",
    );
    this.nodeOrigins = local(
      this,
      "node_origins",
      hcl`{
        for id, origin in ${origins} : id => ${asOrigin(hcl`coalesce(try(origin.node.domain_name, null), ${node.domain_name})`, hcl`${nodeSettings.ofOrigins}[id]`)}
        if origin.served_by == "node"
      }`,
      "What the node replaces in each origin. Path, custom headers, connection attempts, and Origin Shield stay as they are.",
    );
    this.domainNames = local(
      this,
      "node_domain_names",
      hcl`distinct([for name in concat([${node.domain_name}], values(${this.nodeOrigins})[*].domain_name) : lower(name)])`,
    );
    this.servedBy = local(
      this,
      "served_by",
      hcl`{ for id, origin in ${origins} : id => origin.served_by == "node" && ${percent} < 100 ? "application" : origin.served_by }`,
      "By origin. CloudFront does not split requests between origins by percentage, so below 100 percent the application still answers.",
    );
    this.settings = local(
      this,
      "origins",
      hcl`{
        for id, origin in ${origins} : id => merge(origin, { secret_header_name = null }, [
          for served, node in ${this.nodeOrigins} : node if served == id && ${this.servedBy}[id] == "node"
        ]...)
      }`,
      "Without the value of the secret header: it is sensitive, so plans would hide every origin that has it.",
    );
  }

  /** For the contract. A plan shows here what it hides in the distribution. */
  public entryPoints(distributionId: IResolvable, activeSecret: string): IResolvable {
    return hcl`{
        for id, origin in ${this.settings} : id => {
          distribution_id = ${distributionId}
          domain_name     = origin.domain_name
          served_by       = ${this.servedBy}[id]
          secret_header_name = origin.secret_header_name
          active_secret   = origin.secret_header_name == null ? null : ${activeSecret}
        }
      }`;
  }

  /** The `origin` blocks of aws_cloudfront_distribution. */
  public blocks() {
    const value = (name: string) => hcl`origin.value.${name}`;
    const ifGiven = (name: string) => hcl`${value(name)}[*]`;
    const settings = (block: string, ...names: string[]) =>
      Object.fromEntries(names.map((name) => [name, hcl`${block}.value.${name}`]));
    const timeouts = ["origin_keepalive_timeout", "origin_read_timeout"];
    return dynamic(this.settings, {
      origin_id: hcl`origin.key`,
      domain_name: value("domain_name"),
      origin_path: value("origin_path"),
      connection_attempts: value("connection_attempts"),
      connection_timeout: value("connection_timeout"),
      origin_access_control_id: value("origin_access_control_id"),
      custom_header: [
        dynamic(value("custom_headers"), { name: hcl`custom_header.key`, value: hcl`custom_header.value` }),
        dynamic(ifGiven("secret_header_name"), {
          name: hcl`custom_header.value`,
          value: this.props.secretHeaderValue,
        }),
      ],
      custom_origin_config: dynamic(
        ifGiven("custom_origin_config"),
        settings(
          "custom_origin_config",
          "http_port",
          "https_port",
          "origin_protocol_policy",
          "origin_ssl_protocols",
          ...timeouts,
        ),
      ),
      vpc_origin_config: dynamic(
        ifGiven("vpc_origin_config"),
        settings("vpc_origin_config", "vpc_origin_id", ...timeouts),
      ),
      // Without an identity, the provider sends an empty one by itself, and reads no block back.
      s3_origin_config: dynamic(hcl`compact(${ifGiven("s3_origin_config")}.origin_access_identity)`, {
        origin_access_identity: hcl`s3_origin_config.value`,
      }),
      origin_shield: dynamic(ifGiven("origin_shield_region"), {
        enabled: true,
        origin_shield_region: hcl`origin_shield.value`,
      }),
    });
  }
}
