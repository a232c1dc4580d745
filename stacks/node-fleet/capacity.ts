import { AutoscalingPolicy } from "@cdktf/provider-aws/lib/autoscaling-policy";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { matches, wholeNumber } from "../../synth/variables/rules";
import { example, number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";

/** Of instances: large enough for any fleet, and small enough to catch a typing error. */
const MAX = 1000;

export const capacitySchema = optional(
  example(
    object(
      "Number of instances. Scaling sets the number between these limits.",
      {
        min: optional(
          number(
            "Minimum. With 2 or more, in two Availability Zones, the node survives the loss of one.",
            wholeNumber(0, MAX / 2),
          ),
          2,
        ),
        max: optional(number("Maximum.", wholeNumber(1, MAX)), 4),
      },
      {
        test: ({ min, max }) => hcl`${min} <= ${max}`,
        requirement: "have a min that is not larger than max",
        refuses: [{ min: 5, max: 4 }],
        accepts: [{ min: 4, max: 4 }],
      },
    ),
    {},
    { min: { max: MAX }, max: { min: 0 } },
  ),
  {},
);

const LABEL = "app/shop/50dc6c495c0c9188/targetgroup/shop-0a1b2c3d/6d0ecf831eec9f09";

export const scalingSchema = optional(
  example(
    object(
      "Target tracking: EC2 Auto Scaling adds and removes instances to keep these averages.",
      {
        cpu_percent: optional(number("Average CPU utilization. 0: no scaling by CPU.", wholeNumber(0, 100)), 60),
        requests_per_target: optional(
          number(
            "Requests per minute and instance, behind an Application Load Balancer. Null: no scaling by requests.",
            {
              test: (value) => hcl`${value} > 0`,
              requirement: "be greater than 0",
              refuses: [0, -1],
              accepts: [1000, 0.5],
            },
          ),
        ),
        request_count_label: optional(
          string(
            "The load balancer and target group whose requests count: the output request_count_label of the module alb.",
            // https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PredefinedMetricSpecification.html
            matches(
              /^app\/[^\/]+\/[0-9a-f]+\/targetgroup\/[^\/]+\/[0-9a-f]+$/,
              "be the output request_count_label of the module alb (app/NAME/ID/targetgroup/NAME/ID)",
              { accepts: [LABEL], refuses: ["shop", LABEL.replace("app/", "net/")] },
            ),
          ),
        ),
      },
      {
        test: ({ requests_per_target, request_count_label }) =>
          hcl`(${requests_per_target} == null) == (${request_count_label} == null)`,
        requirement: "have both requests_per_target and request_count_label, or neither",
        refuses: [{ requests_per_target: 1000 }, { request_count_label: LABEL }],
        accepts: [{ requests_per_target: 1000, request_count_label: LABEL }],
      },
    ),
    {},
    { requests_per_target: { request_count_label: LABEL }, request_count_label: { requests_per_target: 1000 } },
  ),
  {},
);

export interface ScalingProps {
  readonly name: string;
  readonly autoscalingGroupName: string;
  readonly scaling: ReferenceTo<typeof scalingSchema>;
}

/** The scaling policies of the group. */
export class Scaling extends Construct {
  public constructor(scope: Construct, id: string, { name, autoscalingGroupName, scaling }: ScalingProps) {
    super(scope, id);
    const policy = (
      metric: string,
      enabled: IResolvable,
      target: number,
      predefinedMetricSpecification: Specification,
    ) =>
      new AutoscalingPolicy(this, metric, {
        count: when(enabled),
        name: text`${name}-${metric}`,
        autoscalingGroupName,
        policyType: "TargetTrackingScaling",
        targetTrackingConfiguration: { targetValue: target, predefinedMetricSpecification },
      });

    policy("cpu", hcl`${scaling.cpu_percent} > 0`, scaling.cpu_percent, {
      predefinedMetricType: "ASGAverageCPUUtilization",
    });
    comment(
      policy("requests", hcl`${scaling.requests_per_target} != null`, scaling.requests_per_target, {
        predefinedMetricType: "ALBRequestCountPerTarget",
        resourceLabel: scaling.request_count_label,
      }),
      "AWS accepts it only after the target group is attached to the Auto Scaling group. The output of the module alb waits for that.",
    );
  }
}

interface Specification {
  readonly predefinedMetricType: string;
  readonly resourceLabel?: string;
}
