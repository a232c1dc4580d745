/** What the security group rules of all parts have in common. One rule for each port and source. */
import { IResolvable, TerraformResource } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { forEach } from "../../synth/language/expression/for-each";
import { text } from "../../synth/language/expression/text";
import { bool, object, ObjectReference, Optional, optional } from "../../synth/variables/schema";
import { byFamily } from "./cidr";

/** The rules between the node and the application, for every kind of entry point. */
export const applicationRuleFields = {
  node_egress: optional(bool("On the node's group: egress to the application."), true),
  application_ingress: optional(bool("On the application's group: ingress from the node."), true),
};

export type ApplicationRules = ObjectReference<typeof applicationRuleFields>;

/** A state that manages a group's rules inline removes the module's rules at its next apply, and the module adds them again. */
function schema<Fields extends Readonly<Record<string, Optional>>>(fields: Fields) {
  return optional(
    object(
      "Which security group rules to create. If a group has inline rules, see the runbook: you can set its fields to false, and its owner adds the rules inline.",
      fields,
    ),
    {},
  );
}

/** The rules between a VPC link and a load balancer that already reaches the node. */
const linkToLoadBalancer = {
  vpc_link_egress: optional(bool("On the VPC link's groups: egress to the load balancer."), true),
  load_balancer_ingress: optional(bool("On the load balancer's groups: ingress from the VPC link."), true),
};

export const applicationRulesSchema = schema(applicationRuleFields);

export const securityGroupRulesSchema = schema({
  load_balancer_egress: optional(bool("On the load balancer's groups: egress to the node."), true),
  node_ingress: optional(bool("On the node's group: ingress from the load balancer."), true),
  ...applicationRuleFields,
});

export const vpcLinkRulesSchema = schema(linkToLoadBalancer);

export const vpcLinkAndApplicationRulesSchema = schema({ ...linkToLoadBalancer, ...applicationRuleFields });

export interface RuleProps {
  readonly name: string;
  readonly tags: IResolvable;
  /** Objects with a `port`, by key. `each.value` is one of them. */
  readonly rules: IResolvable;
  /** Whether to create the rules. */
  readonly enabled: IResolvable;
  /** The traffic, for the description of the rule: "from the Wallarm Node". */
  readonly description: string;
}

/** The arguments of a rule other than its group and its source or destination. */
export function ruleArguments({ name, tags, rules, enabled, description }: RuleProps) {
  const port = hcl.number`each.value.port`;
  return {
    forEach: forEach(hcl`{ for key, rule in ${rules} : key => rule if ${enabled} }`),
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
