import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../../cli/checksum";
import { run as onboard } from "../../cli/onboard/run";
import { printed } from "../account/support/environment";
import { loadBalancerArn } from "../audit/support/secure";
import { Workspace } from "../modules/workspace";
import * as kinds from "../survey/support/kinds";
import { accountWith } from "../survey/support/organization";
import { certificate } from "../node-config/support/certificates";
import { Node } from "../node-config/support/node";
import { filesIn, temporaryFolders } from "../synth/support/folders";
import { copy, Program, REPOSITORY, VERSION } from "../synth/support/program";
import { describeInTestAll } from "../test-all";
import { describeWithTools } from "../tools";

const NEXT = "99.0.0";

// What the documentation tells people to add to their web server.
const documentation = readFileSync(join(REPOSITORY, "docs/registry.md"), "utf8");
const [header = "", credentials = ""] = [...documentation.matchAll(/^```nginx\n(.*?)^```$/gms)].map(
  ([, lines]) => lines,
);

const newFolder = temporaryFolders();

/** Lets `onboard` write a configuration, and Terraform install and validate it unedited. */
async function onboarded(workspace: Workspace, source: readonly string[]) {
  const snapshot = join(workspace.folder, "snapshot.json");
  const account = JSON.stringify(accountWith([...kinds.fargate("shop", 1), ...kinds.node("fleet", 50)]));
  writeFileSync(snapshot, account.replaceAll(/(?<=[",])(sg|subnet)-[^",]+/g, withId));
  printed();
  const out = join(workspace.folder, "onboarded");
  const node = { nodeAutoscalingGroup: "fleet" };
  expect(await onboard("alb", loadBalancerArn("shop"), { ...node, snapshot: [snapshot], out, source })).toBe(0);
  expect(await workspace.terraform("onboarded", "init")).toMatchObject({ exitCode: 0 });
  expect(await workspace.terraform("onboarded", "validate")).toMatchObject({ exitCode: 0, stderr: "" });
}

/** The names of the account are words, and the modules refuse what AWS has not. */
function withId(name: string, type: string): string {
  return `${type}-${sha256(name).slice(0, 17)}`;
}

describeInTestAll(["terraform", "nginx", "openssl"], "a registry behind nginx", () => {
  const registry = newFolder();
  const program = Program.build("registry", "--namespace", "acme", "--out", registry);
  const tls = certificate("127.0.0.1", "IP:127.0.0.1");
  const trusted = newFolder({ "cert.pem": tls.cert });
  const main = readFileSync(join(REPOSITORY, "modules/alb/main.tf"), "utf8");
  let workspace: Workspace;
  let server: Node;
  let plainServer: Node;

  beforeAll(async () => {
    expect(program.run(registry).exitCode).toBe(0);
    program.release(NEXT, { "modules/alb/main.tf": `${main}# Of the next version.\n` });
    expect(program.run(registry).exitCode).toBe(0);

    const files = { "cert.pem": tls.cert, "key.pem": tls.key };
    server = await Node.start(files, (port) => httpsServer(port, header));
    plainServer = await Node.start(files, (port) => httpsServer(port, ""));
    // Beside the authorities that the machine trusts.
    process.env.SSL_CERT_FILE = join(trusted, "cert.pem");
    workspace = new Workspace();
  });

  afterAll(async () => {
    delete process.env.SSL_CERT_FILE;
    workspace.remove();
    await server.stop();
    await plainServer.stop();
  });

  function httpsServer(port: number, locations: string): string {
    return `
      include /etc/nginx/mime.types;
      server {
        listen 127.0.0.1:${port} ssl;
        ssl_certificate wallarm-routing/cert.pem;
        ssl_certificate_key wallarm-routing/key.pem;
        root ${registry};
        ${locations}
      }
    `;
  }

  /** Writes a configuration that calls a module. */
  function call(root: string, source: string, version?: string): void {
    mkdirSync(join(workspace.folder, root), { recursive: true });
    workspace.write(`${root}/main.tf.json`, { module: { routing: { source, version } } });
  }

  const installed = (root: string) => filesIn(join(workspace.folder, root, ".terraform/modules/routing"));
  const success = { exitCode: 0 };

  test("gives Terraform the version that a constraint admits, and another when asked to upgrade", async () => {
    const source = `127.0.0.1:${server.port}/acme/alb/aws`;
    call("constrained", source, `~> ${VERSION}`);
    expect(await workspace.terraform("constrained", "init")).toMatchObject(success);
    expect(installed("constrained")["main.tf"]).toBe(main);
    expect(Object.keys(installed("constrained"))).toContain("LICENSE");

    call("constrained", source, `>= ${VERSION}`);
    expect(await workspace.terraform("constrained", "init")).toMatchObject(success);
    expect(installed("constrained")["main.tf"]).toBe(main);

    expect(await workspace.terraform("constrained", "init", "-upgrade")).toMatchObject(success);
    expect(installed("constrained")["main.tf"]).toBe(`${main}# Of the next version.\n`);
  });

  test("gives Terraform the modules of what onboard writes", async () => {
    await onboarded(workspace, ["registry", `127.0.0.1:${server.port}/acme`]);
    const modules = join(workspace.folder, "onboarded/.terraform/modules");
    expect(filesIn(join(modules, "wallarm_routing"))["main.tf"]).toBe(main);
  });

  test("says which version there is when none is admitted", async () => {
    call("none", `127.0.0.1:${server.port}/acme/alb/aws`, "~> 98.0");
    const { exitCode, stderr } = await workspace.terraform("none", "init");
    expect(exitCode).toBe(1);
    expect(stderr.replace(/\s+/g, " ")).toContain(`The newest available version is ${NEXT}.`);
  });

  test("needs the header: without it Terraform finds no archive", async () => {
    call("plain", `127.0.0.1:${plainServer.port}/acme/alb/aws`, VERSION);
    const { exitCode, stderr } = await workspace.terraform("plain", "init");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("failed to get download URL");
  });

  describe("with a token", () => {
    const BASIC = Buffer.from("reader:secret").toString("base64");
    const configuration = process.env.TF_CLI_CONFIG_FILE;
    let privateServer: Node;

    beforeAll(async () => {
      const lines = credentials.replace("TOKEN", "registry-token").replace("BASE64", BASIC);
      privateServer = await Node.start({ "cert.pem": tls.cert, "key.pem": tls.key }, (port) =>
        httpsServer(port, `${lines}\n${header}`),
      );
    });

    afterEach(() => {
      delete process.env.NETRC;
      if (configuration === undefined) delete process.env.TF_CLI_CONFIG_FILE;
      else process.env.TF_CLI_CONFIG_FILE = configuration;
    });

    afterAll(() => privateServer.stop());

    /** The credentials that somebody has, as the documentation says. */
    function have({ token, netrc }: { token: string; netrc: string }): void {
      const host = `127.0.0.1:${privateServer.port}`;
      const folder = newFolder({
        "terraform.rc": `${configuration === undefined ? "" : readFileSync(configuration, "utf8")}
credentials "${host}" {\n  token = "${token}"\n}\n`,
        ".netrc": netrc.replace("HOST", host),
      });
      process.env.TF_CLI_CONFIG_FILE = join(folder, "terraform.rc");
      process.env.NETRC = join(folder, ".netrc");
    }

    const netrc = "machine HOST login reader password secret\n";

    test("gives the module to who has the token and a .netrc with the port", async () => {
      have({ token: "registry-token", netrc });
      call("private", `127.0.0.1:${privateServer.port}/acme/alb/aws`, VERSION);
      expect(await workspace.terraform("private", "init")).toMatchObject(success);
      expect(installed("private")["main.tf"]).toBe(main);
    });

    test.each([
      ["no-netrc", { token: "registry-token", netrc: "" }, "bad response code: 401"],
      ["no-port", { token: "registry-token", netrc: netrc.replace("HOST", "127.0.0.1") }, "bad response code: 401"],
      ["other-token", { token: "other", netrc }, "401"],
    ])("gives nothing to who has %s", async (root, credentials, message) => {
      have(credentials);
      call(root, `127.0.0.1:${privateServer.port}/acme/alb/aws`, VERSION);
      const { exitCode, stderr } = await workspace.terraform(root, "init");
      expect(exitCode).toBe(1);
      expect(stderr.replace(/\s+/g, " ")).toContain(message);
    });
  });

  test("serves archives by URL without the header, and Terraform compares the checksum", async () => {
    const folder = `v1/modules/acme/alb/aws/${VERSION}`;
    const { location } = JSON.parse(readFileSync(join(registry, folder, "download"), "utf8")) as { location: string };
    const url = (path: string) => new URL(path, `https://127.0.0.1:${plainServer.port}/${folder}/`).href;
    call("url", url(location));
    expect(await workspace.terraform("url", "init")).toMatchObject(success);
    expect(installed("url")["main.tf"]).toBe(main);

    call("changed", url(location.replace(/[0-9a-f]{64}$/, "0".repeat(64))));
    const { exitCode, stderr } = await workspace.terraform("changed", "init");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/[Cc]hecksums? did not match/);
  });
});

