import { lookup } from "node:dns/promises";
import { Network } from "./check";
import { NoAnswer } from "./outcome";
import { ClientCertificate, Limits, send } from "./send";

/** @param concurrency number of requests at the same time */
export function network(limits: Limits, concurrency: number, clientCertificate?: ClientCertificate): Network {
  const places = new Places(concurrency);
  return {
    send: (request) => places.use(() => send({ ...request, clientCertificate }, limits)),
    resolve: (name) => places.use(() => resolve(name, limits.deadline)),
  };
}

/** Resolves as the system does, with the hosts file. */
async function resolve(name: string, deadline: AbortSignal): Promise<readonly string[] | NoAnswer> {
  const late = new Promise<NoAnswer>((done) => {
    const notMade = () => {
      done({ kind: "not made", detail: String(deadline.reason) });
    };
    if (deadline.aborted) notMade();
    else deadline.addEventListener("abort", notMade, { once: true });
  });
  const found = lookup(name, { all: true, verbatim: true }).then(
    (all) => all.map(({ address }) => address),
    (error: unknown): NoAnswer => ({ kind: "unresolved", detail: (error as NodeJS.ErrnoException).code ?? "" }),
  );
  return Promise.race([late, found]);
}

/** Limits the number of actions at the same time. */
class Places {
  private readonly waiting: (() => void)[] = [];

  public constructor(private free: number) {}

  public async use<T>(action: () => Promise<T>): Promise<T> {
    if (this.free === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.free -= 1;
    try {
      return await action();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }
}
