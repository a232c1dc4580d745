import type { World } from "./world";

/** A rule that refuses, with a call that AWS takes and one that it does not. */
export interface RefusingRow {
  readonly rule: string;
  readonly lawful: (world: World) => Promise<unknown>;
  readonly refused: (world: World) => Promise<unknown>;
  readonly code: string;
}

/** A rule that answers, with what is answered under the layer and by moto alone. */
export interface AnsweringRow {
  readonly rule: string;
  readonly ask: (world: World) => Promise<unknown>;
  readonly strict: unknown;
  readonly plain: unknown;
}

export type Row = RefusingRow | AnsweringRow;

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
