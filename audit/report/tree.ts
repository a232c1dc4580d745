/** The report as text: a table of the roots, and the ways of each as a tree. */
import { Unknown } from "../../model/fact";
import { LOCKS } from "../../model/verdict";
import { columns } from "../../text/columns";
import { Finding } from "./finding";
import { Report, RootReport, Status } from "./report";

export function tree({ roots, acceptances, problems, verdict, calls }: Report): string {
  return [
    ...table(roots),
    ...roots.flatMap(rootLines),
    "",
    ...acceptances.map(
      (one) => `accepted until ${one.until}: ${one.class} of ${one.resource}: ${one.reason} (${one.matches})`,
    ),
    ...problems.map((problem) => `error: ${problem}`),
    ...(calls === null ? [] : [`Read with ${calls} calls of AWS.`]),
    `${verdict.toUpperCase()}.`,
  ].join("\n");
}

function table(roots: readonly RootReport[]): string[] {
  const rows = [
    ["Verdict", ...LOCKS.map((lock) => lock.replace("_", " ")), "Root"],
    ...roots.map(({ name, verdict, locks }) => [verdict, ...LOCKS.map((lock) => locks[lock].state), name]),
  ];
  return columns(rows);
}

function rootLines({ name, findings, unknowns, assumptions }: RootReport): string[] {
  return [
    "",
    name,
    ...findings.flatMap(findingLines),
    ...unknowns.map((one) => `  unknown: ${unknownWords(one)}`),
    ...assumptions.map((text) => `  assumed: ${text}`),
  ];
}

function findingLines(finding: Finding & { readonly status: Status }): string[] {
  const { certain, status, title, class: id, intended, steps, unknowns, remedy } = finding;
  const mark = status === "open" ? (certain ? "✗" : "?") : status;
  return [
    `  ${mark} ${title} [${id}]${intended === null ? "" : ` ${intended}`}`,
    ...steps.flatMap(({ place, words, facts }, depth) => [
      `    ${"   ".repeat(depth)}${depth === 0 ? "" : "└─ "}${place}: ${words}`,
      ...facts.map((fact) => `    ${"   ".repeat(depth)}   · ${fact.words} (${fact.resource}, ${fact.action})`),
    ]),
    ...unknowns.map((one) => `    unknown: ${unknownWords(one)}`),
    `    → ${remedy}`,
  ];
}

function unknownWords({ words, resource, action }: Unknown): string {
  const read = [resource, action].filter((text) => text !== null);
  return read.length === 0 ? words : `${words} (${read.join(", ")})`;
}
