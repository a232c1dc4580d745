import { DataAwsVpcSecurityGroupRule } from "@cdktf/provider-aws/lib/data-aws-vpc-security-group-rule";
import { DataAwsVpcSecurityGroupRules } from "@cdktf/provider-aws/lib/data-aws-vpc-security-group-rules";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "../../synth/language/expression/check";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { map, object, string } from "../../synth/variables/schema";
import { addressesAndLengths } from "./cidr";
import { securityGroupId, securityGroupRuleId } from "./identifiers";
import { identityFields, NodeIdentity, subnetCidrsField } from "./node";

export const auditedSecurityGroupSchema = string(
  "ID of the security group of the application's instances or tasks. The group must exist, because the module reads its rules at plan.",
  securityGroupId,
);

export const admittedNodeSchema = object("The Wallarm Node, which the application may admit.", {
  ...identityFields,
  subnet_cidrs: subnetCidrsField(", if the application may also admit these."),
});

/** @param description which rules they are */
export function ruleIdsSchema(description: string) {
  return map(description, "rule_id", string("ID.", securityGroupRuleId));
}

export interface SecurityGroupAuditProps {
  /** IDs of the groups, a list. */
  readonly securityGroupIds: IResolvable;
  /** Whether to read the rules. @default - always */
  readonly enabled?: IResolvable;
  readonly node: Pick<NodeIdentity, "security_group_id" | "subnet_cidrs">;
  /** IDs of rules that may admit other sources, by name. */
  readonly acceptedRuleIds: IResolvable;
  /** The groups, for the message. */
  readonly subject: string;
  /** What to do about unexpected rules, for the message. */
  readonly fix: string;
}

/** Reads the rules of the application's security groups, and warns about rules that admit anything other than the node. */
export class SecurityGroupAudit extends Construct {
  /** The rules, by ID. */
  public readonly rules: DataAwsVpcSecurityGroupRule;
  /** Ingress rules, by ID: objects with `traffic` and `source`. */
  public readonly currentRules: IResolvable;
  /** The ingress rules that admit anything other than the node and are not accepted. */
  public readonly unexpectedRules: IResolvable;

  public constructor(scope: Construct, id: string, props: SecurityGroupAuditProps) {
    super(scope, id);
    const { node, securityGroupIds, enabled } = props;

    const found = new DataAwsVpcSecurityGroupRules(this, "application", {
      ...(enabled === undefined ? {} : { count: when(enabled) }),
      filter: [{ name: "group-id", values: hcl.list(securityGroupIds) }],
    });
    const ids = enabled === undefined ? hcl`${found.fqn}.ids` : hcl`flatten(${found.fqn}[*].ids)`;
    this.rules = comment(
      new DataAwsVpcSecurityGroupRule(this, "rule", {
        forEach: forEach(hcl`toset(${ids})`),
        securityGroupRuleId: each.key,
      }),
      "Outside the check, because a data source inside a check makes every plan show changes.",
    );
    this.currentRules = local(
      this,
      "current_rules",
      hcl`{
        for id, rule in ${this.rules.fqn} : id => {
          traffic = rule.ip_protocol == "-1" ? "everything" : "\${rule.ip_protocol} \${join("-", distinct([rule.from_port, rule.to_port]))}"
          source  = coalesce(rule.referenced_security_group_id, rule.cidr_ipv4, rule.cidr_ipv6, rule.prefix_list_id)
        } if !rule.is_egress
      }`,
      "Ingress rules by ID. A rule has exactly one of the four kinds of source, so the first that is set is the only one.",
    );
    const nodeBlocks = addressesAndLengths(this, node.subnet_cidrs);
    const nodeRuleIds = local(
      this,
      "node_rule_ids",
      hcl`[
        for id, rule in ${this.currentRules} : id
        if basename(rule.source) == ${node.security_group_id} || anytrue([
          for node in ${nodeBlocks} :
          try(split("/", rule.source)[1] >= node[1] && cidrhost("\${split("/", rule.source)[0]}/\${node[1]}", 0) == node[0], false)
        ])
      ]`,
      "Rules that admit the node alone: by its security group, which AWS reports as ACCOUNT/ID if it belongs to another " +
        "account, or by a CIDR block within one of the node's. A block is within another if its prefix length is not " +
        "shorter, and it begins at the same address at the other's prefix length.",
    );
    this.unexpectedRules = local(
      this,
      "unexpected_rules",
      hcl`{
        for id, rule in ${this.currentRules} : id => rule
        if !contains(concat(${nodeRuleIds}, values(${props.acceptedRuleIds})), id)
      }`,
    );
    const descriptions = hcl`[for id, rule in ${this.unexpectedRules} : "\${id} (\${rule.traffic} from \${rule.source})"]`;
    new Check(this, "only_the_node_is_admitted", {
      condition: hcl`length(${this.unexpectedRules}) == 0`,
      errorMessage: text`${props.subject} admits sources other than the node: ${hcl`join(", ", ${descriptions})`}. ${props.fix}`,
    });
  }
}