describeWithTools(["terraform"], "a git reference", () => {
  const repository = newFolder();
  let workspace: Workspace;

  beforeAll(() => {
    copy("modules", repository);
    const git = (...args: string[]) => execFileSync("git", args, { cwd: repository });
    git("init", "--quiet");
    git("add", "--all");
    git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "All");
    git("tag", `v${VERSION}`);
    git("rm", "-r", "--quiet", "modules");
    git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "Later");
    workspace = new Workspace();
  });

  afterAll(() => {
    workspace.remove();
  });

  test("gives Terraform the module of the tag", async () => {
    const source = `git::file://${repository}//modules/node-config?ref=v${VERSION}`;
    workspace.write("main.tf.json", { module: { routing: { source } } });
    expect(await workspace.terraform(".", "init")).toMatchObject({ exitCode: 0 });
    const installed = filesIn(join(workspace.folder, ".terraform/modules/routing/modules/node-config"));
    expect(installed["main.tf"]).toBe(readFileSync(join(REPOSITORY, "modules/node-config/main.tf"), "utf8"));
  });

  test("gives Terraform the modules of what onboard writes", async () => {
    const url = "https://git.example.com/acme/routing.git";
    // Git reads the repository on this machine instead of the host, which nobody has.
    const instead = {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: `url.file://${repository}.insteadOf`,
      GIT_CONFIG_VALUE_0: url,
    };
    Object.assign(process.env, instead);
    try {
      await onboarded(workspace, [url]);
    } finally {
      for (const name of Object.keys(instead)) Reflect.deleteProperty(process.env, name);
    }
    const installed = join(workspace.folder, "onboarded/.terraform/modules/wallarm_routing/modules/alb/main.tf");
    expect(readFileSync(installed, "utf8")).toBe(readFileSync(join(REPOSITORY, "modules/alb/main.tf"), "utf8"));
  });
});
