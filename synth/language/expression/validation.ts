import { IResolvable } from "cdktf";

/** What must be true, and what to say when it is not: of a variable, a resource, an output or a check. */
export interface Validation {
  readonly condition: IResolvable;
  /** A Terraform template: shows the value received and the fix. */
  readonly errorMessage: string;
}
