import type { World } from "./world";

/** A rule that refuses, with a call that AWS takes and one that it does not. */
export interface RefusingRow<W = World> {
  readonly rule: string;
  readonly lawful: (world: W) => Promise<unknown>;
  readonly refused: (world: W) => Promise<unknown>;
  readonly code: string;
}

/** A rule that answers, with what is answered under the layer and without it. */
export interface AnsweringRow<W = World> {
  readonly rule: string;
  readonly ask: (world: W) => Promise<unknown>;
  readonly strict: unknown;
  readonly plain: unknown;
}

export type Row<W = World> = RefusingRow<W> | AnsweringRow<W>;

export interface Refused {
  readonly refused: string;
}

/** What a call answers, or the code with which it is refused. */
export async function outcome(call: Promise<unknown>): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    return refusal((error as Error).name);
  }
}

/** SDKs name the error of a code DuplicateListener DuplicateListenerException, and some codes end so themselves. */
export function refusal(code: string): Refused {
  return { refused: code.replace(/Exception$/, "") };
}
