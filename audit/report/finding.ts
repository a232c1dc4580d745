/** A way around the node, or a lock that does not hold, with its name and what to do. */
import { createHash } from "node:crypto";
import { Lock, LockState } from "../../model/network/ways";
import { LockName } from "../../model/verdict";
import { Step, Witness } from "../../model/witness";
import { BYPASSES } from "../bypasses";
import { Evidence } from "../class";

export interface Finding {
  /** Of a class in audit/bypasses/, "unclassified", or that of a lock. */
  readonly class: string;
  readonly title: string;
  readonly severity: "high" | "medium" | "intended";
  readonly remedy: string;
  readonly kind: "way" | "lock";
  readonly certain: boolean;
  readonly intended: string | null;
  readonly steps: readonly Step[];
  readonly unknowns: Witness["unknowns"];
  readonly resources: readonly string[];
  /** The same in the next run, if the way is. */
  readonly fingerprint: string;
}

export const UNCLASSIFIED = "unclassified";

/** @param classes none: the model judges without them */
export function findingOf(witness: Witness, evidence: Evidence, classes = BYPASSES): Finding {
  const named = classes.find((one) => one.matches(witness, evidence));
  const { steps, certain, unknowns, intended, resources } = witness;
  return {
    class: named?.id ?? UNCLASSIFIED,
    title: named?.title ?? "A way that no class describes",
    severity: intended === null ? (named?.severity ?? "high") : "intended",
    remedy: named?.remedy ?? "See the steps.",
    kind: "way",
    ...{ certain, intended, steps, unknowns, resources },
    fingerprint: fingerprint([witness.via.kind, ...resources]),
  };
}

const LOCK_WORDS: Readonly<Record<LockName, string>> = {
  security_group: "security groups",
  network_acl: "network ACLs",
  route: "routes and addresses",
  layer_7: "rules of load balancers and edges",
};

export function lockClass(name: LockName): string {
  return `lock-${name.replace("_", "-")}`;
}

/** A required lock that does not hold by itself. */
export function lockFinding(name: LockName, { state, facts, unknowns }: Lock): Finding[] {
  const doing: Readonly<Record<LockState, string | null>> = {
    closed: null,
    open: "admit more than the node: another lock is the only one left",
    unknown: "may admit more than the node",
  };
  const what = doing[state];
  if (what === null) return [];
  const resources = [...new Set(facts.map(({ resource }) => resource))];
  return [
    {
      class: lockClass(name),
      title: `The ${LOCK_WORDS[name]} ${what}`,
      severity: "medium",
      remedy: "Remove what is listed, or accept it with a reason and a date (--accept).",
      kind: "lock",
      certain: state === "open",
      intended: null,
      steps: [{ place: "application", words: `lock ${name}: ${state}`, facts }],
      ...{ unknowns, resources, fingerprint: fingerprint(["lock", name, ...resources]) },
    },
  ];
}

function fingerprint(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32);
}
