import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

/** A DNS server that gives every name one IPv4 address, for a second. */
export class NameServer {
  private constructor(
    private readonly socket: Socket,
    public address: string,
  ) {}

  public static async start(address: string): Promise<NameServer> {
    const server = new NameServer(createSocket("udp4"), address);
    server.socket.on("message", (query, { port }) => {
      server.socket.send(server.answer(query), port);
    });
    server.socket.bind(0, "127.0.0.1");
    await once(server.socket, "listening");
    return server;
  }

  public get port(): number {
    return this.socket.address().port;
  }

  public async stop(): Promise<void> {
    this.socket.close();
    await once(this.socket, "close");
  }

  /** Source: https://www.rfc-editor.org/rfc/rfc1035#section-4 */
  private answer(query: Buffer): Buffer {
    const id = query.subarray(0, 2);
    const question = query.subarray(12, query.indexOf(0, 12) + 5);
    const counts = [0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0];
    const record = [0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...this.address.split(".").map(Number)];
    return Buffer.concat([id, Buffer.from(counts), question, Buffer.from(record)]);
  }
}
