/** The application behind the node, and the sources of its requests. */
import { IResolvable } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { matches, notEmpty, oneOf, wholeNumber } from "../../synth/variables/rules";
import {
  bool,
  example,
  given,
  list,
  number,
  object,
  ObjectReference,
  optional,
  ReferenceTo,
  Rule,
  Schema,
  set,
  string,
} from "../../synth/variables/schema";
import { portNumber } from "../parts/common-variables";
import { cidrBlock, HOST, hostName } from "../parts/identifiers";
import { secretSchema } from "../parts/secret";
import { pem } from "./pem";

/**
 * Ports that the node uses itself: for the image's own server in a container, for the health check of a container, and from
 * `secondPass` on for requests that pass nginx twice.
 */
export const OWN_PORTS = { image: 18080, health: 18081, secondPass: 18082, last: 18181 };

/** Each has two of these ports. */
const MAXIMUM_BACKENDS = 50;

const backendFields = {
  url: string(
    "Protocol and internal name or address of the application, or of a load balancer in front of it. nginx resolves a name again while it runs.",
    matches(
      new RegExp(`^https?://(${HOST}|\\[[0-9A-Fa-f:]+\\])(:[1-9][0-9]{0,4})?/?$`),
      'be http:// or https:// with a host and an optional port, such as "http://app.internal:8080"',
      {
        accepts: ["http://app.internal:8080", "https://app.internal", "http://10.0.1.10/", "http://[2001:db8::1]:8080"],
        refuses: [
          "app.internal",
          "http://app.internal/v1",
          "http://app.internal:0",
          "ftp://app.internal",
          "http://",
          "http://user@app.internal",
        ],
      },
    ),
    {
      test: (url) => hcl`try(tonumber(regex(":([0-9]+)/?$", ${url})[0]), 80) <= 65535`,
      requirement: "have a port of at most 65535",
      refuses: ["http://app.internal:65536"],
      accepts: ["http://app.internal:65535"],
    },
  ),
  host_header: optional(
    string(
      "Host header for the application. Null: the header of the request.",
      matches(new RegExp(`^${HOST}(:[0-9]{1,5})?$`), 'be a host name such as "shop.example.com"', {
        accepts: ["shop.example.com", "shop.example.com:8443"],
        refuses: ["https://shop.example.com", "shop.example.com/v1", "shop.example.com;", ""],
      }),
    ),
  ),
  tls_server_name: optional(
    string(
      "With https, the server name (SNI) for which the application must have a certificate. Null: the name in host_header or, without host_header, in url.",
      hostName,
    ),
  ),
  tls_server_name_from_request: optional(
    bool(
      "With https, whether the server name is the host of each request. Set it if the application's certificates are for the names of the site.",
    ),
    false,
  ),
  tls_verify: optional(bool("With https, whether the application's certificate must be valid."), true),
  tls_ca_certificates: optional(
    string(
      "With https, the CA certificates that can sign the application's certificate, in PEM. Null: those of the image.",
      pem,
    ),
  ),
};

type Backend = ReferenceTo<Schema<ObjectReference<typeof backendFields>>>;

const backendRules: readonly Rule<Backend>[] = [
  {
    test: ({ url, tls_server_name, tls_server_name_from_request, host_header, tls_verify }) =>
      hcl`anytrue([
        !can(regex("^https://([0-9.]+|[[].*)(:[0-9]+)?/?$", ${url})), !${tls_verify},
        ${tls_server_name} != null, ${tls_server_name_from_request}, ${host_header} != null
      ])`,
    requirement:
      "have a tls_server_name, tls_server_name_from_request, a host_header, or tls_verify = false if url has https and an IP address, because a certificate is for a name",
    refuses: [{ url: "https://10.0.1.10" }, { url: "https://[2001:db8::1]:8443" }],
    accepts: [
      { url: "https://10.0.1.10", tls_server_name: "app.internal" },
      { url: "https://10.0.1.10", host_header: "shop.example.com" },
      { url: "https://10.0.1.10", tls_server_name_from_request: true },
      { url: "https://10.0.1.10", tls_verify: false },
    ],
  },
  {
    test: ({ tls_server_name, tls_server_name_from_request, host_header }) =>
      hcl`!${tls_server_name_from_request} || (${tls_server_name} == null && ${host_header} == null)`,
    requirement: "have neither tls_server_name nor host_header if tls_server_name_from_request is true",
    refuses: [
      { url: "https://app.internal", tls_server_name_from_request: true, tls_server_name: "app.internal" },
      { url: "https://app.internal", tls_server_name_from_request: true, host_header: "shop.example.com" },
    ],
  },
];

