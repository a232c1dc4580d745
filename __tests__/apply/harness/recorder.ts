import { type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from "node:http";
import { LocalHttp } from "./local-http";

/** A request that changes something. */
export interface Call {
  /** By its name in IAM: `elasticloadbalancing:CreateRule`. */
  readonly action: string;
  /** Of a query API. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What a recorder does beside passing requests on. */
export interface Detours {
  /** Endpoints of services, by their names in signatures, that are not behind the first. */
  readonly others?: Readonly<Record<string, string>>;
  /** The ID of the account of the others, if it is another one: LocalStack takes the access key of a signature for it. */
  readonly account?: string;
  /** Milliseconds before each answer. @default 0 */
  readonly latency?: number;
  /** What happens between a call and its answer. */
  readonly afterCall?: (call: Call) => Promise<void>;
}

/** A proxy that notes which actions are asked of the API behind it, by their names in IAM. */
export class Recorder extends LocalHttp {
  /** For example `elasticloadbalancing:CreateRule`, or `apigateway:PATCH`. */
  readonly actions = new Set<string>();
  /** The same, each as often as it was asked. */
  readonly requests: string[] = [];
  /** Those that change something, in the order in which they were asked. */
  readonly calls: Call[] = [];

  private constructor(
    private readonly behind: string,
    private readonly detours: Detours,
  ) {
    super();
  }

  static start(endpoint: string, detours: Detours = {}): Promise<Recorder> {
    return new Recorder(endpoint, detours).listen();
  }

  protected receive(incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): void {
    const { others = {}, account, latency = 0, afterCall } = this.detours;
    const { method, url = "/" } = incoming;
    const service = serviceOf(incoming.headers);
    const headers =
      account !== undefined && service in others ? inAccount(account, incoming.headers) : incoming.headers;
    const action = actionOf(service, method, headers, body.toString());
    if (action !== undefined) {
      this.actions.add(action);
      this.requests.push(action);
    }
    const call = action !== undefined && changesSomething(action) ? callOf(action, body.toString()) : undefined;
    if (call) this.calls.push(call);

    const forwarded = request(new URL(url, others[service] ?? this.behind), { method, headers }, (reply) => {
      const pass = () =>
        setTimeout(() => reply.pipe(outgoing.writeHead(reply.statusCode ?? 502, reply.headers)), latency);
      if (call && afterCall) void afterCall(call).then(pass, (error: unknown) => outgoing.destroy(error as Error));
      else pass();
    });
    forwarded.on("error", (error) => outgoing.destroy(error));
    forwarded.end(body);
  }
}

/** The service that a request is for is in the scope of its signature. */
function serviceOf({ authorization = "" }: IncomingHttpHeaders): string {
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(authorization)?.[1] ?? "";
}

function inAccount(account: string, { authorization = "", ...headers }: IncomingHttpHeaders): IncomingHttpHeaders {
  return { ...headers, authorization: authorization.replace(/(?<=Credential=)[^/]+/, account) };
}

/** Prefixes of IAM actions, where these differ from the names in signatures. */
const PREFIXES: Readonly<Record<string, string>> = { cloudcontrolapi: "cloudformation" };

/** The action of a query API is in the body, that of a JSON one in a header. That of API Gateway is a method. */
function actionOf(service: string, method: string | undefined, headers: IncomingHttpHeaders, body: string) {
  const target = headers["x-amz-target"] ?? new URLSearchParams(body).get("Action") ?? "";
  const action = service === "apigateway" ? method : String(target).split(".").at(-1);
  return service && action ? `${PREFIXES[service] ?? service}:${action}` : undefined;
}

function changesSomething(action: string): boolean {
  return !/:(Describe|Get|List|Lookup|GET$|HEAD$)/.test(action);
}

function callOf(action: string, body: string): Call {
  return { action, parameters: Object.fromEntries(new URLSearchParams(body)) };
}
