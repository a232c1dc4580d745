/** Rules of security groups that are there already: AWS refuses a second equal one. */
import * as z from "zod";
import { SECURITY_GROUP_RULE } from "../account/schema/ec2";
import { Snapshot } from "../account/snapshot";
import { Application } from "./application";
import { Fields } from "./hcl";
import { Node } from "./node";
import { Step } from "./step";

type Existing = z.infer<typeof SECURITY_GROUP_RULE>;

/** A rule that the module would create. */
interface New {
  readonly group: string;
  readonly isEgress: boolean;
  readonly peer: string;
  readonly port: number;
}

export interface Pairs {
  /** Of the resources. The module begins the descriptions of its rules with it. */
  readonly name: string;
  /** Of the load balancer. */
  readonly securityGroupIds: readonly string[];
  readonly node: Node;
  readonly nodePort: number;
  readonly application: Application;
}

/** What the module leaves to others, as a second application with the same node or load balancer. */
export function equalRules(
  { ec2 }: Snapshot,
  pairs: Pairs,
): { readonly argument: Fields; readonly steps: readonly Step[] } {
  const others = (ec2?.SecurityGroupRules ?? []).filter(
    ({ Description = "" }) => !Description.startsWith(`${pairs.name}: `),
  );
  const kinds = Object.entries(rulesOf(pairs)).map(([kind, rules]) => {
    const found = rules.flatMap((rule) => others.find((other) => isEqual(other, rule)) ?? []);
    return { kind, found, isWhole: found.length === rules.length };
  });
  const there = kinds.filter(({ found, isWhole }) => isWhole && found.length > 0);
  const partly = kinds.filter(({ found, isWhole }) => !isWhole && found.length > 0).flatMap(({ found }) => found);
  const argument = { security_group_rules: Object.fromEntries(there.map(({ kind }) => [kind, false])) };
  return {
    argument: there.length > 0 ? argument : {},
    steps: [...shared(there.flatMap(({ found }) => found)), ...replaced(partly)],
  };
}

/** By the fields of the variable `security_group_rules`. None where a group is a question. */
function rulesOf({ securityGroupIds, node, nodePort, application }: Pairs): Readonly<Record<string, readonly New[]>> {
  const [nodeGroup, ...otherNodeGroups] = node.securityGroupIds;
  const [group, ...otherGroups] = application.securityGroupIds;
  if (nodeGroup === undefined || otherNodeGroups.length > 0) return {};
  const balancers = securityGroupIds.map((id) => ({ group: id, peer: nodeGroup, port: nodePort }));
  const ports =
    group === undefined || otherGroups.length > 0
      ? []
      : application.ports.map((port) => ({ group: nodeGroup, peer: group, port }));
  return {
    load_balancer_egress: balancers.map((rule) => ({ ...rule, isEgress: true })),
    node_ingress: balancers.map((rule) => ({ ...swapped(rule), isEgress: false })),
    node_egress: ports.map((rule) => ({ ...rule, isEgress: true })),
    application_ingress: ports.map((rule) => ({ ...swapped(rule), isEgress: false })),
  };
}

function swapped({ group, peer, port }: Omit<New, "isEgress">): Omit<New, "isEgress"> {
  return { group: peer, peer: group, port };
}

function isEqual(existing: Existing, { group, isEgress, peer, port }: New): boolean {
  const { GroupId, IsEgress, IpProtocol, FromPort, ToPort, ReferencedGroupInfo } = existing;
  const isSame = GroupId === group && IsEgress === isEgress && ReferencedGroupInfo?.GroupId === peer;
  return isSame && IpProtocol === "tcp" && FromPort === port && ToPort === port;
}

function shared(found: readonly Existing[]): Step[] {
  if (found.length === 0) return [];
  return [
    {
      isYours: true,
      title: "Keep the rules that are there already",
      text: `AWS refuses a second equal rule, so \`security_group_rules\` leaves these to others. Before they remove one, run \`onboard\` again, and apply:\n\n${listOf(found)}`,
    },
  ];
}

function replaced(found: readonly Existing[]): Step[] {
  if (found.length === 0) return [];
  return [
    {
      title: "Remove rules that the module creates",
      text: `AWS refuses a second equal rule, and the module creates all rules of a kind or none. Their owner removes these:\n\n${listOf(found)}`,
    },
  ];
}

function listOf(found: readonly Existing[]): string {
  return found
    .map(
      ({ SecurityGroupRuleId, GroupId, Description = "" }) =>
        `- \`${SecurityGroupRuleId}\` of \`${GroupId}\` (${Description || "no description"})`,
    )
    .join("\n");
}
