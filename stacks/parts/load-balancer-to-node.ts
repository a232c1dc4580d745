import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { ReferenceTo } from "../../synth/variables/schema";
import { ruleArguments, securityGroupRulesSchema } from "./security-group-rules";

export interface LoadBalancerToNodeProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly loadBalancer: { readonly security_group_ids: IResolvable };
  readonly node: { readonly security_group_id: string; readonly port: number };
  /** Port of the health check, or "traffic-port". */
  readonly healthCheckPort: string;
  readonly enabled: ReferenceTo<ReturnType<typeof securityGroupRulesSchema>>;
}

/** The security group rules that let a load balancer with security groups reach the node. */
export class LoadBalancerToNode extends Construct {
  public readonly egress: TerraformResource;
  public readonly ingress: TerraformResource;

  public constructor(scope: Construct, id: string, props: LoadBalancerToNodeProps) {
    super(scope, id);
    const { name, tags, loadBalancer, node, healthCheckPort, enabled } = props;

    const ports = local(
      this,
      "node_ports",
      hcl`distinct(compact([tostring(${node.port}), ${healthCheckPort} == "traffic-port" ? "" : ${healthCheckPort}]))`,
      "Requests and health checks can use different ports. If health checks cannot reach the node, the load balancer treats it as unhealthy.",
    );
    const rules = local(
      this,
      "load_balancer_to_node",
      hcl`{
        for pair in setproduct(keys(${loadBalancer.security_group_ids}), ${ports}) :
        "\${pair[0]}-\${pair[1]}" => { security_group_id = ${loadBalancer.security_group_ids}[pair[0]], port = tonumber(pair[1]) }
      }`,
    );
    const loadBalancerGroup = hcl.string`each.value.security_group_id`;

    this.egress = new VpcSecurityGroupEgressRule(this, "load_balancer_to_node", {
      ...ruleArguments({
        name,
        tags,
        rules,
        enabled: enabled.load_balancer_egress,
        description: "to the Wallarm Node",
      }),
      securityGroupId: loadBalancerGroup,
      referencedSecurityGroupId: node.security_group_id,
    });
    this.ingress = comment(
      new VpcSecurityGroupIngressRule(this, "node_from_load_balancer", {
        ...ruleArguments({ name, tags, rules, enabled: enabled.node_ingress, description: "from the load balancer" }),
        securityGroupId: node.security_group_id,
        referencedSecurityGroupId: loadBalancerGroup,
      }),
      "By security group, because the addresses of a load balancer change as AWS scales it.",
    );
  }
}
