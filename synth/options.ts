/** What to synthesize, and where to. Loads nothing of CDKTF: the command line is read without it. */

/** The forms in which a module can be written. */
export const FORMATS = ["hcl", "json"] as const;
export type Format = (typeof FORMATS)[number];

export interface Options {
  readonly out: string;
  readonly format: Format;
  /** @default - all modules of the project */
  readonly module?: readonly string[];
  readonly providerVersion?: string;
  readonly check: boolean;
}
