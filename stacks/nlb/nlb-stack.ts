import { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { hcl } from "../../synth/language/expression/expression";
import { applicationSchema } from "../parts/application";
import { cutoverPercentSchema, nameSchema, tagsSchema, vpcIdSchema } from "../parts/common-variables";
import { knownSubnetCidrs, members } from "../parts/node";
import { NodeToApplication } from "../parts/node-to-application";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import { applicationFields, loadBalancerArnSuffix, ofArn, RoutingContract } from "../parts/routing-contract";
import { ruleIds, securityGroupRulesSchema } from "../parts/security-group-rules";
import { TrafficCheck } from "../parts/traffic-check";
import { AdoptedListeners, listenersSchema } from "./adopted-listeners";
import { nlbLoadBalancerSchema, NlbToNode } from "./nlb-to-node";
import { RehearsalListener, rehearsalListenerSchema } from "./rehearsal-listener";
import { nlbHealthCheckSchema, nlbNodeSchema, NlbTargetGroup, nlbTargetGroupSchema } from "./target-group";

/** The module `nlb`: the node between an existing Network Load Balancer and the application behind it. */
export class NlbStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary: "Puts a Wallarm Node between an existing Network Load Balancer and the application behind it.",
      providers: [AWS_PROVIDER],
    });

    const name = this.variable("name", nameSchema);
    const tags = this.variable("tags", tagsSchema);
    const vpcId = this.variable("vpc_id", vpcIdSchema);
    const percent = this.variable(
      "node_traffic_percent",
      cutoverPercentSchema("connections", ", because this module does not distribute connections by weight"),
    );
    const node = this.variable("node", nlbNodeSchema);
    const targetGroup = this.variable("target_group", nlbTargetGroupSchema(node));
    const healthCheck = this.variable("health_check", nlbHealthCheckSchema(node));
    const loadBalancer = this.variable("load_balancer", nlbLoadBalancerSchema(targetGroup, { vpcId, node }));
    const listeners = this.variable("adopted_listeners", listenersSchema);
    const rehearsalListener = this.variable("rehearsal_listener", rehearsalListenerSchema(node, listeners));
    const application = this.variable("application", applicationSchema(node));
    const securityGroupRules = this.variable("security_group_rules", securityGroupRulesSchema({ node, application }));

    const common = { name, tags, vpcId, node, nodeTrafficPercent: percent };
    const targets = new NlbTargetGroup(this, "target_group", { ...common, loadBalancer, targetGroup, healthCheck });
    const access = this.file("security_groups");
    const nodeAccess = new NlbToNode(access, "node", {
      ...common,
      loadBalancer,
      healthCheckPort: healthCheck.port,
      enabled: securityGroupRules,
    });
    const applicationAccess = new NodeToApplication(access, "application", {
      ...common,
      application,
      enabled: securityGroupRules,
    });
    const pathToNode = [
      ...targets.registrations,
      ...nodeAccess.rules,
      applicationAccess.egress,
      applicationAccess.ingress,
    ];
    const adopted = new AdoptedListeners(this, "main", {
      ...common,
      listeners,
      nodeTargetGroupArn: targets.resource.arn,
      dependsOn: pathToNode,
    });
    const rehearsal = new RehearsalListener(this, "rehearsal_listener", {
      ...common,
      nodeTargetGroupArn: targets.resource.arn,
      rehearsalListener,
      existing: adopted.existing,
    });
    new TrafficCheck(this, percent);
    const routing = new RoutingContract(this, "routing", {
      scenario: "nlb",
      name,
      ...ofArn(targets.resource.arn),
      vpc_id: vpcId,
      node: {
        security_group_id: node.security_group_id,
        subnet_cidrs: knownSubnetCidrs(node),
        target_group_arn: targets.resource.arn,
        port: node.port,
        protocol: node.protocol,
        members: {
          ...members(node),
          application_load_balancer_arns: hcl`values(${node.application_load_balancer_arns})`,
        },
      },
      application: {
        ...applicationFields(application),
        target_group_arns: hcl`distinct(values(${listeners})[*].application_target_group_arn)`,
      },
      load_balancer: {
        security_group_ids: hcl`values(${loadBalancer.security_group_ids})`,
        arn_suffix: loadBalancerArnSuffix(hcl`values(${listeners})[0].listener_arn`),
      },
      entry_points: hcl`{
        for key, listener in ${adopted.listener.fqn} : key => {
          listener_arn                 = listener.arn
          application_target_group_arn = ${percent} == 100 ? null : ${listeners}[key].application_target_group_arn
        }
      }`,
      node_traffic_percent: percent,
      live_after_apply: true,
    });

    this.output(
      "target_group_arn",
      "ARN of the node's target group, for a node that registers itself. Known after rehearsal_listener exists.",
      targets.resource.arn,
      { dependsOn: [rehearsal.listener] },
    );
    this.output("target_group_name", "Name of the node's target group.", targets.resource.name);
    this.output(
      "target_group_arn_suffix",
      "ARN suffix of the node's target group, for CloudWatch metrics.",
      targets.resource.arnSuffix,
    );
    this.output(
      "cutover_target_group_arn",
      "ARN of the node's target group at 100, null at 0. For an owner who sets the default action of the listener. Available after the targets and the security group rules exist.",
      hcl`${percent} == 100 ? ${targets.resource.arn} : null`,
      { dependsOn: pathToNode },
    );
    this.output(
      "security_group_rule_ids",
      "IDs of the security group rules, by purpose.",
      hcl`{
        load_balancer_egress = ${nodeAccess.egressIds}
        node_ingress         = ${nodeAccess.ingressIds}
        node_egress          = ${ruleIds(applicationAccess.egress)}
        application_ingress  = ${ruleIds(applicationAccess.ingress)}
      }`,
    );
    this.output("routing", "Data about the routing, for other modules and tools.", hcl`${routing.resource.fqn}.input`);
  }
}
