/** What `onboard` would answer for an entry point: the same code composes its configuration. */
import { Snapshot } from "../../account/snapshot";
import { compose } from "../compose";
import { Composition, Scenario } from "../composition";
import { NodeWanted } from "../node";
import { Refusal, UnreadRefusal } from "../refusal";
import { EntryPoint } from "./entry-points";
import { NamedNodes, nodeFor } from "./nodes";
import { PLANNED_DOMAIN_NAME, PLANNED_LISTENER, PLANNED_TARGETS, withPlannedNode } from "./planned-node";

export type Answer = { readonly snapshot: Snapshot } & (
  { readonly composition: Composition } | { readonly reason: string; readonly isUnread: boolean }
);

/** Of a distribution, in the Region where most of it is: `onboard` is told the Region. */
export function judged(entryPoint: EntryPoint, scenario: Scenario, name: string, nodes: NamedNodes): Answer {
  const { id, snapshots } = entryPoint;
  return snapshots
    .map((snapshot) => answerIn(snapshot, scenario, { id, name, nodes }))
    .reduce((best, one) => (weight(one) > weight(best) ? one : best));
}

/** What is covered first, and what is not known before what is not possible. */
function weight(answer: Answer): number {
  if ("composition" in answer) return 1 + coveredBy(answer.composition);
  return answer.isUnread ? 1 : 0;
}

export function coveredBy({ entries }: Composition): number {
  return entries.filter(({ key }) => key !== null).length;
}

interface Asked {
  readonly id: string;
  readonly name: string;
  readonly nodes: NamedNodes;
}

function answerIn(snapshot: Snapshot, scenario: Scenario, { id, name, nodes }: Asked): Answer {
  const node = nodeFor(scenario, nodes);
  const missing = NEEDED.filter((service) => snapshot[service] === null);
  if (missing.length > 0)
    return {
      snapshot,
      reason: `The document does not have ${missing.join(", ")}. Read the account again.`,
      isUnread: true,
    };
  try {
    const composition = compose(scenario, isPlanned(node) ? withPlannedNode(snapshot) : snapshot, {
      ...{ id, name, node, remembered: {}, mirror: false, adoptListeners: false, listenerPorts: null },
      ...{ targetGroupArns: [] },
      cloudFront: {
        ...{ adoptDistribution: false, applicationOrigins: [] },
        nodeDomainName: nodes.domainName ?? PLANNED_DOMAIN_NAME,
      },
    });
    return { snapshot, composition };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { snapshot, reason: error.message, isUnread: error instanceof UnreadRefusal };
  }
}

/** What tells of an application, whatever is in front of it. */
const NEEDED = ["ec2", "elastic_load_balancing", "auto_scaling", "ecs"] as const;

function isPlanned(node: NodeWanted): boolean {
  return node === PLANNED_TARGETS || node === PLANNED_LISTENER;
}
