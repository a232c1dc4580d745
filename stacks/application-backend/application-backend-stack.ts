import { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { nameSchema, tagsSchema, vpcIdSchema } from "../parts/common-variables";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import { ruleIds } from "../parts/security-group-rules";
import { applicationSchema, BackendToApplication, securityGroupRulesSchema } from "./application";
import { Attachments } from "./attachments";
import { EcsServices, ecsServiceArnsSchema } from "./ecs-services";
import { BackendListener, listenerSchema } from "./listener";
import { BackendLoadBalancer, settingsSchema, subnetIdsSchema } from "./load-balancer";
import { OwnerConfiguration } from "./owner-configuration";
import { routesSchema } from "./route-schema";
import { BackendRouting, routingSchema } from "./routing";
import { CopiedTargetGroups, targetGroupsSchema } from "./target-groups";

/** The module `application-backend`: an address behind the node for an application that has only its load balancer. */
export class ApplicationBackendStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary:
        "Gives an application an internal Application Load Balancer behind the Wallarm Node, with target groups and rules like those in front of the node.",
      providers: [AWS_PROVIDER],
    });

    const name = this.variable("name", nameSchema);
    const tags = this.variable("tags", tagsSchema);
    const vpcId = this.variable("vpc_id", {
      ...vpcIdSchema,
      description: "ID of the VPC in which the application runs.",
    });
    const subnetIds = this.variable("subnet_ids", subnetIdsSchema);
    const settings = this.variable("load_balancer", settingsSchema);
    const listener = this.variable("listener", listenerSchema);
    const targetGroups = this.variable("target_groups", targetGroupsSchema);
    const routes = this.variable("routes", routesSchema(targetGroups));
    const application = this.variable("application", applicationSchema);
    const securityGroupRules = this.variable("security_group_rules", securityGroupRulesSchema);
    const ecsServiceArns = this.variable("ecs_service_arns", ecsServiceArnsSchema);
    const routing = this.variable("routing", routingSchema);

    const common = { name, tags, vpcId, targetGroups, application };
    const copies = new CopiedTargetGroups(this, "target_groups", common);
    const services = new EcsServices(this, "ecs_services", {
      ...common,
      serviceArns: ecsServiceArns,
      targetGroupNames: copies.names,
    });
    const balancer = new BackendLoadBalancer(this, "load_balancer", {
      ...common,
      subnetIds,
      settings,
      preconditions: services.conditions,
    });
    const securityGroupId = balancer.securityGroup.id;
    const access = new BackendToApplication(this, "security_group_rules", {
      ...common,
      securityGroupId,
      enabled: securityGroupRules,
    });
    const arns = hcl`{ for key, group in ${copies.resource.fqn} : key => group.arn }`;
    const attachments = new Attachments(this, "attachments", {
      targetGroups,
      copies: copies.resource.fqn,
      dependsOn: [access.egress, access.ingress],
    });
    const main = new BackendListener(this, "main", {
      ...common,
      loadBalancerArn: balancer.resource.arn,
      listener,
      routes,
      targetGroups: copies.resource.fqn,
      dependsOn: attachments.all,
    });
    const reachable = [access.egress, access.ingress, main.rule];
    const owner = new OwnerConfiguration(this, "owner_configuration", {
      name,
      targetGroups: copies.resource.fqn,
      ecsBlocks: services.blocks,
    });
    const contract = new BackendRouting(this, "routing", {
      ...common,
      routing,
      copies,
      loadBalancerArn: balancer.resource.arn,
      securityGroupId,
      subnetCidrs: balancer.subnetCidrs,
      port: listener.port,
      protocol: listener.protocol,
    });

    const url = local(
      this,
      "url",
      text`${hcl`lower(${listener.protocol})`}://${balancer.resource.dnsName}:${listener.port}`,
    );
    this.output(
      "application",
      "The load balancer as the application, for the variable application of the routing modules. Known after its targets are attached.",
      hcl`{
        security_group_id = ${securityGroupId}
        ports             = [${listener.port}]
      }`,
      { dependsOn: [...reachable, ...attachments.all] },
    );
    this.output(
      "backend",
      "The load balancer as the backend, for the variable backend of the module node-config.",
      hcl`{
        url                          = ${url}
        tls_server_name_from_request = ${listener.protocol} == "HTTPS"
      }`,
    );
    this.output("url", "URL of the load balancer.", url);
    this.output("load_balancer_arn", "ARN of the load balancer.", balancer.resource.arn);
    this.output(
      "load_balancer_arn_suffix",
      "ARN suffix of the load balancer, for CloudWatch metrics.",
      balancer.resource.arnSuffix,
    );
    this.output("listener_arn", "ARN of the listener.", main.resource.arn);
    this.output(
      "target_group_arns",
      "ARNs of the target groups, by name. Known after rules use them and security groups let them be healthy.",
      arns,
      { dependsOn: reachable },
    );
    this.output(
      "ecs_load_balancers",
      "By ECS service, the load_balancer blocks that its owner adds, as lists of objects.",
      hcl`{
        for service, blocks in ${services.blocks} : service => [
          for block in blocks : merge(block, { target_group_arn = ${copies.resource.fqn}[block.target_group_arn].arn })
        ]
      }`,
      { dependsOn: reachable },
    );
    this.output(
      "owner_configuration",
      "What the owner of the application adds to their configuration, as text, for Auto Scaling groups with inline target groups, ECS services, and Kubernetes.",
      owner.texts,
      { dependsOn: reachable },
    );
    this.output("security_group_id", "ID of the load balancer's security group.", securityGroupId);
    this.output(
      "security_group_rule_ids",
      "IDs of the security group rules, by purpose.",
      hcl`{
        backend_egress      = ${ruleIds(access.egress)}
        application_ingress = ${ruleIds(access.ingress)}
      }`,
    );
    this.output(
      "routing",
      "The output routing of the routing module, with this load balancer as the node and the application behind it, for the modules network-acl, security-group-audit, and verification.",
      hcl`${contract.contract.resource.fqn}.input`,
    );
  }
}
