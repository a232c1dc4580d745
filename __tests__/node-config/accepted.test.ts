import { describeWithTools } from "../tools";
import { type Accepted, call, type Inputs, type Refused, renderAll, secretArn } from "./support/module";

const tls = { tls_certificate_secret: { arn: secretArn("node") } };
const value = "0123456789abcdef0123456789abcdef";

const accepted: readonly Inputs[] = [
  {},
  { backend: { url: "https://internal-app-1234.eu-west-1.elb.amazonaws.com:8443/" } },
  { backend: { url: "https://10.0.0.1", tls_verify: false } },
  { backend: { url: "http://[2001:db8::1]:8080", host_header: "shop_1.example.com:8080" } },
  { entry_points: ["internal"], backend: { url: "http://app.internal" } },
  { listener: { port: 443, ...tls, http2: true, proxy_protocol: true }, trusted_proxies: { cidrs: ["2001:db8::/56"] } },
  { secret_header: { name: "x-a", secrets: [] }, secret_header_values: { blue: "0".repeat(128), green: null } },
  { trusted_proxies: { cidrs: ["10.0.0.0/24"], client_header: "FORWARDED", client_protocol: "https" } },
  { trusted_proxies: { client_header: "x-forwarded-for" }, secret_header: null },
  { backend: { url: "https://10.0.0.1", tls_server_name_from_request: true } },
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

describeWithTools(["terraform"], "the module node-config accepts", () => {
  let found: (Accepted | Refused[])[];

  beforeAll(async () => {
    found = await renderAll(accepted.map(call));
  });

  test.each(accepted.map((inputs, index) => ({ inputs: JSON.stringify(inputs), index })))("$inputs", ({ index }) => {
    expect(found[index]).toHaveProperty("outputs");
  });
});

describeWithTools(["terraform"], "the values of the secret header", () => {
  let results: (Accepted | Refused[])[];
  const secretHeader = { name: "X-Secret" };
  const secret = "topsecret-topsecret-topsecret-topsecret";

  beforeAll(async () => {
    results = await renderAll(
      [
        { secret_header: secretHeader, secret_header_values: { blue: value } },
        { secret_header: { ...secretHeader, secrets: [{ arn: secretArn("header") }] } },
        { secret_header: secretHeader, secret_header_values: { blue: secret } },
        { secret_header: secretHeader, secret_header_values: { blue: value, green: secret } },
        { secret_header_values: { blue: secret } },
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
