/** The calls of a module that show its rules: what each refuses, and what all accept. */
import { Place, places } from "./places";
import {
  Case,
  changed,
  Changes,
  Combination,
  isOptional,
  Optional,
  Rule,
  Schema,
  schemaOf,
  statement,
  Value,
} from "./schema";

/** What is declared of a variable. */
export interface Declared {
  readonly name: string;
  readonly declaration: Schema | Optional;
}

/** Arguments of a module. */
export type Arguments = Readonly<Record<string, Value>>;

/** A rule at its place in a variable, with the calls that it refuses. */
export interface RefusedCalls {
  readonly variable: string;
  /** The number of its validation among those of the variable, from 0. */
  readonly validation: number;
  /** "node.port must be a whole number from 1 to 65535." */
  readonly words: string;
  /** By name. */
  readonly calls: ReadonlyMap<string, RefusedCall>;
}

export interface RefusedCall {
  /** Those that differ from the example. */
  readonly arguments: Arguments;
  /** Names of checks of the module that warn of the call too. */
  readonly warnings: readonly string[];
}

/** The smallest call of a module: the examples of the variables that have no default, and what the defaults of others need. */
export function exampleCall(variables: readonly Declared[]): Arguments {
  const needed = variables.flatMap(({ name, declaration }): [string, Value][] => {
    const others = Object.entries(schemaOf(declaration).examplesOfOthers ?? {});
    if (!isOptional(declaration)) return [[name, declaration.example], ...others];
    return declaration.default === null ? [] : others;
  });
  return argumentsOf(Object.fromEntries(needed), variables);
}

/** By rule, in the order of the validations. A rule that stands in several places shows all its values in the first one. */
export function refusedCalls(variables: readonly Declared[]): RefusedCalls[] {
  const shown = new Set<readonly Case[]>();
  return variables.flatMap((variable) =>
    placedRules(variable).map(({ place, rule }, validation) => {
      const values = shown.has(rule.refuses) ? rule.refuses.slice(0, 1) : rule.refuses;
      shown.add(rule.refuses);
      return {
        variable: variable.name,
        validation,
        words: statement(place.label, rule),
        calls: named(validation, place, values, variables),
      };
    }),
  );
}

function placedRules({ name, declaration }: Declared): { readonly place: Place; readonly rule: Rule<unknown> }[] {
  return places(name, declaration).flatMap((place) => place.schema.rules.map((rule) => ({ place, rule })));
}

/** By name, the calls that are accepted: every example, and the nearest values that the rules accept. */
export function acceptedCalls(variables: readonly Declared[]): ReadonlyMap<string, Arguments> {
  const shown = new Set<readonly Case[]>();
  const calls = variables.flatMap(({ name, declaration }) =>
    places(name, declaration).flatMap((place) => {
      const { example, rules } = place.schema;
      const values = [
        example,
        ...rules.filter(({ refuses }) => !shown.has(refuses)).flatMap(({ accepts = [] }) => accepts),
      ];
      rules.forEach(({ refuses }) => shown.add(refuses));
      return values.map((value): [string, Arguments] => [
        place.label.replaceAll("[*]", ""),
        argumentsOf(place.call(value), variables),
      ]);
    }),
  );
  const different = new Map(calls.map(([label, call]) => [JSON.stringify(call), [label, call] as const]));
  const count = new Map<string, number>();
  return new Map(
    [...different.values()].map(([label, call]) => {
      const number = (count.get(label) ?? 0) + 1;
      count.set(label, number);
      return [number === 1 ? label : `${label} ${number}`, call];
    }),
  );
}

function named(
  validation: number,
  place: Place,
  values: readonly Case[],
  variables: readonly Declared[],
): ReadonlyMap<string, RefusedCall> {
  const path = place.label.replaceAll("[*]", "").replaceAll(".", "_");
  return new Map(
    values.map((value, index) => [
      `${path}_${validation + 1}${values.length === 1 ? "" : String.fromCharCode("a".charCodeAt(0) + index)}`,
      {
        arguments: argumentsOf(place.call(value), variables),
        warnings: value instanceof Combination ? value.warnings : [],
      },
    ]),
  );
}

/** The arguments that changes to the examples make. */
function argumentsOf(changes: Changes, variables: readonly Declared[]): Arguments {
  return Object.fromEntries(
    Object.entries(changes).map(([name, change]) => {
      const variable = variables.find((one) => one.name === name);
      if (variable === undefined) throw new Error(`There is no variable "${name}".`);
      const schema = schemaOf(variable.declaration);
      return [name, changed(schema, schema.example, change)];
    }),
  );
}
