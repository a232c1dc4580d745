import { IResolvable, IResolveContext, Token } from "cdktf";
import { printTemplate } from "../print/hcl";
import { joinTemplate, TemplatePart } from "../print/template";
import { splitTokens, tokenOf } from "./tokens";

/** What may stand in a `text`: an expression, of which the value is written, or text or a number, with references or not. */
export type TextPart = IResolvable | string | number;

/** A text with expressions in it. */
export class Text implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(
    private readonly literals: readonly string[],
    private readonly parts: readonly TextPart[],
  ) {}

  public resolve(context: IResolveContext): string {
    // CDKTF's own functions and operators take an expression.
    const isOperand = context.suppressBraces === true;
    context.suppressBraces = false;
    const template = joinTemplate(this.templateParts(context));
    return isOperand ? printTemplate(template) : template;
  }

  public toString(): string {
    return Token.asString(this);
  }

  private templateParts(context: IResolveContext): TemplatePart[] {
    return this.literals.flatMap((literal, index) => [
      { kind: "literal", text: literal } as const,
      ...splitPart(this.parts[index] ?? "").flatMap((part): TemplatePart[] => {
        const token = tokenOf(part);
        if (token instanceof Text) return token.templateParts(context);
        if (typeof token === "object") return [{ kind: "template", text: String(context.resolve(token)) }];
        return [{ kind: "literal", text: String(token) }];
      }),
    ]);
  }
}

function splitPart(part: TextPart): TextPart[] {
  return typeof part === "string" ? splitTokens(part) : [part];
}

/**
 * A Terraform string: text`${name}-node`, as an argument of a resource or inside `hcl`, where it gets its quotes. Nothing in it
 * needs an escape: quotes, backslashes, line breaks and "${" mean themselves.
 */
export function text(literals: TemplateStringsArray, ...parts: TextPart[]): string {
  return new Text(literals, parts).toString();
}
