import { TerraformElement, TerraformStack } from "cdktf";

/** A named block that an element contributes to its module: `resource "aws_lb" "this"`, `variable "name"`, a local. */
export interface Declaration {
  readonly kind: "resource" | "data" | "variable" | "output" | "locals" | "check";
  readonly labels: readonly string[];
  readonly element: TerraformElement;
}

/** What the constructs of a stack declare, in the order in which they were made: the order of a reader. */
export function declarations(stack: TerraformStack): Declaration[] {
  return stack.node
    .findAll()
    .filter((construct) => TerraformElement.isTerraformElement(construct))
    .flatMap((element) => {
      const fragment = element.toTerraform() as Partial<Record<Declaration["kind"], Record<string, object>>>;
      return [
        ...typed("resource", fragment.resource, element),
        ...typed("data", fragment.data, element),
        ...named("variable", fragment.variable, element),
        ...named("output", fragment.output, element),
        ...named("locals", fragment.locals, element),
        ...named("check", fragment.check, element),
      ];
    });
}

function typed(
  kind: Declaration["kind"],
  byType: Record<string, object> | undefined,
  element: TerraformElement,
): Declaration[] {
  return Object.entries(byType ?? {}).flatMap(([type, byName]) =>
    Object.keys(byName).map((name) => ({ kind, labels: [type, name], element })),
  );
}

function named(
  kind: Declaration["kind"],
  byName: Record<string, object> | undefined,
  element: TerraformElement,
): Declaration[] {
  return Object.keys(byName ?? {}).map((name) => ({ kind, labels: [name], element }));
}
