import { parse } from "@cdktf/hcl2json";
import { parseType, Type } from "./type";

/** The parts of a module that callers and their states depend on. */
export interface Interface {
  /** Address of a resource → whether it has `for_each`, which adds a key to the address in a state. */
  readonly resources: ReadonlyMap<string, boolean>;
  readonly moved: readonly Moved[];
  readonly variables: ReadonlyMap<string, InputVariable>;
  /** Output → whether it is sensitive. */
  readonly outputs: ReadonlyMap<string, boolean>;
  /** "Terraform" or the source of a provider → version constraint. */
  readonly requirements: ReadonlyMap<string, string>;
}

export interface Moved {
  readonly from: string;
  readonly to: string;
}

export interface InputVariable {
  readonly type: Type;
  readonly required: boolean;
  readonly nullable: boolean;
}

/** A module as hcl2json reads it: every block is a list. */
interface Parsed {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, readonly [{ readonly for_each?: unknown }]>>>>;
  readonly moved?: readonly Moved[];
  readonly variable?: Readonly<
    Record<string, readonly [{ readonly type?: string; readonly default?: unknown; readonly nullable?: boolean }]>
  >;
  readonly output?: Readonly<Record<string, readonly [{ readonly sensitive?: boolean }]>>;
  readonly terraform?: readonly {
    readonly required_version?: string;
    readonly required_providers?: readonly Readonly<Record<string, { source: string; version: string }>>[];
  }[];
}

/** @param text of all files of the module */
export async function readInterface(text: string): Promise<Interface> {
  const {
    resource = {},
    moved = [],
    variable = {},
    output = {},
    terraform = [],
  } = (await parse("main.tf", text)) as Parsed;
  return {
    resources: new Map(
      Object.entries(resource).flatMap(([type, named]) =>
        Object.entries(named).map(([name, [body]]) => [`${type}.${name}`, "for_each" in body] as const),
      ),
    ),
    moved: moved.map(({ from, to }) => ({ from: expression(from), to: expression(to) })),
    variables: new Map(
      await Promise.all(
        Object.entries(variable).map(async ([name, [body]]) => {
          const type = await parseType(expression(body.type ?? "${any}"));
          return [name, { type, required: !("default" in body), nullable: body.nullable ?? true }] as const;
        }),
      ),
    ),
    outputs: new Map(Object.entries(output).map(([name, [body]]) => [name, body.sensitive ?? false])),
    requirements: new Map(
      terraform.flatMap(({ required_version, required_providers = [] }) => [
        ...(required_version === undefined ? [] : [["Terraform", required_version] as const]),
        ...required_providers.flatMap((providers) =>
          Object.values(providers).map(({ source, version }) => [source, version] as const),
        ),
      ]),
    ),
  };
}

/** The text of an expression, which hcl2json gives as a template. */
function expression(template: string): string {
  return template.replace(/^\$\{(.*)\}$/s, "$1");
}
