import { once } from "node:events";
import { connect as connectTcp, isIP, Socket } from "node:net";
import { connect as connectTls, TLSSocket } from "node:tls";
import { Client } from "undici";
import { Address, urlOf } from "./address";
import { Answer, NoAnswer, Outcome } from "./outcome";

/** A GET request over its own connection. */
export interface Request {
  readonly address: Address;
  /** IP address to connect to. @default - the IP address of the host */
  readonly ip?: string;
  /** Host header, and server name in TLS. @default - the host of the address */
  readonly host?: string | undefined;
  /** More headers. Duplicates are sent as they are. */
  readonly headers?: readonly (readonly [string, string])[];
  readonly clientCertificate?: ClientCertificate | undefined;
  /** Whether to send the request only if the certificate is valid for the host. */
  readonly verifyCertificate: boolean;
}

/** In PEM. Shown to servers that ask for it. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface Limits {
  /** For the connection, and then for the answer. */
  readonly seconds: number;
  /** Ends all requests. Its reason is a string. */
  readonly deadline: AbortSignal;
}

/** Thrown if there is no answer. */
class Failure extends Error {
  public constructor(public readonly outcome: NoAnswer) {
    super(outcome.kind);
  }
}

/** Sends a request. Follows no redirect, uses no proxy, and reads only the status and headers of an answer. */
export async function send(request: Request, limits: Limits): Promise<Outcome> {
  try {
    const socket = await connection(request, limits);
    try {
      // From here on, a timeout is "silent": the connection was accepted.
      return await within(limits, "silent", (signal) => exchange(socket, request, signal), afterConnection);
    } finally {
      socket.destroy();
    }
  } catch (error) {
    if (error instanceof Failure) return error.outcome;
    throw error;
  }
}

async function connection({ address, ip }: Request, limits: Limits): Promise<Socket> {
  const open = async (signal: AbortSignal) => {
    const socket = connectTcp({ host: ip ?? address.host, port: address.port });
    try {
      await once(socket, "connect", { signal });
    } catch (error) {
      socket.destroy();
      throw error;
    }
    return socket;
  };
  return within(limits, "timeout", open, beforeConnection);
}

async function exchange(socket: Socket, request: Request, signal: AbortSignal): Promise<Outcome> {
  // After an error between two steps, the next step finds the socket closed.
  socket.on("error", () => undefined);
  if (request.address.protocol === "http") return answer(socket, request, signal);
  const secured = await handshake(socket, request, signal);
  // In TLS 1.3, a server refuses a missing or unknown client certificate after the handshake.
  let alert: string | undefined;
  secured.on("error", (error) => {
    alert ??= codeOf(error);
  });
  try {
    return await secureAnswer(secured, request, signal);
  } catch (error) {
    if (alert === undefined || afterConnection(alert) === "reset") throw error;
    throw new Failure({ kind: afterConnection(alert), detail: alert });
  }
}

async function secureAnswer(secured: TLSSocket, request: Request, signal: AbortSignal): Promise<Outcome> {
  const problem = secured.authorized ? undefined : String(secured.authorizationError);
  if (problem === undefined) return answer(secured, request, signal);
  if (request.verifyCertificate) throw new Failure({ kind: "certificate", detail: problem });
  return { ...(await answer(secured, request, signal)), certificateProblem: problem };
}

async function handshake(
  socket: Socket,
  { address, host, clientCertificate }: Request,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const name = host?.replace(/:[0-9]+$/, "") ?? address.host;
  // exchange() checks the certificate. TLS has no server name for IP addresses, but the certificate is compared with them.
  const secured = connectTls({
    socket,
    host: name,
    rejectUnauthorized: false,
    ...clientCertificate,
    ...(isIP(name) === 0 && { servername: name }),
  });
  await once(secured, "secureConnect", { signal });
  return secured;
}

