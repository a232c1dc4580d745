import { execFile } from "node:child_process";
import { gunzipSync } from "node:zlib";
import { promisify } from "node:util";
import { describeWithTools } from "../tools";
import { Application } from "./support/application";
import { certificate } from "./support/certificates";
import { run } from "./support/machine";
import { call, type Outputs, render, renderAll, secretArn } from "./support/module";
import { Node } from "./support/node";

const token = "token/with+base64==";
const header = "0123456789abcdef0123456789abcdef";
const previous = "fedcba9876543210fedcba9876543210";
const secrets = {
  [secretArn("token")]: token,
  [secretArn("header")]: JSON.stringify({ current: header, previous }),
  [secretArn("node")]: "-----BEGIN CERTIFICATE-----\nchain\n-----BEGIN PRIVATE KEY-----\nkey\n",
};

describeWithTools(["terraform", "openssl", "nginx", "shellcheck"], "the user data", () => {
  let application: Application;
  let simple: Outputs;
  let full: Outputs;
  let withHeader: Outputs;

  beforeAll(async () => {
    application = await Application.start();
    const { cert } = certificate("shop.internal");
    const backend = { url: `http://127.0.0.1:${application.port}/` };
    const secretHeader = {
      name: "X-CloudFront-Secret",
      secrets: ["current", "previous"].map((json_key) => ({ arn: secretArn("header"), json_key })),
    };
    const calls = [
      { backend, cloud: "wallarm.example.com" },
      {
        backend: { url: "https://app.internal:8443", tls_ca_certificates: cert },
        listener: { port: 8443, http2: true, tls_certificate_secret: { arn: secretArn("node") } },
        client_certificate: cert + cert,
        secret_header: secretHeader,
        trusted_proxies: { cidrs: Array.from({ length: 6 }, (_, index) => `10.0.${index}.0/24`) },
        snippets: { http: "# A quote: ' and \" and `id` and $(id) and \\.\n", server: "error_page 404 /404.html;" },
        group: "shop",
        cloud: "US",
        mode: "block",
      },
      { backend, secret_header: secretHeader },
    ];
    const results = await renderAll(calls.map(call));
    [simple, full, withHeader] = results.map((result) => {
      if ("outputs" in result) return result.outputs;
      throw new Error(JSON.stringify(result));
    }) as [Outputs, Outputs, Outputs];
  });

  afterAll(() => application.stop());

  const text = ({ user_data }: Outputs) => user_data ?? "";

  test("stops nginx, runs the vendor's script with what the node must know, and starts nginx again", async () => {
    const { calls, failed } = await run(text(simple), { secrets });
    expect(failed).toBe(false);
    expect(calls).toEqual([
      ["systemctl", "stop", "nginx.service"],
      ["aws", ...fetching(secretArn("token"))],
      [
        "cloud-init.py",
        ...["-t", token, "-H", "wallarm.example.com", "-p", "proxy", "-m", "monitoring"],
        ...["--proxy-pass", `http://127.0.0.1:${application.port}`],
        ...["--http-snippet", "/etc/nginx/wallarm-routing/http.conf"],
        ...["--server-snippet", "/etc/nginx/wallarm-routing/server.conf"],
      ],
      ["nginx", "-t"],
      ["systemctl", "restart", "nginx.service"],
    ]);
  });

  test("writes the files that nginx refers to, and the secrets into files of their own", async () => {
    const { files, calls } = await run(text(full), { secrets });
    for (const [name, content] of Object.entries(full.nginx_files))
      expect(files[`wallarm-routing/${name}`]).toBe(content);
    expect(Object.keys(full.nginx_files).sort()).toEqual(
      ["application", "first-pass", "http", "http-extra", "second-pass", "server", "server-extra"]
        .map((name) => `${name}.conf`)
        .concat("backend-ca-0.pem", "client-ca.pem")
        .sort(),
    );
    expect(files["wallarm-routing/tls.pem"]).toBe(secrets[secretArn("node")]);
    expect(files["wallarm-routing/secret-header.map"]).toBe(`"~^${header}\\z" "";\n"~^${previous}\\z" "";\n`);
    const script = calls.find(([name]) => name === "cloud-init.py") ?? [];
    expect(script).toEqual(expect.arrayContaining(["us1.api.wallarm.com", "block", "https://app.internal:8443"]));
  });

  test("joins the group of nodes that was named, or none", async () => {
    const labels = async (outputs: Outputs) => {
      const { files } = await run(text(outputs), { secrets });
      return /^WALLARM_LABELS=.*$/m.exec(files["environment.cloud-init.py"] ?? "")?.[0];
    };
    expect(await labels(full)).toBe("WALLARM_LABELS=group=shop");
    expect(await labels(simple)).toBeUndefined();
  });

  test("makes a node that demands the header as its secrets say", async () => {
    const { files } = await run(text(withHeader), { secrets });
    const node = await Node.start(
      Object.fromEntries(
        Object.entries(files).map(([name, content]) => [name.replace("wallarm-routing/", ""), content]),
      ),
    );
    try {
      for (const secret of [header, previous])
        expect(await node.status("/", { headers: { "X-CloudFront-Secret": secret } })).toBe(200);
      expect(await node.status("/", { headers: { "X-CloudFront-Secret": header.toUpperCase() } })).toBe(403);
      expect(await node.status("/")).toBe(403);
    } finally {
      await node.stop();
    }
  });

  test("gets the command line of AWS where the image has none", async () => {
    const { calls, failed } = await run(text(simple), { secrets, withoutAws: true });
    expect(failed).toBe(false);
    expect(calls.slice(1, 4)).toEqual([
      ["apt-get", "update"],
      ["apt-get", "install", "--yes", "awscli"],
      ["aws", ...fetching(secretArn("token"))],
    ]);
  });

  describe("leaves nginx stopped", () => {
    const restart = ["systemctl", "restart", "nginx.service"];

    test.each(["aws", "cloud-init.py", "nginx"] as const)("when %s fails", async (failing) => {
      const { calls, failed } = await run(text(full), { secrets, failing });
      expect(failed).toBe(true);
      expect(calls).not.toContainEqual(restart);
    });

    test.each([
      ["empty", ""],
      ["short", "abc"],
      ["in capitals", header.toUpperCase()],
      ["a pattern", `${header}|.*`],
      ["of two lines", `${header}\n${header}`],
    ])("when a value of the header is %s", async (_, value) => {
      const json = JSON.stringify({ current: header, previous: value });
      const { calls, failed, output } = await run(text(withHeader), {
        secrets: { ...secrets, [secretArn("header")]: json },
      });
      expect(failed).toBe(true);
      expect(output).toContain("A value of the secret header does not have 32 to 128 digits and lowercase letters.");
      expect(calls).not.toContainEqual(restart);
    });

    test("when the token is empty, or a key is missing", async () => {
      for (const wrong of [{ [secretArn("token")]: "" }, { [secretArn("header")]: "{}" }]) {
        const { calls, failed } = await run(text(withHeader), { secrets: { ...secrets, ...wrong } });
        expect(failed).toBe(true);
        expect(calls).not.toContainEqual(restart);
      }
    });
  });

  test("holds no secret", () => {
    for (const value of [token, header, previous]) expect(text(full)).not.toContain(value);
  });

  test("is a script that bash and shellcheck have nothing to say about", async () => {
    for (const outputs of [simple, full, withHeader]) {
      for (const script of [text(outputs), `#!/bin/bash\n${outputs.ecs_container.command[2]}`]) {
        await checked("bash", ["-n"], script);
        await checked("shellcheck", ["-"], script);
      }
    }
  });

  test("fits into the 16 KB of EC2, with everything in it", () => {
    expect(Buffer.byteLength(text(simple))).toBeLessThan(10_000);
    expect(Buffer.byteLength(text(full))).toBeLessThan(16_384);
  });

  describe("compressed", () => {
    test("is the same text", () => {
      expect(gunzipSync(Buffer.from(full.user_data_gzip, "base64")).toString()).toBe(full.user_data);
    });

    test("is what remains of a text that is too long", async () => {
      const long = await render(call({ snippets: { http: `# ${"é".repeat(7000)}` } }));
      expect(long.user_data).toBeNull();
      expect(Buffer.from(long.user_data_gzip, "base64").length).toBeLessThan(16_384);
    });

    test("is refused where it is too long as well", async () => {
      const noise = Array.from({ length: 3000 }, () => `# ${Math.random().toString(36)}\n`).join("");
      await expect(render(call({ snippets: { http: noise } }))).rejects.toThrow(
        "The compressed user data has more than 16384 bytes, the maximum of EC2. Shorten snippets, or move them to the machine image.",
      );
    });
  });

  test.each([
    [16_384, false],
    [16_385, true],
  ])("of %d bytes is too long: %s", async (bytes, tooLong) => {
    const length = async (snippet: string) =>
      gunzipSync(Buffer.from((await render(call({ snippets: { http: snippet } }))).user_data_gzip, "base64")).length;
    const snippet = `#${"x".repeat(bytes - (await length("#")))}`;
    expect(await length(snippet)).toBe(bytes);
    expect((await render(call({ snippets: { http: snippet } }))).user_data === null).toBe(tooLong);
  });
});

function fetching(arn: string): string[] {
  const region = ["--region", "eu-west-1", "--secret-id", arn];
  return ["secretsmanager", "get-secret-value", ...region, "--query", "SecretString", "--output", "text"];
}

async function checked(program: string, args: string[], script: string): Promise<void> {
  const result = promisify(execFile)(program, args);
  result.child.stdin?.end(script);
  await expect(result.catch((error: unknown) => (error as { stdout: string }).stdout)).resolves.toMatchObject({
    stdout: "",
    stderr: "",
  });
}
