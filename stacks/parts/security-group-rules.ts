/** What the security group rules of all parts have in common. Standalone rules, one a port and source. */
import { IResolvable, TerraformResource } from "cdktf";
import { hcl } from "../../synth/language/expression/expression";
import { forEach } from "../../synth/language/expression/for-each";
import { text } from "../../synth/language/expression/text";
import { bool, object, ObjectReference, Optional, optional } from "../../synth/variables/schema";
import { byFamily } from "./cidr";

/** The rules between node and application, whatever stands in front of the node. */
export const applicationRuleFields = {
  node_egress: optional(bool("To the application, on the node's group."), true),
  application_ingress: optional(bool("From the node, on the application's group."), true),
};

export type ApplicationRules = ObjectReference<typeof applicationRuleFields>;

/** A state that keeps the rules of a group inline would remove ours with its next apply, and we add them again. */
function schema<Fields extends Readonly<Record<string, Optional>>>(fields: Fields) {
  return optional(
    object(
      "Which security group rules to create. Switch off those of a group whose owner keeps its rules inline, and add them there.",
      fields,
    ),
    {},
  );
}

/** In front of a load balancer that reaches the node already. */
const towardsLoadBalancer = {
  vpc_link_egress: optional(bool("To the load balancer, on the VPC link's groups."), true),
  load_balancer_ingress: optional(bool("From the VPC link, on the load balancer's groups."), true),
};

export const applicationRulesSchema = schema(applicationRuleFields);

export const securityGroupRulesSchema = schema({
  load_balancer_egress: optional(bool("From the load balancer to the node, on the load balancer's groups."), true),
  node_ingress: optional(bool("From the load balancer, on the node's group."), true),
  ...applicationRuleFields,
});

export const vpcLinkRulesSchema = schema(towardsLoadBalancer);

export const vpcLinkAndApplicationRulesSchema = schema({ ...towardsLoadBalancer, ...applicationRuleFields });

export interface RuleProps {
  readonly name: string;
  readonly tags: IResolvable;
  /** By key, objects with a `port`; with `for_each` over them, `each.value` is one of them. */
  readonly rules: IResolvable;
  /** Whether there are to be any. */
  readonly enabled: IResolvable;
  /** What passes, for the reader of the group: "from the Wallarm Node". */
  readonly description: string;
}

/** The arguments of a rule that do not say who is admitted where. */
export function ruleArguments({ name, tags, rules, enabled, description }: RuleProps) {
  const port = hcl.number`each.value.port`;
  return {
    forEach: forEach(hcl`{ for key, rule in ${rules} : key => rule if ${enabled} }`),
    ipProtocol: "tcp",
    fromPort: port,
    toPort: port,
    description: text`${name}: ${description}`,
    tags: hcl.map(tags),
    // The new rule stands before the old one goes, so that traffic is never cut between.
    lifecycle: { createBeforeDestroy: true },
  };
}

/** The arguments of a rule that say who is on the other side: a CIDR block, `each.value.cidr`, or a group where it is null. */
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
