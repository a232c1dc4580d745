/** What the node stands between: the application behind it, and who sends it requests. */
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { matches, oneOf, wholeNumber } from "../../synth/variables/rules";
import { bool, number, object, optional, ReferenceTo, set, string } from "../../synth/variables/schema";
import { portNumber } from "../parts/common-variables";
import { cidrBlock, HOST, hostName } from "../parts/identifiers";
import { secretSchema } from "../parts/secret";
import { pem } from "./pem";

/** Ports that the container keeps for itself: the server that its image renders, and the health check. */
export const CONTAINER_PORTS = { image: 18080, health: 18081 };

export const backendSchema = object(
  "The application, as the node reaches it.",
  {
    url: string(
      "Protocol and internal name, or address, of the application or of a load balancer in front of it. A name is resolved again and again.",
      matches(
        new RegExp(`^https?://(${HOST}|\\[[0-9A-Fa-f:]+\\])(:[1-9][0-9]{0,4})?/?$`),
        'be http:// or https:// with a host and, where needed, a port, such as "http://app.internal:8080"',
      ),
      {
        test: (url) => hcl`try(tonumber(regex(":([0-9]+)/?$", ${url})[0]), 80) <= 65535`,
        requirement: "have a port of at most 65535",
      },
    ),
    host_header: optional(
      string(
        "Host header that the application gets; null: the one of the request.",
        matches(new RegExp(`^${HOST}(:[0-9]{1,5})?$`), 'be a host name such as "shop.example.com"'),
      ),
    ),
    tls_server_name: optional(
      string(
        "With https, the name that the application is asked for and whose certificate it must show; null: the name in host_header, else the one in url.",
        hostName,
      ),
    ),
    tls_verify: optional(bool("With https, whether the application's certificate must be valid."), true),
    tls_ca_certificates: optional(
      string("With https, the certificates that vouch for the application's, in PEM; null: those of the image.", pem),
    ),
  },
  {
    test: ({ url, tls_server_name, host_header, tls_verify }) =>
      hcl`!can(regex("^https://([0-9.]+|[[].*)(:[0-9]+)?/?$", ${url})) || !${tls_verify} || ${tls_server_name} != null || ${host_header} != null`,
    requirement:
      "have a tls_server_name where url has https and an address: a certificate is for a name. Or set tls_verify = false",
    received: ({ url }) => hcl`${url}`,
  },
);

export const entryPointsSchema = set(
  "DNS names in front of the node: of the load balancer that sends to it, of its distribution, of the site. The node must not send requests back there.",
  "name",
  string("Name.", hostName),
);

export const listenerSchema = optional(
  object(
    "Where the node takes requests. Port 80 is the one that the image listens on anyway; any other is added.",
    {
      port: optional(
        number("TCP port.", portNumber, {
          test: (port) => hcl`!contains([${CONTAINER_PORTS.image}, ${CONTAINER_PORTS.health}], ${port})`,
          requirement: `not be ${CONTAINER_PORTS.image} or ${CONTAINER_PORTS.health}, which the container needs itself`,
        }),
        80,
      ),
      proxy_protocol: optional(
        bool("Whether each connection begins with the PROXY protocol, as an NLB's target group can have it."),
        false,
      ),
      http2: optional(bool("Whether HTTP/2 is spoken, with TLS or without."), false),
      tls_certificate_secret: optional(
        secretSchema(
          "For TLS on the port: the secret with certificate chain and private key, both in PEM, in one text.",
        ),
      ),
    },
    {
      test: ({ port, proxy_protocol, http2, tls_certificate_secret }) =>
        hcl`${port} != 80 || (!${proxy_protocol} && !${http2} && ${tls_certificate_secret} == null)`,
      requirement:
        "have a port other than 80 for proxy_protocol, http2 or TLS: on 80 the image itself listens, without them",
    },
  ),
  {},
);

export type Listener = ReferenceTo<typeof listenerSchema>;

const proxyBlock = string("Block.", cidrBlock, {
  test: (cidr) => hcl`!endswith(${cidr}, "/0")`,
  requirement: "not be the whole internet: every client could claim to be another",
});

export const trustedProxiesSchema = optional(
  object(
    "Who is believed about the client of a request. Null or empty: nobody, and the client is whoever opened the connection.",
    {
      cidrs: optional(
        set(
          "Addresses of the load balancer in front of the node: the CIDR blocks of its subnets. Not wider: who sends from there says who the client is.",
          "cidr",
          proxyBlock,
        ),
        [],
      ),
      cloudfront_cidrs: optional(
        set(
          "Where CloudFront stands in front of the load balancer, or of the node: its addresses, the entries of the prefix lists com.amazonaws.global.cloudfront.origin-facing and com.amazonaws.global.ipv6.cloudfront.origin-facing.",
          "cidr",
          proxyBlock,
        ),
        [],
      ),
      client_protocol: optional(
        string(
          'What clients speak, where the load balancer cannot say it in X-Forwarded-Proto: "https" behind an NLB with a TLS listener.',
          oneOf("http", "https"),
        ),
      ),
    },
  ),
  {},
);

export type TrustedProxies = ReferenceTo<typeof trustedProxiesSchema>;

export const healthPathSchema = optional(
  string(
    "Path that the node answers itself, with 200, to whoever asks: for the health check of the load balancer. The application never gets it.",
    matches(/^(\/[0-9A-Za-z_~-][0-9A-Za-z._~-]*)+$/, 'be a path such as "/wallarm-node-health"'),
    {
      test: (path) => hcl`!startswith(${path}, "/wallarm-apifw")`,
      requirement: "not start with /wallarm-apifw, which the node uses itself",
    },
  ),
  "/wallarm-node-health",
);

/**
 * ALB: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#connection-idle-timeout,
 * REST API: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const limitsSchema = optional(
  object("How much of a request, and how long.", {
    entry_point_timeout: optional(
      number(
        "Seconds after which the entry point gives a request up: 60 for an ALB or CloudFront as they come, 29 for a REST API, 30 for an HTTP API. The node gives up a second earlier, with 504.",
        wholeNumber(10, 4000, "seconds"),
      ),
      60,
    ),
    max_body_size: optional(
      number(
        "Largest body of a request, in MiB; the node answers a larger one with 413. 0: any.",
        wholeNumber(0, 102400, "MiB"),
      ),
      100,
    ),
  }),
  {},
);

export const resolverSchema = optional(
  object("Where the backend's name is resolved.", {
    address: optional(
      string("IPv4 address of a DNS server, with a port where it is not 53. The default is that of every VPC.", {
        test: (address) =>
          hcl`can(cidrhost(${text`${hcl`regex("^([0-9.]+)(?::[1-9][0-9]{0,4})?$", ${address})[0]`}/32`}, 0))`,
        requirement: 'be an IPv4 address such as "169.254.169.253", with a port where it is not 53',
      }),
      "169.254.169.253",
    ),
    ipv6: optional(bool("Whether the backend may be reached over IPv6."), false),
  }),
  {},
);
