/** Outcomes of a request, and their text. */
import { Address } from "./address";

/** An answer with any status. */
export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  /** The origin of the target of a redirect. */
  readonly redirect?: string;
  /** Why the certificate of the server is not valid. */
  readonly certificateProblem?: string;
}

/** What happened instead of an answer. */
export interface NoAnswer {
  readonly kind: keyof typeof WORDS;
  /** Error code of the system or the library. */
  readonly detail: string;
}

export type Outcome = Answer | NoAnswer;

const WORDS = {
  // The connection was not accepted.
  refused: "connection refused",
  timeout: "no connection: timed out",
  // There was no attempt to connect.
  unresolved: "the name does not resolve",
  unreachable: "no route from here",
  "not made": "not tried",
  // The connection was accepted.
  silent: "connection accepted, then no answer: timed out",
  reset: "connection accepted, then reset",
  closed: "connection accepted, then closed without an answer",
  tls: "connection accepted, then a TLS error",
  "client certificate": "connection accepted, then refused without a client certificate",
  certificate: "invalid certificate",
  "not http": "connection accepted, then an answer that is not HTTP",
};

export function words(outcome: Outcome): string {
  if (outcome.kind !== "answer") return `${WORDS[outcome.kind]} (${outcome.detail})`;
  const { status, redirect, certificateProblem } = outcome;
  const to = redirect === undefined ? "" : `, a redirect to ${redirect}`;
  const certificate = certificateProblem === undefined ? "" : `, with an invalid certificate (${certificateProblem})`;
  return `answered ${status}${to}${certificate}`;
}

/** Whether it is an answer with this status. */
export function hasStatus(outcome: Outcome, status: number): boolean {
  return outcome.kind === "answer" && outcome.status === status;
}

/** Whether the server failed, so that the answer does not show how it treats the request. */
export function isServerError(outcome: Outcome): boolean {
  return outcome.kind === "answer" && outcome.status >= 500;
}

/** Whether the answer only redirects to HTTPS, which a load balancer does before any other check. */
export function isUpgrade(outcome: Outcome, { protocol }: Address): boolean {
  return outcome.kind === "answer" && protocol === "http" && outcome.redirect?.startsWith("https:") === true;
}
