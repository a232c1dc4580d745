import { Construct } from "constructs";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { ModuleStack } from "../../synth/emit/module-stack";
import { distinctValues, wholeNumber } from "../../synth/variables/rules";
import { bool, map, number, optional, string } from "../../synth/variables/schema";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import { nameSchema, tagsSchema } from "../parts/common-variables";
import {
  acceptFailingHealthChecksSchema,
  applicationAutoscalingGroupNamesSchema,
  HealthChecks,
} from "../parts/health-checks";
import { subnetId, vpcId } from "../parts/identifiers";
import { NetworkAcl } from "./network-acl";
import { loadBalancerSubnetCidrsSchema, nodeSubnetCidrsSchema, outboundSchema } from "./numbered-schema";
import { ownRulesSchema } from "./own-rules-schema";
import { routingSchema } from "./routing-schema";
import { Rules } from "./rules";
import { Subnets } from "./subnets";

const subnetIdsSchema = map(
  "IDs of the application's subnets, by names that you choose. Empty: the ACL is never in force, and you add the output rules to your own ACL.",
  "subnet_id",
  string("ID.", subnetId),
  distinctValues("subnet", { a: "subnet-0123456789abcdef0", b: "subnet-0123456789abcdef0" }),
);

const applicationVpcIdSchema = optional(
  string("ID of the VPC of the subnets, if it is peered with the node's. Null: the VPC in routing.", vpcId),
);

/** Source: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls */
const rulesQuotaSchema = optional(
  number(
    'The account\'s quota "Rules per network ACL". AWS counts IPv4 and IPv6, inbound and outbound, separately.',
    wholeNumber(20, 40),
  ),
  20,
);

/** The module `network-acl`: the application's subnets admit only the node. */
export class NetworkAclStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary:
        "Gives the application's subnets a network ACL that admits only the Wallarm Node, in force while all requests go through the node.",
      providers: [AWS_PROVIDER],
    });

    const name = this.variable("name", {
      ...nameSchema,
      description: "Name of the network ACL. The module adds the suffix -application.",
    });
    const tags = this.variable("tags", tagsSchema);
    const routing = this.variable("routing", routingSchema);
    const subnetIds = this.variable("subnet_ids", subnetIdsSchema);
    const applicationVpcId = this.variable("vpc_id", applicationVpcIdSchema);
    const nodeSubnetCidrs = this.variable("node_subnet_cidrs", nodeSubnetCidrsSchema);
    const loadBalancerSubnetCidrs = this.variable("load_balancer_subnet_cidrs", loadBalancerSubnetCidrsSchema);
    const outbound = this.variable("outbound", outboundSchema);
    const ownRules = this.variable("rules", ownRulesSchema(routing));
    const rulesQuota = this.variable("rules_quota", rulesQuotaSchema);
    const replaceCustomNetworkAcls = this.variable(
      "replace_custom_network_acls",
      optional(
        bool(
          "Whether to replace custom network ACLs of the subnets. When the module's association is removed, the subnets get the VPC's default ACL, not their previous one.",
        ),
        false,
      ),
    );

    const autoscalingGroupNames = this.variable("autoscaling_group_names", applicationAutoscalingGroupNamesSchema);
    const accepted = this.variable("accept_failing_health_checks", acceptFailingHealthChecksSchema);

    const networkVpcId = local(this, "vpc_id", hcl`coalesce(${applicationVpcId}, ${routing.vpc_id})`);
    const subnets = new Subnets(this, "subnets", {
      networkVpcId,
      subnetIds,
      nodeSubnetCidrs,
      replaceCustomNetworkAcls,
    });
    const rules = new Rules(this, "rules", { routing, nodeSubnetCidrs, loadBalancerSubnetCidrs, outbound, ownRules });
    const healthChecks = new HealthChecks(this, "health_checks", {
      locked: hcl`${routing.node_traffic_percent} == 100 && length(${subnetIds}) > 0`,
      admitted: hcl`length(${loadBalancerSubnetCidrs}) > 0`,
      instances: { name: "subnet-id", values: hcl.list(hcl`values(${subnetIds})`) },
      targetGroupArns: routing.application.target_group_arns,
      autoscalingGroupNames,
      accepted,
      admission: "add the load balancer's subnets to load_balancer_subnet_cidrs",
    });
    const { acl } = new NetworkAcl(this, "main", {
      name,
      tags,
      routing,
      networkVpcId,
      subnetIds,
      rulesQuota,
      replaceCustomNetworkAcls,
      subnets,
      healthChecks,
      rules,
    });

    this.output("network_acl_id", "ID of the network ACL.", acl.id);
    this.output(
      "enforced",
      "Whether the ACL is in force: true at 100 percent.",
      hcl`${routing.node_traffic_percent} == 100 && length(${subnetIds}) > 0`,
    );
    this.output(
      "rules",
      "The rules by direction and rule number, for an owner who keeps a custom network ACL.",
      hcl`{ ingress = ${rules.ingress}, egress = ${rules.egress} }`,
    );
    this.output(
      "previous_network_acl_ids",
      "IDs of the previous network ACLs of the subnets, by subnet. Write them down: the output is removed with the module.",
      hcl`{ for key, acl in ${subnets.previous.fqn} : key => acl.output }`,
    );
  }
}
