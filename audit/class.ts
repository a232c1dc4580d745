/** A class of bypasses: a name and an explanation. It never changes a verdict. */
import * as z from "zod";
import { SECURITY_GROUP_RULE } from "../account/schema/ec2";
import { Snapshot } from "../account/snapshot";
import { indexOf } from "../model/account-index";
import { Roles, rolesOf } from "../model/roles";
import { Routing } from "../contract/routing";
import { Witness } from "../model/witness";

type SecurityGroupRule = z.infer<typeof SECURITY_GROUP_RULE>;

export interface BypassClass {
  readonly id: string;
  /** In the table of docs/audit.md. */
  readonly numbers: readonly number[];
  readonly title: string;
  /** Rows of docs/guide-coverage.md. */
  readonly guideRows: readonly number[];
  readonly severity: "high" | "medium";
  /** What to change, with module and argument. */
  readonly remedy: string;
  readonly matches: (witness: Witness, evidence: Evidence) => boolean;
}

/** What the snapshot has about a way, to tell classes apart. */
export interface Evidence {
  readonly roles: Roles;
  /** Ingress rules of the application's groups on a way over the network. */
  readonly rules: (witness: Witness) => readonly SecurityGroupRule[];
  readonly groupName: (id: string) => string | undefined;
  readonly isEntryListener: (arn: string) => boolean;
  readonly isEntryLoadBalancer: (arn: string) => boolean;
}

export function evidenceOf(snapshot: Snapshot, routings: readonly Routing[]): Evidence {
  const roles = rolesOf(routings, snapshot, indexOf(snapshot));
  const rules = new Map(snapshot.ec2?.SecurityGroupRules.map((rule) => [rule.SecurityGroupRuleId, rule]));
  const listeners = new Set(roles.entryPoints.map(({ fields }) => fields.listener_arn));
  const suffix = (arn: string) => arn.replace(/^.*:(loadbalancer|listener)\//, "");
  const loadBalancers = new Set([...listeners].map((arn) => suffix(arn ?? "").replace(/\/[^/]+$/, "")));
  return {
    roles,
    rules: ({ via }) => {
      if (via.kind !== "network") return [];
      const groups = new Set(via.way.destination.Groups?.map(({ GroupId }) => GroupId));
      const found = via.way.facts.map(({ resource }) => rules.get(resource)).filter((rule) => rule !== undefined);
      return found.filter(({ IsEgress, GroupId }) => !IsEgress && groups.has(GroupId));
    },
    groupName: (id) => snapshot.ec2?.SecurityGroups.find(({ GroupId }) => GroupId === id)?.GroupName,
    isEntryListener: (arn) => listeners.has(arn),
    isEntryLoadBalancer: (arn) => loadBalancers.has(suffix(arn)),
  };
}
