/**
 * What Terraform prints line by line with `-json`.
 * Source: https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 */
export interface Message {
  readonly "@level": string;
  readonly "@message": string;
  /** Of `terraform test`: the run that the line is about. */
  readonly "@testrun"?: string;
  readonly diagnostic?: Diagnostic;
  /** Of `terraform test -verbose`: the plan of the run. */
  readonly test_plan?: TestPlan;
}

export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
  /** The source of the message, and what the expressions in it are. */
  readonly snippet?: { readonly context: string | null; readonly values: readonly unknown[] };
}

interface TestPlan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: { readonly after: Readonly<Record<string, unknown>> };
  }[];
  readonly output_changes?: Readonly<Record<string, { readonly after?: unknown }>>;
}

export function messagesIn(stdout: string): Message[] {
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Message);
}

export function diagnosticsIn(stdout: string): Diagnostic[] {
  return messagesIn(stdout).flatMap(({ diagnostic }) => diagnostic ?? []);
}
