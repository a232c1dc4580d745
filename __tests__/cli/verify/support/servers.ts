import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer, type ServerOptions } from "node:https";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** Servers on loopback, which end with the suite that makes them. */
export class Servers {
  private readonly ends: (() => Promise<unknown>)[] = [];

  public constructor() {
    afterAll(async () => {
      await Promise.all(this.ends.map((end) => end()));
    });
  }

  /** @returns the port */
  public tcp(take: (socket: Socket) => void, host?: string): Promise<number> {
    return this.listen(
      createServer((socket) => {
        socket.on("error", () => undefined);
        take(socket);
      }),
      host,
    );
  }

  /** @returns the port */
  public http(answer: RequestListener, host?: string): Promise<number> {
    return this.listen(createHttpServer(answer), host);
  }

  /** @returns the port */
  public https(certificate: ServerOptions, answer: RequestListener): Promise<number> {
    return this.listen(createHttpsServer(certificate, answer));
  }

  /**
   * A port on which no connection comes about and none is refused, as behind a security group: the process that listens
   * is stopped, and the queue of those who wait for it is full.
   */
  public async unreachable(): Promise<number> {
    const listen =
      'require("net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, function () { console.log(this.address().port) })';
    const stopped = spawn(process.execPath, ["-e", listen], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(stopped.stdout, "data")) as [Buffer];
    const port = Number(line);
    stopped.kill("SIGSTOP");
    const waiting = Array.from({ length: 8 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
    this.ends.push(async () => {
      waiting.forEach((socket) => socket.destroy());
      stopped.kill("SIGKILL");
      await once(stopped, "exit");
    });
    // As many as find a place are in the queue at once.
    await new Promise((resolve) => setTimeout(resolve, 200));
    return port;
  }

  private async listen(server: Server, host = "127.0.0.1"): Promise<number> {
    const sockets = new Set<Socket>();
    server.on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    });
    server.listen(0, host);
    await once(server, "listening");
    this.ends.push(async () => {
      server.close();
      sockets.forEach((socket) => socket.destroy());
      await once(server, "close");
    });
    return (server.address() as AddressInfo).port;
  }
}
