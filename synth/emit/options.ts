/** What to synthesize, and where to. Loads nothing of CDKTF: the command line is read without it. */

/** The forms in which a module can be written. */
export const FORMATS = ["hcl", "json"] as const;
export type Format = (typeof FORMATS)[number];

/** The object `modules` in the context of a CDKTF program. */
export interface Options {
  /** Folder of the modules. */
  readonly out: string;
  readonly format: Format;
  /** @default - all modules of the program */
  readonly module?: readonly string[];
  /** A narrower version constraint on the AWS provider. @default - that of each module */
  readonly "provider-version"?: string;
  /** Whether to write the tests of the validations beside modules in HCL. They need mocks of the provider in tests/mocks. */
  readonly tests: boolean;
  /** Whether to find out what would change, and write nothing. */
  readonly check: boolean;
  /** Folder with stacks/ and examples/, from which the READMEs are made. */
  readonly sources: string;
}

export const DEFAULTS: Options = { out: "modules", format: "hcl", tests: false, check: false, sources: "." };
