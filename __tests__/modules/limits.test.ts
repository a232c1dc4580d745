import type { Call, Refusal } from "../../release/validations";
import { describeInTestAll } from "../test-all";
import { LIMITS } from "./limits";
import { type Arguments, defaultsOf } from "./test-files";
import { refusalsOf } from "./validations";
import { moduleNames } from "./workspace";

describeInTestAll(["terraform"], "the limits of AWS, nginx and the node", () => {
  test("are those of modules that there are", () => {
    expect(LIMITS.flatMap((limit) => limit.modules).filter((module) => !moduleNames.includes(module))).toEqual([]);
  });

  describe.each(moduleNames)("in the module %s", (module) => {
    const limits = LIMITS.filter((limit) => limit.modules.includes(module));
    let found: ReadonlyMap<string, readonly Refusal[]>;

    beforeAll(async () => {
      const defaults = await defaultsOf(module);
      // Together, calls in which the same variables differ: see `Call`.
      const call = (kind: string, name: string, changes: Arguments): Call => ({
        name: `${kind}: ${name}`,
        group: `${kind}: ${Object.keys(changes).join()}`,
        arguments: merged(defaults, changes),
      });
      const calls = limits.flatMap(({ name, refused, accepted }) => [
        call("refused", name, refused),
        call("accepted", name, accepted),
      ]);
      found = await refusalsOf(module, calls, defaults);
    }, 300_000);

    test.each(limits.map(({ name }) => name))("%s", (name) => {
      expect(found.get(`accepted: ${name}`)).toEqual([]);
      expect(found.get(`refused: ${name}`)).not.toEqual([]);
    });
  });
});

/** Arguments with changes: objects field by field, anything else as a whole. */
function merged(before: Arguments, changes: Arguments): Arguments {
  const entries = Object.entries(changes).map(([key, change]): [string, unknown] => {
    const value = before[key];
    return [key, isObject(value) && isObject(change) ? merged(value, change) : change];
  });
  return { ...before, ...Object.fromEntries(entries) };
}

function isObject(value: unknown): value is Arguments {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
