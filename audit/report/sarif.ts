/**
 * The report in SARIF 2.1.0, for code scanning: a result for each finding that counts, at the module block of its root. The
 * types are made from the schema of SARIF.
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and what GitHub reads of it:
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
import { Log, ReportingDescriptor, Result } from "sarif";
import { Unknown } from "../../model/fact";
import { BYPASSES } from "../bypasses";
import { Finding } from "./finding";
import { Report, RootReport, Status } from "./report";

/** Where a root configuration calls the modules: a file of the repository, and the line. */
export interface Anchor {
  readonly file: string;
  readonly line: number;
}

type Open = Finding & { readonly status: Status };

/** The class of what leaves a verdict open. */
const UNDETERMINED = "undetermined";

/** @param anchors by name of the root */
export function sarif(report: Report, anchors: ReadonlyMap<string, Anchor>, version: string): Log {
  const results = report.roots.flatMap((root) =>
    resultsOf(root, anchors.get(root.name) ?? { file: root.name, line: 1 }),
  );
  const used = new Set(results.flatMap(({ ruleId }) => ruleId ?? []));
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            ...{ name: "terraform-aws-wallarm-routing audit", semanticVersion: version },
            rules: [...used].sort().map((id) => ruleOf(id, report)),
          },
        },
        results,
      },
    ],
  };
}

function ruleOf(id: string, { roots }: Report): ReportingDescriptor {
  const named =
    BYPASSES.find((one) => one.id === id) ?? roots.flatMap(({ findings }) => findings).find((one) => one.class === id);
  const text = named?.title ?? "Something that matters is unknown";
  const help = named?.remedy ?? "Let audit read what is missing.";
  return { id, shortDescription: { text }, fullDescription: { text }, help: { text: help } };
}

function resultsOf({ name, findings, unknowns }: RootReport, anchor: Anchor): Result[] {
  return [
    ...findings.filter(({ status }) => status === "open").map((finding) => resultOf(finding, anchor)),
    ...unknowns.map((unknown) => unknownResult(unknown, name, anchor)),
  ];
}

function resultOf(finding: Open, anchor: Anchor): Result {
  const { class: ruleId, title, certain, severity, steps, remedy, unknowns, fingerprint } = finding;
  const way = steps.map(({ words, facts }) =>
    [words, ...facts.map((fact) => `${fact.words} (${fact.resource})`)].join(": "),
  );
  const text = [`${title}.`, way.join(" → "), ...unknowns.map(({ words }) => `Unknown: ${words}`), remedy].join("\n");
  const level = !certain ? "warning" : severity === "intended" ? "note" : "error";
  return result(ruleId, level, text, fingerprint, anchor);
}

function unknownResult({ words, resource, action }: Unknown, root: string, anchor: Anchor): Result {
  return result(UNDETERMINED, "warning", words, [root, words, resource, action].join("|"), anchor);
}

function result(
  ruleId: string,
  level: "error" | "warning" | "note",
  text: string,
  fingerprint: string,
  anchor: Anchor,
): Result {
  return {
    ...{ ruleId, level, message: { text } },
    locations: [{ physicalLocation: { artifactLocation: { uri: anchor.file }, region: { startLine: anchor.line } } }],
    // GitHub keeps an alert closed or open by this one, and does not compute it from the file.
    partialFingerprints: { "auditFinding/v1": fingerprint },
  };
}
