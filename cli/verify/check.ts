import { NoAnswer, Outcome } from "./outcome";
import { Request } from "./send";

/** "unknown": the test could not run, or its result shows nothing. It never counts as a pass. */
export type Verdict = "pass" | "fail" | "unknown";

/** Exit codes of the process. */
export const EXIT_CODES: Readonly<Record<Verdict, number>> = { pass: 0, fail: 1, unknown: 2 };

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** One line of the result. */
export interface Finding extends Judgement {
  readonly test: "direct access" | "bypass header" | "attack detection";
  /** Where the request went, and what was special about it. */
  readonly target: string;
}

/** The network as a check uses it. Both methods keep the limits, and neither throws an error of the network. */
export interface Network {
  send(request: Request): Promise<Outcome>;
  /** The IP addresses of a name. */
  resolve(name: string): Promise<readonly string[] | NoAnswer>;
}

/** A test of one address. It may send several requests. */
export type Check = (network: Network) => Promise<readonly Finding[]>;
