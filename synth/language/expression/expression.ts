import { IResolvable, IResolveContext, Token, Tokenization } from "cdktf";
import { quoteLiteral, wholeExpression } from "../print/template";
import { mayHoldToken } from "./resolve";

/** What may stand in an `hcl` expression: another expression, a token of any kind, a number, or HCL text. */
export type Interpolation = IResolvable | string | number | readonly string[];

/** A Terraform expression, as text with references in it. */
class Expression implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(
    private readonly text: readonly string[],
    private readonly values: readonly Interpolation[],
  ) {}

  public resolve(context: IResolveContext): string {
    const expression = this.resolveText(context);
    // Inside of CDKTF's own functions and operators.
    return context.suppressBraces === true ? expression : `\${${expression}}`;
  }

  /** The expressions inside of it are not handed to CDKTF, which would search the text of each once more for tokens. */
  private resolveText(context: IResolveContext): string {
    const values = this.values.map((value) => this.textOf(value, context));
    return this.text.map((text, index) => text + (values[index] ?? "")).join("");
  }

  private textOf(value: Interpolation, context: IResolveContext): string {
    const token = tokenOf(value);
    if (token instanceof Expression) return token.resolveText(context);
    return expressionText(token === undefined ? value : context.resolve(value));
  }

  public toString(): string {
    return Token.asString(this);
  }
}

/**
 * A hand-written Terraform expression: hcl`length(${node.instance_ids}) > 0`. References keep their address, a plain
 * string is HCL text as it stands.
 */
export function hcl(text: TemplateStringsArray, ...values: Interpolation[]): IResolvable {
  return new Expression(text, values);
}

/** A fixed piece of HCL, such as an address, as an expression. */
export function rawHcl(text: string): IResolvable {
  return new Expression([text], []);
}

/** A text as an HCL string literal, for use inside `hcl`. */
export function literal(text: string): IResolvable {
  return rawHcl(quoteLiteral(text));
}

/** The single token that an interpolation is, if it is one; undefined if there is nothing to resolve in it. */
function tokenOf(value: Interpolation): unknown {
  if (typeof value === "number") return Tokenization.reverseNumber(value);
  if (typeof value !== "string") return value;
  if (!mayHoldToken(value)) return undefined;
  const parts = Tokenization.reverseString(value);
  return parts.length === 1 ? (parts.firstToken ?? value) : value;
}

/** The HCL text of a resolved interpolation, without its marks. */
export function expressionText(resolved: unknown): string {
  if (typeof resolved === "string") return wholeExpression(resolved) ?? resolved;
  if (typeof resolved === "number") return String(resolved);
  throw new Error(`An expression cannot hold ${JSON.stringify(resolved)}: give a reference, a number or HCL text.`);
}
