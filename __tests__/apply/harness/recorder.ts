import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy that notes which actions are asked of the API behind it, by their names in IAM. */
export class Recorder {
  /** For example `elasticloadbalancing:CreateRule`, or `apigateway:PATCH`. */
  readonly actions = new Set<string>();

  private constructor(private readonly server: Server) {}

  /**
   * @param answer what the API behind it has no answer for: the body of an answer, or undefined
   * @param others endpoints of services, by their names in signatures, that are not behind the first
   */
  static async start(
    endpoint: string,
    answer: (url: string) => Promise<string> | undefined = () => undefined,
    others: Readonly<Record<string, string>> = {},
  ): Promise<Recorder> {
    const server = createServer();
    const recorder = new Recorder(server);
    server.on("request", (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const body = Buffer.concat(chunks);
        const { method, headers, url } = incoming;
        const service = serviceOf(headers.authorization);
        recorder.note(service, method, body.toString());
        const answered = answer(url ?? "/");
        if (answered !== undefined) {
          void answered.then((text) => outgoing.end(text));
          return;
        }
        const forwarded = request(new URL(url ?? "/", others[service] ?? endpoint), { method, headers }, (answer) => {
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

  /** The action of a query API is in the body. That of API Gateway is a method. */
  private note(service: string, method = "", body: string): void {
    const action = service === "apigateway" ? method : new URLSearchParams(body).get("Action");
    if (service !== "" && action !== null) this.actions.add(`${service}:${action}`);
  }
}

/** The service that a request is for is in the scope of its signature. */
function serviceOf(authorization = ""): string {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization)?.[1] ?? "";
}
