import { once } from "node:events";
import { type ClientRequest, createServer, type IncomingMessage, request, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Certificate } from "./certificates";

export interface Forwarding {
  readonly host?: string;
  /** Beginning of the path. */
  readonly path?: string;
  /** The target. */
  readonly address: string;
  readonly target: number;
}

interface Options {
  /** The rules, the first of which that matches gets the request. A request that matches none gets 421. */
  readonly rules: readonly Forwarding[];
  readonly xffHeaderProcessingMode: "append" | "preserve";
  /** With HTTPS. */
  readonly certificate?: Certificate;
  /** What it listens on for its clients, in place of the port that a test gets. */
  readonly reportedPort: number;
}

/** Headers that are about one connection. */
const HOP_BY_HOP = ["connection", "keep-alive", "proxy-connection"];

/**
 * A stand-in for an Application Load Balancer: forwards by host and path, and rewrites headers as AWS documents it.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
 */
export class LoadBalancer {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly options: Options,
  ) {}

  static async start(options: Options): Promise<LoadBalancer> {
    const server = options.certificate ? createTlsServer(options.certificate) : createServer();
    const balancer = new LoadBalancer(server, options);
    server.on("request", (incoming: IncomingMessage, response) => {
      const outgoing = balancer.forward(incoming);
      if (outgoing === undefined) {
        incoming.resume();
        response.writeHead(421).end();
        return;
      }
      outgoing.on("response", (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      });
      outgoing.on("error", () => response.writeHead(502).end());
      incoming.pipe(outgoing);
    });
    server.on("upgrade", (incoming: IncomingMessage, socket: Duplex) => {
      const outgoing = balancer.forward(incoming, { connection: "upgrade" });
      outgoing?.on("upgrade", (answer, target) => {
        const headers = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
        socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers.join("")}\r\n`);
        socket.pipe(target).pipe(socket);
      });
      outgoing?.end();
    });
    server.on("connection", (socket: Socket) => {
      balancer.sockets.add(socket);
      socket.on("close", () => balancer.sockets.delete(socket));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return balancer;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.sockets.forEach((socket) => socket.destroy());
    await once(this.server, "close");
  }

  private forward(incoming: IncomingMessage, more: Record<string, string> = {}): ClientRequest | undefined {
    const { method, url = "", headers, socket } = incoming;
    const host = headers.host?.split(":")[0];
    const rule = this.options.rules.find(
      (one) => (one.host === undefined || one.host === host) && url.startsWith(one.path ?? "/"),
    );
    if (rule === undefined) return undefined;
    const client = String(socket.remoteAddress);
    const before = headers["x-forwarded-for"];
    const kept = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name));
    const appends = this.options.xffHeaderProcessingMode === "append";
    return request({
      ...{ host: rule.address, port: rule.target, method, path: url, agent: false },
      headers: {
        ...Object.fromEntries(kept),
        ...(appends && { "x-forwarded-for": before === undefined ? client : `${String(before)}, ${client}` }),
        "x-forwarded-proto": this.options.certificate ? "https" : "http",
        "x-forwarded-port": String(this.options.reportedPort),
        connection: "keep-alive",
        ...more,
      },
    });
  }
}
