import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository, subfolders } from "./workspace";

const MESSAGE = /^\s*error_message\s*=\s*"(.*)"$/;

/** Descriptions in one line and in several, and messages: prose, which the reader's editor wraps. */
function isProse(line: string): boolean {
  return /^\s*(description|error_message)\s*=/.test(line);
}

describe.each(subfolders("modules"))("the variables of %s", (path) => {
  const text = readFileSync(join(repository, path, "variables.tf"), "utf8");
  const withoutHeredocs = text.replace(/<<-EOT\n[^]*?\n\s*EOT$/gm, "EOT");
  const lines = withoutHeredocs.split("\n");

  test("have no line over 160 characters but descriptions and messages", () => {
    expect(lines.filter((line) => line.length > 160 && !isProse(line))).toEqual([]);
  });

  test("have no message over 300 characters", () => {
    const messages = lines.flatMap((line) => MESSAGE.exec(line)?.[1] ?? []);
    expect(messages.filter((message) => message.length > 300)).toEqual([]);
  });

  test("have messages of one or two sentences, and what was refused", () => {
    const sentences = lines
      .flatMap((line) => MESSAGE.exec(line)?.[1] ?? [])
      .map((message) => message.replace(/ Refused: \$\{.*\}\.$/, "").replace(/\(.*?\)|\\".*?\\"/g, ""));
    expect(sentences.filter((message) => message.split(/[.?!] (?=[A-Z])/).length > 2)).toEqual([]);
  });

  test("have no loop deeper than the second inside of an expression", () => {
    expect(expressions(withoutHeredocs).filter((expression) => depth(expression) > 2)).toEqual([]);
  });

  test("show no value that Terraform shows by itself", () => {
    expect(lines.filter((line) => MESSAGE.test(line) && line.includes("Received:"))).toEqual([]);
  });
});

/** Conditions, with those that go on over several lines, and messages. */
function expressions(text: string): string[] {
  return [...text.matchAll(/^ {4}(?:condition|error_message) +=([^]*?)(?=\n {4}(?:condition|error_message) |\n {2}\})/gm)].map(
    ([, expression = ""]) => expression,
  );
}

/** How many loops are inside of one another at the most. */
function depth(expression: string): number {
  let deepest = 0;
  const open: boolean[] = [];
  for (const [mark] of expression.matchAll(/[[{(]\s*for\b|[[({]|[\])}]/g)) {
    if (/^[\])}]$/.test(mark)) open.pop();
    else open.push(mark.endsWith("for"));
    deepest = Math.max(deepest, open.filter((isLoop) => isLoop).length);
  }
  return deepest;
}
