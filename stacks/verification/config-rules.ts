import { ConfigConfigRule } from "@cdktf/provider-aws/lib/config-config-rule";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { ConfigRecorder } from "./config-recorder";
import { ConfigRulesReference } from "./config-rules-schema";
import { SharedProps } from "./contract-schema";

export interface ConfigRulesProps extends SharedProps {
  readonly configRules: ConfigRulesReference;
  readonly recorder: ConfigRecorder;
}

/** AWS Config rules: the managed rule of the guide, which detects only open CIDR blocks, and a rule that admits only the node. */
export class ConfigRules extends Construct {
  /** ARNs of the rules, by name. */
  public readonly arns: IResolvable;

  public constructor(scope: Construct, id: string, props: ConfigRulesProps) {
    super(scope, id);
    const { name, tags, routing, configRules, securityGroupIds, nodeSecurityGroupId, recorder } = props;
    const groups = hcl`${configRules} == null ? {} : ${securityGroupIds}`;
    const common = {
      tags: hcl.map(tags),
      dependsOn: [recorder.ready],
    };
    const scopeOf = (securityGroupId: string) => ({
      complianceResourceId: securityGroupId,
      complianceResourceTypes: ["AWS::EC2::SecurityGroup"],
    });
    const managed = (sourceIdentifier: string) => ({ owner: "AWS", sourceIdentifier });

    const restricted = local(
      this,
      "restricted_ports",
      hcl`merge([
        for key, id in ${groups} : {
          for index, ports in chunklist(${routing.application.ports}, 5) :
          "\${key}-\${index + 1}" => { security_group_id = id, ports = ports }
        }
      ]...)`,
      "blockedPort1 to blockedPort5 take one port each. One that is not set keeps its default: 20, 21, 3389, 3306, or 4333 (https://docs.aws.amazon.com/config/latest/developerguide/restricted-common-ports.html).",
    );
    const ports = new ConfigConfigRule(this, "restricted_ports", {
      ...common,
      forEach: forEach(restricted),
      name: text`${name}-restricted-ports-${each.key}`,
      description: "The application's ports are not open to the internet.",
      inputParameters: hcl.string`jsonencode({ for index, port in each.value.ports : "blockedPort\${index + 1}" => tostring(port) })`,
      source: managed("RESTRICTED_INCOMING_TRAFFIC"),
      scope: scopeOf(hcl.string`each.value.security_group_id`),
    });
    const node = new ConfigConfigRule(this, "only_the_node", {
      ...common,
      forEach: forEach(groups),
      name: text`${name}-only-the-node-${each.key}`,
      description: "Only the node is admitted.",
      source: {
        owner: "CUSTOM_POLICY",
        sourceDetail: [{ messageType: "ConfigurationItemChangeNotification" }],
        customPolicyDetails: { policyRuntime: "guard-2.x.x", policyText: guardPolicy(this, props) },
      },
      scope: scopeOf(each.value),
    });
    const ssh = new ConfigConfigRule(this, "node_ssh", {
      ...common,
      count: when(hcl`try(${configRules.node_ssh}, false)`),
      name: text`${name}-node-ssh`,
      description: "Port 22 of the node is not open to the internet.",
      source: managed("INCOMING_SSH_DISABLED"),
      scope: scopeOf(nodeSecurityGroupId),
    });
    this.arns = hcl`merge(
      { for rule in values(${ports.fqn}) : rule.name => rule.arn },
      { for rule in values(${node.fqn}) : rule.name => rule.arn },
      { for rule in ${ssh.fqn} : rule.name => rule.arn }
    )`;
  }
}

/**
 * An empty list passes, and a missing property does not. CIDR blocks are compared as text, so a smaller block within one of
 * the node's fails.
 * Source: https://docs.aws.amazon.com/cfn-guard/latest/ug/writing-rules.html
 */
function guardPolicy(scope: Construct, { nodeSecurityGroupId, node }: ConfigRulesProps): string {
  const cidrs = hcl`jsonencode(${node.subnet_cidrs})`;
  return hcl.string(
    local(
      scope,
      "only_the_node_policy",
      text`rule only_the_node_is_admitted when resourceType == "AWS::EC2::SecurityGroup" {
  configuration.ipPermissions exists
  configuration.ipPermissions[*].userIdGroupPairs[ groupId not in ["${nodeSecurityGroupId}"] ] empty
  configuration.ipPermissions[*].ipv4Ranges[ cidrIp not in ${cidrs} ] empty
  configuration.ipPermissions[*].ipv6Ranges[ cidrIpv6 not in ${cidrs} ] empty
  configuration.ipPermissions[*].prefixListIds empty
}
`,
      "In the language of AWS CloudFormation Guard: every source must be the node. CIDR blocks are compared as text, so a smaller block inside one of the node's blocks is also reported.",
    ),
  );
}
