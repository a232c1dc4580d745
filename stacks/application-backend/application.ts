import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { distinct, everyKey, notEmpty } from "../../synth/variables/rules";
import { bool, example, list, number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { portNumber, securityGroupIds } from "../parts/common-variables";
import { securityGroupId } from "../parts/identifiers";
import { ruleArguments } from "../parts/security-group-rules";

export const applicationSchema = example(
  object("The application behind the load balancer.", {
    security_group_id: string("ID of the security group of the application's instances or tasks.", securityGroupId),
    ports: list(
      "TCP ports on which the application gets requests and health checks. Add new ports at the end: the module network-acl derives rule numbers from their position.",
      "port",
      number("Port.", portNumber),
      notEmpty("port"),
      distinct("port", [80, 443, 80]),
    ),
    additional_security_group_ids: optional(
      {
        ...securityGroupIds(
          securityGroupId,
          everyKey(
            {
              test: (key) => hcl`${key} != "application"`,
              requirement: 'not be "application", the name of security_group_id',
              refuses: ["application"],
            },
            "sg-0123456789abcdef0",
          ),
        ),
        description:
          "IDs of the security groups of other applications behind the same load balancer, by names that you choose. The names become part of resource addresses.",
      },
      {},
    ),
  }),
  { ports: [8080] },
);

export type Application = ReferenceTo<typeof applicationSchema>;

export const securityGroupRulesSchema = optional(
  object("Which security group rules to create. If the application's group has inline rules, see the runbook.", {
    application_ingress: optional(bool("On the application's groups: ingress from the load balancer."), true),
  }),
  {},
);

export interface BackendToApplicationProps {
  readonly name: string;
  readonly tags: IResolvable;
  /** ID of the load balancer's security group. */
  readonly securityGroupId: string;
  readonly application: Application;
  readonly enabled: ReferenceTo<typeof securityGroupRulesSchema>;
}

/** The security group rules that let the load balancer reach the application. */
export class BackendToApplication extends Construct {
  public readonly egress: TerraformResource;
  public readonly ingress: TerraformResource;

  public constructor(scope: Construct, id: string, props: BackendToApplicationProps) {
    super(scope, id);
    const { name, tags, securityGroupId: backendGroupId, application, enabled } = props;

    const groups = local(
      this,
      "application_security_group_ids",
      hcl`merge({ application = ${application.security_group_id} }, ${application.additional_security_group_ids})`,
    );
    const rules = local(
      this,
      "backend_to_application",
      hcl`{
        for pair in setproduct(keys(${groups}), ${application.ports}) :
        "\${pair[0]}-\${pair[1]}" => { security_group_id = ${groups}[pair[0]], port = tonumber(pair[1]) }
      }`,
    );
    const group = hcl.string`each.value.security_group_id`;
    this.egress = new VpcSecurityGroupEgressRule(this, "backend_to_application", {
      ...ruleArguments({ name, tags, rules, description: "to the application" }),
      securityGroupId: backendGroupId,
      referencedSecurityGroupId: group,
    });
    this.ingress = comment(
      new VpcSecurityGroupIngressRule(this, "application_from_backend", {
        ...ruleArguments({
          name,
          tags,
          rules,
          enabled: enabled.application_ingress,
          description: "from the load balancer behind the Wallarm Node",
        }),
        securityGroupId: group,
        referencedSecurityGroupId: backendGroupId,
      }),
      "These rules admit the load balancer and remove no other rule. Remove the rules that admit other sources, or traffic can still bypass the node.",
    );
  }
}
