/**
 * Parts of a text that are there on a condition, or once for each element, as directives of Terraform's templates.
 * Source: https://developer.hashicorp.com/terraform/language/expressions/strings#directives
 */
import { IResolvable, IResolveContext, Token } from "cdktf";
import { Json, printOperand } from "../print/hcl";
import { hcl } from "./expression";

/**
 * Lines with a directive around them that leaves nothing of itself. It begins at the end of the line before, because a
 * heredoc does not take its indentation off a line that follows the strip marker of another.
 */
class Directive implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(
    private readonly opening: "if" | "for",
    private readonly clause: IResolvable,
    private readonly lines: string,
  ) {}

  public resolve(context: IResolveContext): string {
    const clause = printOperand(context.resolve(this.clause) as Json);
    return `%{ ${this.opening} ${clause} }\n${context.resolve(this.lines)}%{ end${this.opening} }`;
  }

  public toString(): string {
    return Token.asString(this);
  }
}

/** Lines that are there on a condition. Stands at the end of the line before, and `lines` end without a line break. */
export function linesIf(condition: IResolvable, lines: string): string {
  return new Directive("if", condition, lines).toString();
}

/**
 * Lines for each element of a collection. Stands at the end of the line before, and `lines` end without a line break.
 * @param element what the lines call an element: hcl`cidr` is then the reference to it
 */
export function linesFor(element: string, collection: IResolvable, lines: string): string {
  return new Directive("for", hcl`${element} in ${collection}`, lines).toString();
}
