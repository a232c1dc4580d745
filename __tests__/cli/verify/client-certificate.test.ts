import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Given, readSettings, SettingsError } from "../../../cli/verify/settings";
import { certificate } from "../../node-config/support/certificates";
import { Node } from "../../node-config/support/node";
import { describeWithTools } from "../../tools";
import { Program } from "./support/program";
import { Servers } from "./support/servers";

describeWithTools(["openssl"], "a client certificate", () => {
  const folder = mkdtempSync(join(tmpdir(), "verify-client-"));
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const server = certificate("127.0.0.1", "IP:127.0.0.1");
  const client = certificate("client");
  const other = certificate("other");
  const trusted = { NODE_EXTRA_CA_CERTS: write("server.pem", server.cert) };
  const cert = write("client.pem", client.cert);
  const key = write("client-key.pem", client.key);
  const otherKey = write("other-key.pem", other.key);
  const servers = new Servers();
  const program = new Program();

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const blocking: RequestListener = ({ url }, response) => {
    response.writeHead(url === "/etc/passwd" ? 403 : 200).end();
  };
  const demanding = () =>
    servers.https({ ...server, requestCert: true, rejectUnauthorized: true, ca: client.cert }, blocking);
  const run = (port: number, ...args: string[]) =>
    program.run(["--entry-points", `https://127.0.0.1:${port}`, "--json", ...args], trusted);
  const withCertificate = ["--client-certificate", cert, "--client-key", key];

  test("is shown to an entry point that asks for it", async () => {
    expect(await run(await demanding(), ...withCertificate)).toMatchObject({ exitCode: 0 });
  });

  test("that is missing is named as the reason", async () => {
    const { exitCode, stdout } = await run(await demanding());
    expect(exitCode).toBe(2);
    expect(stdout).toContain("connection accepted, then refused without a client certificate");
  });

  test("that the server does not know is refused", async () => {
    const args = ["--client-certificate", write("other.pem", other.cert), "--client-key", otherKey];
    const { exitCode, stdout } = await run(await demanding(), ...args);
    expect(exitCode).toBe(2);
    expect(stdout).toContain("connection accepted, then");
  });

  test("is shown to a node", async () => {
    const port = await servers.https(
      { ...server, requestCert: true, rejectUnauthorized: true, ca: client.cert },
      ({ rawHeaders }, response) => {
        const values = rawHeaders.filter((_, index) => rawHeaders[index - 1]?.toLowerCase() === "x-secret");
        response.writeHead(values[0] === "0123456789abcdefghij" ? 200 : 403).end();
      },
    );
    const args = ["--node", `https://127.0.0.1:${port}`, "--secret-header-name", "X-Secret"];
    const secret = ["--secret-header-env", "SECRET"];
    const result = await program.run([...args, ...secret, ...withCertificate], {
      ...trusted,
      SECRET: "0123456789abcdefghij",
    });
    expect(result).toMatchObject({ exitCode: 0 });
  });

  async function message(given: Given): Promise<string> {
    try {
      await readSettings({ entry_points: ["https://shop.example.com"], ...given }, undefined, {});
    } catch (error) {
      expect(error).toBeInstanceOf(SettingsError);
      return (error as Error).message;
    }
    throw new Error("It was accepted.");
  }

  test.each([
    ["without its key", { client_certificate: cert }, "must be set together"],
    ["with another key", { client_certificate: cert, client_key: otherKey }, "must be PEM files of one certificate"],
    ["that is no PEM", { client_certificate: __filename, client_key: key }, "must be PEM files of one certificate"],
    ["that is missing", { client_certificate: "/none", client_key: key }, "client_certificate cannot be read: ENOENT"],
    [
      "without a path",
      { client_certificate: "", client_key: key },
      "client_certificate must be the path of a PEM file",
    ],
  ])("%s is refused", async (_, given, expected) => {
    expect(await message(given)).toContain(expected);
    expect(await message(given)).not.toContain(client.key.slice(40, 60));
  });

  describeWithTools(["nginx"], "that a real nginx asks for", () => {
    let node: Node;

    beforeAll(async () => {
      const files = { "cert.pem": server.cert, "key.pem": server.key, "client.pem": client.cert };
      node = await Node.start(
        files,
        (port) => `
          server {
            listen 127.0.0.1:${port} ssl;
            ssl_certificate wallarm-routing/cert.pem;
            ssl_certificate_key wallarm-routing/key.pem;
            ssl_client_certificate wallarm-routing/client.pem;
            ssl_verify_client on;
            location = /etc/passwd { return 403; }
            location / { return 204; }
          }`,
      );
    });

    afterAll(() => node.stop());

    test("lets the tests pass", async () => {
      expect(await run(node.port, ...withCertificate)).toMatchObject({ exitCode: 0 });
    });

    test("and without it, nothing is known", async () => {
      const { exitCode, stdout } = await run(node.port);
      expect(exitCode).toBe(2);
      expect(stdout).toContain("not known whether the requests reached the node");
    });
  });
});
