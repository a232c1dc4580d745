import { describeWithTools } from "../tools";
import type { Refusal } from "../../release/validations";
import { type Kind, refusals, rules } from "./refusals";

export interface ConditionsOptions {
  readonly module: string;
  /** By run in the module's tests that expects a condition to fail, what its caller reads. */
  readonly messages: Readonly<Record<string, string>>;
  /** How many conditions of a kind fail in no run. @default - none */
  readonly unmet?: Readonly<Partial<Record<Kind, number>>>;
}

/** Tests what the callers of a module read when a condition of a resource or an output fails. */
export function describeConditions({ module, messages, unmet = {} }: ConditionsOptions): void {
  describeWithTools(["terraform"], `conditions of the module ${module}`, () => {
    let found: ReadonlyMap<string, readonly Refusal[]>;

    beforeAll(async () => {
      found = await refusals(module);
    }, 300_000);

    test("fail in the runs that have a message here, and in no other", () => {
      expect([...found.keys()].sort()).toEqual(Object.keys(messages).sort());
    });

    test.each(Object.entries(messages))("%s", (run, message) => {
      expect(found.get(run)?.map((refusal) => refusal.message)).toEqual([message]);
    });

    test.each(["precondition", "postcondition"] as const)("each %s fails in a run", (kind) => {
      const failed = new Set([...found.values()].flat().map(({ rule }) => rule));
      expect(rules(module, kind).filter((rule) => !failed.has(rule))).toHaveLength(unmet[kind] ?? 0);
    });
  });
}
