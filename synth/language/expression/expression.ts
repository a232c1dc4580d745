import { IResolvable, IResolveContext, Token } from "cdktf";
import { Json, printOperand } from "../print/hcl";
import { wholeExpression } from "../print/template";
import { Text } from "./text";
import { mayHoldToken, tokenOf } from "./tokens";

/**
 * What may stand in an `hcl` expression: another expression, a reference or token of any type, a number, a list or an object.
 * A string by itself is HCL as it stands, such as a name; a string inside of a list or an object is text.
 */
export type Interpolation = IResolvable | string | number | readonly Value[] | ObjectValue;

type Value = IResolvable | null | boolean | number | string | readonly Value[] | ObjectValue;

/** An object; what is undefined is left out. */
interface ObjectValue {
  readonly [key: string]: Value | undefined;
}

/** A Terraform expression, as HCL with references in it. */
class Expression implements IResolvable {
  public readonly creationStack: string[] = [];

  // A reference to an object also has the object's fields, which can have these names.
  readonly #code: readonly string[];
  readonly #values: readonly Interpolation[];

  public constructor(code: readonly string[], values: readonly Interpolation[]) {
    this.#code = code;
    this.#values = values;
  }

  public resolve(context: IResolveContext): string {
    const code = this.resolveCode(context);
    // Inside of CDKTF's own functions and operators.
    return context.suppressBraces === true ? code : `\${${code}}`;
  }

  public toString(): string {
    return Token.asString(this);
  }

  private resolveCode(context: IResolveContext): string {
    return this.#code.map((code, index) => code + this.codeOf(this.#values[index] ?? "", context)).join("");
  }

  private codeOf(value: Interpolation, context: IResolveContext): string {
    const token = tokenOf(value);
    // Not by CDKTF, which would search the code once more for tokens.
    if (token instanceof Expression) return token.resolveCode(context);
    if (typeof token !== "string") return printOperand(resolveOperand(token, context));
    const code = mayHoldToken(token) ? String(context.resolve(token)) : token;
    return wholeExpression(code) ?? code;
  }
}

/** A value in Terraform's JSON syntax. */
function resolveOperand(value: Value, context: IResolveContext): Json {
  if (typeof value === "string") return resolveText(value, context);
  if (typeof value !== "object" || value === null || Token.isUnresolved(value)) return context.resolve(value) as Json;
  if (isList(value)) return value.map((item) => resolveOperand(item, context));
  const fields = Object.entries(value as ObjectValue).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    fields.map(([key, field = null]) => [resolveText(key, context), resolveOperand(field, context)]),
  );
}

function resolveText(value: string, context: IResolveContext): string {
  return new Text(["", ""], [value]).resolve(context);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** An expression of a type: from HCL, or from an expression at hand. */
type Typed<Type> = (code: TemplateStringsArray | IResolvable, ...values: Interpolation[]) => Type;

function typed<Type>(encode: (expression: IResolvable) => Type): Typed<Type> {
  return (code, ...values) => encode("raw" in code ? new Expression(code, values) : code);
}

/**
 * A Terraform expression: hcl`length(${node.instance_ids}) > 0`. References keep their address, and lists and objects are
 * written as HCL: hcl`merge(${tags}, ${{ Name: text`${name}-node` }})`. For an argument of a type, hcl.number`${port} + 1`, or
 * hcl.map(tags) for a reference as it is.
 */
export const hcl = Object.assign(
  (code: TemplateStringsArray, ...values: Interpolation[]): IResolvable => new Expression(code, values),
  {
    string: typed((expression) => Token.asString(expression)),
    number: typed((expression) => Token.asNumber(expression)),
    /** A list of strings. */
    list: typed((expression) => Token.asList(expression)),
    /** A map of strings. */
    map: typed((expression) => Token.asStringMap(expression)),
  },
);
