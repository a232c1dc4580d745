import { TerraformElement } from "cdktf";
import { Construct } from "constructs";
import { printLiteral } from "../language/print/hcl";
import { ruleValidations } from "./rule-validations";
import { isNullable, isOptional, Optional, Schema, schemaOf, Shape, Value } from "./schema";

/** A module's input variable: the emitted block with its type, default and validations. */
export class Variable extends TerraformElement {
  public readonly type: string;
  public readonly description: string;
  /** Undefined where the caller must give a value. */
  public readonly defaultValue: Value | undefined;
  private readonly block: object;

  public constructor(
    scope: Construct,
    public readonly name: string,
    public readonly declaration: Schema | Optional,
  ) {
    super(scope, `variable.${name}`);
    this.defaultValue = isOptional(declaration) ? declaration.default : undefined;
    this.type = typeConstraint(schemaOf(declaration));
    this.description = describe(schemaOf(declaration));
    const validation = ruleValidations(name, declaration).map(({ condition, errorMessage }) => ({
      condition,
      error_message: errorMessage,
    }));
    this.block = {
      description: this.description,
      type: this.type,
      ...(isOptional(declaration) ? { default: declaration.default } : {}),
      ...(isNullable(declaration) ? {} : { nullable: false }),
      ...(schemaOf(declaration).sensitive ? { sensitive: true } : {}),
      ...(validation.length > 0 ? { validation } : {}),
    };
  }

  public override toTerraform(): object {
    return { variable: { [this.name]: this.block } };
  }
}

/** Terraform's type constraint, `object({ port = optional(number, 80) })`, a field a line. */
function typeConstraint(schema: Schema): string {
  const { shape } = schema;
  requireNoSecretInside(schema);
  switch (shape.kind) {
    case "object":
      return `object({${Object.entries(shape.fields).map(fieldConstraint).join("")}\n})`.replace("({\n})", "({})");
    case "list":
    case "set":
    case "map":
      return `${shape.kind}(${typeConstraint(shape.element)})`;
    default:
      return shape.kind;
  }
}

/** Terraform hides whole variables only. */
function requireNoSecretInside({ description, shape }: Schema): void {
  const inside = "element" in shape ? [shape.element] : "fields" in shape ? Object.values(shape.fields) : [];
  const secret = inside.map(schemaOf).find((schema) => schema.sensitive);
  if (secret !== undefined)
    throw new Error(
      `"${secret.description}" is sensitive, and inside "${description}": make it a variable of its own.`,
    );
}

function fieldConstraint([name, field]: [string, Schema | Optional]): string {
  const type = typeConstraint(schemaOf(field));
  if (!isOptional(field)) return `\n${name} = ${type}`;
  return `\n${name} = optional(${type}${field.default === null ? "" : `, ${printLiteral(field.default)}`})`;
}

/** The description and, for a structured type, a list of its fields. */
function describe(schema: Schema): string {
  const fields = describeFields(schema.shape, "");
  return fields.length === 0 ? sentence(schema) : `${[sentence(schema), "", ...fields].join("\n")}\n`;
}

function describeFields(shape: Shape, indent: string): string[] {
  if (shape.kind === "list" || shape.kind === "set" || shape.kind === "map")
    return describeFields(shape.element.shape, indent);
  if (shape.kind !== "object") return [];
  return Object.entries(shape.fields).flatMap(([name, field]) => [
    `${indent}- \`${name}\`: ${sentence(schemaOf(field))}${describeDefault(field)}`,
    ...describeFields(schemaOf(field).shape, `${indent}  `),
  ]);
}

function describeDefault(field: Schema | Optional): string {
  if (!isOptional(field)) return "";
  return field.default === null ? " Optional." : ` Default: \`${JSON.stringify(field.default)}\`.`;
}

/** The description with what its rules, and those of the elements of a simple collection, require. */
function sentence({ description, rules, shape }: Schema): string {
  const requirements = rules.map(({ requirement, ofKeys }) => `${ofKeys ? "Each key must" : "Must"} ${requirement}.`);
  const ofElements = "element" in shape ? shape.element.rules.map((rule) => `Each must ${rule.requirement}.`) : [];
  return [description, ...requirements, ...ofElements].join(" ");
}
