import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { dynamic } from "../../synth/language/expression/dynamic";
import { hcl } from "../../synth/language/expression/expression";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { distinct, notEmpty, oneOf, wholeNumber, zeroOr } from "../../synth/variables/rules";
import { list, number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { subnetId } from "../parts/identifiers";
import { capacitySchema } from "./capacity";
import { initialHooks, LifecycleHooks, LifecycleHooksProps } from "./lifecycle-hooks";

export const subnetIdsSchema = list(
  "IDs of the subnets of the instances. Use subnets of at least two Availability Zones.",
  "subnet_id",
  string("ID.", subnetId),
  notEmpty("subnet"),
  distinct("subnet", ["subnet-0123456789abcdef0", "subnet-0123456789abcdef0"]),
);

export const healthCheckTypeSchema = optional(
  string(
    'When EC2 Auto Scaling replaces an instance: "ELB" also if a load balancer finds it unhealthy, "EC2" only if its machine fails.',
    oneOf("ELB", "EC2"),
  ),
  "ELB",
);

export const updatesSchema = optional(
  object("How a new version of the launch template replaces the instances (instance refresh).", {
    // https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-maintenance-policy.html
    max_healthy_percentage: optional(
      number(
        "Percentage of the desired capacity up to which instances are added during a replacement. New instances are in service before old ones leave.",
        wholeNumber(101, 200, "percent"),
      ),
      110,
    ),
    warmup: optional(
      number(
        "Seconds after the boot until the next instance is replaced. The load balancer must find a new instance unhealthy in less time (interval times unhealthy_threshold of its health check), so that a version that does not work stops there.",
        wholeNumber(0, 3600, "seconds"),
      ),
      180,
    ),
    max_instance_lifetime: optional(
      number("Seconds after which an instance is replaced, or 0 for no limit.", zeroOr(86_400, 31_536_000)),
      0,
    ),
  }),
  {},
);

export interface NodeGroupProps extends LifecycleHooksProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly subnetIds: IResolvable;
  readonly template: LaunchTemplate;
  readonly capacity: ReferenceTo<typeof capacitySchema>;
  readonly healthCheckType: string;
  readonly updates: ReferenceTo<typeof updatesSchema>;
  readonly dependsOn: ITerraformDependable[];
}

/** The instances. */
export class NodeGroup extends Construct {
  public readonly resource: AutoscalingGroup;

  public constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const { name, tags, template, capacity, updates } = props;
    this.resource = comment(
      override(
        new AutoscalingGroup(this, "node", {
          namePrefix: text`${name}-node-`,
          vpcZoneIdentifier: hcl.list(props.subnetIds),
          minSize: capacity.min,
          maxSize: capacity.max,
          launchTemplate: { id: template.id, version: hcl.string`${template.fqn}.latest_version` },
          healthCheckType: props.healthCheckType,
          healthCheckGracePeriod: 0,
          defaultInstanceWarmup: updates.warmup,
          maxInstanceLifetime: updates.max_instance_lifetime,
          // The longest deregistration delay of a target group is 3600 seconds.
          timeouts: { delete: text`${hcl`${props.terminationDelay} + 4200`}s` },
          waitForCapacityTimeout: text`${hcl`${props.bootTimeout} + 300`}s`,
          instanceMaintenancePolicy: {
            minHealthyPercentage: 100,
            maxHealthyPercentage: updates.max_healthy_percentage,
          },
          instanceRefresh: {
            strategy: "Rolling",
            preferences: {
              minHealthyPercentage: 100,
              maxHealthyPercentage: updates.max_healthy_percentage,
              autoRollback: true,
              skipMatching: true,
            },
          },
          initialLifecycleHook: initialHooks(props),
          dependsOn: props.dependsOn,
          lifecycle: { ignoreChanges: ["initial_lifecycle_hook"] },
        }),
        {
          tag: dynamic(hcl`merge(${tags}, ${{ Name: text`${name}-node` }})`, {
            key: hcl`tag.key`,
            value: hcl`tag.value`,
            propagate_at_launch: false,
          }),
        },
      ),
      "The name has a prefix, because the attachments of the routing modules make Terraform create a new group before it destroys the old one. The group has no desired_capacity and no target_group_arns, because scaling sets the number of instances, and the routing modules attach target groups. A grace period for health checks would hide a failed instance from a refresh, so the launch hook waits for the boot instead (https://docs.aws.amazon.com/autoscaling/ec2/userguide/health-check-grace-period.html). A new version of the launch template starts an instance refresh. Terraform does not wait for its end.",
    );
    new LifecycleHooks(this, "hooks", this.resource, props);
  }
}
