import { AutoscalingAttachment } from "@cdktf/provider-aws/lib/autoscaling-attachment";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { REGISTRATION_LIFECYCLE } from "../parts/target-group";
import { TargetGroups } from "./target-groups";

export interface AttachmentsProps {
  readonly targetGroups: TargetGroups;
  /** The resource of the target groups. */
  readonly copies: string;
  /** What a target needs to be healthy. AWS checks it once a rule uses the target group. */
  readonly dependsOn: ITerraformDependable[];
}

/** The targets that the caller lists, in the target groups. */
export class Attachments extends Construct {
  public readonly all: TerraformResource[];

  public constructor(scope: Construct, id: string, { targetGroups, copies, dependsOn }: AttachmentsProps) {
    super(scope, id);
    const ofEach = (list: string, description?: string) =>
      local(
        this,
        list,
        hcl`merge([
          for group, target_group in ${targetGroups} : {
            for key, target in target_group.${list} : "\${group}/\${key}" => { target_group = group, target = target }
          }
        ]...)`,
        description,
      );
    const targetGroupArn = hcl.string`${copies}[each.value.target_group].arn`;
    const common = { dependsOn, lifecycle: REGISTRATION_LIFECYCLE };
    this.all = [
      comment(
        new AutoscalingAttachment(this, "application", {
          forEach: forEach(ofEach("autoscaling_group_names", "By target group and name.")),
          autoscalingGroupName: hcl.string`each.value.target`,
          lbTargetGroupArn: targetGroupArn,
          ...common,
        }),
        "After the security group rules that let a target be healthy, and removed before them: an Auto Scaling group with ELB " +
          "health checks replaces instances that any of its target groups finds unhealthy " +
          "(https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-add-elb-healthcheck.html).",
      ),
      new LbTargetGroupAttachment(this, "instance", {
        forEach: forEach(ofEach("instance_ids")),
        targetGroupArn,
        targetId: hcl.string`each.value.target`,
        ...common,
      }),
      new LbTargetGroupAttachment(this, "ip_address", {
        forEach: forEach(ofEach("ip_addresses")),
        targetGroupArn,
        targetId: hcl.string`each.value.target.address`,
        availabilityZone: hcl.string`each.value.target.availability_zone`,
        ...common,
      }),
    ];
  }
}
