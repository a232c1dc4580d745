import { rules } from "../modules/refusals";
import { describeWithTools } from "../tools";
import { type Accepted, call, type Inputs, type Refused, renderAll, secretArn } from "./support/module";

const backend = { url: "https://app.internal" };
const tls = { tls_certificate_secret: { arn: secretArn("node") } };
const value = "0123456789abcdef0123456789abcdef";
const HOST = "be a host name such as";
const SECRET = "be the ARN of a secret (arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX)";
const KEY = "be a key of letters, digits and the characters _.-.";
const REFUSED_HEADERS =
  "not be a header with a meaning of its own (accept, authorization, connection, content-length, content-type, cookie, host, te, transfer-encoding, upgrade, user-agent, x-forwarded-for, x-forwarded-port, x-forwarded-proto, x-real-ip)";
const HEADER_SOURCE =
  "secret_header must have either secrets or secret_header_values, and secret_header_values need a secret_header: without a value every request would be refused, or none.";

/** What is refused, and what its caller reads. */
const refusedCalls: readonly (readonly [Inputs, string])[] = [
  [
    { backend: { url: "https://10.0.0.1:8443" } },
    'backend must have a tls_server_name where url has https and an address: a certificate is for a name. Or set tls_verify = false. Received: "https://10.0.0.1:8443".',
  ],
  ...[
    "app.internal",
    "ftp://app.internal",
    "http://",
    "http://app.internal/shop",
    "http://u@app.internal",
    "http://a:0",
  ].map((url): [Inputs, string] => [
    { backend: { url } },
    `backend.url must be http:// or https:// with a host and, where needed, a port, such as "http://app.internal:8080". Received: "${url}".`,
  ]),
  [
    { backend: { url: "http://a:65536" } },
    'backend.url must have a port of at most 65535. Received: "http://a:65536".',
  ],
  [
    { backend: { ...backend, host_header: "shop;" } },
    `backend.host_header must ${HOST} "shop.example.com". Received: "shop;".`,
  ],
  [
    { backend: { ...backend, tls_server_name: "$host" } },
    `backend.tls_server_name must ${HOST} "app.internal". Received: "$host".`,
  ],
  [
    { backend: { ...backend, tls_ca_certificates: "ca.pem" } },
    'backend.tls_ca_certificates must be one or more certificates in PEM. Received: "ca.pem".',
  ],
  [
    { entry_points: ["https://shop.example.com"] },
    `entry_points[*] must ${HOST} "app.internal". Received: entry_points = "https://shop.example.com".`,
  ],
  ...["http://shop.example.com", "https://SHOP.example.com:8443/"].map((url): [Inputs, string] => [
    { backend: { url }, entry_points: ["cdn.example.com", "Shop.Example.com"] },
    "entry_points must not have the backend's own name, shop.example.com: the node would send every request back to where it came from. Set backend.url to the application itself, or to a load balancer of its own.",
  ]),
  ...[{ http2: true }, { proxy_protocol: true }, tls].map((listener): [Inputs, string] => [
    { listener, trusted_proxies: { cidrs: ["10.0.0.0/24"] } },
    "listener must have a port other than 80 for proxy_protocol, http2 or TLS: on 80 the image itself listens, without them. Received: ",
  ]),
  [{ listener: { port: 0 } }, "listener.port must be a whole number from 1 to 65535. Received: 0."],
  [
    { listener: { port: 18080 } },
    "listener.port must not be 18080 or 18081, which the container needs itself. Received: 18080.",
  ],
  [
    { listener: { port: 443, tls_certificate_secret: { arn: "node" } } },
    `listener.tls_certificate_secret.arn must ${SECRET}. Received: "node".`,
  ],
  [
    { listener: { port: 443, tls_certificate_secret: { ...tls.tls_certificate_secret, json_key: "'" } } },
    `listener.tls_certificate_secret.json_key must ${KEY} Received: "'".`,
  ],
  [
    { trusted_proxies: { cidrs: ["10.0.0.1"] } },
    'trusted_proxies.cidrs[*] must be a CIDR block such as "192.0.2.0/24". Received: trusted_proxies.cidrs = "10.0.0.1".',
  ],
  ...["0.0.0.0/0", "::/0"].flatMap((cidr): [Inputs, string][] =>
    ["cidrs", "cloudfront_cidrs"].map((field) => [
      { trusted_proxies: { [field]: [cidr] } },
      `trusted_proxies.${field}[*] must not be the whole internet: every client could claim to be another. Received: trusted_proxies.${field} = "${cidr}".`,
    ]),
  ),
  [
    { trusted_proxies: { cloudfront_cidrs: ["cloudfront"] } },
    'trusted_proxies.cloudfront_cidrs[*] must be a CIDR block such as "192.0.2.0/24". Received: trusted_proxies.cloudfront_cidrs = "cloudfront".',
  ],
  [
    { trusted_proxies: { client_protocol: "tls" } },
    'trusted_proxies.client_protocol must be one of http, https. Received: "tls".',
  ],
  [
    { listener: { port: 81, proxy_protocol: true } },
    "trusted_proxies.cidrs must name the load balancer's subnets where listener.proxy_protocol is true: from nobody else the protocol's client address is taken.",
  ],
  [
    {
      listener: { port: 81, proxy_protocol: true },
      trusted_proxies: { cidrs: ["10.0.0.0/24"], cloudfront_cidrs: ["192.0.2.0/24"] },
    },
    "trusted_proxies.cloudfront_cidrs must be empty where listener.proxy_protocol is true: the protocol names CloudFront's address, not the client's. Leave the protocol off, and the client is taken from X-Forwarded-For.",
  ],
  ...["", "secret", value.toUpperCase(), `${value}.`, `${value} ${value}`, "x".repeat(129)].flatMap(
    (refused): [Inputs, string][] => [
      [
        { secret_header: { name: "X-Secret" }, secret_header_values: { current: refused } },
        "secret_header_values.current must be 32 to 128 digits and lower-case letters.",
      ],
      [
        { secret_header: { name: "X-Secret" }, secret_header_values: { current: value, previous: refused } },
        "secret_header_values.previous must be 32 to 128 digits and lower-case letters.",
      ],
    ],
  ),
  ...["X_Secret", "", "X-Secret: a", 'X"', "X-".repeat(21)].map((name): [Inputs, string] => [
    { secret_header: { name }, secret_header_values: { current: value } },
    `secret_header.name must be 1 to 40 letters, digits and hyphens, such as "X-CloudFront-Secret". Received: ${JSON.stringify(name)}.`,
  ]),
  ...["Host", "X-Forwarded-For", "cookie"].map((name): [Inputs, string] => [
    { secret_header: { name }, secret_header_values: { current: value } },
    `secret_header.name must ${REFUSED_HEADERS}. Received: "${name}".`,
  ]),
  [
    { secret_header: { name: "X-Secret", secrets: [{ arn: "header" }] } },
    `secret_header.secrets[*].arn must ${SECRET}. Received: secret_header.secrets[0].arn = "header".`,
  ],
  [
    { secret_header: { name: "X-Secret", secrets: [{ arn: secretArn("header"), json_key: "$(id)" }] } },
    `secret_header.secrets[*].json_key must ${KEY} Received: secret_header.secrets[0].json_key = "$(id)".`,
  ],
  [{ secret_header: { name: "X-Secret" } }, HEADER_SOURCE],
  [{ secret_header_values: { current: value } }, HEADER_SOURCE],
  [
    {
      secret_header: { name: "X-Secret", secrets: [{ arn: secretArn("header") }] },
      secret_header_values: { current: value },
    },
    HEADER_SOURCE,
  ],
  [
    { client_certificate: "client.pem", listener: { port: 443, ...tls } },
    'client_certificate must be one or more certificates in PEM. Received: "client.pem".',
  ],
  [
    { client_certificate: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" },
    "client_certificate needs listener.tls_certificate_secret: without TLS on the node no client shows a certificate.",
  ],
  ...["health", "/", "/a/", "/a b", "/../a", "/a//b", "/a;", "/a?b"].map((path): [Inputs, string] => [
    { health_path: path },
    `health_path must be a path such as "/wallarm-node-health". Received: "${path}".`,
  ]),
  [
    { health_path: "/wallarm-apifw-health" },
    'health_path must not start with /wallarm-apifw, which the node uses itself. Received: "/wallarm-apifw-health".',
  ],
  [{ mode: "blocking" }, 'mode must be one of off, monitoring, safe_blocking, block. Received: "blocking".'],
  [{ cloud: "eu" }, 'cloud must be EU, US or a host name in lower case. Received: "eu".'],
  [{ token_secret: { arn: "token" } }, `token_secret.arn must ${SECRET}. Received: "token".`],
  [{ token_secret: { arn: secretArn("token"), json_key: "" } }, `token_secret.json_key must ${KEY} Received: "".`],
  [{ group: "the shop" }, 'group must be letters, digits and the characters ._-. Received: "the shop".'],
  [{ image: "wallarm/node 7" }, 'image must be the name of an image. Received: "wallarm/node 7".'],
  [
    { limits: { entry_point_timeout: 9 } },
    "limits.entry_point_timeout must be a whole number from 10 to 4000 seconds. Received: 9.",
  ],
  [
    { limits: { max_body_size: -1 } },
    "limits.max_body_size must be a whole number from 0 to 102400 MiB. Received: -1.",
  ],
  ...["dns.internal", "10.0.0.256", "10.0.0.2:0", "::1"].map((address): [Inputs, string] => [
    { resolver: { address } },
    `resolver.address must be an IPv4 address such as "169.254.169.253", with a port where it is not 53. Received: "${address}".`,
  ]),
  ...["http", "server"].flatMap((block): [Inputs, string][] => [
    [
      { snippets: { [block]: "a\nWALLARM_ROUTING_END\nid" } },
      `snippets.${block} must not contain WALLARM_ROUTING_END, which ends a file. Received: "a\\nWALLARM_ROUTING_END\\nid".`,
    ],
    [
      { snippets: { [block]: "a\u0000b" } },
      `snippets.${block} must have no control characters. Received: "a\\u0000b".`,
    ],
  ]),
];

const accepted: readonly Inputs[] = [
  {},
  { backend: { url: "https://internal-app-1234.eu-west-1.elb.amazonaws.com:8443/" } },
  { backend: { url: "https://10.0.0.1", tls_verify: false } },
  { backend: { url: "http://[2001:db8::1]:8080", host_header: "shop_1.example.com:8080" } },
  { entry_points: ["internal"], backend: { url: "http://app.internal" } },
  { listener: { port: 443, ...tls, http2: true, proxy_protocol: true }, trusted_proxies: { cidrs: ["2001:db8::/56"] } },
  { secret_header: { name: "x-a", secrets: [] }, secret_header_values: { current: "0".repeat(128), previous: null } },
  { token_secret: { arn: "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:a/b+c=d.e@f-AbCdEf" } },
  { health_path: "/.well-known/x".replace(".", "_"), cloud: "US", mode: "off", group: "a.b_c-1" },
  { limits: { entry_point_timeout: 4000, max_body_size: 0 }, resolver: { address: "10.0.0.2:5353", ipv6: true } },
  { snippets: { http: "# \t\r\né\n" }, image: "registry.example.com:5000/wallarm/node@sha256:abc" },
  Object.fromEntries(
    ["listener", "trusted_proxies", "health_path", "mode", "cloud", "image", "limits", "resolver", "snippets"].map(
      (name) => [name, null],
    ),
  ),
];

describeWithTools(["terraform"], "what the module node-config accepts", () => {
  let found: (Accepted | Refused[])[];

  beforeAll(async () => {
    found = await renderAll([...refusedCalls.map(([inputs]) => inputs), ...accepted].map(call));
  });

  test.each(refusedCalls.map(([inputs, message], index) => ({ inputs: JSON.stringify(inputs), message, index })))(
    "not $inputs",
    ({ message, index }) => {
      const refused = found[index];
      if (refused === undefined || "outputs" in refused) throw new Error("It is accepted.");
      expect(refused.map((refusal) => refusal.message.slice(0, message.length))).toEqual([message]);
    },
  );

  test.each(accepted.map((inputs, index) => ({ inputs: JSON.stringify(inputs), index })))("$inputs", ({ index }) => {
    expect(found[refusedCalls.length + index]).toHaveProperty("outputs");
  });

  test("every validation has refused something here", () => {
    const met = found.flatMap((result) => ("outputs" in result ? [] : result.map(({ rule }) => rule)));
    expect([...new Set(met)].sort()).toEqual(rules("node-config", "validation").sort());
  });
});

describeWithTools(["terraform"], "the values of the secret header", () => {
  let results: (Accepted | Refused[])[];
  const secretHeader = { name: "X-Secret" };
  const secret = "topsecret-topsecret-topsecret-topsecret";

  beforeAll(async () => {
    results = await renderAll(
      [
        { secret_header: secretHeader, secret_header_values: { current: value } },
        { secret_header: { ...secretHeader, secrets: [{ arn: secretArn("header") }] } },
        { secret_header: secretHeader, secret_header_values: { current: secret } },
        { secret_header: secretHeader, secret_header_values: { current: value, previous: secret } },
        { secret_header_values: { current: secret } },
      ].map(call),
    );
  });

  test("make the outputs with them in it sensitive, and no others", () => {
    const { sensitive, outputs } = results[0] as Accepted;
    const holding = Object.entries(outputs).flatMap(([name, output]) =>
      JSON.stringify(output).includes(value) ? [name] : [],
    );
    expect(holding.sort()).toEqual(["docker_run", "ecs_container", "nginx_files", "nginx_http_snippet", "user_data"]);
    expect([...sensitive].sort()).toEqual([...holding, "user_data_gzip"].sort());
  });

  test("leave every output to be read where they come from Secrets Manager", () => {
    expect(results[1]).toMatchObject({ sensitive: [] });
  });

  test.each([2, 3, 4])("are not shown when they are refused (%d)", (index) => {
    const refused = results[index] as Refused[];
    expect(refused.length).toBeGreaterThan(0);
    for (const { shown } of refused) expect(shown).not.toContain("topsecret");
  });
});
