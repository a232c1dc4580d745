import { spawnSync } from "node:child_process";
import { REPOSITORY } from "./support/program";

/** A file and what it imports. */
type Import = readonly [path: string, module: string];

// Imports point one way: cli → main → stacks → parts → synth; and the index of the provider costs seconds.
const REFUSED: readonly (readonly [...Import, rule: string])[] = [
  ["stacks/alb/alb-stack.ts", "@cdktf/provider-aws", "no-restricted-imports"],
  ["stacks/alb/alb-stack.ts", "@cdktf/provider-aws/lib", "no-restricted-imports"],
  ["main.ts", "@cdktf/provider-aws/lib/index", "no-restricted-imports"],
  ["synth/module-stack.ts", "@cdktf/provider-aws/lib/lb", "no-restricted-imports"],
  ["synth/module-stack.ts", "@cdktf/provider-aws", "no-restricted-imports"],
  ["synth/module-stack.ts", "../stacks/alb/alb-stack", "import-x/no-restricted-paths"],
  ["synth/module-stack.ts", "../stacks/aws-provider", "import-x/no-restricted-paths"],
  ["stacks/parts/common-variables.ts", "../alb/alb-stack", "import-x/no-restricted-paths"],
  ["stacks/alb/alb-stack.ts", "../../main", "import-x/no-restricted-paths"],
  ["main.ts", "./cli/main", "import-x/no-restricted-paths"],
  ["synth/module-stack.ts", "../cli/package", "import-x/no-restricted-paths"],
  ["stacks/alb/alb-stack.ts", "../../cli/package", "import-x/no-restricted-paths"],
  ["cli/main.ts", "../release/check.mts", "import-x/no-restricted-paths"],
  ["synth/module-stack.ts", "../__tests__/tools", "import-x/no-restricted-paths"],
];

const ALLOWED: readonly Import[] = [
  ["cli/synth/command.ts", "../../main"],
  ["cli/vendor/update.ts", "../../synth/change"],
  ["main.ts", "./stacks/alb/alb-stack"],
  ["stacks/alb/alb-stack.ts", "@cdktf/provider-aws/lib/lb"],
  ["stacks/alb/alb-stack.ts", "../parts/common-variables"],
  ["stacks/alb/alb-stack.ts", "../../synth/module-stack"],
  ["stacks/parts/common-variables.ts", "../aws-provider"],
  ["stacks/parts/common-variables.ts", "../../synth/schema"],
  ["synth/module-stack.ts", "cdktf"],
];

// The configuration is a module of the new kind, which jest cannot load: another process does, once for all. The rules
// that need types, or all that a file imports, would take ten seconds.
const SCRIPT = `
  const { ESLint } = require("eslint");
  const { configs } = require("typescript-eslint");
  const overrideConfig = [configs.disableTypeChecked, { rules: { "import-x/no-cycle": "off" } }];
  const eslint = new ESLint({ overrideConfig });
  const lint = async ([filePath, module]) => {
    const text = 'import * as imported from "' + module + '";\\nexport { imported };\\n';
    const [{ messages }] = await eslint.lintText(text, { filePath });
    return messages.map(({ ruleId, message }) => ruleId ?? message);
  };
  Promise.all(JSON.parse(process.argv[1]).map(lint)).then((rules) => console.log(JSON.stringify(rules)));
`;

describe("the lint rules", () => {
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", SCRIPT, JSON.stringify([...REFUSED, ...ALLOWED])], {
    cwd: REPOSITORY,
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  const broken = JSON.parse(stdout) as string[][];

  test.each(REFUSED.map((one, index) => [...one, index] as const))("refuse in %s the import of %s", (...one) => {
    const [, , rule, index] = one;
    expect(broken[index]).toContain(rule);
  });

  test.each(ALLOWED.map((one, index) => [...one, REFUSED.length + index] as const))(
    "allow in %s that of %s",
    (...one) => {
      const [, , index] = one;
      expect(broken[index]).toEqual([]);
    },
  );
});
