/** The result for many root configurations, with what the owner accepts. */
import { PlannedAccount } from "../../account/plan/lay";
import { Snapshot } from "../../account/snapshot";
import { NetworkModel } from "../../model/network/ways";
import { asPlanned } from "../../model/planned";
import { judge, Judgement, LockName, Verdict, verdictOf } from "../../model/verdict";
import { Acceptance, isExpired } from "../accept";
import { BYPASSES } from "../bypasses";
import { evidenceOf } from "../class";
import { Root } from "../routing";
import { Finding, findingOf, lockFinding } from "./finding";

/** "open": it counts. "accepted", "known" (in the baseline), and "allowed" (--allow-canary) do not. */
export type Status = "open" | "accepted" | "known" | "allowed";

export interface RootReport {
  readonly name: string;
  readonly verdict: Verdict;
  readonly findings: readonly (Finding & { readonly status: Status })[];
  readonly locks: Judgement["locks"];
  readonly unknowns: Judgement["unknowns"];
  readonly assumptions: readonly string[];
}

export interface Report {
  readonly schema_version: 1;
  readonly verdict: Verdict;
  readonly exit_code: ExitCode;
  readonly roots: readonly RootReport[];
  readonly acceptances: readonly (Acceptance & { readonly matches: number })[];
  /** Acceptances that have expired or match nothing. */
  readonly problems: readonly string[];
  /** Of AWS, that read the accounts. Null: snapshots were read. */
  readonly calls: number | null;
}

export const EXIT_CODES = { proven: 0, bypass: 1, undetermined: 2 } as const satisfies Record<Verdict, number>;
export type ExitCode = (typeof EXIT_CODES)[Verdict];

export interface Question {
  readonly root: Root;
  readonly snapshot: Snapshot;
  /** The snapshot is of the account as this plan will leave it. */
  readonly plan?: Omit<PlannedAccount, "snapshot"> | null;
}

export interface Settings {
  readonly network: NetworkModel;
  readonly requiredLocks: readonly LockName[];
  readonly acceptances: readonly Acceptance[];
  /** Fingerprints of findings that are not new. */
  readonly baseline: ReadonlySet<string>;
  readonly allowCanary: boolean;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** @default - null */
  readonly calls?: number | null;
  readonly classes?: typeof BYPASSES;
}

export function reportOf(questions: readonly Question[], settings: Settings): Report {
  const valid = settings.acceptances.filter((one) => !isExpired(one, settings.today));
  const roots = questions.map((question) => rootReport(question, { ...settings, acceptances: valid }));
  const acceptances = settings.acceptances.map((one) => ({
    ...one,
    matches: roots.flatMap(({ findings }) => findings).filter((finding) => accepts(one, finding)).length,
  }));
  const problems = acceptances.flatMap(problemOf(settings.today));
  const verdict = worst(roots.map((root) => root.verdict));
  const failed = problems.length > 0 || roots.some(({ findings }) => findings.some(isOpen(true)));
  const unsure = verdict === "undetermined" || roots.some(({ findings }) => findings.some(isOpen(false)));
  const exit_code = EXIT_CODES[verdict === "bypass" || failed ? "bypass" : unsure ? "undetermined" : "proven"];
  return { schema_version: 1, verdict, exit_code, roots, acceptances, problems, calls: settings.calls ?? null };
}

function rootReport({ root, snapshot, plan = null }: Question, settings: Settings): RootReport {
  const { name, routings } = root;
  const evidence = evidenceOf(snapshot, routings);
  const findingsOf = (judgement: Judgement) => [
    ...judgement.witnesses.map((witness) => findingOf(witness, evidence, settings.classes)),
    ...settings.requiredLocks.flatMap((lock) => lockFinding(lock, judgement.locks[lock])),
  ];
  const judged = (rules?: ReadonlySet<string>) => {
    const judgement = judge(snapshot, routings, settings.network, rules);
    return plan === null ? judgement : asPlanned(judgement, plan);
  };
  const first = judged();
  const accepted = findingsOf(first).filter((finding) => settings.acceptances.some((one) => accepts(one, finding)));
  // An accepted rule of a security group must not hide another one: what is left is judged without it.
  const rules = new Set(
    settings.acceptances.flatMap((one) => (accepted.some((finding) => accepts(one, finding)) ? [one.resource] : [])),
  );
  const second = rules.size === 0 ? first : judged(rules);
  const isDone = new Set(accepted.filter(({ kind }) => kind === "way").map(({ fingerprint }) => fingerprint));
  const isAccepted = ({ kind, fingerprint, resources }: Finding) =>
    isDone.has(fingerprint) || (kind === "lock" && resources.length > 0 && resources.every((one) => rules.has(one)));
  const rest = findingsOf(second).filter((finding) => !isAccepted(finding));
  const findings = [
    ...rest.map((finding) => ({ ...finding, status: statusOf(finding, settings) })),
    ...accepted.map((finding) => ({ ...finding, status: "accepted" as const })),
  ];
  const ways = findings.filter(({ kind, status }) => kind === "way" && status === "open");
  const { unknowns, assumptions, locks } = second;
  return { name, verdict: verdictOf(ways, unknowns), findings, locks, unknowns, assumptions };
}

function accepts(one: Acceptance, finding: Finding): boolean {
  return finding.class === one.class && finding.resources.includes(one.resource);
}

function statusOf({ fingerprint, intended }: Finding, { baseline, allowCanary }: Settings): Status {
  if (baseline.has(fingerprint)) return "known";
  return allowCanary && intended !== null ? "allowed" : "open";
}

function isOpen(certain: boolean) {
  return (finding: Finding & { readonly status: Status }) => finding.status === "open" && finding.certain === certain;
}

function problemOf(today: string) {
  return (one: Acceptance & { readonly matches: number }): string[] => {
    const what = `The acceptance of ${one.class} for ${one.resource}`;
    if (isExpired(one, today)) return [`${what} has expired on ${one.until}. Close the way, or extend it.`];
    return one.matches === 0 ? [`${what} matches nothing. Remove it.`] : [];
  };
}

function worst(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("bypass")) return "bypass";
  return verdicts.length === 0 || verdicts.includes("undetermined") ? "undetermined" : "proven";
}
