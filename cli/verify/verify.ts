import { setMaxListeners } from "node:events";
import { Progress } from "../progress";
import { attackDetection, CONSOLES } from "./attack-detection";
import { bypassHeader } from "./bypass-header";
import { Check, Finding, Verdict } from "./check";
import { directAccess } from "./direct-access";
import { network } from "./network";
import { Settings } from "./settings";

export interface Report {
  /** "fail" if any test failed, else "unknown" if any is unknown. */
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** What the findings do not show. */
  readonly notes: readonly string[];
}

/** Runs all tests at the same time, within the deadline. `progress` is called after each. */
export async function verify(settings: Settings, progress: Progress): Promise<Report> {
  const checks = checksOf(settings);
  const deadline = new AbortController();
  // Every request adds a listener.
  setMaxListeners(0, deadline.signal);
  const timer = setTimeout(() => {
    deadline.abort(`the deadline of ${settings.deadline} s has passed`);
  }, settings.deadline * 1000);
  const limits = { seconds: settings.timeout, deadline: deadline.signal };
  const connected = network(limits, settings.concurrency, settings.clientCertificate);
  let done = 0;
  progress(done, checks.length);
  const findings = await Promise.all(
    checks.map(async (check) => {
      const found = await check(connected);
      progress(++done, checks.length);
      return found;
    }),
  );
  clearTimeout(timer);
  return redacted({ verdict: verdictOf(findings.flat()), findings: findings.flat(), notes: notes(settings) }, settings);
}

function checksOf({ host, direct, unknowns, node, secretHeader, entryPoints, mode }: Settings): Check[] {
  return [
    ...unknowns.map(
      (one) => () => Promise.resolve([{ test: "direct access" as const, verdict: "unknown" as const, ...one }]),
    ),
    ...direct.map((address) => directAccess(address, host)),
    ...(secretHeader === undefined ? [] : node.map((address) => bypassHeader(address, host, secretHeader))),
    ...entryPoints.map((address) => attackDetection(address, host, mode)),
  ];
}

function verdictOf(findings: readonly Finding[]): Verdict {
  const verdicts = findings.map(({ verdict }) => verdict);
  if (verdicts.includes("fail")) return "fail";
  // No findings show nothing.
  return verdicts.length === 0 || verdicts.includes("unknown") ? "unknown" : "pass";
}

function notes({ direct, entryPoints, cloud }: Settings): string[] {
  const consoles = cloud === undefined ? Object.values(CONSOLES) : [CONSOLES[cloud]];
  return [
    ...(direct.length === 0
      ? []
      : ["These results are valid only for this network. Test private addresses from inside their VPC, too."]),
    ...(entryPoints.length === 0
      ? []
      : [
          `If the node saw the test attack, Wallarm Console → Attacks shows it within two minutes: ${consoles.join(" or ")}`,
        ]),
  ];
}

/** A server that got the secret may repeat it in a redirect, which the report shows. */
function redacted({ verdict, findings, notes }: Report, { secretHeader }: Settings): Report {
  if (secretHeader === undefined) return { verdict, findings, notes };
  const secret = new RegExp(secretHeader.value.replace(/\W/g, "\\$&"), "gi");
  const hide = (text: string) => text.replace(secret, "***");
  return {
    verdict,
    findings: findings.map((one) => ({ ...one, target: hide(one.target), reason: hide(one.reason) })),
    notes: notes.map(hide),
  };
}