/** A single backend. */
export const backendSchema = optional(
  object("The application behind the node. Null if there are several: see backends.", backendFields, ...backendRules),
);

/** Printable ASCII characters that a pattern of an ALB can have, and that a request can have in the place. */
const HOST_PATTERN = /^[0-9A-Za-z.*?_-]{1,128}$/;

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#path-conditions */
const PATH_PATTERN = /^[/*?][0-9A-Za-z_.$\/~"'@:+&*?-]{0,127}$/;

const hostPattern = string(
  "Pattern.",
  matches(HOST_PATTERN, "have 1 to 128 letters, digits, and the characters -_. with * and ? as wildcards", {
    accepts: ["shop.example.com", "*.example.com", "*", "h".repeat(128)],
    refuses: ["shop.example.com:443", "shop.example.com/", "münchen.example", "", "h".repeat(129)],
  }),
);

const pathPattern = string(
  "Pattern.",
  matches(
    PATH_PATTERN,
    "start with / or a wildcard, and have 1 to 128 letters, digits, and the characters _-.$/~\"'@:+&*?",
    {
      accepts: ["/api/*", "*", "/img/?.png", `/${"p".repeat(127)}`],
      refuses: ["api/*", "/a b", "/a%20b", "/a\\b", "", `/${"p".repeat(128)}`],
    },
  ),
);

/** A condition of an ALB rule that the node cannot decide. Without the field, Terraform would drop the condition silently. */
const otherCondition = optional(example(string("Not supported. Must be null."), null));

const backendsFields = {
  hosts: list(
    'Patterns for the host of a request, without port and case, with * for any characters and ? for one. ["*"]: all hosts.',
    "host",
    hostPattern,
    notEmpty("host"),
  ),
  paths: optional(
    list("Patterns for the path of a request, with case and without the query.", "path", pathPattern, notEmpty("path")),
    ["*"],
  ),
  http_header: otherCondition,
  http_request_method: otherCondition,
  query_string: otherCondition,
  source_ip: otherCondition,
  ...backendFields,
  response_timeout: optional(
    number(
      "Seconds that the node waits for the answer of this application. Null, and at most: 7 seconds less than limits.entry_point_timeout.",
      wholeNumber(1, 3993, "seconds"),
    ),
  ),
};

export const backendsSchema = optional(
  example(
    list(
      "Several applications behind the node, instead of backend. The first one whose hosts and paths match gets the request, as with the rules of a load balancer. If none matches, the node answers 421.",
      "backend",
      example(
        object<typeof backendsFields>("An application.", backendsFields, ...backendRules, {
          test: ({ http_header, http_request_method, query_string, source_ip }) =>
            hcl`${http_header} == null && ${http_request_method} == null && ${query_string} == null && ${source_ip} == null`,
          requirement:
            "have no http_header, http_request_method, query_string, or source_ip, because the node selects an application by host and path alone",
          refuses: [{ http_header: "x" }, { source_ip: "10.0.0.0/8" }],
        }),
        { url: "http://app.internal" },
      ),
    ),
    given({ backend: null }, [{ hosts: ["shop.example.com"], url: "http://app.internal" }]),
  ),
  [],
);

type Backends = ReferenceTo<typeof backendsSchema>;

/** The rules of the variable `backends` with the variable `backend`. */
export function insteadOf(backend: Backend): Rule<Backends>[] {
  const entry = { hosts: ["shop.example.com"], url: "http://app.internal" };
  return [
    {
      test: (backends) => hcl`(${backend} == null) == (length(${backends}) > 0)`,
      requirement: "have applications if backend is null, and none if it is not",
      refuses: [given({ backend: { url: "http://app.internal" } }, [entry]), []],
      accepts: [[entry]],
    },
    {
      test: (backends) => hcl`length(${backends}) <= ${MAXIMUM_BACKENDS}`,
      requirement: `have at most ${MAXIMUM_BACKENDS} applications`,
      refuses: [Array.from({ length: MAXIMUM_BACKENDS + 1 }, () => entry)],
      accepts: [Array.from({ length: MAXIMUM_BACKENDS }, () => entry)],
    },
  ];
}

export const entryPointsSchema = example(
  set(
    "DNS names in front of the node: of its load balancer, of its distribution, and of the site. The node must not send requests back to them.",
    "name",
    example(string("Name.", hostName), "shop.example.com"),
  ),
  // One of them must be there.
  given({ backend: { url: "http://app.internal:8080" } }, ["shop.example.com"]),
);

/** The node must not send requests to itself. */
export function notTheBackend(backend: Backend, backends: Backends): Rule<IResolvable> {
  const hosts = hcl`[
    for url in concat(${backend}[*].url, ${backends}[*].url) : try(lower(regex("^https?://([^:/]+)", url)[0]), "")
  ]`;
  const several = { backend: null, backends: [{ hosts: ["*"], url: "http://shop.example.com" }] };
  return {
    test: (names) => hcl`length(setintersection([for name in ${names} : lower(name)], ${hosts})) == 0`,
    requirement: "not contain the host of a backend, or the node would send every request back to its entry point",
    offending: (names) => hcl`[for name in ${names} : name if contains(${hosts}, lower(name))]`,
    refuses: [
      given({ backend: { url: "http://shop.example.com" } }, ["SHOP.example.com"]),
      given({ backend: { url: "https://SHOP.example.com:8443/" } }, ["cdn.example.com", "shop.example.com"]),
      given(several, ["shop.example.com"]),
    ],
  };
}

export const listenerSchema = optional(
  example(
    object(
      "The port on which the node accepts requests. The image always listens on port 80. Any other port is added.",
      {
        port: optional(
          number("TCP port.", portNumber, {
            test: (port) => hcl`${port} < ${OWN_PORTS.image} || ${port} > ${OWN_PORTS.last}`,
            requirement: `not be ${OWN_PORTS.image} to ${OWN_PORTS.last}, which the node uses itself`,
            refuses: [OWN_PORTS.image, OWN_PORTS.last],
            accepts: [OWN_PORTS.image - 1, OWN_PORTS.last + 1],
          }),
          80,
        ),
        proxy_protocol: optional(
          bool(
            "Whether each connection begins with a PROXY protocol header, which the target group of an NLB can send.",
          ),
          false,
        ),
        http2: optional(bool("Whether to accept HTTP/2, with or without TLS."), false),
        tls_certificate_secret: optional(
          secretSchema(
            "For TLS on the port: the secret with the certificate chain and the private key, both in PEM, in one text.",
          ),
        ),
      },
      {
        test: ({ port, proxy_protocol, http2, tls_certificate_secret }) =>
          hcl`${port} != 80 || (!${proxy_protocol} && !${http2} && ${tls_certificate_secret} == null)`,
        requirement:
          "have a port other than 80 for proxy_protocol, http2, or TLS, because the image's own server on 80 does not support them",
        refuses: [
          { proxy_protocol: true, port: 80 },
          { http2: true, port: 80 },
          { tls_certificate_secret: {}, port: 80 },
        ],
      },
    ),
    {},
    {
      http2: { port: 8080 },
      proxy_protocol: given({ trusted_proxies: { cidrs: ["10.0.1.0/24"] } }, { port: 8080 }),
      tls_certificate_secret: { port: 8443 },
    },
  ),
  {},
);

export type Listener = ReferenceTo<typeof listenerSchema>;

/** Headers that report something else than the client, in lowercase. */
const HEADERS_OF_THE_NODE = ["connection", "host", "upgrade", "x-forwarded-port", "x-forwarded-proto"];

const proxyBlock = string("Block.", cidrBlock, {
  test: (cidr) => hcl`!endswith(${cidr}, "/0")`,
  requirement: "not be the whole internet, or every client could claim to be another",
  refuses: ["0.0.0.0/0", "::/0"],
});

export const DEFAULT_CLIENT_HEADER = "X-Forwarded-For";

/** In lowercase. nginx's real_ip_header reads addresses, and neither pairs such as for=192.0.2.1 nor 2001:db8::1:443 without brackets. */
const TRANSLATED_HEADERS = ["forwarded", "cloudfront-viewer-address"];

/** Whether nginx translates the header before it reads the client's address. */
export function isTranslated(clientHeader: string): IResolvable {
  return hcl`contains(${TRANSLATED_HEADERS}, lower(${clientHeader}))`;
}

/** Each hyphen can also be an underscore or a dot, and nginx removes every such form. */
export const fewHyphens: Rule<string> = {
  test: (name) => hcl`length(split("-", ${name})) <= 5`,
  requirement: "have at most four hyphens",
  refuses: ["X-A-B-C-D-E"],
  accepts: ["X-A-B-C-D"],
};

const clientHeader = example(
  string(
    'Header in which these proxies report the client: a list that each proxy appends to, or one address. "X-Source-Ip" with a parameter mapping of API Gateway, "Forwarded" behind an HTTP API, or "CloudFront-Viewer-Address". The proxy must replace the header that a client sends.',
    matches(/^[A-Za-z][0-9A-Za-z-]{0,39}$/, "have 1 to 40 letters, digits, and hyphens, and start with a letter", {
      accepts: ["X-Source-Ip", "x".repeat(40)],
      refuses: ["X_Source_Ip", "", "X-Source-Ip;", "x".repeat(41)],
    }),
    fewHyphens,
    {
      test: (name) => hcl`!contains(${HEADERS_OF_THE_NODE}, lower(${name}))`,
      requirement: `not be ${HEADERS_OF_THE_NODE.join(", ")}, which have another meaning`,
      refuses: ["Host", "x-forwarded-proto"],
    },
  ),
  "X-Source-Ip",
);

export const trustedProxiesSchema = optional(
  example(
    object(
      "The proxies that the node trusts to report the client of a request. Null or empty: none, and the client is the source of the connection.",
      {
        cidrs: optional(
          set(
            "CIDR blocks of the subnets of the load balancer in front of the node. Do not set larger blocks, because every sender in them can claim to be any client.",
            "cidr",
            proxyBlock,
          ),
          [],
        ),
        cloudfront_cidrs: optional(
          set(
            "CloudFront's addresses, if CloudFront is in front of the load balancer or of the node: the entries of the prefix lists com.amazonaws.global.cloudfront.origin-facing and com.amazonaws.global.ipv6.cloudfront.origin-facing.",
            "cidr",
            proxyBlock,
          ),
          [],
        ),
        client_header: optional(clientHeader, DEFAULT_CLIENT_HEADER),
        client_protocol: optional(
          string(
            'Protocol of the clients, if the load balancer cannot report it in X-Forwarded-Proto: "https" behind an NLB with a TLS listener, or behind an HTTP API.',
            oneOf("http", "https"),
          ),
        ),
      },
      {
        test: ({ client_header, cidrs, cloudfront_cidrs }) =>
          hcl`lower(${client_header}) == lower("${DEFAULT_CLIENT_HEADER}") || length(${cidrs}) + length(${cloudfront_cidrs}) > 0`,
        requirement:
          "have cidrs with another client_header, because the node reads the header only from proxies that it trusts",
        refuses: [{ client_header: "X-Source-Ip", cidrs: [] }],
        accepts: [{ client_header: "X-Source-Ip", cidrs: ["10.0.1.0/24"] }],
      },
      {
        test: ({ client_header, client_protocol }) =>
          hcl`!${isTranslated(client_header)} || ${client_protocol} != null`,
        requirement: "have a client_protocol if client_header is Forwarded or CloudFront-Viewer-Address",
        refuses: [{ client_header: "Forwarded", client_protocol: null, cidrs: ["10.0.1.0/24"] }],
        accepts: [{ client_header: "CloudFront-Viewer-Address", client_protocol: "https", cidrs: ["10.0.1.0/24"] }],
      },
    ),
    {},
    { client_header: { cidrs: ["10.0.1.0/24"] } },
  ),
  {},
);

/** The rules of the variable `trusted_proxies` with the PROXY protocol. */
export function trustedProxiesWithProxyProtocol({ proxy_protocol }: Listener): Rule<TrustedProxies>[] {
  const withProtocol = { listener: { proxy_protocol: true, port: 8080 } };
  return [
    {
      test: ({ cidrs }) => hcl`!${proxy_protocol} || length(${cidrs}) > 0`,
      requirement:
        "have the load balancer's subnets in cidrs if listener.proxy_protocol is true, because nginx accepts the client's address from no other source",
      refuses: [given(withProtocol, {})],
      accepts: [given(withProtocol, { cidrs: ["10.0.1.0/24"] })],
    },
    {
      test: ({ client_header }) =>
        hcl`!${proxy_protocol} || lower(${client_header}) == lower("${DEFAULT_CLIENT_HEADER}")`,
      requirement:
        "have no other client_header if listener.proxy_protocol is true, because the protocol reports the client",
      refuses: [given(withProtocol, { client_header: "X-Source-Ip", cidrs: ["10.0.1.0/24"] })],
    },
    {
      test: ({ cloudfront_cidrs }) => hcl`!${proxy_protocol} || length(${cloudfront_cidrs}) == 0`,
      requirement:
        "have no cloudfront_cidrs if listener.proxy_protocol is true, because the protocol reports CloudFront's address and not the client's: set it to false",
      refuses: [given(withProtocol, { cidrs: ["10.0.1.0/24"], cloudfront_cidrs: ["192.0.2.0/24"] })],
    },
  ];
}

export type TrustedProxies = ReferenceTo<typeof trustedProxiesSchema>;

export const healthPathSchema = optional(
  string(
    "Path for the health check of the load balancer. The node answers it with 200, to every source, and never forwards it to the application.",
    matches(/^(\/[0-9A-Za-z_~-][0-9A-Za-z._~-]*)+$/, 'be a path such as "/wallarm-node-health"', {
      accepts: ["/wallarm-node-health", "/a/b_~-"],
      refuses: ["health", "/", "/../etc", "/a b", "", "/a/", "/a//b", "/a;", "/a?b"],
    }),
    {
      test: (path) => hcl`!startswith(${path}, "/wallarm-apifw")`,
      requirement: "not start with /wallarm-apifw, which the node uses itself",
      refuses: ["/wallarm-apifw", "/wallarm-apifw/x"],
    },
  ),
  "/wallarm-node-health",
);

/**
 * ALB: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#connection-idle-timeout,
 * CloudFront: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html#DownloadDistValuesOriginResponseTimeout,
 * REST API: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const limitsSchema = optional(
  object("Limits of requests.", {
    entry_point_timeout: optional(
      number(
        "Seconds after which the entry point gives up a request: by default, 60 for an ALB, 30 for CloudFront and for an HTTP API, 29 for a REST API. The node answers 504 one second earlier. WebSockets and event streams stay open for as long as the entry point allows.",
        wholeNumber(10, 4000, "seconds"),
      ),
      60,
    ),
    max_body_size: optional(
      number(
        "Maximum size of a request body in MiB. The node answers 413 to larger ones. 0: no limit.",
        wholeNumber(0, 102400, "MiB"),
      ),
      100,
    ),
  }),
  {},
);

export const resolverSchema = optional(
  object("DNS resolution of the backend's name.", {
    address: optional(
      string("IPv4 address of a DNS server, with a port if it is not 53. The default is the resolver of every VPC.", {
        test: (address) =>
          hcl`can(cidrhost(${text`${hcl`regex("^([0-9.]+)(?::[1-9][0-9]{0,4})?$", ${address})[0]`}/32`}, 0))`,
        requirement: 'be an IPv4 address such as "169.254.169.253", with a port if it is not 53',
        refuses: ["dns.internal", "10.0.0", "10.0.0.2:0", "2001:db8::1"],
        accepts: ["169.254.169.253", "10.0.0.2:5353"],
      }),
      "169.254.169.253",
    ),
    ipv6: optional(bool("Whether the node can also connect to the backend over IPv6."), false),
  }),
  {},
);
