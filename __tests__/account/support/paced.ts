import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import { Replay } from "./replay";

/** Of Elastic Load Balancing, in an account and Region: see __tests__/apply/moto/strict/throttling.py. */
const CAPACITY = 40;
const TOKENS_PER_SECOND = 10;
const IS_LOAD_BALANCING = /(^|&)Version=2015-12-01(&|$)/;

const THROTTLED =
  "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>";

/** Answers as AWS does: many at a time, each after a while, and no more than its rate of reads. */
export class Paced extends Replay {
  private tokens = CAPACITY;
  private then = performance.now();
  throttled = 0;

  static override start(behind: string): Promise<Paced> {
    return new Paced(behind).listen();
  }

  protected override receive(incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): void {
    const isTaken = IS_LOAD_BALANCING.test(body.toString()) && !this.take();
    void setTimeout(LATENCY).then(() => {
      if (!isTaken) super.receive(incoming, body, outgoing);
      else outgoing.writeHead(400, { "content-type": "text/xml" }).end(THROTTLED);
    });
  }

  private take(): boolean {
    const now = performance.now();
    this.tokens = Math.min(CAPACITY, this.tokens + ((now - this.then) / 1000) * TOKENS_PER_SECOND);
    this.then = now;
    if (this.tokens < 1) {
      this.throttled++;
      return false;
    }
    this.tokens--;
    return true;
  }
}

const LATENCY = 30;
