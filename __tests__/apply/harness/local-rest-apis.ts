import { resolve } from "node:path";
import { APIGateway } from "@aws-sdk/client-api-gateway";
import { freePort } from "../../node-config/support/node";
import { LOCALSTACK } from "../../tools";
import { environment, region } from "./environment";
import type { Copy } from "./local-aws";
import { connection, launch, LocalServer, type Started } from "./local-server";
import { Recorder } from "./recorder";

const program = resolve(__dirname, "../localstack/start.py");

/** LocalStack's account of credentials without one. */
const FIRST_ACCOUNT = "000000000000";

/**
 * The REST APIs of an AWS on this machine, which execute requests, with the certificates and buckets that their domains need:
 * LocalStack, and a client of it.
 */
export class LocalRestApis extends LocalServer {
  readonly apiGateway: APIGateway;

  private readonly recorders = new Set<Recorder>();
  private copies = 0;

  private constructor(started: Started) {
    super(started);
    this.apiGateway = new APIGateway(connection(started.endpoint));
  }

  /**
   * Starts a server on a free port, and returns when it answers: after ten seconds. It refuses what AWS refuses: see
   * moto/strict/README.md.
   *
   * @param options.strict false: LocalStack alone, for the suite of the strict rules
   */
  static async start({ strict = true } = {}): Promise<LocalRestApis> {
    const address = `127.0.0.1:${await freePort()}`;
    const started = await launch(
      (folder) => ({
        command: [resolve(LOCALSTACK, "bin/python"), program],
        env: {
          ...environment(),
          SERVICES: "acm,apigateway,route53,s3,sts",
          GATEWAY_LISTEN: address,
          DISABLE_EVENTS: "1",
          SKIP_SSL_CERT_DOWNLOAD: "1",
          STRICT: strict ? "1" : "0",
          // Whatever it writes.
          FILESYSTEM_ROOT: folder,
          HOME: folder,
          TMPDIR: folder,
        },
      }),
      (line) => (line === "Ready." ? `http://${address}` : undefined),
    );
    return new LocalRestApis(started);
  }

  /**
   * Another AWS and the REST APIs of an account, behind one endpoint, which ends with these APIs at the latest. A copy of it
   * has a copy of either.
   * @param account its ID
   */
  async behind(aws: Copy, account = FIRST_ACCOUNT): Promise<Copy> {
    const recorder = await Recorder.start(aws.endpoint, { others: { apigateway: this.endpoint }, account });
    this.recorders.add(recorder);
    return {
      endpoint: recorder.endpoint,
      copy: async () => this.behind(await aws.copy(), await this.copyAccount(account)),
      stop: async () => {
        this.recorders.delete(recorder);
        await Promise.all([recorder.stop(), aws.stop()]);
      },
    };
  }

  override async stop(): Promise<void> {
    await Promise.all([...this.recorders].map((recorder) => recorder.stop()));
    await super.stop();
  }

  /** @returns the ID of the new account */
  private async copyAccount(source: string): Promise<string> {
    this.copies += 1;
    const target = String(this.copies).padStart(FIRST_ACCOUNT.length, "0");
    const { ok } = await fetch(`${this.endpoint}/strict/copy`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ source, target, region }),
    });
    if (!ok) throw new Error(`LocalStack did not copy the account ${source}.`);
    return target;
  }

  /** The URL under which a stage of an API takes requests. */
  stageUrl(restApiId: string, stageName: string): string {
    return `${this.endpoint}/_aws/execute-api/${restApiId}/${stageName}`;
  }
}
