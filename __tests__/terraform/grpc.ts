/**
 * What Terraform's plugin protocol needs of gRPC: calls with one message each way, over HTTP/2 on a Unix socket.
 * Source: https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
 */
import {
  type ClientHttp2Session,
  connect,
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import { createConnection } from "node:net";

const { HTTP2_HEADER_METHOD, HTTP2_HEADER_PATH, HTTP2_HEADER_STATUS, HTTP2_HEADER_CONTENT_TYPE } = constants;

/** Answers a call: method such as `/tfplugin5.Provider/GetSchema`, message without its frame. */
export type Answer = (method: string, message: Buffer) => Promise<Buffer> | Buffer;

/** The status of a failed call: a code and a text. */
export class GrpcError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The code of a method that a server does not have. */
export const UNIMPLEMENTED = "12";
const INTERNAL = "13";

/** Terraform's schemas have 20 MB: windows of a few KB would take a round trip each. */
const WINDOW = 64 * 1024 * 1024;

/** Serves calls on a socket, until the returned function is called. */
export async function serve(socket: string, answer: Answer): Promise<() => Promise<void>> {
  const sessions = new Set<{ destroy(): void }>();
  const server = createServer({ settings: { initialWindowSize: WINDOW } });
  server.on("session", (session) => {
    sessions.add(session);
    session.setLocalWindowSize(WINDOW);
    session.once("close", () => sessions.delete(session));
    session.on("error", () => {
      session.destroy();
    });
  });
  server.on("stream", (stream, headers) => {
    stream.on("error", () => stream.destroy());
    void handle(stream, headers, answer);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  return () => {
    for (const session of sessions) session.destroy();
    return new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  };
}

async function handle(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, answer: Answer): Promise<void> {
  const head = { [HTTP2_HEADER_STATUS]: 200, [HTTP2_HEADER_CONTENT_TYPE]: "application/grpc" };
  try {
    const message = unframed(await bytesOf(stream));
    const reply = framed(await answer(String(headers[HTTP2_HEADER_PATH]), message));
    stream.respond(head, { waitForTrailers: true });
    stream.on("wantTrailers", () => {
      stream.sendTrailers({ "grpc-status": "0" });
    });
    stream.end(reply);
  } catch (error) {
    if (stream.destroyed) return;
    const { code, message } = error instanceof GrpcError ? error : new GrpcError(INTERNAL, String(error));
    const status = { "grpc-status": code, "grpc-message": encodeURIComponent(message) };
    stream.respond({ ...head, ...status }, { endStream: true });
  }
}

/** A connection to a server. */
export class Client {
  private readonly session: ClientHttp2Session;

  constructor(socket: string) {
    this.session = connect("http://localhost", {
      createConnection: () => createConnection(socket),
      settings: { initialWindowSize: WINDOW },
    });
    this.session.once("connect", () => {
      this.session.setLocalWindowSize(WINDOW);
    });
    // Each call on a broken session fails by itself.
    this.session.on("error", () => {
      this.session.destroy();
    });
  }

  /** @throws GrpcError when the server says that the call failed, or ends without an answer */
  async call(method: string, message: Buffer): Promise<Buffer> {
    const stream = this.session.request({
      [HTTP2_HEADER_METHOD]: "POST",
      [HTTP2_HEADER_PATH]: method,
      [HTTP2_HEADER_CONTENT_TYPE]: "application/grpc",
      te: "trailers",
    });
    let status: IncomingHttpHeaders = {};
    const note = (headers: IncomingHttpHeaders) => {
      status = { ...status, ...headers };
    };
    stream.on("response", note).on("trailers", note);
    stream.end(framed(message));
    const reply = await bytesOf(stream);
    const code = String(status["grpc-status"] ?? "no status");
    if (code !== "0") throw new GrpcError(code, decodeURIComponent(String(status["grpc-message"] ?? "")));
    return unframed(reply);
  }

  close(): void {
    this.session.destroy();
  }
}

async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A message begins with a byte that says "not compressed", and its length in four. */
function framed(message: Buffer): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

function unframed(frame: Buffer): Buffer {
  return frame.subarray(5);
}
