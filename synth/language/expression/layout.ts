/** Long conditions on several lines, as an author of modules writes them. */
import { IResolvable, IResolveContext, Token } from "cdktf";
import { wrap, isCall, loopDepth } from "../print/layout";
import { wholeExpression } from "../print/template";

/** An expression whose text is known when it is resolved only. */
class Rewritten implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(
    private readonly expression: IResolvable,
    private readonly rewrite: (text: string) => string,
  ) {}

  public resolve(context: IResolveContext): string {
    const resolved = String(context.resolve(this.expression));
    return `\${${this.rewrite(wholeExpression(resolved) ?? resolved)}}`;
  }

  public toString(): string {
    return Token.asString(this);
  }
}

/** Breaks a long condition after its operators. */
export function laidOut(condition: IResolvable): IResolvable {
  return new Rewritten(condition, wrap);
}

/** The opposite of a condition, without the parentheses that it does not need. */
export function negated(condition: IResolvable): IResolvable {
  return new Rewritten(condition, (text) => {
    if (text.startsWith("!") && isCall(text.slice(1))) return text.slice(1);
    return isCall(text) ? `!${text}` : `!(${text})`;
  });
}

/** An expression in a message, with text around it; nothing where it would make the message hard to read. */
class Readable implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(
    private readonly before: string,
    private readonly expression: IResolvable,
    private readonly after: string,
    private readonly room: number,
  ) {}

  public resolve(context: IResolveContext): string {
    const expression = String(context.resolve(this.expression)).replace(/\s*\n\s*/g, " ");
    const text = `${this.before}${expression}${this.after}`;
    return text.length > this.room || loopDepth(expression) > 2 ? "" : text;
  }

  public toString(): string {
    return Token.asString(this);
  }
}

/** @param room how many characters it may take */
export function ifReadable(before: string, expression: IResolvable, after: string, room: number): string {
  return new Readable(before, expression, after, room).toString();
}
