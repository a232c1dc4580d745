import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, IResolvable } from "cdktf";
import { Construct } from "constructs";
import { ModuleStack, OutputOptions } from "../../../synth/emit/module-stack";
import { JsonObject } from "../../../synth/language/print/hcl";
import { Optional, ReferenceTo, Schema } from "../../../synth/variables/schema";

/** A module that a test fills. */
export class ExampleStack extends ModuleStack {
  public constructor(scope: Construct, id = "example") {
    super(scope, id, {
      summary: "An example.",
      providers: [{ name: "aws", source: "hashicorp/aws", version: ">= 5.0, < 7.0", permissions: {} }],
    });
  }

  public override variable<Declaration extends Schema | Optional>(
    name: string,
    declaration: Declaration,
  ): ReferenceTo<Declaration> {
    return super.variable(name, declaration);
  }

  public override output(
    ...output: [name: string, description: string, value: IResolvable | string, options?: OutputOptions]
  ): void {
    super.output(...output);
  }

  public override sensitiveOutput(...output: [name: string, description: string, value: IResolvable]): void {
    super.sensitiveOutput(...output);
  }
}

/** A stack with what the function adds to it, synthesized. */
export function synthesized(build: (stack: ExampleStack) => void): ExampleStack {
  const outdir = mkdtempSync(join(tmpdir(), "synth-test-"));
  try {
    const app = new App({ outdir });
    const stack = new ExampleStack(app);
    build(stack);
    app.synth();
    return stack;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The JSON of a module with what the function adds to it. */
export function moduleOf(build: (stack: ExampleStack) => void): JsonObject {
  return synthesized(build).toTerraform();
}

/** The block `variable` of a declaration, in JSON. */
export function variableOf(declaration: Schema | Optional): JsonObject {
  const { variable } = moduleOf((stack) => stack.variable("example", declaration)) as {
    variable: { example: JsonObject };
  };
  return variable.example;
}
