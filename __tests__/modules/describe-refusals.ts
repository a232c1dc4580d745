import { describeWithTools } from "../tools";
import { type Arguments, type Refusal, refusals } from "./refusals";

/** What a plan says of each call. */
export type Found = ReadonlyMap<string, readonly Refusal[]>;

export interface RefusalsOptions {
  readonly module: string;
  /** By run in the module's tests that is refused, what its caller reads: what was received, and what to do. */
  readonly messages: Readonly<Record<string, string>>;
  /** Calls that are not in the module's tests. @default - none */
  readonly further?: () => Promise<Readonly<Record<string, Arguments>>>;
}

/**
 * Tests what the callers of a module read when they are refused.
 * @param suite tests of the module's own, with what was found
 */
export function describeRefusals(options: RefusalsOptions, suite: (found: () => Found) => void): void {
  const { module, messages, further } = options;
  describeWithTools(["terraform"], `refusals of the module ${module}`, () => {
    let found: Found;
    let others: Readonly<Record<string, Arguments>>;

    beforeAll(async () => {
      others = (await further?.()) ?? {};
      found = await refusals(module, others);
    }, 300_000);

    test("are those of the runs in tests/ that are refused, and of nothing else", () => {
      const runs = [...found.keys()].filter((name) => !(name in others));
      expect(runs.sort()).toEqual(Object.keys(messages).sort());
    });

    test.each(Object.entries(messages))("%s", (run, message) => {
      expect(messagesOf(run, found)).toEqual([message]);
    });

    suite(() => found);
  });
}

/** What the caller reads. */
export function messagesOf(call: string, found: Found): string[] | undefined {
  return found.get(call)?.map(({ message }) => message);
}
