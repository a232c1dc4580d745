/**
 * Turns the rules of a schema, at any depth, into validations of its variable: a condition that is true for accepted
 * values, and a message that names the value received.
 *
 * Terraform before 1.12 evaluates both sides of `||`, so a null check is a conditional expression, never
 * `value == null || …`.
 */
import { IResolvable } from "cdktf";
import { hcl } from "../language/expression/expression";
import { Validation } from "../language/expression/validation";
import { escapeTemplate } from "../language/print/template";
import { isNullable, Optional, Rule, Schema, schemaOf } from "./schema";

/** The rules of a variable's schema and of everything inside it. */
export function ruleValidations(name: string, declaration: Schema | Optional): Validation[] {
  const address = `var.${name}`;
  const schema = schemaOf(declaration);
  const common = { label: name, received: name, secret: schema.sensitive ?? false };
  if (schema.sensitive) {
    // Terraform shows the attributes that a failed condition names. One that loops over the one object names none.
    const loops = [{ variables: name, collection: `${address}[*]`, nulls: [] }];
    return validationsAt(schema, { ...common, address: name, loops, nulls: [] });
  }
  const nulls = isNullable(declaration) ? [address] : [];
  return validationsAt(schema, { ...common, address, loops: [], nulls });
}

/** Where in a variable a value stands. */
interface Place {
  /** Its address, from the variable or from the innermost loop: `var.node.port`, `route.priority`. */
  readonly address: string;
  /** Its path for people: `routes[*].priority`. */
  readonly label: string;
  /** The path as a template that names the element of each loop: `routes[${jsonencode(key)}].priority`. */
  readonly received: string;
  /** Whether a message must not show the value. */
  readonly secret: boolean;
  /** The loops that it is inside of, outermost first. */
  readonly loops: readonly Loop[];
  /** Addresses that may be null between the innermost loop and the value, outermost first. */
  readonly nulls: readonly string[];
}

interface Loop {
  readonly variables: string;
  readonly collection: string;
  /** Addresses that may be null before the loop, outermost first. */
  readonly nulls: readonly string[];
}

function validationsAt(schema: Schema, place: Place): Validation[] {
  return [...schema.rules.map((rule) => validation(rule, schema, place)), ...innerValidations(schema, place)];
}

function innerValidations({ shape }: Schema, place: Place): Validation[] {
  switch (shape.kind) {
    case "object":
      return Object.entries(shape.fields).flatMap(([name, field]) => {
        const address = `${place.address}.${name}`;
        return validationsAt(schemaOf(field), {
          address,
          label: `${place.label}.${name}`,
          received: `${place.received}.${name}`,
          secret: place.secret,
          loops: place.loops,
          nulls: isNullable(field) ? [...place.nulls, address] : place.nulls,
        });
      });
    case "list":
    case "map": {
      const kind = shape.kind === "list" ? "index" : "key";
      const key = place.loops.length === 0 ? kind : `${shape.elementName}_${kind}`;
      return validationsAt(shape.element, {
        address: shape.elementName,
        label: `${place.label}[*]`,
        received: `${place.received}[\${jsonencode(${key})}]`,
        secret: place.secret,
        loops: [...place.loops, loop(`${key}, ${shape.elementName}`, place)],
        nulls: [],
      });
    }
    case "set":
      return validationsAt(shape.element, {
        address: shape.elementName,
        label: `${place.label}[*]`,
        received: place.received,
        secret: place.secret,
        loops: [...place.loops, loop(shape.elementName, place)],
        nulls: [],
      });
    default:
      return [];
  }
}

function loop(variables: string, { address, nulls }: Place): Loop {
  return { variables, collection: address, nulls };
}

function validation(rule: Rule<unknown>, schema: Schema, place: Place): Validation {
  const value = schema.reference(place.address);
  const test = guarded(place.nulls, "true", rule.test(value));
  const shown = rule.received?.(value) ?? hcl`${place.address}`;
  // Terraform evaluates the message of an accepted value too.
  const received = hcl`jsonencode(${guarded(place.nulls, "null", shown)})`;
  const requirement = `${place.label} must ${escapeTemplate(rule.requirement)}.`;
  return {
    condition: place.loops.reduceRight(
      (inner, { variables, collection, nulls }) =>
        guarded(nulls, "true", hcl`alltrue([for ${variables} in ${collection} : ${inner}])`),
      test,
    ),
    errorMessage: place.secret ? requirement : `${requirement} Received: ${refused(test, received, place)}.`,
  };
}

/** The refused values, each with its place, as an expression for the message. */
function refused(test: IResolvable, received: IResolvable, { loops, received: path }: Place): string {
  const innermost = loops.at(-1);
  if (innermost === undefined) return String(received);
  const values = guarded(
    innermost.nulls,
    "[]",
    hcl`[for ${innermost.variables} in ${innermost.collection} : "${path} = \${${received}}" if !(${test})]`,
  );
  const all = loops
    .slice(0, -1)
    .reduceRight(
      (inner, { variables, collection, nulls }) =>
        guarded(nulls, "[]", hcl`flatten([for ${variables} in ${collection} : ${inner}])`),
      values,
    );
  return String(hcl`join(", ", ${all})`);
}

/** The expression, or the fallback where something on the way to the value is null. */
function guarded(nulls: readonly string[], fallback: string, inner: IResolvable): IResolvable {
  return nulls.reduceRight((result, address) => hcl`${address} == null ? ${fallback} : ${result}`, inner);
}
