/** Settings in an XML answer that the SDK does not know. It drops them, so nobody would know that they are there. */
import { GetDistributionConfigCommand } from "@aws-sdk/client-cloudfront";
import { text } from "node:stream/consumers";

/** @returns what gives the answer as text, after the command has been sent */
export function answerOf(command: GetDistributionConfigCommand): () => string {
  let answer = "";
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { body: AsyncIterable<Uint8Array> };
      answer = await text(response.body);
      return { ...result, response: Object.assign(response, { body: new TextEncoder().encode(answer) }) };
    },
    { step: "deserialize", priority: "low" },
  );
  return () => answer;
}

/** What AWS answers if nobody has set it. Source: "What adoption can reset" in the README of the module cloudfront. */
const DEFAULTS: Readonly<Record<string, string>> = { OriginHttpVersion: "http1.1" };

/** @param known what the SDK made of it. @returns paths, such as "Origins.CustomOriginConfig.OriginHttpVersion" */
export function unknownSettings(xml: string, known: unknown): string[] {
  const found = leavesOf(xml)
    .filter(({ path, value }) => value !== DEFAULTS[path.at(-1) ?? ""] && !has(known, path))
    .map(({ path }) => path.filter((name) => name !== "Items").join("."));
  return [...new Set(found)].sort();
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: string;
}

/** Elements with a text, by their path in the object of the SDK: without the root and the members of lists. */
function leavesOf(xml: string): Leaf[] {
  const found: Leaf[] = [];
  const open: string[] = [];
  for (const [, closes, name = "", isEmpty, value = ""] of xml.matchAll(/<(\/?)([\w.:-]+)[^>]*?(\/?)>([^<]*)/g)) {
    if (closes === "/") open.pop();
    else open.push(name);
    if (closes !== "/" && value.trim() !== "")
      found.push({
        path: open.slice(1).filter((name, index) => open[index] !== "Items" && name !== "member"),
        value: value.trim(),
      });
    if (isEmpty === "/") open.pop();
  }
  return found;
}

function has(known: unknown, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined) return true;
  if (Array.isArray(known)) return known.some((item) => has(item, [name, ...rest]));
  return typeof known === "object" && known !== null && name in known && has(known[name as keyof typeof known], rest);
}
