import { TerraformElement } from "cdktf";
import { JsonObject } from "../language/print/hcl";

/** A named block of a module: `resource "aws_lb" "this"`, `variable "name"`, a local. */
export interface Address {
  readonly kind: "resource" | "data" | "variable" | "output" | "locals" | "check";
  readonly labels: readonly string[];
}

/** What an element adds to its module, resolved. */
export interface Fragment {
  readonly element: TerraformElement;
  readonly json: JsonObject;
}

/** An address with the element that declares it. */
export interface Declaration extends Address {
  readonly element: TerraformElement;
}

/** What the elements of a stack declare, in their order. */
export function declarations(fragments: readonly Fragment[]): Declaration[] {
  return fragments.flatMap(({ element, json }) => addresses(json).map((address) => ({ ...address, element })));
}

/** What is in a module, or in a part of one. */
export function addresses(module: Partial<Record<Address["kind"], object>>): Address[] {
  return [
    ...typed("resource", module.resource),
    ...typed("data", module.data),
    ...named("variable", module.variable),
    ...named("output", module.output),
    ...named("locals", module.locals),
    ...named("check", module.check),
  ];
}

function typed(kind: Address["kind"], byType: object = {}): Address[] {
  return Object.entries(byType).flatMap(([type, byName]) =>
    Object.keys(byName as object).map((name) => ({ kind, labels: [type, name] })),
  );
}

function named(kind: Address["kind"], byName: object = {}): Address[] {
  return Object.keys(byName).map((name) => ({ kind, labels: [name] }));
}
