import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { asyncProperty, assert, constantFrom, string } from "fast-check";
import { certificate } from "../../node-config/support/certificates";
import { freePort } from "../../node-config/support/node";
import { describeWithTools } from "../../tools";
import { Program } from "./support/program";
import { Servers } from "./support/servers";

const program = new Program();
const servers = new Servers();

const SECRET = "s3cr3t".repeat(6);

/** An application that is closed, a node that demands the header and blocks, and how to ask for both. */
async function everythingRight() {
  const node = await servers.http(({ headers, url }, response) => {
    const isClient = headers.host === "shop.example.com";
    const isRefused = isClient ? url === "/etc/passwd" : headers["x-secret"] !== SECRET;
    response.writeHead(isRefused ? 403 : 200).end();
  });
  const closed = await freePort();
  return { node: `http://localhost:${node}`, direct: `127.0.0.1:${closed}` };
}

const header = ["--secret-header-name", "X-Secret", "--secret-header-env", "SECRET"];

describe("the exit code", () => {
  test("0: every test passed", async () => {
    const { node, direct } = await everythingRight();
    const { stdout, ...run } = await program.run(["--direct", direct, "--node", node, ...header], { SECRET });
    expect(run).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("8 pass, 0 FAIL, 0 unknown.");
    const attack = await program.run(["--entry-points", node, "--host", "shop.example.com"]);
    expect(attack).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("1: one failed, though another could not be told", async () => {
    const { node } = await everythingRight();
    const run = await program.run(["--direct", node, "http://application.invalid"]);
    expect(run).toMatchObject({ exitCode: 1, stderr: "" });
    expect(run.stdout).toMatch(/^unknown {2}direct access {2}http:\/\/application\.invalid:80\//m);
  });

  test("2: one could not be told", async () => {
    const run = await program.run(["--direct", "http://application.invalid"]);
    expect(run).toMatchObject({ exitCode: 2, stderr: "" });
  });

  test.each([
    [["--direct"], /argument missing/],
    [["--nonsense"], /unknown option '--nonsense'/],
    [["--direct", "a", "--", "b"], /too many arguments/],
    [["--direct", "010.0.0.1"], /^error: direct\[0\] must have its IPv4 address/],
    [["--direct", "a", "--timeout", "soon"], /timeout must be .* Received: "soon"\./],
    [[], /^error: There is nothing to test/],
  ])("2: wrong options, %j", async (args, message) => {
    const { exitCode, stdout, stderr } = await program.run(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  test("2: everything passed, but the report could not be written", async () => {
    const { direct } = await everythingRight();
    const run = await program.run(["--direct", direct, "--junit", "missing/report.xml"]);
    expect(run).toMatchObject({ exitCode: 2, stderr: "error: cannot write missing/report.xml: ENOENT\n" });
  });

  test("0: the help, which says what the others are", async () => {
    const { exitCode, stdout } = await program.run(["--help"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/0 {2}every test passed\n {2}1 {2}a test failed[^]*\n {2}2 {2}no test failed/);
  });
});

test("settings come from a file, reports go to standard output as JSON and to a file as JUnit XML", async () => {
  const { node, direct } = await everythingRight();
  writeFileSync(
    join(program.folder, "verify.yml"),
    `direct: ["${direct}"]\nnode: ["${node}"]\nsecret_header: { name: X-Secret, file: secret.txt }\n`,
  );
  writeFileSync(join(program.folder, "secret.txt"), `${SECRET}\n`);
  const run = await program.run(["--file", "verify.yml", "--json", "--junit", "report.xml"]);
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  const { schema_version, verdict, findings, notes } = JSON.parse(run.stdout) as Record<string, unknown[]>;
  expect({ schema_version, verdict }).toEqual({ schema_version: 1, verdict: "pass" });
  expect(findings).toHaveLength(8);
  expect(findings?.[0]).toEqual({
    test: "direct access",
    target: `http://${direct}/`,
    verdict: "pass",
    reason: "connection refused (ECONNREFUSED)",
  });
  expect(notes).toHaveLength(1);
  expect(readFileSync(join(program.folder, "report.xml"), "utf8")).toContain('tests="8" failures="0" errors="0"');
});

test("ends at the deadline, whatever does not answer", async () => {
  const silent = await servers.tcp(() => undefined);
  const unreachable = await servers.unreachable();
  const targets = Array.from({ length: 40 }, (_, index) => `http://127.0.0.1:${index % 2 ? silent : unreachable}`);
  const begin = Date.now();
  const run = await program.run(["--direct", ...targets, "--timeout", "60", "--deadline", "1", "--concurrency", "8"]);
  expect(Date.now() - begin).toBeLessThan(10_000);
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toBe(
    "warning: if every connection times out, this run takes 300 s, and the deadline is 1 s. What is not tested until then is unknown. Set a longer deadline, a shorter timeout, or more concurrency.\n",
  );
  expect(run.stdout).toContain("0 pass, 0 FAIL, 40 unknown.");
});

describeWithTools(["openssl"], "an entry point with TLS", () => {
  const own = certificate("shop.example.com");
  const args = ["--host", "shop.example.com", "--entry-points"];
  let url: string;

  beforeAll(async () => {
    const port = await servers.https(own, ({ url: path, headers, socket }, response) => {
      const { servername } = socket as { servername?: string };
      const isAsked = headers.host === "shop.example.com" && servername === "shop.example.com";
      response.writeHead(isAsked ? (path === "/etc/passwd" ? 403 : 200) : 421).end();
    });
    url = `https://127.0.0.1:${port}`;
  });

  test("whose authority is known is asked for the Host by name", async () => {
    writeFileSync(join(program.folder, "ca.pem"), own.cert);
    const run = await program.run([...args, url], { NODE_EXTRA_CA_CERTS: join(program.folder, "ca.pem") });
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(run.stdout).toContain("answered 403; a harmless request: answered 200");
  });

  test("whose authority is unknown is not asked, and its certificate is the reason", async () => {
    const run = await program.run([...args, url]);
    expect(run).toMatchObject({ exitCode: 2 });
    expect(run.stdout).toContain("invalid certificate (DEPTH_ZERO_SELF_SIGNED_CERT)");
  });

  test("whose certificate is for another name is told apart", async () => {
    writeFileSync(join(program.folder, "ca.pem"), own.cert);
    const run = await program.run(["--host", "other.example.com", "--entry-points", url], {
      NODE_EXTRA_CA_CERTS: join(program.folder, "ca.pem"),
    });
    expect(run).toMatchObject({ exitCode: 2 });
    expect(run.stdout).toContain("invalid certificate (ERR_TLS_CERT_ALTNAME_INVALID)");
  });
});

test("the secret is in no output, whatever servers make of it", async () => {
  // Sends it back wherever an answer has room for it.
  const echo = await servers.http(({ headers }, response) => {
    const secret = String(headers["x-secret"]);
    response.statusMessage = secret.replace(/[^ -~]/g, "");
    response
      .writeHead(302, {
        location: `http://${secret.replace(/[^0-9a-z]/gi, "")}.example.com/${encodeURIComponent(secret)}`,
        "x-secret": secret,
      })
      .end(secret);
  });
  const chatty = await servers.tcp((socket) => {
    socket.once("data", (request) => socket.end(request));
  });
  const visible = string({
    unit: constantFrom(..."abcXYZ0189-_.~!#$%&'()*+,/:;<=>?@[]^`{|}\\\"".split(/(?=.)/)),
    minLength: 16,
    maxLength: 40,
  });
  await assert(
    asyncProperty(visible, async (secret) => {
      const nodes = [echo, chatty, await freePort()].map((port) => `http://127.0.0.1:${port}`);
      const args = ["--node", ...nodes, ...header];
      const runs = [
        await program.run(args, { SECRET: secret }),
        await program.run([...args, "--json", "--junit", "secret.xml"], { SECRET: secret }),
        await program.run([...args, "--timeout", "0"], { SECRET: secret }),
      ];
      const report = readFileSync(join(program.folder, "secret.xml"), "utf8");
      const outputs = [...runs.flatMap(({ stdout, stderr }) => [stdout, stderr]), report];
      expect(runs.map(({ exitCode }) => exitCode)).toEqual([1, 1, 2]);
      // Where it had been shown otherwise.
      if (/^[0-9a-z]+$/i.test(secret)) expect(runs[0]?.stdout).toContain("a redirect to http://***.example.com");
      for (const output of outputs)
        for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
          expect(output.toLowerCase()).not.toContain(form.toLowerCase());
    }),
    { numRuns: 8, examples: [[SECRET], [SECRET.toUpperCase()]] },
  );
}, 120_000);

test("the bundle has nothing of CDKTF, of the stacks and of the generator", () => {
  const files = Object.keys(program.metafile.inputs);
  expect(files.some((file) => file.endsWith("cli/verify/command.ts"))).toBe(true);
  expect(files.filter((file) => /cdktf|constructs|(^|\/)(stacks|synth)\//.test(file))).toEqual([]);
  expect(existsSync("node_modules/cdktf")).toBe(true);
});
