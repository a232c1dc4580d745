import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy that notes which actions are asked of the API behind it, by their names in IAM. */
export class Recorder {
  /** For example `elasticloadbalancing:CreateRule`. */
  readonly actions = new Set<string>();

  private constructor(private readonly server: Server) {}

  static async start(endpoint: string): Promise<Recorder> {
    const server = createServer();
    const recorder = new Recorder(server);
    server.on("request", (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const body = Buffer.concat(chunks);
        recorder.note(incoming.headers.authorization, body.toString());
        const { method, headers, url } = incoming;
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

  /** The service is in the scope of the signature, the action of a query API in the body. */
  private note(authorization = "", body: string): void {
    const [, service] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization) ?? [];
    const action = new URLSearchParams(body).get("Action");
    if (service !== undefined && action !== null) this.actions.add(`${service}:${action}`);
  }
}
