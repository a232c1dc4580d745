import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { json } from "node:stream/consumers";

/** A request, as the application got it. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Names of all headers, a name that came twice twice. */
  readonly names: readonly string[];
  /** The name that a TLS connection was opened for. */
  readonly serverName?: string;
}

/** An application behind the node: answers what it received, and counts. */
export class Application {
  public requests = 0;

  /** Of connections that are open, with a WebSocket or without. */
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  public static async start(
    address = "127.0.0.1",
    port = 0,
    tls?: { key: string; cert: string },
  ): Promise<Application> {
    const application = new Application(tls ? createTlsServer(tls) : createServer({ maxHeaderSize: 65536 }));
    application.server.on("request", ((request, response) => {
      application.requests += 1;
      request.resume().on("end", () => {
        const query = new URLSearchParams(request.url?.split("?")[1]);
        response.setHeader("x-application", address);
        if (query.has("large")) response.setHeader("x-large", "x".repeat(20_000));
        if (query.has("event"))
          response.writeHead(200, { "content-type": "text/event-stream" }).write("data: first\n\n");
        setTimeout(() => response.end(JSON.stringify(received(request))), Number(query.get("delay")));
      });
    }) satisfies RequestListener);
    application.server.on("upgrade", (_: IncomingMessage, socket) => {
      application.requests += 1;
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
      socket.pipe(socket);
    });
    application.server.on("connection", (socket: Socket) => {
      application.sockets.add(socket);
      socket.on("close", () => application.sockets.delete(socket));
    });
    application.server.listen(port, address);
    await once(application.server, "listening");
    return application;
  }

  public get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  public async stop(): Promise<void> {
    this.server.close();
    this.sockets.forEach((socket) => socket.destroy());
    await once(this.server, "close");
  }
}

/** What the application received, from its answer. */
export async function receivedBy(response: IncomingMessage): Promise<Received> {
  return (await json(response)) as Received;
}

function received({ method = "", url = "", headers, rawHeaders, socket }: IncomingMessage): Received {
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const texts = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  const serverName = "servername" in socket ? String(socket.servername) : undefined;
  return { method, url, headers: Object.fromEntries(texts), names, serverName };
}
