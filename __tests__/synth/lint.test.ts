import { spawnSync } from "node:child_process";
import { REPOSITORY } from "./support/program";

/** A file and what it imports. */
type Import = readonly [path: string, module: string];

// Imports point one way: cli → main → stacks → parts → synth (emit → variables → language); and the index of the provider costs seconds.
const REFUSED: readonly (readonly [...Import, rule: string])[] = [
  ["stacks/alb/alb-stack.ts", "@cdktf/provider-aws", "no-restricted-imports"],
  ["stacks/alb/alb-stack.ts", "@cdktf/provider-aws/lib", "no-restricted-imports"],
  ["main.ts", "@cdktf/provider-aws/lib/index", "no-restricted-imports"],
  ["synth/emit/module-stack.ts", "@cdktf/provider-aws/lib/lb", "no-restricted-imports"],
  ["synth/emit/module-stack.ts", "@cdktf/provider-aws", "no-restricted-imports"],
  ["synth/language/print/hcl.ts", "cdktf", "no-restricted-imports"],
  ["synth/language/print/hcl.ts", "constructs", "no-restricted-imports"],
  ["synth/language/print/hcl.ts", "@cdktf/provider-aws/lib/lb", "no-restricted-imports"],
  ["synth/language/print/hcl.ts", "../expression/expression", "import-x/no-restricted-paths"],
  ["synth/language/print/hcl.ts", "../../emit/format", "import-x/no-restricted-paths"],
  ["synth/language/expression/check.ts", "../../variables/schema", "import-x/no-restricted-paths"],
  ["synth/variables/schema.ts", "../emit/module-stack", "import-x/no-restricted-paths"],
  ["synth/emit/module-stack.ts", "../../stacks/alb/alb-stack", "import-x/no-restricted-paths"],
  ["synth/emit/module-stack.ts", "../../stacks/parts/provider/aws-provider", "import-x/no-restricted-paths"],
  ["stacks/parts/common-variables.ts", "../alb/alb-stack", "import-x/no-restricted-paths"],
  ["stacks/alb/alb-stack.ts", "../../main", "import-x/no-restricted-paths"],
  ["main.ts", "./cli/main", "import-x/no-restricted-paths"],
  ["synth/emit/module-stack.ts", "../../cli/package", "import-x/no-restricted-paths"],
  ["stacks/alb/alb-stack.ts", "../../cli/package", "import-x/no-restricted-paths"],
  ["cli/main.ts", "../release/check.mts", "import-x/no-restricted-paths"],
  ["synth/emit/module-stack.ts", "../../__tests__/tools", "import-x/no-restricted-paths"],
  ["stacks/verification/config-rules-schema.ts", "./config-rules", "import-x/no-cycle"],
  ["files/change.ts", "../synth/emit/write", "import-x/no-restricted-paths"],
  ["synth/emit/module-stack.ts", "../../contract/routing", "import-x/no-restricted-paths"],
  ["contract/routing.ts", "../synth/variables/schema", "import-x/no-restricted-paths"],
  ["contract/routing.ts", "../stacks/parts/identifiers", "import-x/no-restricted-paths"],
  ["contract/routing.ts", "../cli/package", "import-x/no-restricted-paths"],
  ["contract/routing.ts", "../release/check.mts", "import-x/no-restricted-paths"],
  ["contract/routing.ts", "cdktf", "no-restricted-imports"],
  ["cli/snapshot/run.ts", "@aws-sdk/client-ec2", "no-restricted-imports"],
  ["account/snapshot.ts", "@aws-sdk/client-ec2", "no-restricted-imports"],
  ["account/snapshot.ts", "cdktf", "@typescript-eslint/no-restricted-imports"],
  ["account/read/read.ts", "cdktf", "@typescript-eslint/no-restricted-imports"],
  ["account/snapshot.ts", "../contract/../cli/package", "import-x/no-restricted-paths"],
  ["account/snapshot.ts", "../files/change", "import-x/no-restricted-paths"],
  ["stacks/alb/alb-stack.ts", "../../account/snapshot", "import-x/no-restricted-paths"],
];

const ALLOWED: readonly Import[] = [
  ["cli/synth/command.ts", "../../main"],
  ["cli/main.ts", "../contract/parse"],
  ["cli/snapshot/run.ts", "../../account/read/read"],
  ["account/read/ec2.ts", "@aws-sdk/client-ec2"],
  ["cli/vendor/update.ts", "../../files/change"],
  ["main.ts", "./stacks/alb/alb-stack"],
  ["stacks/parts/routing-contract.ts", "../../contract/routing"],
  ["stacks/alb/alb-stack.ts", "@cdktf/provider-aws/lib/lb"],
  ["stacks/alb/alb-stack.ts", "../parts/common-variables"],
  ["stacks/alb/alb-stack.ts", "../../synth/emit/module-stack"],
  ["stacks/parts/common-variables.ts", "../../synth/variables/schema"],
  ["synth/emit/module-stack.ts", "cdktf"],
  ["synth/emit/module-stack.ts", "../variables/schema"],
  ["synth/emit/write.ts", "../../files/change"],
  ["synth/variables/schema.ts", "../language/expression/expression"],
  ["synth/language/expression/expression.ts", "../print/template"],
];

// The configuration is a module of the new kind, which jest cannot load: another process does, once for all. The rules
// that need types would take ten seconds.
const SCRIPT = `
  const { ESLint } = require("eslint");
  const { configs } = require("typescript-eslint");
  const eslint = new ESLint({ overrideConfig: configs.disableTypeChecked });
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
