import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { linesIf } from "../../synth/language/expression/directives";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { DEFAULT_CLIENT_HEADER, isTranslated, TrustedProxies } from "./traffic-schema";

/** A name and a value of an element. A comma ends it even in quotes, so that what a client sent cannot swallow the proxy's element. */
const PAIR = `[^",;= ]+=(?:[^",;]*|"[^",]*")`;

/** The header with the client's address. */
export class ClientHeader extends Construct {
  /** Whether nginx cannot read the address in the header. */
  public readonly translated: IResolvable;
  /** Whether the header is another one than X-Forwarded-For, and nginx can read it. */
  public readonly own: IResolvable;
  /** X-Forwarded-For, in the pass that sees the client. */
  public readonly forwardedFor: IResolvable;
  /** Maps of the http block. */
  public readonly maps: string;

  public constructor(scope: Construct, id: string, { client_header: header }: TrustedProxies) {
    super(scope, id);
    this.translated = local(
      this,
      "client_header_is_translated",
      isTranslated(header),
      "nginx can read addresses with a port, but neither for=192.0.2.1 nor an IPv6 address with a port and without brackets.",
    );
    const isDefault = hcl`lower(${header}) == lower("${DEFAULT_CLIENT_HEADER}")`;
    this.own = local(this, "client_header_is_own", hcl`!${this.translated} && !(${isDefault})`);
    const elements = local(
      this,
      "forwarded_elements",
      hcl`{
        for name in ["nearest", "farther"] : name => join("", [
          " *(?:${PAIR.replaceAll('"', '\\"')}; *)*for=(?:",
          "\\"?(?<wallarm_routing_\${name}_ipv4>[0-9.]+)(?::[0-9]+)?\\"?|",
          "\\"?\\\\[(?<wallarm_routing_\${name}_brackets>[0-9A-Fa-f:.]+)\\\\](?::[0-9]+)?\\"?|",
          "\\"?(?<wallarm_routing_\${name}_ipv6>[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)\\"?",
          ")(?: *;(?: *${PAIR.replaceAll('"', '\\"')})?)* *",
        ])
      }`,
      "Elements of Forwarded with the address of a client (https://www.rfc-editor.org/rfc/rfc7239#section-4). A comma ends an element even in quotes, so that what a client sent cannot hide the element that the proxy appends.",
    );
    const addresses = local(
      this,
      "forwarded_addresses",
      hcl`{
        for name in keys(${elements}) : name =>
        "$wallarm_routing_\${name}_ipv4$wallarm_routing_\${name}_brackets$wallarm_routing_\${name}_ipv6"
      }`,
    );
    const list = local(
      this,
      "list_before_the_client",
      hcl`${this.translated} ? "$http_x_forwarded_for" : "$wallarm_routing_forwarded_for"`,
    );
    this.forwardedFor = local(
      this,
      "forwarded_for",
      hcl`${isDefault} ? "$wallarm_routing_forwarded_for" : "$wallarm_routing_named_for"`,
    );
    const variable = hcl`replace(lower(${header}), "-", "_")`;
    const isForwarded = hcl`lower(${header}) == "forwarded"`;
    this.maps = `${linesIf(
      hcl`!(${isDefault})`,
      `
# A list that does not name the client begins with it.
map "$remote_addr ${list}" $wallarm_routing_named_for {
  default "$remote_addr, ${list}";
  "~^([^ ]+) (?:.*[ ,])?\\1(?:[ ,:].*)?\\z" ${list};
}`,
    )}${linesIf(
      this.translated,
      `
# The header of a trusted proxy, and the client in it, in the form of X-Forwarded-For. The list ends with the proxy: the client
# is the last address that is not trusted, and an element without an address leaves the proxy's.
map $wallarm_routing_trusted $wallarm_routing_client_header {
  default "";
  1 $http_${variable};
}

map "$wallarm_routing_trusted$http_${variable}" $wallarm_routing_client {
  default $remote_addr;${linesIf(
    isForwarded,
    `  '~*^1(?:.*,)?${hcl`${elements}.farther`},${hcl`${elements}.nearest`}\\z' "${hcl`${addresses}.farther`}, ${hcl`${addresses}.nearest`}, $remote_addr";
  '~*^1(?:.*,)?${hcl`${elements}.nearest`}\\z' "${hcl`${addresses}.nearest`}, $remote_addr";`,
  )}${linesIf(
    hcl`!(${isForwarded})`,
    `  '~^1\\[?(?<wallarm_routing_viewer>[0-9A-Fa-f:.]+?)\\]?:[0-9]+\\z' "$wallarm_routing_viewer, $remote_addr";`,
  )}
}`,
    )}`;
  }
}
