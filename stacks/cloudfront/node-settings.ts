import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { printLiteral } from "../../synth/language/print/hcl";
import { given, like, Rule } from "../../synth/variables/schema";
import { CLEAR_TEXT, CloudFrontNode, cloudfrontNodeSchema, VPC_ORIGIN } from "./node-schema";
import { DEFAULTS, Origins } from "./origins-schema";

/** Settings that the VPC origin has, for all origins of a distribution. */
const OF_THE_VPC_ORIGIN = ["http_port", "https_port", "origin_protocol_policy", "origin_ssl_protocols"];

/** What origins requires of the node. */
export function originsWithNode(node: CloudFrontNode): Rule<IResolvable>[] {
  const shop = { domain_name: "shop.example.com" };
  const inClearText = (origins: IResolvable) => hcl`[
    for id, origin in ${origins} : id
    if origin.served_by == "node" && contains(${CLEAR_TEXT}, coalesce(
      try(origin.node.origin_protocol_policy, null),
      ${node.origin_protocol_policy},
      try(origin.custom_origin_config.origin_protocol_policy, null),
      "https-only",
    ))
  ]`;
  const ofTheVpcOrigin = (origins: IResolvable) => hcl`[
    for id, origin in ${origins} : id
    if anytrue([for name in ${OF_THE_VPC_ORIGIN} : try(origin.node[name] != null, false)])
  ]`;
  return [
    {
      test: (origins) =>
        hcl`${node.allow_clear_text} || ${node.vpc_origin} != null || length(${inClearText(origins)}) == 0`,
      requirement:
        'not lead to the node in HTTP, as they lead to the application today, because the secret header could be read: set origin_protocol_policy = "https-only" in node or origins[*].node, or node.allow_clear_text = true',
      refuses: [
        { shop: { ...shop, custom_origin_config: { origin_protocol_policy: "http-only" } } },
        { shop: { ...shop, custom_origin_config: {}, node: { origin_protocol_policy: "match-viewer" } } },
      ],
      accepts: [
        {
          shop: {
            ...shop,
            custom_origin_config: { origin_protocol_policy: "http-only" },
            node: { origin_protocol_policy: "https-only" },
          },
        },
      ],
      offending: inClearText,
    },
    {
      test: (origins) => hcl`${node.vpc_origin} == null || length(${ofTheVpcOrigin(origins)}) == 0`,
      requirement:
        "have no ports, protocol policy, or TLS versions in origins[*].node with node.vpc_origin: the VPC origin has them, so set them in node",
      refuses: [
        given(
          { node: like(cloudfrontNodeSchema, { vpc_origin: VPC_ORIGIN }) },
          { shop: { ...shop, custom_origin_config: {}, node: { https_port: 8443 } } },
        ),
      ],
      offending: ofTheVpcOrigin,
    },
  ];
}

export interface NodeSettingsProps {
  readonly node: CloudFrontNode;
  readonly origins: Origins;
  /** Ports that the module's security groups admit. Null without such groups. */
  readonly admittedPorts: IResolvable;
}

/** How CloudFront reaches the node: as it reaches each origin today, with the changes that the caller names. */
export class NodeSettings extends Construct {
  /** Of the node alone: for a VPC origin, and for an owner who pastes. */
  public readonly ofNode: IResolvable;
  /** By origin ID. */
  public readonly ofOrigins: IResolvable;
  /** Ports on which CloudFront reaches the node. */
  public readonly ports: IResolvable;
  /** For the contract. */
  public readonly port: IResolvable;
  /** For the contract. */
  public readonly protocol: IResolvable;

  public constructor(scope: Construct, id: string, { node, origins, admittedPorts }: NodeSettingsProps) {
    super(scope, id);
    const defaults = local(
      this,
      "origin_defaults",
      hcl`{
        http_port                = ${DEFAULTS.http_port}
        https_port               = ${DEFAULTS.https_port}
        origin_protocol_policy   = ${printLiteral(DEFAULTS.origin_protocol_policy)}
        origin_ssl_protocols     = toset(${DEFAULTS.origin_ssl_protocols})
        origin_read_timeout      = ${DEFAULTS.origin_read_timeout}
        origin_keepalive_timeout = ${DEFAULTS.origin_keepalive_timeout}
      }`,
    );
    /** Later ones override earlier ones. */
    const merged = (...sources: IResolvable[]) => hcl`merge([
      for settings in ${[defaults, ...sources]} :
      { for name in keys(${defaults}) : name => settings[name] if try(settings[name], null) != null }
    ]...)`;
    this.ofNode = local(this, "node_settings", merged(node), "What node does not set has AWS's defaults.");
    this.ofOrigins = local(
      this,
      "node_settings_by_origin",
      hcl`{
        for id, origin in ${origins} :
        id => ${merged(hcl`origin.vpc_origin_config`, hcl`origin.custom_origin_config`, node, hcl`origin.node`)}
      }`,
      "What neither node nor origins[*].node sets stays as it is today.",
    );
    const inUse = local(
      this,
      "node_settings_in_use",
      hcl`coalescelist(
        [for id, origin in ${origins} : ${this.ofOrigins}[id] if origin.served_by == "node" && ${node.vpc_origin} == null],
        [${this.ofNode}],
      )`,
      "A VPC origin has the ports and the protocol of node.",
    );
    this.ports = local(
      this,
      "node_ports",
      hcl`distinct(flatten([
        for settings in ${inUse} : [
          settings.origin_protocol_policy != "https-only" ? [settings.http_port] : [],
          settings.origin_protocol_policy != "http-only" ? [settings.https_port] : [],
        ]
      ]))`,
      "With match-viewer, CloudFront uses the port for the protocol of the viewer's request.",
    );
    this.port = hcl`try(one(${this.ports}), ${this.ofNode}.https_port)`;
    this.protocol = hcl`alltrue([for settings in ${inUse} : settings.origin_protocol_policy == "http-only"]) ? "HTTP" : "HTTPS"`;

    const shortened = local(
      this,
      "shortened_timeouts",
      hcl`flatten([
        for id, origin in ${origins} : [
          for name in ["origin_read_timeout", "origin_keepalive_timeout"] : "\${id} (\${name})"
          if origin.served_by == "node" && ${this.ofOrigins}[id][name] < try(
            origin.custom_origin_config[name],
            origin.vpc_origin_config[name],
            0,
          )
        ]
      ])`,
    );
    new Check(this, "no_timeout_gets_shorter", {
      condition: hcl`length(${shortened}) == 0`,
      errorMessage:
        text`With the node, CloudFront waits for a shorter time than today: ${hcl`join(", ", ${shortened})`}. Remove the ` +
        "timeout from node or origins[*].node, unless all responses arrive in time.",
    });
    const refused = local(
      this,
      "ports_without_security_group",
      hcl`${admittedPorts} == null ? [] : setsubtract(${this.ports}, ${admittedPorts})`,
    );
    new Check(this, "security_groups_admit_the_ports_of_the_node", {
      condition: hcl`length(${refused}) == 0`,
      errorMessage:
        text`CloudFront connects to the node on ports that security_groups.ports does not have: ` +
        text`${hcl`join(", ", ${refused})`}. Add them, unless other security groups of the node admit CloudFront there.`,
    });
  }
}
