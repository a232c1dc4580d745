import { DataAwsAutoscalingGroup } from "@cdktf/provider-aws/lib/data-aws-autoscaling-group";
import { DataAwsInstances } from "@cdktf/provider-aws/lib/data-aws-instances";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { Validation } from "../../synth/language/expression/validation";
import { when } from "../../synth/language/expression/when";
import { bool, map, optional, string } from "../../synth/variables/schema";
import { autoscalingGroupName } from "./identifiers";

export const applicationAutoscalingGroupNamesSchema = optional(
  map(
    "Names of the application's Auto Scaling groups, by names that you choose. The lockdown is refused while one of them would replace its instances.",
    "group",
    string("Name.", autoscalingGroupName),
  ),
  {},
);

export const acceptFailingHealthChecksSchema = optional(
  bool(
    "Whether the load balancer's health checks of the application may fail, because you have made sure that nothing replaces its targets: see the health checks in the runbook. Needed for ECS tasks and IP addresses, which the module cannot see.",
  ),
  false,
);

export interface HealthChecksProps {
  /** Whether the application is locked down, known at plan. */
  readonly locked: IResolvable;
  /** Whether the load balancer still reaches the application. May be known only after apply. */
  readonly admitted: IResolvable;
  /** The instances that are locked down. */
  readonly instances: { readonly name: string; readonly values: string[] };
  /** ARNs of the application's target groups, a list. Null: not known. */
  readonly targetGroupArns: IResolvable;
  readonly autoscalingGroupNames: IResolvable;
  readonly accepted: IResolvable;
  /** How to admit the load balancer, for the messages: "add its rule to ingress_rule_ids". */
  readonly admission: string;
}

/**
 * Refuses a lockdown after which AWS would replace targets that work. A rule or listener that still uses the application's
 * target group keeps the load balancer checking its targets, which the lockdown makes unhealthy.
 */
export class HealthChecks extends Construct {
  /** Preconditions of what locks the application down. */
  public readonly conditions: Validation[];

  public constructor(scope: Construct, id: string, props: HealthChecksProps) {
    super(scope, id);
    const { admitted, targetGroupArns, autoscalingGroupNames } = props;

    const asked = local(
      this,
      "health_checks_matter",
      hcl`${props.locked} && !${props.accepted}`,
      "A load balancer goes on checking the targets of a target group that a rule or listener uses. The lockdown makes " +
        "them unhealthy, and ECS services and Auto Scaling groups with ELB health checks replace unhealthy targets.",
    );
    const group = new DataAwsAutoscalingGroup(this, "application", {
      forEach: forEach(hcl`{ for key, name in ${autoscalingGroupNames} : key => name if ${asked} }`),
      name: each.value,
    });
    const instances = (name: string, count: IResolvable, ...filter: { name: string; values: string[] }[]) =>
      new DataAwsInstances(this, `instances.${name}`, {
        count: when(count),
        instanceStateNames: ["pending", "running", "stopping", "stopped"],
        filter: [props.instances, ...filter],
      });
    const all = instances("application", asked);
    const ofGroups = comment(
      instances("in_autoscaling_groups", asked, { name: "tag-key", values: [GROUP_TAG] }),
      "By the tag that Auto Scaling gives to its instances. No data source lists the groups of a target group.",
    );
    const ofListedGroups = instances("in_listed_groups", hcl`${asked} && length(${autoscalingGroupNames}) > 0`, {
      name: `tag:${GROUP_TAG}`,
      values: hcl.list(hcl`values(${autoscalingGroupNames})`),
    });

    const attached = local(
      this,
      "health_checked_target_group_arns",
      hcl`{
        for group in ${group.fqn} :
        group.name => concat(tolist(group.target_group_arns), [for source in group.traffic_source : source.identifier])
        if contains(split(",", group.health_check_type), "ELB")
      }`,
      "By the name of the Auto Scaling group that replaces instances which are unhealthy in them.",
    );
    const replacing = local(
      this,
      "replacing_group_names",
      hcl`[
        for name, arns in ${attached} : name
        if length(setintersection(arns, try(length(${targetGroupArns}), 0) > 0 ? ${targetGroupArns} : arns)) > 0
      ]`,
      "If the application's target groups are not known, each one counts.",
    );
    const unlisted = local(
      this,
      "unlisted_instance_ids",
      hcl`setsubtract(flatten(${ofGroups.fqn}[*].ids), flatten(${ofListedGroups.fqn}[*].ids))`,
    );
    this.conditions = [
      {
        condition: hcl`${admitted} || length(${replacing}) == 0`,
        errorMessage: text`Auto Scaling would replace all instances of ${hcl`join(", ", ${replacing})`}, because their ELB health checks fail when the load balancer is locked out. Detach the application's target group, set health_check_type = "EC2", or ${props.admission}.`,
      },
      {
        condition: hcl`${admitted} || length(${unlisted}) == 0`,
        errorMessage: text`Auto Scaling groups that autoscaling_group_names does not list have ${hcl`length(${unlisted})`} of the application's instances (such as ${hcl`try(sort(${unlisted})[0], "none")`}). List them, so that the module can check that they do not replace these instances.`,
      },
      {
        condition: hcl`${admitted} || !${asked} || length(${autoscalingGroupNames}) + length(flatten(${all.fqn}[*].ids)) > 0`,
        errorMessage: `The application runs on no instances that the module can see, and an ECS service replaces tasks whose load balancer is locked out. Follow the step on health checks in the runbook, then set accept_failing_health_checks = true, or ${props.admission}.`,
      },
    ];
  }
}

/** Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html */
const GROUP_TAG = "aws:autoscaling:groupName";
