import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refusedCalls } from "../../synth/variables/rule-cases";
import { stackOf } from "./stack-of";
import { moduleNames } from "./workspace";

/** A line for each rule: "alb: name must start with a letter." Written with UPDATE_MODULE_RULES=1. */
const FILE = join(__dirname, "rules.txt");

async function rulesOf(module: string): Promise<string[]> {
  const { inputs } = await stackOf(module);
  return refusedCalls(inputs).map(({ words }) => `${module}: ${words}`);
}

// The tests of a rule are generated from it, and go with it. Who removes one removes its line, too, and a review sees that.
describe("no rule goes unnoticed", () => {
  if (process.env.UPDATE_MODULE_RULES === "1")
    beforeAll(async () => {
      const rules = await Promise.all(moduleNames.map(rulesOf));
      writeFileSync(FILE, `${rules.flat().join("\n")}\n`);
    });

  test.each(moduleNames)("of %s", async (module) => {
    const lines = readFileSync(FILE, "utf8").split("\n");
    expect(lines.filter((line) => line.startsWith(`${module}: `))).toEqual(await rulesOf(module));
  });
});
