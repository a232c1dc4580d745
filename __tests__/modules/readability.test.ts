import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository, subfolders } from "./workspace";

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

  const messages = [...withoutHeredocs.matchAll(/^ {4}error_message += "([^]*?)"\n {2}\}/gm)].map(([, message = ""]) => message);
  // What a message names follows its words, on the same line or on several.
  const words = messages.map((message) => message.replace(/ Refused: \$\{[^]*\}\.$/, ""));

  test("have no message over 300 characters", () => {
    expect(messages.length).toBeGreaterThan(0);
    expect(words.filter((text) => text.length > 300 || text.includes("${"))).toEqual([]);
    expect(messages.filter((message) => message.length > 300 && !message.includes("\n"))).toEqual([]);
  });

  test("have messages of one or two sentences", () => {
    const plain = words.map((text) => text.replace(/\(.*?\)|\\".*?\\"/g, ""));
    expect(plain.filter((message) => message.split(/[.?!] (?=[A-Z])/).length > 2)).toEqual([]);
  });

  test("have no loop deeper than the second inside of an expression", () => {
    expect(expressions(withoutHeredocs).filter((expression) => depth(expression) > 2)).toEqual([]);
  });

  test("show no value that Terraform shows by itself", () => {
    expect(messages.filter((message) => message.includes("Received:"))).toEqual([]);
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
