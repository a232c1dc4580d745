/** Reads documents of the contract from other sources, such as a plan, a state, or a file. */
import { Field, ObjectField, ValueOf } from "./field";
import { ROUTING, Routing } from "./routing";

/** A document that does not match the contract. */
export class ContractError extends Error {}

/**
 * Parses the output `routing` of a module. Drops fields that this version does not have. Nullable fields that the document
 * does not have are null.
 * @throws ContractError with each malformed field and its value
 */
export function parseRouting(document: unknown): Routing {
  const problems: string[] = [];
  const value = read(ROUTING, document, "routing", problems);
  if (problems.length > 0) throw new ContractError(problems.join("\n"));
  return value as ValueOf<typeof ROUTING>;
}

function read(field: Field, value: unknown, path: string, problems: string[]): unknown {
  const refuse = (requirement: string): null => {
    problems.push(`${path} must ${requirement}. Received: ${shown(value)}.`);
    return null;
  };

  if (value === undefined || value === null) {
    if (!field.nullable) refuse(`be ${WORDS[field.type]}`);
    return null;
  }
  switch (field.type) {
    case "string":
      if (typeof value !== "string") refuse(`be ${WORDS.string}`);
      else if (field.format?.pattern.test(value) === false) refuse(field.format.requirement);
      return value;
    case "number":
      if (typeof value !== "number" || !Number.isInteger(value)) refuse(`be ${WORDS.number}`);
      else if (value < field.minimum || value > field.maximum) refuse(`be ${rangeOf(field)}`);
      return value;
    case "bool":
      if (typeof value !== "boolean") refuse(`be ${WORDS.bool}`);
      return value;
    case "list":
      if (!Array.isArray(value)) return refuse(`be ${WORDS.list}`);
      return value.map((element, index) => read(field.element, element, `${path}[${index}]`, problems));
    case "map":
      if (!isObject(value)) return refuse(`be ${WORDS.map}`);
      return Object.fromEntries(
        Object.entries(value).map(([key, element]) => [
          key,
          read(field.element, element, `${path}[${JSON.stringify(key)}]`, problems),
        ]),
      );
    case "object":
      if (!isObject(value)) return refuse(`be ${WORDS.object}`);
      return readFields(field, value, path, problems);
  }
}

function readFields({ fields }: ObjectField, value: Record<string, unknown>, path: string, problems: string[]): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, read(field, value[name], `${path}.${name}`, problems)]),
  );
}

const WORDS: Readonly<Record<Field["type"], string>> = {
  string: "a string",
  number: "a whole number",
  bool: "true or false",
  list: "a list",
  map: "an object",
  object: "an object",
};

function rangeOf({ minimum, maximum }: { readonly minimum: number; readonly maximum: number }): string {
  return maximum === Number.MAX_SAFE_INTEGER
    ? `a whole number from ${minimum}`
    : `a whole number from ${minimum} to ${maximum}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A document can be as large as an account, so a message shows only the beginning of a value. */
function shown(value: unknown): string {
  const json = value === undefined ? "nothing" : JSON.stringify(value);
  return json.length <= 100 ? json : `${json.slice(0, 99)}…`;
}
