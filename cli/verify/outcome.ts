/** What comes of a request, and how to say it. */
import { Address } from "./address";

/** An answer, whatever it says. */
export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  /** Where a redirect leads, without the path. */
  readonly redirect?: string;
  /** Why the certificate of the server that answered is not valid. */
  readonly certificateProblem?: string;
}

/** What happens instead. */
export interface NoAnswer {
  readonly kind: keyof typeof WORDS;
  /** The system's or the library's code. */
  readonly detail: string;
}

export type Outcome = Answer | NoAnswer;

const WORDS = {
  // Nobody took the connection.
  refused: "connection refused",
  timeout: "no connection: timed out",
  // It could not be tried.
  unresolved: "the name does not resolve",
  unreachable: "no route from here",
  "not made": "not made",
  // Somebody took it.
  silent: "connection accepted, then no answer: timed out",
  reset: "connection accepted, then reset",
  closed: "connection accepted, then closed without an answer",
  tls: "connection accepted, then a TLS error",
  certificate: "wrong certificate",
  "not http": "connection accepted, then an answer that is not HTTP",
};

export function words(outcome: Outcome): string {
  if (outcome.kind !== "answer") return `${WORDS[outcome.kind]} (${outcome.detail})`;
  const { status, redirect, certificateProblem } = outcome;
  const to = redirect === undefined ? "" : `, a redirect to ${redirect}`;
  const certificate = certificateProblem === undefined ? "" : `, with a wrong certificate (${certificateProblem})`;
  return `answered ${status}${to}${certificate}`;
}

/** Whether it is an answer with this status. */
export function hasStatus(outcome: Outcome, status: number): boolean {
  return outcome.kind === "answer" && outcome.status === status;
}

/** Whether what answered could not do what it is there for: it does not tell what it would have done. */
export function isServerError(outcome: Outcome): boolean {
  return outcome.kind === "answer" && outcome.status >= 500;
}

/** Whether it only says to come back with TLS, which a load balancer does before it looks at anything else. */
export function isUpgrade(outcome: Outcome, { protocol }: Address): boolean {
  return outcome.kind === "answer" && protocol === "http" && outcome.redirect?.startsWith("https:") === true;
}
