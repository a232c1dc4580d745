/** What the security group rules of all parts have in common. One rule for each port and source. */
import { IResolvable, TerraformResource } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { forEach } from "../../synth/language/expression/for-each";
import { text } from "../../synth/language/expression/text";
import { bool, Changes, given, object, ObjectReference, Optional, optional, Rule } from "../../synth/variables/schema";
import { Application } from "./application";
import { byFamily } from "./cidr";

/** Of a group that rules of other groups refer to. */
export const KEEPS_ITS_NAME = { createBeforeDestroy: true, ignoreChanges: ["name_prefix"] };

export const WHY_IT_KEEPS_ITS_NAME =
  "If `name` changes, this group keeps its name: AWS cannot rename it, and a replacement would change the rules that refer " +
  "to this group while it is still in use.";

/** The rules between the node and the application, for every kind of entry point. */
export const applicationRuleFields = {
  node_egress: optional(bool("On the node's group: egress to the application."), true),
  application_ingress: optional(bool("On the application's group: ingress from the node."), true),
};

export type ApplicationRules = ObjectReference<typeof applicationRuleFields>;

/** The groups to which the rules are added. */
interface Groups {
  readonly node: { readonly security_group_id: string };
  readonly application: Application;
}

const OTHER_ACCOUNT = "111122223333/sg-0123456789abcdef0";

/**
 * A rule is part of its group, so only the group's account can add it. Another account can only refer to the group.
 * @param isElsewhere whether the group at `path` is in another account, as in `example`
 */
function addedInItsAccount<Field extends string>(
  isElsewhere: IResolvable,
  { path, example }: { readonly path: string; readonly example: Changes },
  ...fields: readonly [Field, ...Field[]]
): Rule<Record<Field, IResolvable>> {
  const all = (value: boolean) => Object.fromEntries(fields.map((field) => [field, value]));
  return {
    test: (enabled) =>
      hcl`${isElsewhere} ? ${fields.map((field) => hcl`!${enabled[field]}`).reduce((one, other) => hcl`${one} && ${other}`)} : true`,
    requirement: `have ${fields.map((field) => `${field} = false`).join(" and ")} if ${path} is in another account (ACCOUNT/ID): only that account can add these rules, with the module security-group-rules`,
    refuses: [given(example, all(true))],
    accepts: [given(example, all(false))],
  };
}

const nodeRulesInItsAccount = <Field extends string>({ node }: Groups, ...fields: readonly [Field, ...Field[]]) =>
  addedInItsAccount(
    hcl`strcontains(${node.security_group_id}, "/")`,
    { path: "node.security_group_id", example: { node: { security_group_id: OTHER_ACCOUNT } } },
    ...fields,
  );

const applicationRulesInItsAccount = ({ application }: Groups) =>
  addedInItsAccount(
    hcl`try(strcontains(${application.security_group_id}, "/"), false)`,
    { path: "application.security_group_id", example: { application: { security_group_id: OTHER_ACCOUNT } } },
    "application_ingress",
  );

export const loadBalancerRulesInItsAccount = (loadBalancer: { readonly security_group_ids: IResolvable }) =>
  addedInItsAccount(
    hcl`anytrue([for id in values(${loadBalancer.security_group_ids}) : strcontains(id, "/")])`,
    {
      path: "one of load_balancer.security_group_ids",
      example: { load_balancer: { security_group_ids: { public: OTHER_ACCOUNT } } },
    },
    "load_balancer_egress",
  );

/** A state that manages a group's rules inline removes the module's rules at its next apply, and the module adds them again. */
function schema<Fields extends Readonly<Record<string, Optional>>>(
  fields: Fields,
  ...rules: readonly Rule<ObjectReference<Fields>>[]
) {
  return optional(
    object(
      "Which security group rules to create. If a group has inline rules, see the runbook: you can set its fields to false, and its owner adds the rules inline.",
      fields,
      ...rules,
    ),
    {},
  );
}

/** The rules between a VPC link and a load balancer that already reaches the node. */
const linkToLoadBalancer = {
  vpc_link_egress: optional(bool("On the VPC link's groups: egress to the load balancer."), true),
  load_balancer_ingress: optional(bool("On the load balancer's groups: ingress from the VPC link."), true),
};

export const applicationRulesSchema = (groups: Groups) =>
  schema(applicationRuleFields, nodeRulesInItsAccount(groups, "node_egress"), applicationRulesInItsAccount(groups));

export const securityGroupRulesSchema = (groups: Groups) =>
  schema(
    {
      load_balancer_egress: optional(bool("On the load balancer's groups: egress to the node."), true),
      node_ingress: optional(bool("On the node's group: ingress from the load balancer."), true),
      ...applicationRuleFields,
    },
    nodeRulesInItsAccount(groups, "node_ingress", "node_egress"),
    applicationRulesInItsAccount(groups),
  );

export const vpcLinkRulesSchema = schema(linkToLoadBalancer);

export const vpcLinkAndApplicationRulesSchema = (groups: Groups) =>
  schema(
    { ...linkToLoadBalancer, ...applicationRuleFields },
    nodeRulesInItsAccount(groups, "node_egress"),
    applicationRulesInItsAccount(groups),
  );

export interface RuleProps {
  readonly name: string;
  readonly tags: IResolvable;
  /** Objects with a `port`, by key. `each.value` is one of them. */
  readonly rules: IResolvable;
  /** Whether to create the rules. @default - always */
  readonly enabled?: IResolvable;
  /** The traffic, for the description of the rule: "from the Wallarm Node". */
  readonly description: string;
}

/** The arguments of a rule other than its group and its source or destination. */
export function ruleArguments({ name, tags, rules, enabled, description }: RuleProps) {
  const port = hcl.number`each.value.port`;
  return {
    forEach: forEach(enabled ? hcl`{ for key, rule in ${rules} : key => rule if ${enabled} }` : rules),
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    description: text`${name}: ${description}`,
    tags: hcl.map(tags),
    // The new rule exists before the old one is deleted, so that no traffic is cut off.
    lifecycle: { createBeforeDestroy: true },
  };
}

/** The source or destination of a rule: the CIDR block `each.value.cidr` or, if that is null, a group. */
export function peerArguments(securityGroupId: string) {
  const { ipv4, ipv6 } = byFamily("each.value.cidr");
  return {
    referencedSecurityGroupId: hcl.string`each.value.cidr == null ? ${securityGroupId} : null`,
    cidrIpv4: hcl.string(ipv4),
    cidrIpv6: hcl.string(ipv6),
  };
}

/** IDs of rules, by key. */
export function ruleIds(rule: TerraformResource): IResolvable {
  return hcl`{ for key, rule in ${rule.fqn} : key => rule.id }`;
}
