/** Long conditions on several lines, as an author of modules writes them. */
import { IResolvable, IResolveContext, Token } from "cdktf";
import { indent, isCall, loopDepth, wrap, wrapBrackets } from "../print/layout";
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

/** What a message names, with the words around it. */
class Names implements IResolvable {
  public readonly creationStack: string[] = [];

  public constructor(
    private readonly before: string,
    private readonly list: IResolvable,
    private readonly after: string,
    private readonly room: number,
  ) {}

  public resolve(context: IResolveContext): string {
    const resolved = String(context.resolve(this.list));
    const list = (wholeExpression(resolved) ?? resolved).replace(/\s*\n\s*/g, " ");
    // Nobody reads more: the message then names nothing.
    if (loopDepth(list) > 2) return "";
    const line = this.around(list);
    if (line.length <= this.room) return line;
    return this.around(indent(wrapBrackets(list), "    ").trimStart());
  }

  public toString(): string {
    return Token.asString(this);
  }

  /** Terraform evaluates the message of an accepted value too, which is where there is nothing to name. */
  private around(list: string): string {
    return `${this.before}\${join(", ", try(chunklist(${list}, 5)[0], []))}${this.after}`;
  }
}

/**
 * Names up to five of a list in a message.
 * @param room how many characters there are on the line; a longer list is on several
 */
export function names(before: string, list: IResolvable, after: string, room: number): string {
  return new Names(before, list, after, room).toString();
}
