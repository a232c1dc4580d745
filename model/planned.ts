/** What is judged of an account as a plan will leave it: each fact of the plan says so, and what the plan leaves open is unknown. */
import { PlannedAccount } from "../account/plan/lay";
import { Fact, Unknown } from "./fact";
import { Lock } from "./network/ways";
import { Judgement, verdictOf } from "./verdict";
import { Witness } from "./witness";

export function asPlanned(judgement: Judgement, { sources, gaps }: Omit<PlannedAccount, "snapshot">): Judgement {
  const facts = (all: readonly Fact[]): Fact[] =>
    all.map((fact) => ({ ...fact, action: source(sources, fact.resource) ?? fact.action }));
  const unknowns = (all: readonly Unknown[]): Unknown[] =>
    all.map((one) => ({ ...one, action: source(sources, one.resource) ?? one.action }));
  const lock = (one: Lock): Lock => ({ ...one, facts: facts(one.facts), unknowns: unknowns(one.unknowns) });
  const witness = (one: Witness): Witness => ({
    ...one,
    steps: one.steps.map((step) => ({ ...step, facts: facts(step.facts) })),
    unknowns: unknowns(one.unknowns),
  });
  const { security_group, network_acl, route, layer_7 } = judgement.locks;
  const left = gaps.map(({ words, address: resource }) => ({ words, resource, action: null }));
  const all = [...unknowns(judgement.unknowns), ...left];
  const witnesses = judgement.witnesses.map(witness);
  return {
    ...judgement,
    ...{ witnesses, unknowns: all, verdict: verdictOf(witnesses, all) },
    locks: {
      ...{ security_group: lock(security_group), network_acl: lock(network_acl) },
      ...{ route: lock(route), layer_7: lock(layer_7) },
    },
    assumptions: [...judgement.assumptions, ...ASSUMPTIONS],
  };
}

const ASSUMPTIONS = [
  "The plan is applied as it is, and nobody else changes the account before.",
  "A new ID in the plan is that of the only new resource to which its expression refers.",
  "Provisioners, and what a new version of code does, are not judged.",
];

function source(sources: ReadonlyMap<string, string>, resource: string | null): string | undefined {
  const address = resource === null ? undefined : sources.get(resource);
  return address === undefined ? undefined : `planned by ${address}`;
}
