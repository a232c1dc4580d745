import { Construct } from "constructs";
import { hcl } from "../../synth/expression";
import { ModuleStack } from "../../synth/module-stack";
import { wholeNumber } from "../../synth/rules";
import { number, object, optional } from "../../synth/schema";
import { AWS_PROVIDER } from "../aws-provider";
import {
  applicationSchema,
  loadBalancerSchema,
  nameSchema,
  tagsSchema,
  trafficPercentSchema,
  vpcIdSchema,
} from "../parts/common-variables";
import { nodeSchema } from "../parts/node";
import { PathSecurity, securityGroupRulesSchema } from "../parts/path-security";
import { RoutingContract } from "../parts/routing-contract";
import { healthCheckSchema, TargetGroup, targetGroupSchema } from "../parts/target-group";
import { TrafficCheck } from "../parts/traffic-check";
import { ListenerRoutes } from "./listener-routes";
import { routesSchema } from "./route-schema";

/** Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupStickinessConfig.html */
const targetGroupStickinessSchema = optional(
  object(
    "During a canary, keeps a client at the node or at the application; null: every request is shared out anew. Off at 0 and 100.",
    {
      duration: optional(number("Seconds.", wholeNumber(1, 604800, "seconds")), 3600),
    },
  ),
);

/** The module `alb`: the node between an existing Application Load Balancer and the application behind it. */
export class AlbStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary: "Puts a Wallarm Node between an existing Application Load Balancer and the application behind it.",
      providers: [AWS_PROVIDER],
    });

    const name = this.variable("name", nameSchema);
    const tags = this.variable("tags", tagsSchema);
    const vpcId = this.variable("vpc_id", vpcIdSchema);
    const percent = this.variable("node_traffic_percent", trafficPercentSchema);
    const node = this.variable("node", nodeSchema(["HTTP", "HTTPS"], ["HTTP1", "HTTP2", "GRPC"]));
    const targetGroup = this.variable("target_group", targetGroupSchema);
    const healthCheck = this.variable("health_check", healthCheckSchema);
    const loadBalancer = this.variable("load_balancer", loadBalancerSchema);
    const routes = this.variable("routes", routesSchema, {
      condition: hcl`${percent} == 100 || alltrue([
        for route in var.routes : length(route.conditions) == 0 || route.application_target_group_arn != null
      ])`,
      errorMessage: `routes with conditions of their own need application_target_group_arn while node_traffic_percent is below 100 (it is ${hcl`${percent}`}). Missing: ${hcl`join(", ", [
        for key, route in var.routes : key if length(route.conditions) > 0 && route.application_target_group_arn == null
      ])`}.`,
    });
    const targetGroupStickiness = this.variable("target_group_stickiness", targetGroupStickinessSchema);
    const application = this.variable("application", applicationSchema);
    const securityGroupRules = this.variable("security_group_rules", securityGroupRulesSchema);

    const targets = new TargetGroup(this, "target-group", {
      name,
      tags,
      vpcId,
      node,
      nodeTrafficPercent: percent,
      targetGroup,
      healthCheck,
    });
    const security = new PathSecurity(this, "security", {
      name,
      tags,
      loadBalancer,
      node,
      healthCheckPort: healthCheck.port,
      application,
      enabled: securityGroupRules,
    });
    const listener = new ListenerRoutes(this, "routes", {
      name,
      tags,
      routes,
      node,
      nodeTargetGroupArn: targets.resource.arn,
      nodeTrafficPercent: percent,
      targetGroupStickiness,
      dependsOn: [...targets.registrations, ...security.rules],
    });
    new TrafficCheck(this, percent);
    const routing = new RoutingContract(this, "contract", {
      scenario: "alb",
      name,
      vpc_id: vpcId,
      node: {
        security_group_id: node.security_group_id,
        target_group_arn: targets.resource.arn,
        port: node.port,
        protocol: node.protocol,
      },
      application,
      entry_points: hcl`{
        for key, rule in ${listener.rule.fqn} : key => {
          listener_arn                 = rule.listener_arn
          listener_rule_arn            = rule.arn
          priority                     = rule.priority
          application_target_group_arn = ${percent} == 100 ? null : ${listener.applicationTargetGroupArns}[key]
        }
      }`,
      node_traffic_percent: percent,
    });

    this.output("target_group_arn", "ARN of the node's target group.", targets.resource.arn);
    this.output("target_group_name", "Name of the node's target group.", targets.resource.name);
    this.output(
      "target_group_arn_suffix",
      "The target group as CloudWatch metrics name it.",
      targets.resource.arnSuffix,
    );
    this.output(
      "forward",
      "For an owner who edits the listener instead of using routes: the target groups of a forward action, without the application's ARN.",
      hcl`{
        node        = { arn = ${targets.resource.arn}, weight = ${percent} }
        application = { weight = 100 - ${percent} }
      }`,
    );
    this.output(
      "listener_rule_arns",
      "ARNs of the listener rules, by route.",
      hcl`{ for key, rule in ${listener.rule.fqn} : key => rule.arn }`,
    );
    this.output("security_group_rule_ids", "IDs of the security group rules, by purpose.", security.ruleIds);
    this.output("routing", "The module's contract with tools.", hcl`${routing.resource.fqn}.output`);
  }
}
