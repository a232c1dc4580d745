import { NoAnswer, Outcome } from "./outcome";
import { Request } from "./send";

/** "unknown": the test could not be made, or its result shows nothing. Never a pass. */
export type Verdict = "pass" | "fail" | "unknown";

/** Of the process. */
export const EXIT_CODES: Readonly<Record<Verdict, number>> = { pass: 0, fail: 1, unknown: 2 };

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** One line of the result. */
export interface Finding extends Judgement {
  readonly test: "direct access" | "bypass header" | "attack detection";
  /** What was asked, and how. */
  readonly target: string;
}

/** What a check may do to the network. Keeps the limits: neither throws for anything that a network does. */
export interface Network {
  send(request: Request): Promise<Outcome>;
  /** The IP addresses of a name. */
  resolve(name: string): Promise<readonly string[] | NoAnswer>;
}

/** A test of one address, which may ask several times. */
export type Check = (network: Network) => Promise<readonly Finding[]>;
