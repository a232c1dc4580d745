import { loopDepth } from "../../synth/language/print/layout";
import { moduleFiles, moduleNames } from "./workspace";

const files = moduleNames.flatMap((module) =>
  [...moduleFiles(module)].map(([name, text]) => ({ file: `modules/${module}/${name}`, text })),
);

describe.each(files)("$file", ({ text }) => {
  const withoutHeredocs = text.replace(/<<-?EOT\n[^]*?\n\s*EOT$/gm, "EOT");
  const messages = [...withoutHeredocs.matchAll(/^ *error_message += "([^]*?)"\n *\}/gm)].map(
    ([, message = ""]) => message,
  );
  // In a validation, what is refused follows the words.
  const words = messages.map((message) => withoutExpressions(message.replace(/ Refused: \$\{[^]*\}\.$/, "")));

  test("has no line over 160 characters but texts", () => {
    const lines = messages.reduce((rest, message) => rest.replace(message, ""), withoutHeredocs).split("\n");
    expect(lines.filter((line) => line.length > 160 && !isText(line))).toEqual([]);
  });

  test("has no message over 300 characters", () => {
    expect(words.filter((message) => message.length > 300)).toEqual([]);
    expect(messages.filter((message) => message.length > 300 && !message.includes("\n"))).toEqual([]);
  });

  test("has messages of one or two sentences", () => {
    const sentences = words.map((message) => message.replace(/\(.*?\)|\\".*?\\"/g, ""));
    expect(sentences.filter((message) => message.split(/[.?!] (?=[A-Z])/).length > 2)).toEqual([]);
  });

  test("has no loop deeper than the second inside of an expression", () => {
    expect(conditions(withoutHeredocs).filter((condition) => loopDepth(condition) > 2)).toEqual([]);
    expect(messages.filter((message) => loopDepth(message) > 2)).toEqual([]);
  });

  test("has no pattern that counts characters of Unicode classes", () => {
    // Terraform compiles a pattern anew for each value: up to 11 ms for such a one, and 0.2 ms without the number.
    expect(text.match(/\[[^\]]*\\\\p\{[^\]]*\]\{\d/g) ?? []).toEqual([]);
  });

  test("shows no value that Terraform shows by itself", () => {
    expect(messages.filter((message) => message.includes("Received:"))).toEqual([]);
  });
});

test("there are messages to look at", () => {
  expect(files.filter(({ text }) => text.includes("error_message"))).not.toEqual([]);
});

/** A description, a comment, or a line that is one string. */
function isText(line: string): boolean {
  return /^\s*(description +=|#|(\w+ += )?"[^"]*",?$)/.test(line);
}

/** A message's own words: its interpolations removed, innermost braces first. */
function withoutExpressions(message: string): string {
  const rest = message.replace(/\$?\{[^{}]*\}/g, "");
  return rest === message ? rest : withoutExpressions(rest);
}

/** The conditions of variables, with the lines that they go on over. */
function conditions(text: string): string[] {
  return [...text.matchAll(/^ {4}condition +=([^]*?)(?=\n {4}error_message )/gm)].map(
    ([, condition = ""]) => condition,
  );
}
