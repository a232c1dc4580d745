import { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { hcl } from "../../synth/language/expression/expression";
import { bool, optional, withRules } from "../../synth/variables/schema";
import { local } from "../../synth/language/expression/local";
import { applicationSchema } from "../parts/application";
import { cutoverPercentSchema, nameSchema, tagsSchema, vpcIdSchema } from "../parts/common-variables";
import { knownSubnetCidrs } from "../parts/node";
import { NodeToApplication } from "../parts/node-to-application";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import { applicationFields, ofArnIfAny, RoutingContract } from "../parts/routing-contract";
import { applicationRulesSchema, ruleIds } from "../parts/security-group-rules";
import { TrafficCheck } from "../parts/traffic-check";
import { AdoptedDistribution, adoptedDistributionIdSchema, adoptedDistributionRules } from "./adopted-distribution";
import { CacheBehaviors } from "./cache-behaviors";
import { DistributionOrigins } from "./distribution-origins";
import { NewDistribution, newDistributionSchema } from "./new-distribution";
import { cloudfrontNodeSchema } from "./node-schema";
import { NodeSettings, originsWithNode } from "./node-settings";
import { OriginFacingGroups, originFacingGroupsSchema } from "./origin-facing-groups";
import { originsSchema, originsWithSecretHeader } from "./origins-schema";
import { SecretHeader, secretHeaderSchema, secretHeaderValuesSchema, sourceOfValues } from "./secret-header";
import { unsupportedSettingsSchema } from "./unsupported-settings";
import { VpcOrigin } from "./vpc-origin";

/** The module `cloudfront`: the node between CloudFront and the application. */
export class CloudFrontStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary:
        "Puts a Wallarm Node between a CloudFront distribution, existing or new, and the application that is its origin.",
      providers: [AWS_PROVIDER],
    });

    const name = this.variable("name", nameSchema);
    const tags = this.variable("tags", tagsSchema);
    const vpcId = this.variable("vpc_id", vpcIdSchema);
    const percent = this.variable(
      "node_traffic_percent",
      cutoverPercentSchema(
        "requests",
        ": CloudFront splits requests only between two distributions. For a canary of up to 15 percent, create a staging distribution, as the README's runbook describes",
      ),
    );
    const node = this.variable("node", cloudfrontNodeSchema);
    const secretHeaderValues = this.variable("secret_header_values", secretHeaderValuesSchema);
    const secretHeader = this.variable("secret_header", withRules(secretHeaderSchema, ...sourceOfValues()));
    const origins = this.variable(
      "origins",
      withRules(originsSchema, originsWithSecretHeader(secretHeader.name), ...originsWithNode(node)),
    );
    const adoptedDistributionId = this.variable(
      "adopted_distribution_id",
      withRules(adoptedDistributionIdSchema, ...adoptedDistributionRules(origins)),
    );
    const unsupportedSettings = this.variable(
      "adopted_distribution_unsupported_settings",
      unsupportedSettingsSchema(adoptedDistributionId),
    );
    const newDistribution = this.variable("new_distribution", newDistributionSchema(origins, node.domain_name));
    const waitForDeployment = this.variable(
      "wait_for_deployment",
      optional(
        bool(
          "Whether the apply waits until CloudFront has deployed the change everywhere, which takes a few minutes. If false, wait before the next step of a rotation. With adopted_distribution_id, an apply at 0 percent always waits: otherwise, the import would be an update.",
        ),
        true,
      ),
    );
    const securityGroups = this.variable("security_groups", originFacingGroupsSchema);
    const application = this.variable("application", applicationSchema(node));
    const securityGroupRules = this.variable("security_group_rules", applicationRulesSchema({ node, application }));

    const common = { name, tags, vpcId, node, nodeTrafficPercent: percent };
    const main = this.file("main");
    const access = this.file("security_groups");
    const header = new SecretHeader(main, "secret_header", { secretHeader, values: secretHeaderValues });
    const groups = new OriginFacingGroups(access, "node", { ...common, groups: securityGroups });
    const nodeSettings = new NodeSettings(this, "node_settings", {
      node,
      origins,
      admittedPorts: hcl`one(${securityGroups}[*].ports)`,
    });
    const vpcOrigin = new VpcOrigin(this, "vpc_origin", { ...common, nodeSettings });
    const applicationAccess = new NodeToApplication(access, "application", {
      ...common,
      application,
      enabled: securityGroupRules,
    });
    const originBlocks = new DistributionOrigins(main, "origins", {
      ...common,
      origins,
      nodeSettings,
      vpcOriginId: vpcOrigin.id,
      secretHeaderName: secretHeader.name,
      secretHeaderValue: header.value,
    });
    const pathToNode = {
      dependsOn: [...groups.access, vpcOrigin.access, applicationAccess.egress, applicationAccess.ingress],
    };
    const distribution = { originBlocks, waitForDeployment, ...pathToNode };
    const adopted = new AdoptedDistribution(this, "adopted_distribution", {
      ...distribution,
      distributionId: adoptedDistributionId,
      unsupportedSettings,
      nodeTrafficPercent: percent,
      origins,
      nodeDomainNames: originBlocks.domainNames,
    });
    const created = new NewDistribution(this, "new_distribution", {
      ...distribution,
      name,
      tags,
      distribution: newDistribution,
    });
    const behaviors = new CacheBehaviors(main, "cache_behaviors", {
      adopted: adopted.resource,
      created: created.resource,
      servedBy: originBlocks.servedBy,
      nodeTrafficPercent: percent,
    });
    new TrafficCheck(this, percent);
    // One attribute at a time, because the secret makes the whole object sensitive.
    const ofDistribution = (attribute: string) =>
      hcl`one(concat(${adopted.resource.fqn}[*].${attribute}, ${created.resource.fqn}[*].${attribute}))`;
    const ruleArns = local(
      this,
      "security_group_rule_arns",
      hcl`concat(
        values(${groups.rule.fqn})[*].arn,
        values(${applicationAccess.ingress.fqn})[*].arn,
      )`,
      "The ARN of a distribution has no Region. The ARNs of these rules have one.",
    );
    const routing = new RoutingContract(this, "routing", {
      scenario: "cloudfront",
      name,
      account_id: ofArnIfAny(ofDistribution("arn")).account_id,
      region: ofArnIfAny(hcl`${ruleArns}[0]`).region,
      vpc_id: vpcId,
      node: {
        security_group_id: node.security_group_id,
        subnet_cidrs: knownSubnetCidrs(node),
        port: nodeSettings.port,
        protocol: nodeSettings.protocol,
      },
      application: applicationFields(application),
      secret_header: { name: secretHeader.name },
      entry_points: originBlocks.entryPoints(ofDistribution("id"), secretHeader.active),
      node_traffic_percent: percent,
      live_after_apply: hcl`${waitForDeployment} && length(concat(${adopted.resource.fqn}, ${created.resource.fqn})) > 0`,
    });

    this.output("distribution_id", "ID of the distribution, or null.", ofDistribution("id"));
    this.output("distribution_arn", "ARN of the distribution, or null.", ofDistribution("arn"));
    this.output(
      "distribution_domain_name",
      "Domain name of the distribution under cloudfront.net, or null.",
      ofDistribution("domain_name"),
    );
    this.output(
      "distribution_hosted_zone_id",
      "ID of the hosted zone of that name, for alias records, or null.",
      ofDistribution("hosted_zone_id"),
    );
    this.output(
      "cutover_origin",
      "For an owner who keeps the distribution: the arguments that replace those of the application's origin. Null at 0 percent. The value of the secret header is in the output secret_header. Available after the security group rules exist.",
      hcl`${percent} == 100 ? ${originBlocks.nodeOrigin} : null`,
      pathToNode,
    );
    this.output(
      "cutover_origins",
      "The same for an owner who lists origins, by origin ID: with what each origin keeps of its settings. Empty at 0 percent.",
      hcl`{ for id, origin in ${originBlocks.nodeOrigins} : id => origin if ${percent} == 100 }`,
      pathToNode,
    );
    this.output(
      "node_origin",
      "The same as cutover_origin, at any percentage, for a staging distribution.",
      originBlocks.nodeOrigin,
      pathToNode,
    );
    this.sensitiveOutput(
      "secret_header",
      "Name and value of the header that CloudFront sends.",
      hcl`${{ name: secretHeader.name, value: header.value }}`,
    );
    this.output("origins", 'Who answers now, by origin ID: "node", "application", or "other".', originBlocks.servedBy);
    this.output(
      "cache_behaviors",
      "The cache behaviors of the distribution, in the order in which CloudFront matches them, the default last: the origin of each, and who answers.",
      behaviors.all,
    );
    this.output(
      "security_group_ids",
      'IDs of the security groups that admit CloudFront, by port. The keys of those for IPv6 end with "-ipv6".',
      groups.ids,
    );
    this.output(
      "security_group_rule_ids",
      "IDs of the security group rules, by purpose.",
      hcl`{
        cloudfront_ingress  = ${groups.ruleIds}
        vpc_origin_ingress  = ${vpcOrigin.ruleIds}
        node_egress         = ${ruleIds(applicationAccess.egress)}
        application_ingress = ${ruleIds(applicationAccess.ingress)}
      }`,
    );
    this.output("vpc_origin_id", "ID of the node's VPC origin, or null.", vpcOrigin.id);
    this.output(
      "routing",
      "The routing contract, which other modules and tools take as input.",
      hcl`${routing.resource.fqn}.input`,
    );
  }
}
