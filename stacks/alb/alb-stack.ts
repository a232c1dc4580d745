import { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { hcl } from "../../synth/language/expression/expression";
import { withRules } from "../../synth/variables/schema";
import { applicationSchema } from "../parts/application";
import {
  loadBalancerSchema,
  nameSchema,
  tagsSchema,
  trafficPercentSchema,
  vpcIdSchema,
} from "../parts/common-variables";
import { LoadBalancerToNode } from "../parts/load-balancer-to-node";
import { knownSubnetCidrs, members } from "../parts/node";
import { NodeToApplication } from "../parts/node-to-application";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import { applicationFields, loadBalancerArnSuffix, ofArn, RoutingContract } from "../parts/routing-contract";
import { ruleIds, securityGroupRulesSchema } from "../parts/security-group-rules";
import { TrafficCheck } from "../parts/traffic-check";
import { ApplicationTargetGroups } from "./application-target-groups";
import { ClosingRules } from "./closing-rules";
import { ExistingRules } from "./existing-rules";
import { applicationStickinessSchema, GroupStickiness, targetGroupStickinessSchema } from "./group-stickiness";
import { ListenerRoutes } from "./listener-routes";
import { LoadBalancer } from "./load-balancer";
import { OpenDefaultActions } from "./open-default-actions";
import { routesInCanary, routesSchema } from "./route-schema";
import { routesWithSecretHeader, secretHeaderSchema, secretHeaderValuesSchema } from "./secret-header";
import { albHealthCheckSchema, albNodeSchema, AlbTargetGroup, albTargetGroupSchema } from "./target-group";

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
    const node = this.variable("node", albNodeSchema);
    const targetGroup = this.variable("target_group", albTargetGroupSchema);
    const healthCheck = this.variable("health_check", albHealthCheckSchema(node));
    const loadBalancer = this.variable("load_balancer", loadBalancerSchema({ vpcId, node }));
    const secretHeaderValues = this.variable("secret_header_values", secretHeaderValuesSchema);
    const secretHeader = this.variable("secret_header", secretHeaderSchema(secretHeaderValues));
    const routes = this.variable(
      "routes",
      withRules(routesSchema, routesInCanary(percent), ...routesWithSecretHeader(secretHeader)),
    );
    const targetGroupStickiness = this.variable("target_group_stickiness", targetGroupStickinessSchema);
    const applicationStickiness = this.variable("application_stickiness", applicationStickinessSchema);
    const application = this.variable("application", applicationSchema(node));
    const securityGroupRules = this.variable("security_group_rules", securityGroupRulesSchema({ node, application }));

    const common = { name, tags, vpcId, node, nodeTrafficPercent: percent };
    const targets = new AlbTargetGroup(this, "target_group", {
      ...common,
      loadBalancer,
      targetGroup,
      healthCheck,
    });
    const access = this.file("security_groups");
    const nodeAccess = new LoadBalancerToNode(access, "node", {
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
    const balancer = new LoadBalancer(this, "load_balancer", { routes, vpcId: targets.vpcId });
    const reads = this.file("existing_rules");
    const existing = new ExistingRules(reads, "existing", { ...common, routes, secretHeader, loadBalancer: balancer });
    new OpenDefaultActions(reads, "default_actions", { ...common, routes, secretHeader, existing });
    const groups = this.file("application_target_groups");
    const applicationGroups = new ApplicationTargetGroups(groups, "application", { ...common, routes, existing });
    const stickiness = new GroupStickiness(groups, "stickiness", {
      ...common,
      routes,
      nodeTargetGroupArn: targets.resource.arn,
      targetGroup,
      targetGroupStickiness,
      applicationStickiness,
      applicationTargetGroupArns: applicationGroups.arns,
    });
    const pathToNode = [
      ...targets.registrations,
      nodeAccess.egress,
      nodeAccess.ingress,
      applicationAccess.egress,
      applicationAccess.ingress,
    ];
    const listener = new ListenerRoutes(this, "main", {
      ...common,
      routes,
      nodeTargetGroupArn: targets.resource.arn,
      existing,
      vpcCondition: balancer.vpcCondition,
      application: applicationGroups,
      stickiness,
      secretHeader,
      secretHeaderValues,
      dependsOn: pathToNode,
    });
    const closing = new ClosingRules(this, "closing_rules", { ...common, routes, secretHeader, listener });
    new TrafficCheck(this, percent);
    const routing = new RoutingContract(this, "routing", {
      scenario: "alb",
      name,
      ...ofArn(targets.resource.arn),
      vpc_id: vpcId,
      node: {
        security_group_id: node.security_group_id,
        subnet_cidrs: knownSubnetCidrs(node),
        target_group_arn: targets.resource.arn,
        port: node.port,
        protocol: node.protocol,
        members: members(node),
      },
      application: {
        ...applicationFields(application),
        target_group_arns: hcl`distinct(compact(values(${applicationGroups.arns})))`,
      },
      load_balancer: {
        security_group_ids: hcl`values(${loadBalancer.security_group_ids})`,
        arn_suffix: loadBalancerArnSuffix(hcl`values(${routes})[0].listener_arn`),
      },
      secret_header: hcl`one([for header in ${secretHeader}[*] : { name = header.name, enforced = header.enforced }])`,
      entry_points: hcl`{
        for key, rule in ${listener.rule.fqn} : key => {
          listener_arn                 = rule.listener_arn
          listener_rule_arn            = rule.arn
          priority                     = rule.priority
          application_target_group_arn = ${percent} == 100 ? null : ${applicationGroups.arns}[key]
        }
      }`,
      node_traffic_percent: percent,
      live_after_apply: true,
    });

    this.output(
      "target_group_arn",
      "ARN of the node's target group, for a node that registers itself. Known after the rules of the routes exist.",
      targets.resource.arn,
      { dependsOn: [listener.rule] },
    );
    this.output("target_group_name", "Name of the node's target group.", targets.resource.name);
    this.output(
      "target_group_arn_suffix",
      "ARN suffix of the node's target group, for CloudWatch metrics.",
      targets.resource.arnSuffix,
    );
    this.output(
      "request_count_label",
      "Load balancer and target group, for target tracking by ALBRequestCountPerTarget. Available after the target group is attached to the Auto Scaling groups. Null without routes.",
      hcl`try(join("/", [${loadBalancerArnSuffix(hcl`values(${routes})[0].listener_arn`)}, ${targets.resource.arnSuffix}]), null)`,
      { dependsOn: targets.registrations },
    );
    this.output(
      "forward_action",
      "Target groups and weights of a forward action, without the application's ARN, for an owner who changes the listener instead of using routes. Available after the targets and the security group rules exist.",
      hcl`{
        node        = { arn = ${targets.resource.arn}, weight = ${percent} }
        application = { weight = 100 - ${percent} }
        stickiness  = ${stickiness.block}
      }`,
      { dependsOn: pathToNode },
    );
    this.output(
      "listener_rule_arns",
      "ARNs of the listener rules, by route.",
      hcl`{ for key, rule in ${listener.rule.fqn} : key => rule.arn }`,
    );
    this.output(
      "closing_rule_arns",
      "ARNs of the closing rules, which answer 403 to requests without the secret header, by route.",
      hcl`{ for key, rule in ${closing.rule.fqn} : key => rule.arn }`,
    );
    this.output(
      "security_group_rule_ids",
      "IDs of the security group rules, by purpose.",
      hcl`{
        load_balancer_egress = ${ruleIds(nodeAccess.egress)}
        node_ingress         = ${ruleIds(nodeAccess.ingress)}
        node_egress          = ${ruleIds(applicationAccess.egress)}
        application_ingress  = ${ruleIds(applicationAccess.ingress)}
      }`,
    );
    this.output("routing", "Data about the routing, for other modules and tools.", hcl`${routing.resource.fqn}.input`);
  }
}
