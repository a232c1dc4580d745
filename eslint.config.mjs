import tseslint from "typescript-eslint";
import { createNodeResolver, importX } from "eslint-plugin-import-x";

/**
 * Imports point one way: cli → main → stacks → stacks/parts → synth, and inside of synth: emit → variables → language. Stacks
 * and cli read contract/. What reads and judges accounts: cli → onboard, audit → model → account, contract.
 */
const zones = [
  {
    target: "./contract",
    from: [
      "./account",
      "./audit",
      "./cli",
      "./files",
      "./main.ts",
      "./model",
      "./onboard",
      "./stacks",
      "./synth",
      "./text",
    ],
    message: "contract/ imports nothing of the project.",
  },
  { target: "./synth/language/print", from: "./synth/language/expression", message: "Printing needs no expressions." },
  { target: "./synth/language", from: ["./synth/variables", "./synth/emit"], message: "The language comes first." },
  { target: "./synth/variables", from: "./synth/emit", message: "variables/ knows nothing of files." },
  { target: "./synth", from: ["./contract", "./stacks", "./main.ts"], message: "synth/ knows nothing of the stacks." },
  { target: "./stacks/parts", from: "./stacks", except: ["./parts"], message: "A part never imports a stack." },
  { target: "./stacks", from: "./main.ts" },
  {
    target: ["./account", "./audit", "./main.ts", "./model", "./onboard", "./stacks", "./synth"],
    from: "./cli",
    message: "Only cli/ knows of the command line.",
  },
  {
    target: "./account",
    from: ["./audit", "./files", "./main.ts", "./model", "./onboard", "./stacks", "./synth"],
    message: "account/ says what is there, and nothing of what follows from it.",
  },
  {
    target: ["./model", "./onboard"],
    from: ["./main.ts", "./stacks", "./synth/emit", "./synth/variables", "./synth/language/expression"],
    message: "Only the printing of HCL works without CDKTF.",
  },
  {
    target: "./model",
    from: ["./audit", "./onboard", "./files", "./account/read"],
    message: "model/ follows from a snapshot alone.",
  },
  {
    target: "./audit",
    from: ["./account/read", "./files", "./main.ts", "./onboard", "./stacks", "./synth"],
    message: "audit/ names and shows what the model judges.",
  },
  { target: "./onboard", from: "./audit", message: "onboard/ and audit/ know nothing of each other." },
  { target: "./onboard", from: "./account/read", message: "onboard/ writes what follows from a snapshot." },
  {
    target: ["./main.ts", "./stacks", "./synth"],
    from: ["./account", "./audit", "./model", "./onboard"],
    message: "Modules know nothing of accounts.",
  },
  {
    target: ["./files", "./text"],
    from: ["./account", "./audit", "./cli", "./main.ts", "./model", "./onboard", "./stacks", "./synth"],
    message: "files/ and text/ are for all of them.",
  },
  { target: "./cli/verify", from: ["./main.ts", "./stacks", "./synth"], message: "verify needs no CDKTF." },
  {
    target: [
      "./account",
      "./audit",
      "./cli",
      "./contract",
      "./files",
      "./main.ts",
      "./model",
      "./onboard",
      "./stacks",
      "./synth",
      "./text",
    ],
    from: ["./__tests__", "./release"],
  },
];

const providerIndex = {
  regex: "^@cdktf/provider-aws(/lib)?(/index)?$",
  message: "Import @cdktf/provider-aws/lib/<resource>: the index costs 2.5 s and 580 MB.",
};

export default tseslint.config(
  { ignores: [".localstack/", "build/", "lib/", "cdktf.out/", "coverage/", "node_modules/", "*.js", "**/*.mjs"] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { project: "tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".js", ".json"] })],
      // Without these, no-cycle reads no TypeScript.
      "import-x/extensions": [".ts"],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts"] },
    },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones }],
      "import-x/no-cycle": "error",
      "no-restricted-imports": ["error", { patterns: [providerIndex] }],
      // Constructs register themselves with their scope.
      "@typescript-eslint/no-extraneous-class": "off",
      // References and expressions turn into CDKTF tokens in template literals; that is how they are used.
      "@typescript-eslint/restrict-template-expressions": "off",
      "@typescript-eslint/no-base-to-string": "off",
    },
  },
  {
    files: ["main.ts", "{account,audit,cli,contract,files,model,onboard,stacks,synth,text}/**"],
    rules: {
      // A cycle of types is one too, and no-cycle does not follow `import type`.
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { prefer: "no-type-imports", disallowTypeAnnotations: false },
      ],
    },
  },
  {
    files: ["main.ts", "{account,audit,cli,files,model,onboard,stacks,text}/**"],
    ignores: ["account/read/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            providerIndex,
            { group: ["@aws-sdk/*", "@smithy/*"], message: "Only account/read/ reads accounts." },
          ],
        },
      ],
    },
  },
  {
    files: ["account/**", "audit/**", "model/**", "onboard/**"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { patterns: [{ group: ["cdktf", "constructs", "@cdktf/*"], message: "Accounts are read without CDKTF." }] },
      ],
    },
  },
  {
    files: ["contract/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            { group: ["cdktf", "constructs", "@cdktf/*"], message: "contract/ is data: any program reads it." },
          ],
        },
      ],
    },
  },
  {
    files: ["synth/**"],
    rules: {
      // What CDKTF keeps to itself is read with brackets, where there is no other way.
      "@typescript-eslint/dot-notation": [
        "error",
        { allowPrivateClassPropertyAccess: true, allowProtectedClassPropertyAccess: true },
      ],
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["@cdktf/provider-*"], message: "synth/ never imports an AWS binding." }] },
      ],
    },
  },
  {
    files: ["synth/language/print/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["cdktf", "cdktf/*", "@cdktf/*", "constructs"], message: "Printing needs no CDKTF." }] },
      ],
    },
  },
);
