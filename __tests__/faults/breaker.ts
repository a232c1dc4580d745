import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { LocalHttp } from "../apply/harness/local-http";
import { type Call, callOf, refusalOf } from "./call";

/** How a call is broken. */
export const MODES = ["refuse", "lose", "expire", "kill", "interrupt"] as const;
export type Mode = (typeof MODES)[number];

/** The call to break: the n-th of this name. */
export interface Fault {
  readonly mode: Mode;
  readonly name: string;
  readonly nth: number;
}

/** How a call that is the n-th of its name is broken, if it is. */
export type ModeOf = (call: Call, nth: number) => Mode | undefined;

/** An apply that the breaker stands before. */
export interface Session {
  /** The API behind. */
  readonly endpoint: string;
  /** Names of what was there before, by ID or ARN. */
  readonly names: ReadonlyMap<string, string>;
  /** @default - nothing is broken */
  readonly modeOf?: ModeOf;
  /** Sends a signal to Terraform. */
  readonly signal?: (signal: "SIGKILL" | "SIGINT") => void;
  /** What happens between a call that changes something and its answer. */
  readonly afterCall?: (call: Call) => Promise<void>;
}

/** How long nobody asks anything if nobody is left who would: on a busy machine, the calls of a provider come late. */
const QUIET = 1000;

/**
 * Stands before AWS APIs, and breaks calls that change something:
 *
 * - refuse: it is refused, and not carried out
 * - lose: it is carried out, and refused
 * - expire: it is carried out and answered, and all that follows is refused
 * - kill: it is carried out, and Terraform is killed before it hears of it
 * - interrupt: Terraform is interrupted, and the call is carried out and answered
 *
 * It carries out one such call at a time. A provider reads its endpoint once, so all applies go by the same one.
 */
export class Breaker extends LocalHttp {
  /** Calls of this session that change something, by name, in their order. */
  calls: string[] = [];
  /** Those that the API behind has refused. */
  refusals: string[] = [];
  isBroken = false;
  /** Nothing is carried out any more. */
  private isOver = false;
  private session: Session | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private lastRequest = 0;

  static start(): Promise<Breaker> {
    return new Breaker().listen();
  }

  /** Begins a session. The provider of a Terraform that has ended may still ask: it is refused until it asks no more. */
  async begin(session: Session): Promise<void> {
    while (this.isOver && Date.now() - this.lastRequest < QUIET) await sleep(QUIET);
    await this.last;
    this.calls = [];
    this.refusals = [];
    this.isBroken = this.isOver = false;
    this.session = session;
  }

  protected receive(incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): void {
    this.lastRequest = Date.now();
    const call = callOf(incoming, body.toString(), this.session?.names ?? new Map());
    if (this.isOver || this.session === undefined) {
      refuse(call, outgoing);
      return;
    }
    const { session } = this;
    if (!call.changes) {
      void pass(session.endpoint, incoming, body).then((reply) => reply.pipe(outgoing.writeHead(...head(reply))));
      return;
    }
    this.last = this.last
      .then(() => this.change(call, session, incoming, body, outgoing))
      .catch((error: unknown) => outgoing.destroy(error as Error));
  }

  private async change(
    call: Call,
    session: Session,
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
  ) {
    if (this.isOver) {
      refuse(call, outgoing);
      return;
    }
    this.calls.push(call.name);
    const { modeOf, endpoint, signal, afterCall } = session;
    const mode = modeOf?.(call, this.calls.filter((name) => name === call.name).length);
    this.isBroken ||= mode !== undefined;
    if (mode === "refuse") {
      refuse(call, outgoing);
      return;
    }
    if (mode === "interrupt") signal?.("SIGINT");
    const reply = await pass(endpoint, incoming, body);
    if (Number(reply.statusCode) >= 400) this.refusals.push(call.name);
    await afterCall?.(call);
    this.isOver = mode === "kill" || mode === "expire";
    if (mode === "kill") signal?.("SIGKILL");
    if (mode === "kill" || mode === "lose") {
      reply.resume();
      refuse(call, outgoing);
    } else reply.pipe(outgoing.writeHead(...head(reply)));
  }
}

function pass(endpoint: string, incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const { method, headers, url = "/" } = incoming;
  return new Promise((resolve, reject) => {
    request(new URL(url, endpoint), { method, headers }, resolve).on("error", reject).end(body);
  });
}

function head({ statusCode = 502, headers }: IncomingMessage) {
  return [statusCode, headers] as const;
}

function refuse(call: Call, outgoing: ServerResponse): void {
  const { status, headers, body } = refusalOf(call);
  outgoing.writeHead(status, headers).end(body);
}
