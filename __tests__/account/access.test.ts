import type { IncomingMessage, ServerResponse } from "node:http";
import { settings } from "../../account/read/access";
import { LocalHttp } from "../apply/harness/local-http";

/** Assumes roles, with keys that are renewed before each use. */
class Sts extends LocalHttp {
  asked = 0;
  isRefusing = false;

  static start(): Promise<Sts> {
    return new Sts().listen();
  }

  protected receive(_: IncomingMessage, __: Buffer, outgoing: ServerResponse): void {
    this.asked += 1;
    if (this.isRefusing) {
      outgoing
        .writeHead(403)
        .end(
          "<ErrorResponse><Error><Code>AccessDenied</Code><Message>The role is closed.</Message></Error></ErrorResponse>",
        );
      return;
    }
    const Expiration = new Date(Date.now() + 60_000).toISOString();
    outgoing.end(`<AssumeRoleResponse><AssumeRoleResult><Credentials>
      <AccessKeyId>key-${this.asked}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
      <SessionToken>token</SessionToken><Expiration>${Expiration}</Expiration>
    </Credentials></AssumeRoleResult></AssumeRoleResponse>`);
  }
}

describe("a role whose credentials end while an account is read", () => {
  const before = process.env;
  let sts: Sts;
  let keyId: () => Promise<string | undefined>;

  beforeEach(async () => {
    sts = await Sts.start();
    process.env = {
      ...before,
      ...{ AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_MAX_ATTEMPTS: "1" },
      AWS_ENDPOINT_URL_STS: sts.endpoint,
    };
    const { credentials } = settings("eu-central-1", {}, "arn:aws:iam::123456789012:role/reader");
    keyId = async () => (await credentials?.())?.accessKeyId;
  });

  afterEach(async () => {
    process.env = before;
    await sts.stop();
  });

  test("is assumed again, once for calls at the same time", async () => {
    expect(await keyId()).toBe("key-1");
    expect(await Promise.all([keyId(), keyId(), keyId()])).toEqual(["key-2", "key-2", "key-2"]);
  });

  test("fails the calls while it is refused, and no call after that", async () => {
    expect(await keyId()).toBe("key-1");
    sts.isRefusing = true;
    await expect(keyId()).rejects.toThrow("The role is closed.");
    sts.isRefusing = false;
    expect(await keyId()).toBe("key-3");
  });
});
