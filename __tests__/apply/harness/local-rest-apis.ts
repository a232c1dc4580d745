import { resolve } from "node:path";
import { APIGateway } from "@aws-sdk/client-api-gateway";
import { freePort } from "../../node-config/support/node";
import { LOCALSTACK } from "../../tools";
import { environment } from "./environment";
import { connection, launch, LocalServer, type Started } from "./local-server";

const program = resolve(__dirname, "../localstack/start.py");

/**
 * The REST APIs of an AWS on this machine, which execute requests, with the certificates and buckets that their domains need:
 * LocalStack, and a client of it.
 */
export class LocalRestApis extends LocalServer {
  readonly apiGateway: APIGateway;

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

  /** The URL under which a stage of an API takes requests. */
  stageUrl(restApiId: string, stageName: string): string {
    return `${this.endpoint}/_aws/execute-api/${restApiId}/${stageName}`;
  }
}
