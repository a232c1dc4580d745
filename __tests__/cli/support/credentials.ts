import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { environment } from "../../apply/harness/environment";
import { LocalHttp } from "../../apply/harness/local-http";
import { writeFiles } from "../../synth/support/folders";

const LATER = "2099-01-01T00:00:00Z";

/** Gives out credentials in each way, and says who a caller is. It refuses all that is read. */
class CredentialServices extends LocalHttp {
  /** Access keys with which a read was signed. */
  readonly keys = new Set<string>();

  static start(): Promise<CredentialServices> {
    return new CredentialServices().listen();
  }

  protected receive({ url = "", headers }: IncomingMessage, body: Buffer, outgoing: ServerResponse): void {
    const key = /Credential=([^/]+)/.exec(headers.authorization ?? "")?.[1];
    const text = answer(url, body.toString());
    if (key && text === undefined) this.keys.add(key);
    outgoing.writeHead(text === undefined ? 403 : 200, { "x-aws-ec2-metadata-token-ttl-seconds": "60" }).end(text);
  }
}

function answer(url: string, body: string): string | undefined {
  const credentials = (key: string) =>
    `<Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>x</SessionToken><Expiration>${LATER}</Expiration></Credentials>`;
  const result = (action: string, text: string) =>
    `<${action}Response><${action}Result>${text}</${action}Result></${action}Response>`;
  if (body.includes("Action=GetCallerIdentity")) return result("GetCallerIdentity", "<Account>123456789012</Account>");
  for (const action of ["AssumeRoleWithWebIdentity", "AssumeRole"])
    if (body.includes(`Action=${action}&`)) return result(action, credentials(action.toUpperCase()));
  const keys = { AccessKeyId: "INSTANCE", SecretAccessKey: "x", Token: "x", Expiration: LATER, Code: "Success" };
  if (url === "/latest/api/token") return "token";
  if (url === "/latest/meta-data/iam/security-credentials/") return "node";
  if (url === "/latest/meta-data/iam/security-credentials/node") return JSON.stringify(keys);
  if (url.startsWith("/federation/credentials"))
    return JSON.stringify({
      roleCredentials: { accessKeyId: "SSO", secretAccessKey: "x", sessionToken: "x", expiration: Date.parse(LATER) },
    });
  return undefined;
}

/** The tests of the ways to credentials, with the command of the package. */
export function readsWithCredentials(command: string, newFolder: () => string): void {
  const folder = newFolder();
  let services: CredentialServices;

  beforeAll(async () => {
    services = await CredentialServices.start();
  });

  beforeEach(() => {
    services.keys.clear();
  });

  afterAll(() => services.stop());

  /** @returns the exit code */
  function snapshot(args: readonly string[], more: NodeJS.ProcessEnv): Promise<number> {
    const env = { ...environment(services.endpoint), AWS_MAX_ATTEMPTS: "1", ...more };
    const all = ["snapshot", "--out", join(folder, "snapshot.json"), "--region", "us-east-1", ...args];
    return new Promise((resolve) => {
      execFile(command, all, { env }, (error) => {
        resolve(error === null ? 0 : Number(error.code));
      });
    });
  }

  const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };

  test.each([
    { way: "keys of the environment", key: "test", environment: () => ({}) },
    {
      way: "a role",
      key: "ASSUMEROLE",
      args: ["--role-arn", "arn:aws:iam::123456789012:role/reader"],
      environment: () => ({}),
    },
    {
      way: "web identity",
      key: "ASSUMEROLEWITHWEBIDENTITY",
      environment: () => {
        writeFiles(folder, { token: "token" });
        return {
          ...none,
          AWS_WEB_IDENTITY_TOKEN_FILE: join(folder, "token"),
          AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/pipeline",
        };
      },
    },
    {
      way: "an instance role",
      key: "INSTANCE",
      environment: () => ({
        ...none,
        AWS_EC2_METADATA_DISABLED: "false",
        AWS_EC2_METADATA_SERVICE_ENDPOINT: services.endpoint,
      }),
    },
    {
      way: "SSO",
      key: "SSO",
      args: ["--profile", "shop"],
      environment: () => {
        const home = newFolder();
        const cache = join(home, ".aws/sso/cache");
        mkdirSync(cache, { recursive: true });
        writeFiles(home, {
          config: [
            "[profile shop]",
            ...["sso_session = acme", "sso_account_id = 123456789012", "sso_role_name = reader"],
            "[sso-session acme]",
            ...["sso_region = us-east-1", "sso_start_url = https://acme.awsapps.com/start", ""],
          ].join("\n"),
          [`.aws/sso/cache/${createHash("sha1").update("acme").digest("hex")}.json`]: JSON.stringify({
            accessToken: "token",
            expiresAt: LATER,
          }),
        });
        return { ...none, HOME: home, AWS_CONFIG_FILE: join(home, "config") };
      },
    },
  ])("reads with $way", async ({ key, args = [], environment: more }) => {
    expect(await snapshot(args, more())).toBe(2);
    expect([...services.keys]).toEqual([key]);
    const { account_id, unread } = JSON.parse(readFileSync(join(folder, "snapshot.json"), "utf8")) as {
      account_id: string;
      unread: { error: string }[];
    };
    expect(account_id).toBe("123456789012");
    expect(unread.length).toBeGreaterThan(20);
    for (const { error } of unread) expect(error).toContain("403");
  });

  test("says without credentials what to do", async () => {
    const env = { ...none, HOME: newFolder() };
    expect(await snapshot([], env)).toBe(1);
  });
}
