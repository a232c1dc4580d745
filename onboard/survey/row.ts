/** What an entry point is, and what putting a node in front of it takes. */
import { Composition, MODULE_OF } from "../composition";
import { questionsOf } from "../configuration";
import { AllSteps, allSteps, TITLES } from "../owners";
import { Applied, isInFrontOf } from "./applied";
import { Row } from "./document";
import { EntryPoint } from "./entry-points";
import { coveredBy, judged } from "./judged";
import { NoApplication } from "./load-balancers";
import { NamedNodes } from "./nodes";

export interface Context {
  readonly nodes: NamedNodes;
  readonly applied: readonly Applied[];
  /** Load balancers that lead to a node, by ARN. */
  readonly roles: ReadonlyMap<string, NoApplication>;
}

/** @param name of its resources */
export function rowOf(entryPoint: EntryPoint, name: string, { nodes, applied, roles }: Context): Row {
  const { scenario, id, snapshots } = entryPoint;
  const inFront = applied.filter((one) => isInFrontOf(one, entryPoint));
  const [first] = inFront;
  if (first !== undefined)
    return {
      ...rowIn(first.region, entryPoint, name),
      ...{ state: "behind-the-node", behind: inFront.map(({ behind }) => behind) },
      routes: inFront.reduce((sum, { routing }) => sum + Object.keys(routing.entry_points).length, 0),
    };
  const role = roles.get(id);
  if (role !== undefined) return { ...rowIn(snapshots[0].region, entryPoint, name), ...role };
  if (scenario === null)
    return { ...rowIn(snapshots[0].region, entryPoint, name), reason: "It is of a kind that is not known." };
  const answer = judged(entryPoint, scenario, name, nodes);
  const row = rowIn(answer.snapshot.region, entryPoint, name);
  if ("composition" in answer) return { ...row, ...composed(answer.composition, roles) };
  return { ...row, state: answer.isUnread ? "undetermined" : "not-possible", reason: answer.reason };
}

function rowIn(region: string, { scenario, id, application, accountId, base }: EntryPoint, name: string): Row {
  return {
    application,
    account_id: accountId,
    region,
    vpc_id: null,
    scenario,
    id,
    module: scenario && MODULE_OF[scenario],
    name,
    folder: [accountId, region, scenario, base].filter((part) => part !== null).join("-"),
    ...{ state: "undetermined", wave: null, reason: null, routes: null, steps: [], questions: [] },
    ...{ before_lockdown: [], behind: [], leads_to: [], unread: [] },
  };
}

const BEFORE_THE_LOCKDOWN = ["beforeApply", "beforeCutover", "atCutover"] as const satisfies (keyof AllSteps)[];

function composed(composition: Composition, roles: Context["roles"]): Partial<Row> & Pick<Row, "state"> {
  const all = allSteps(composition);
  const steps = BEFORE_THE_LOCKDOWN.flatMap((when) =>
    all[when].filter(({ isYours }) => isYours !== true).map(({ title }) => ({ when: TITLES[when], title })),
  );
  const questions = questionsOf(composition)
    .filter(({ isAboutNode }) => isAboutNode !== true)
    .map(({ name, description }) => ({ name, description }));
  const leads_to = leadsTo(composition);
  const row = {
    ...{ vpc_id: vpcOf(composition), routes: coveredBy(composition), steps, questions, leads_to },
    unread: [...composition.unread],
    before_lockdown: all.beforeLockdown.map(({ title }) => title),
  };
  const toNode = leads_to.find((arn) => roles.has(arn));
  if (toNode !== undefined)
    return {
      ...{ ...row, state: "undetermined" },
      reason: `It leads to ${toNode}, which leads to a node, and no output says how many of its requests. Add the output of its configuration to --routing.`,
    };
  const count = steps.length + questions.length;
  return { ...row, state: count === 0 ? "ready" : "owner-first", wave: count === 0 ? 1 : count === 1 ? 2 : 3 };
}

/** That of the targets: an API reaches a node that may be planned, and so in no VPC yet. */
function vpcOf({ application: { targetGroups } }: Composition): string | null {
  const [vpcId = null, ...others] = new Set(targetGroups.flatMap(({ VpcId }) => VpcId ?? []));
  return others.length === 0 ? vpcId : null;
}

/** The load balancers between a distribution or an API and the application. */
function leadsTo({ scenario, application: { targetGroups } }: Composition): string[] {
  if (scenario === "alb" || scenario === "nlb") return [];
  return [...new Set(targetGroups.flatMap(({ LoadBalancerArns }) => LoadBalancerArns))];
}
