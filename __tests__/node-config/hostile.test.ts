import fc from "fast-check";
import { around } from "../synth/support/arbitraries";
import { refusalsOf } from "../modules/validations";
import { describeWithTools } from "../tools";
import { run } from "./support/machine";
import { type Accepted, call, type Inputs, type Outputs, renderAccepted, renderAll, secretArn } from "./support/module";
import { Node } from "./support/node";

const PIECES = [
  '"',
  "'",
  ";",
  "{",
  "}",
  "\n",
  "$",
  "$host",
  "${host}",
  "%{",
  "\\",
  " ",
  "#",
  "`id`",
  "$(id)",
  "|",
  "*",
  "(",
  ")",
  "..",
  "@",
  "~",
  "é",
];

/** What means something to nginx, to the shell or to Terraform. */
const hostile = (valid: string) => around(valid, PIECES);

const value = "0123456789abcdef0123456789abcdef";

/** Calls that are hostile in one place. */
const calls: fc.Arbitrary<Inputs> = fc
  .oneof(
    hostile("http://app.internal:8080").map((url) => ({ backend: { url } })),
    hostile("shop.example.com").map((host_header) => ({ backend: { url: "http://app.internal", host_header } })),
    hostile("app.internal").map((tls_server_name) => ({ backend: { url: "https://app.internal", tls_server_name } })),
    hostile("*.example.com").map((host) => ({
      backend: null,
      backends: [{ url: "http://app.internal", hosts: [host] }],
    })),
    hostile("/a/*?.b").map((path) => ({
      backend: null,
      backends: [{ url: "http://app.internal", hosts: ["*"], paths: [path] }],
    })),
    hostile("X-Secret").map((name) => ({ secret_header: { name }, secret_header_values: { blue: value } })),
    hostile(value).map((blue) => ({ secret_header: { name: "X-Secret" }, secret_header_values: { blue } })),
    hostile(value).map((green) => ({
      secret_header: { name: "X-Secret" },
      secret_header_values: { blue: value, green },
    })),
    hostile("/health").map((health_path) => ({ health_path })),
    hostile("10.0.0.0/24").map((cidr) => ({ trusted_proxies: { cidrs: [cidr] } })),
    hostile("X-Source-Ip").map((client_header) => ({ trusted_proxies: { cidrs: ["10.0.0.0/24"], client_header } })),
    hostile("10.0.0.2").map((address) => ({ resolver: { address } })),
    hostile("shop").map((group) => ({ group })),
    hostile("eu.wallarm.com").map((cloud) => ({ cloud })),
    hostile("wallarm/node:7.1.0").map((image) => ({ image })),
    hostile(secretArn("token")).map((arn) => ({ token_secret: { arn } })),
    hostile("key").map((json_key) => ({ token_secret: { arn: secretArn("token"), json_key } })),
    hostile("# a comment\nerror_page 404 /404.html;").map((server) => ({ snippets: { server } })),
    hostile("map $uri $extra {\n  default 1;\n}").map((http) => ({ snippets: { http } })),
  )
  .map(call);

/** Terraform renders so many at once. */
const BATCH = 500;
/** `HOSTILE_VALUES=10000 npx jest __tests__/node-config/hostile.test.ts` takes so many. */
const VALUES = Number(process.env.HOSTILE_VALUES ?? BATCH);

describeWithTools(["terraform", "nginx"], "hostile values", () => {
  test(
    `${VALUES} of them are refused, or do no harm in nginx and in the shell`,
    async () => {
      const batch = fc.array(calls, { minLength: BATCH, maxLength: BATCH });
      await fc.assert(
        fc.asyncProperty(batch, async (inputs) => {
          const accepted = await acceptedOf(inputs);
          const rendered = await renderAccepted(accepted);
          for (const [index, outputs] of rendered.entries()) await expectHarmless(accepted[index] ?? {}, outputs);
        }),
        { numRuns: Math.ceil(VALUES / BATCH), endOnFailure: true },
      );
    },
    60_000 + VALUES * 500,
  );

  test.each([
    ["server", "}"],
    ["server", "} server { listen 81; return 200; }"],
    ["server", "location = /open { return 200; } } server { listen 81; location / { return 200; }"],
    ["server", "location /open {"],
    ["server", '"'],
    ["http", "} http {"],
    ["http", "server {"],
  ])("a snippet for %s cannot leave its block: %s", async (block, snippet) => {
    const [result] = await renderAll([call({ snippets: { [block]: snippet } })]);
    expect(await Node.check((result as Accepted).outputs.nginx_files)).toMatch(
      /-extra\.conf:\d+|unexpected end of (file|parameter)/,
    );
  });

  test("a snippet is part of its block", async () => {
    const snippets = { http: "map $uri $extra { default 418; }", server: 'location = /extra { return 200 "$extra"; }' };
    const [result] = await renderAll([call({ snippets })]);
    expect(await Node.check((result as Accepted).outputs.nginx_files)).toBe("");
  });
});

/** The calls that no validation refuses. Terraform does not look at validations that refer to a refused variable. */
async function acceptedOf(inputs: readonly Inputs[]): Promise<readonly Inputs[]> {
  const named = inputs.map((one, index) => {
    const group = Object.keys(one).join();
    return { name: String(index), group, arguments: one };
  });
  const refusals = await refusalsOf("node-config", named, call());
  const accepted = inputs.filter((_, index) => refusals.get(String(index))?.length === 0);
  return accepted.length === inputs.length ? accepted : acceptedOf(accepted);
}

/** nginx answers with what was rendered, unless a snippet is to blame, and the scripts do what they always do. */
async function expectHarmless(inputs: Inputs, outputs: Outputs): Promise<void> {
  const shown = JSON.stringify(inputs);
  if ("snippets" in inputs) expect(await Node.check(outputs.nginx_files)).not.toMatch(/\/(http|server)\.conf:/);
  else expect([shown, await answerOf(outputs)]).toEqual([shown, 200]);

  const { arn } = inputs.token_secret as { arn: string };
  const boot = await run(outputs.user_data ?? "", { secrets: { [arn]: JSON.stringify({ key: "token" }) } });
  const programs = boot.calls.map(([name]) => name);
  expect([shown, programs.slice(0, 2)]).toEqual([shown, ["systemctl", "aws"]]);
  const written = Object.fromEntries(
    Object.entries(outputs.nginx_files).map(([name, text]) => [`wallarm-routing/${name}`, text]),
  );
  expect(boot.files).toMatchObject(written);

  const container = await run(outputs.ecs_container.command[2]);
  expect([shown, container.calls, container.failed]).toEqual([shown, [["init"]], false]);
  const docker = await run(outputs.docker_run);
  expect([shown, docker.calls.map(([name]) => name)]).toEqual([shown, ["docker"]]);
}

/** The status of the health check, which nginx answers by itself. */
async function answerOf({ nginx_files, health_path }: Outputs): Promise<number | undefined> {
  const node = await Node.start(nginx_files);
  try {
    return await node.status(health_path);
  } finally {
    await node.stop();
  }
}
