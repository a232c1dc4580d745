import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { StandIns } from "./stand-ins";

/** A proxy that notes which actions are asked of the API behind it, by their names in IAM. */
export class Recorder {
  /** For example `elasticloadbalancing:CreateRule`. */
  readonly actions = new Set<string>();

  private constructor(private readonly server: Server) {}

  /** @param standIns who answers instead of the API behind */
  static async start(endpoint: string, standIns: StandIns = {}): Promise<Recorder> {
    const server = createServer();
    const recorder = new Recorder(server);
    server.on("request", (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const body = Buffer.concat(chunks);
        const { method, headers, url } = incoming;
        const action = actionOf(headers, body.toString());
        if (action !== undefined) recorder.actions.add(action);
        const answer = standIns[action ?? ""]?.(JSON.parse(body.toString()) as Record<string, unknown>);
        if (answer !== undefined) {
          outgoing.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
          return;
        }
        const forwarded = request(new URL(url ?? "/", endpoint), { method, headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        });
        forwarded.on("error", (error) => outgoing.destroy(error));
        forwarded.end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return recorder;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) =>
      this.server.close(() => {
        resolve();
      }),
    );
  }
}

/** The service is in the scope of the signature, the action of a query API in the body, that of a JSON one in a header. */
function actionOf({ authorization = "", ...headers }: IncomingHttpHeaders, body: string): string | undefined {
  const [, service] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization) ?? [];
  const action = String(headers["x-amz-target"] ?? new URLSearchParams(body).get("Action") ?? "")
    .split(".")
    .at(-1);
  return service && action ? `${service}:${action}` : undefined;
}
