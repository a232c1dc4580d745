import { type IncomingMessage, request, type ServerResponse } from "node:http";
import { LocalHttp } from "../../apply/harness/local-http";

/** How a call fails. */
export const FAULTS = {
  refused: { status: 403, body: "<Error><Code>AccessDenied</Code><Message>SECRET-no</Message></Error>" },
  broken: { status: 500, body: "SECRET-internal" },
  throttled: { status: 429, body: "<Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error>" },
  /** The answer ends in the middle. */
  truncated: { status: 200, body: undefined },
} as const;
export type Fault = keyof typeof FAULTS;

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/**
 * Stands in front of an API, asks each question once, and repeats the answer: an account that does not change, read many
 * times. One question at a time is answered wrongly.
 */
export class Replay extends LocalHttp {
  /** What was asked, until a test empties it: method, path, and body. */
  readonly asked = new Set<string>();
  fault: { readonly question: string; readonly kind: Fault } | undefined;
  private readonly answers = new Map<string, Promise<Answer>>();

  protected constructor(private readonly behind: string) {
    super();
  }

  static start(behind: string): Promise<Replay> {
    return new Replay(behind).listen();
  }

  protected receive(incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): void {
    this.answer(incoming, body).then(
      ({ status, headers, body }) => outgoing.writeHead(status, headers).end(body),
      (error: unknown) => outgoing.destroy(error as Error),
    );
  }

  private async answer(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
    const question = [incoming.method, incoming.url, incoming.headers["x-amz-target"], body.toString()].join(" ");
    let known = this.answers.get(question);
    this.asked.add(question);
    if (known === undefined) {
      known = this.ask(incoming, body);
      this.answers.set(question, known);
    }
    const answer = await known;
    if (this.fault?.question !== question) return answer;
    const { status, body: text } = FAULTS[this.fault.kind];
    const cut = text === undefined ? answer.body.subarray(0, answer.body.length / 2) : Buffer.from(text);
    return { status, headers: { ...answer.headers, "content-length": String(cut.length) }, body: cut };
  }

  private ask({ method, url = "/", headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, fail) => {
      const forwarded = request(new URL(url, this.behind), { method, headers }, (reply) => {
        const chunks: Buffer[] = [];
        reply.on("data", (chunk: Buffer) => chunks.push(chunk));
        reply.on("end", () => {
          // The answer is sent in one piece.
          const headers = { ...reply.headers };
          delete headers["transfer-encoding"];
          resolve({ status: reply.statusCode ?? 502, headers, body: Buffer.concat(chunks) });
        });
      });
      forwarded.on("error", fail);
      forwarded.end(body);
    });
  }
}
