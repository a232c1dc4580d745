import { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { hcl } from "../../synth/language/expression/expression";
import { nameSchema, tagsSchema, vpcIdSchema } from "../parts/common-variables";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import { Alarms, alarmsSchema } from "./alarms";
import { healthCheckTypeSchema, NodeGroup, subnetIdsSchema, updatesSchema } from "./autoscaling-group";
import { capacitySchema, Scaling, scalingSchema } from "./capacity";
import { imageSchema } from "./image";
import { iamSchema, InstanceProfile, kmsKeyArnsSchema, secretArnsSchema } from "./instance-profile";
import { userDataGzipSchema } from "./launch-script";
import {
  detailedMonitoringSchema,
  instanceTypeSchema,
  NodeTemplate,
  publicAddressSchema,
  rootVolumeSchema,
} from "./launch-template";
import { bootTimeoutSchema, terminationDelaySchema } from "./lifecycle-hooks";
import { additionalSecurityGroupIdsSchema, egressCidrsSchema, NodeSecurityGroup } from "./security-group";

/** The module `node-fleet`: the instances that run the node. */
export class NodeFleetStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary: "Runs Wallarm Nodes on EC2, in an Auto Scaling group, for the modules that route traffic to them.",
      providers: [AWS_PROVIDER],
    });

    const name = this.variable("name", {
      ...nameSchema,
      description: "Name of the resources that the module creates, unique for each call in an account and Region.",
    });
    const tags = this.variable("tags", tagsSchema);
    const vpcId = this.variable("vpc_id", vpcIdSchema);
    const subnetIds = this.variable("subnet_ids", subnetIdsSchema);
    const image = this.variable("image", imageSchema);
    const instanceType = this.variable("instance_type", instanceTypeSchema);
    const userDataGzip = this.variable("user_data_gzip", userDataGzipSchema);
    const secretArns = this.variable("secret_arns", secretArnsSchema);
    const kmsKeyArns = this.variable("kms_key_arns", kmsKeyArnsSchema);
    const iam = this.variable("iam", iamSchema);
    const egressCidrs = this.variable("egress_cidrs", egressCidrsSchema);
    const additionalSecurityGroupIds = this.variable("additional_security_group_ids", additionalSecurityGroupIdsSchema);
    const associatePublicIpAddress = this.variable("associate_public_ip_address", publicAddressSchema);
    const rootVolume = this.variable("root_volume", rootVolumeSchema);
    const detailedMonitoring = this.variable("detailed_monitoring", detailedMonitoringSchema);
    const capacity = this.variable("capacity", capacitySchema);
    const scaling = this.variable("scaling", scalingSchema);
    const bootTimeout = this.variable("boot_timeout", bootTimeoutSchema);
    const terminationDelay = this.variable("termination_delay", terminationDelaySchema);
    const healthCheckType = this.variable("health_check_type", healthCheckTypeSchema);
    const updates = this.variable("updates", updatesSchema);
    const alarms = this.variable("alarms", alarmsSchema);

    const common = { name, tags, vpcId };
    const securityGroup = new NodeSecurityGroup(this, "security_group", { ...common, egressCidrs });
    const profile = new InstanceProfile(this, "instance_profile", {
      ...common,
      secretArns,
      kmsKeyArns,
      iam,
    });
    const template = new NodeTemplate(this, "launch_template", {
      ...common,
      image,
      instanceType,
      userDataGzip,
      rootVolume,
      associatePublicIpAddress,
      detailedMonitoring,
      instanceProfileArn: profile.arn,
      securityGroupIds: hcl`concat([${securityGroup.resource.id}], values(${additionalSecurityGroupIds}))`,
    });
    const group = new NodeGroup(this, "main", {
      ...common,
      subnetIds,
      template: template.resource,
      capacity,
      healthCheckType,
      updates,
      bootTimeout,
      terminationDelay,
      dependsOn: [...profile.permissions, ...securityGroup.rules],
    });
    new Scaling(this, "scaling", { name, autoscalingGroupName: group.resource.name, scaling });
    new Alarms(this, "alarms", { ...common, alarms });

    this.output(
      "node",
      'The node, for the variable node of the modules alb and nlb. If the node does not listen for HTTP on port 80, add port and protocol: merge(module.NAME.node, { port = 443, protocol = "HTTPS" }).',
      hcl`{
        security_group_id       = ${securityGroup.resource.id}
        autoscaling_group_names = { (${name}) = ${group.resource.name} }
      }`,
    );
    this.output(
      "security_group_id",
      "ID of the node's security group, for the modules cloudfront and api-gateway-*, and for a load balancer in front of the node.",
      securityGroup.resource.id,
    );
    this.output("autoscaling_group_name", "Name of the Auto Scaling group.", group.resource.name);
    this.output("autoscaling_group_arn", "ARN of the Auto Scaling group.", group.resource.arn);
    this.output(
      "launch_template",
      "ID and version of the launch template that new instances use.",
      hcl`{ id = ${template.resource.id}, version = ${template.resource.latestVersion} }`,
    );
    this.output(
      "role_name",
      "Name of the instances' role, for your own policies. Null with your own profile.",
      profile.roleName,
    );
    this.output(
      "role_policy",
      "IAM policy that the instances need, as JSON, for the role of your own instance profile.",
      profile.policy,
    );
  }
}
