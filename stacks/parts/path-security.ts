import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { IResolvable, TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import { hcl, rawHcl } from "../../synth/expression";
import { forEach } from "../../synth/for-each";
import { local } from "../../synth/local";
import { bool, object, optional, ReferenceTo } from "../../synth/schema";
import { applicationSchema, loadBalancerSchema } from "./common-variables";
import { Node } from "./node";

/** A state that keeps the rules of a group inline would remove ours with its next apply, and we add them again. */
export const securityGroupRulesSchema = optional(
  object(
    "Which security group rules to create. Switch off those of a group whose owner keeps its rules inline, and add them there.",
    {
      load_balancer_egress: optional(bool("From the load balancer to the node, on the load balancer's groups."), true),
      node_ingress: optional(bool("From the load balancer, on the node's group."), true),
      node_egress: optional(bool("To the application, on the node's group."), true),
      application_ingress: optional(bool("From the node, on the application's group."), true),
    },
  ),
  {},
);

export interface PathSecurityProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly loadBalancer: ReferenceTo<typeof loadBalancerSchema>;
  readonly node: Node;
  /** Port of the health check, or "traffic-port". */
  readonly healthCheckPort: string;
  readonly application: ReferenceTo<typeof applicationSchema>;
  readonly enabled: ReferenceTo<typeof securityGroupRulesSchema>;
}

/** The security group rules along the path: load balancer → node → application. Standalone rules, one a port and source. */
export class PathSecurity extends Construct {
  public readonly loadBalancerEgress: TerraformResource;
  public readonly nodeIngress: TerraformResource;
  public readonly nodeEgress: TerraformResource;
  public readonly applicationIngress: TerraformResource;

  public constructor(scope: Construct, id: string, props: PathSecurityProps) {
    super(scope, id);
    const { name, loadBalancer, node, healthCheckPort, application, enabled } = props;

    const nodePorts = local(
      this,
      "node_ports",
      hcl`distinct(compact([tostring(${node.port}), ${healthCheckPort} == "traffic-port" ? "" : ${healthCheckPort}]))`,
      "The load balancer reaches the node on the port of the requests and on that of the health check.",
    );
    const toNode = local(
      this,
      "load_balancer_to_node",
      hcl`{
        for pair in setproduct(keys(${loadBalancer.security_group_ids}), ${nodePorts}) :
        "\${pair[0]}-\${pair[1]}" => { security_group_id = ${loadBalancer.security_group_ids}[pair[0]], port = tonumber(pair[1]) }
      }`,
    );
    const toApplication = local(
      this,
      "node_to_application",
      hcl`{ for port in try(${application.ports}, []) : tostring(port) => port }`,
    );

    const loadBalancerGroup = Token.asString(rawHcl("each.value.security_group_id"));
    const nodePort = Token.asNumber(rawHcl("each.value.port"));
    const applicationPort = Token.asNumber(rawHcl("each.value"));
    const common = (map: IResolvable, enabled: IResolvable, port: number, description: string) => ({
      forEach: forEach(hcl`{ for key, rule in ${map} : key => rule if ${enabled} }`),
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      description: `${name}: ${description}`,
      tags: Token.asStringMap(props.tags),
      // The new rule stands before the old one goes, so that traffic is never cut between.
      lifecycle: { createBeforeDestroy: true },
    });

    this.loadBalancerEgress = new VpcSecurityGroupEgressRule(this, "load_balancer_to_node", {
      securityGroupId: loadBalancerGroup,
      referencedSecurityGroupId: node.security_group_id,
      ...common(toNode, enabled.load_balancer_egress, nodePort, "to the Wallarm Node"),
    });
    this.nodeIngress = new VpcSecurityGroupIngressRule(this, "node_from_load_balancer", {
      securityGroupId: node.security_group_id,
      referencedSecurityGroupId: loadBalancerGroup,
      ...common(toNode, enabled.node_ingress, nodePort, "from the load balancer"),
    });
    this.nodeEgress = new VpcSecurityGroupEgressRule(this, "node_to_application", {
      securityGroupId: node.security_group_id,
      referencedSecurityGroupId: application.security_group_id,
      ...common(toApplication, enabled.node_egress, applicationPort, "to the application"),
    });
    this.applicationIngress = new VpcSecurityGroupIngressRule(this, "application_from_node", {
      securityGroupId: application.security_group_id,
      referencedSecurityGroupId: node.security_group_id,
      ...common(toApplication, enabled.application_ingress, applicationPort, "from the Wallarm Node"),
    });
  }

  /** IDs of the rules: purpose → key of the rule → ID. */
  public get ruleIds(): IResolvable {
    const ids = (rule: TerraformResource) => hcl`{ for key, rule in ${rule.fqn} : key => rule.id }`;
    return hcl`{
      load_balancer_egress = ${ids(this.loadBalancerEgress)}
      node_ingress         = ${ids(this.nodeIngress)}
      node_egress          = ${ids(this.nodeEgress)}
      application_ingress  = ${ids(this.applicationIngress)}
    }`;
  }

  public get rules(): readonly TerraformResource[] {
    return [this.loadBalancerEgress, this.nodeIngress, this.nodeEgress, this.applicationIngress];
  }
}