async function answer(socket: Socket, { address, host, headers = [] }: Request, signal: AbortSignal): Promise<Answer> {
  if (socket.destroyed) throw closed();
  // undici may wait forever after a connection that closed between its steps. It says first what it knows.
  const gone = new Promise<never>((_, reject) => {
    socket.once("close", () => setTimeout(reject, 100, closed()));
  });
  const client = new Client(new URL(urlOf(address)).origin, {
    // undici would wait forever for a socket that is closed already, and asks again for one that was closed.
    connect: (_, callback) => {
      if (socket.destroyed) callback(closed(), null);
      else callback(null, socket);
    },
    headersTimeout: 0,
    maxHeaderSize: 262_144,
  });
  try {
    const asked = client.request({
      method: "GET",
      path: address.path,
      headers: [
        ...(host === undefined ? [] : ["host", host]),
        ...["accept", "*/*", "user-agent", "terraform-aws-wallarm-routing verify"],
        ...headers.flat(),
      ],
      signal,
    });
    const response = await Promise.race([asked, gone]);
    response.body.on("error", () => undefined).destroy();
    const { statusCode: status, headers: received } = response;
    const redirect = status >= 300 && status < 400 ? redirectOrigin(received.location, address) : undefined;
    return { kind: "answer", status, ...(redirect !== undefined && { redirect }) };
  } finally {
    // Not awaited: it may wait for a connection that is closed.
    socket.destroy();
    void client.destroy();
  }
}

/** undici would connect again after an error of its own, UND_ERR_SOCKET. */
function closed(): Error {
  return Object.assign(new Error("The connection was closed."), { code: "ERR_SOCKET_CLOSED" });
}

/** The origin of a redirect. Its path and query may contain anything, such as the secret. */
function redirectOrigin(location: string | string[] | undefined, address: Address): string | undefined {
  if (typeof location !== "string" || !URL.canParse(location, urlOf(address))) return undefined;
  return new URL(location, urlOf(address)).origin;
}

/** Runs an action within the limits and turns its errors into failures. */
async function within<T>(
  { seconds, deadline }: Limits,
  late: NoAnswer["kind"],
  action: (signal: AbortSignal) => Promise<T>,
  kindOf: (code: string) => NoAnswer["kind"],
): Promise<T> {
  // AbortSignal.any may lose a signal in Node.js 20 if nothing else references it.
  const controller = new AbortController();
  const abort = () => {
    controller.abort();
  };
  const timer = setTimeout(abort, seconds * 1000);
  deadline.addEventListener("abort", abort);
  try {
    if (deadline.aborted) abort();
    return await action(controller.signal);
  } catch (error) {
    if (error instanceof Failure) throw error;
    // The deadline interrupted the action, so this is not a timeout.
    if (deadline.aborted) throw new Failure({ kind: "not made", detail: String(deadline.reason) });
    if (controller.signal.aborted) throw new Failure({ kind: late, detail: `${seconds} s` });
    const code = codeOf(error);
    if (code === undefined || code.includes("INVALID_ARG")) throw error;
    throw new Failure({ kind: kindOf(code), detail: code });
  } finally {
    clearTimeout(timer);
    deadline.removeEventListener("abort", abort);
  }
}

function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}

/** Source: connect(2) and getaddrinfo(3). */
function beforeConnection(code: string): NoAnswer["kind"] {
  if (code === "ECONNREFUSED") return "refused";
  if (code === "ETIMEDOUT") return "timeout";
  // A refusal has another code, so this reset came after the TCP handshake.
  if (code === "ECONNRESET") return "reset";
  if (code === "ENOTFOUND" || code.startsWith("EAI_")) return "unresolved";
  if (["ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "ENETDOWN", "EHOSTDOWN"].includes(code)) return "unreachable";
  return "not made";
}

function afterConnection(code: string): NoAnswer["kind"] {
  if (code === "ECONNRESET" || code === "EPIPE") return "reset";
  if (code.endsWith("CERTIFICATE_REQUIRED")) return "client certificate";
  if (code === "EPROTO" || code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_")) return "tls";
  if (code.startsWith("HPE_") || code === "UND_ERR_HEADERS_OVERFLOW") return "not http";
  return "closed";
}
