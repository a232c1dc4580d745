import { createServer, type IncomingHttpHeaders, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { StandIns } from "./stand-ins";

/** What is not asked of the API behind. */
interface Answers {
  /** The body of an answer, or undefined. */
  readonly answer?: (url: string) => Promise<string> | undefined;
  /** Endpoints of services, by their names in signatures. */
  readonly others?: Readonly<Record<string, string>>;
  readonly standIns?: StandIns;
}

/** A proxy that notes which actions are asked of the API behind it, by their names in IAM. */
export class Recorder {
  /** For example `elasticloadbalancing:CreateRule`, or `apigateway:PATCH`. */
  readonly actions = new Set<string>();

  private constructor(private readonly server: Server) {}

  static async start(endpoint: string, { answer, others = {}, standIns = {} }: Answers = {}): Promise<Recorder> {
    const server = createServer();
    const recorder = new Recorder(server);
    server.on("request", (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const body = Buffer.concat(chunks);
        const { method, headers, url } = incoming;
        const service = serviceOf(headers.authorization);
        const action = actionOf(service, method, headers, body.toString());
        if (action !== undefined) recorder.actions.add(action);
        const answered = answer?.(url ?? "/");
        if (answered !== undefined) {
          void answered.then((text) => outgoing.end(text));
          return;
        }
        const stoodIn = standIns[action ?? ""]?.(JSON.parse(body.toString()) as Record<string, unknown>);
        if (stoodIn !== undefined) {
          outgoing.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(stoodIn));
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
}

/** That of API Gateway is a method, that of a JSON API in a header, that of a query API in the body. */
function actionOf(
  service: string,
  method: string | undefined,
  headers: IncomingHttpHeaders,
  body: string,
): string | undefined {
  const target = String(headers["x-amz-target"] ?? new URLSearchParams(body).get("Action") ?? "");
  const name = service === "apigateway" ? method : target.split(".").at(-1);
  return service && name ? `${service}:${name}` : undefined;
}

/** The service that a request is for is in the scope of its signature. */
function serviceOf(authorization = ""): string {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization)?.[1] ?? "";
}
