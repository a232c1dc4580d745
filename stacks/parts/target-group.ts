import { AutoscalingAttachment } from "@cdktf/provider-aws/lib/autoscaling-attachment";
import { LbTargetGroup, LbTargetGroupConfig } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { oneOf, wholeNumber } from "../../synth/variables/rules";
import { number, optional, string } from "../../synth/variables/schema";
import { Node } from "./node";

/** Fields of `target_group` that every load balancer has. */
export const deregistrationDelayField = {
  deregistration_delay: optional(
    number(
      "Seconds that the load balancer waits for open requests before it deregisters a target.",
      wholeNumber(0, 3600, "seconds"),
    ),
    300,
  ),
};
export const crossZoneField = {
  load_balancing_cross_zone_enabled: optional(
    string(
      "Whether targets receive traffic from other Availability Zones (cross-zone load balancing).",
      oneOf("true", "false", "use_load_balancer_configuration"),
    ),
    "use_load_balancer_configuration",
  ),
};

export interface TargetGroupProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly vpcId: string;
  readonly loadBalancer: { readonly vpc_id: string };
  readonly node: Node;
  readonly nodeTrafficPercent: number;
  /** Besides the VPC, the values that AWS cannot change in place. */
  readonly identity: readonly (IResolvable | string | number)[];
  /** Number of targets, or groups of targets, that the caller lists. */
  readonly targetCount: IResolvable;
  /** What happens without targets, and how to list some, for the message. */
  readonly withoutTargets: string;
  /** The arguments that depend on the load balancer. */
  readonly config: Partial<LbTargetGroupConfig>;
}

/** The node's target group at a load balancer of any kind, with the node's targets in it. */
export abstract class TargetGroup extends Construct {
  public readonly resource: LbTargetGroup;
  /** Its VPC. */
  public readonly vpcId: string;
  /** The registrations of the targets. Resources that send traffic to the group depend on these. */
  public readonly registrations: TerraformResource[];

  public constructor(scope: Construct, id: string, props: TargetGroupProps) {
    super(scope, id);
    const { name, node, nodeTrafficPercent: percent } = props;

    this.vpcId = hcl.string(
      local(
        this,
        "target_group_vpc_id",
        hcl`coalesce(${props.loadBalancer.vpc_id}, ${props.vpcId})`,
        "AWS accepts only target groups of the load balancer's VPC.",
      ),
    );
    const identity = local(
      this,
      "target_group_identity",
      hcl`${[this.vpcId, ...props.identity]}`,
      "AWS cannot change these in place. A new value makes a new target group, and the hash in its name lets both groups exist until the traffic has moved.",
    );
    this.resource = new LbTargetGroup(this, "node", {
      name: text`${name}-${hcl`substr(sha1(jsonencode(${identity})), 0, 8)`}`,
      vpcId: this.vpcId,
      port: node.port,
      protocol: node.protocol,
      targetType: node.target_type,
      ipAddressType: node.ip_address_type,
      tags: hcl.map(props.tags),
      lifecycle: {
        createBeforeDestroy: true,
        precondition: [
          {
            condition: hcl`${percent} == 0 || !${node.register_targets} || ${props.targetCount} > 0`,
            errorMessage:
              text`node_traffic_percent is ${percent} and the node has no targets, so ${props.withoutTargets}, or set ` +
              "node.register_targets = false if the node registers itself.",
          },
        ],
      },
      ...props.config,
    });
    this.registrations = [
      comment(
        new AutoscalingAttachment(this, "autoscaling_group", {
          forEach: forEach(node.autoscaling_group_names),
          autoscalingGroupName: node.autoscaling_group_names.each,
          lbTargetGroupArn: this.resource.arn,
          lifecycle: REGISTRATION_LIFECYCLE,
        }),
        "Targets join a new target group before they leave the old one, so there is always a target for requests.",
      ),
      new LbTargetGroupAttachment(this, "instance", {
        forEach: forEach(node.instance_ids),
        targetGroupArn: this.resource.arn,
        targetId: node.instance_ids.each,
        lifecycle: REGISTRATION_LIFECYCLE,
      }),
      new LbTargetGroupAttachment(this, "ip_address", {
        forEach: forEach(node.ip_addresses),
        targetGroupArn: this.resource.arn,
        targetId: node.ip_addresses.each.address,
        availabilityZone: node.ip_addresses.each.availability_zone,
        lifecycle: REGISTRATION_LIFECYCLE,
      }),
    ];
  }
}

/** Targets join a new target group before traffic moves to it, and leave the old one after. */
export const REGISTRATION_LIFECYCLE = { createBeforeDestroy: true };
