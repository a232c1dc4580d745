import type { Call, Refusal } from "../../release/validations";
import { acceptedCalls, exampleCall, refusedCalls } from "../../synth/variables/rule-cases";
import { isTestAll } from "../test-all";
import { describeWithTools } from "../tools";
import { rules } from "./refusals";
import { stackOf } from "./stack-of";
import { refusalsOf } from "./validations";
import { moduleNames } from "./workspace";

/** A call that a rule refuses. */
interface RefusedCall extends Call {
  /** Where the rule's validation stands: "variables.tf:8". */
  readonly rule: string;
}

/** Of the calls that a rule refuses. `npm run test:all` makes all. */
const most = isTestAll ? Infinity : 1;

describeWithTools(["terraform"], "the validations", () => {
  describe.each(moduleNames)("of the module %s", (module) => {
    let refused: readonly RefusedCall[];
    let accepted: readonly Call[];
    let found: ReadonlyMap<string, readonly Refusal[]>;

    beforeAll(async () => {
      const { inputs } = await stackOf(module);
      const example = exampleCall(inputs);
      const positions = rules(module, "validation");
      const ofRules = refusedCalls(inputs);
      // The validations of a variable, and the variables, are in the order of their rules.
      expect(positions).toHaveLength(ofRules.length);
      refused = ofRules.flatMap(({ variable, calls }, index) =>
        [...calls].slice(0, most).map(([name, call]) => ({
          name,
          group: variable,
          rule: positions[index] ?? "",
          arguments: { ...example, ...call.arguments },
        })),
      );
      accepted = [...acceptedCalls(inputs)].map(([name, call]) => ({
        name: `accepted: ${name}`,
        group: `accepted: ${/^\w+/.exec(name)?.[0]}`,
        arguments: { ...example, ...call },
      }));
      found = await refusalsOf(module, [...refused, ...accepted], example);
    }, 300_000);

    test("refuse each call that a rule refuses, and no other rule does", () => {
      const wrong = refused.filter(
        ({ name, rule }) =>
          found
            .get(name)
            ?.map((one) => one.rule)
            .join() !== rule,
      );
      expect(wrong.map((call) => ({ ...call, found: found.get(call.name) }))).toEqual([]);
    });

    test("accept every example, and what is next to a limit", () => {
      const wrong = accepted.filter(({ name }) => found.get(name)?.length !== 0);
      expect(wrong.map((call) => ({ ...call, found: found.get(call.name) }))).toEqual([]);
    });
  });
});
