/** How CDKTF encodes what is known at synthesis only: in a text as "${TfToken[…]}", as a number as -1.8e+289. */
import { IResolvable, Tokenization } from "cdktf";

const TOKEN = /(\$\{TfToken\[[^\]]*\]\}|-[\d.]+e\+\d+)/;

/** Whether a text or a number may hold a token. */
export function mayHoldToken(value: unknown): boolean {
  return typeof value === "string" ? /TfToken\[|e\+/.test(value) : typeof value === "number";
}

/** A text as what means itself, and the tokens between. */
export function splitTokens(text: string): (string | IResolvable)[] {
  if (!mayHoldToken(text)) return [text];
  return text
    .split(TOKEN)
    .filter((part) => part !== "")
    .map((part) => tokenIn(part) ?? part);
}

/** The token that a value is, or the value. */
export function tokenOf<Value>(value: Value): Value | IResolvable {
  if (typeof value === "number") return tokenOfNumber(value) ?? value;
  if (typeof value !== "string") return value;
  const [first, ...rest] = splitTokens(value);
  return first === undefined || typeof first === "string" || rest.length > 0 ? value : first;
}

function tokenIn(part: string): IResolvable | undefined {
  return part.startsWith("$") ? Tokenization.reverseString(part).firstToken : tokenOfNumber(Number(part));
}

/** CDKTF's types say that there is always one. */
function tokenOfNumber(value: number): IResolvable | undefined {
  return Tokenization.reverseNumber(value);
}
