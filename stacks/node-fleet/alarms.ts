import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { ROUTING } from "../../contract/routing";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { distinct, matches, wholeNumber } from "../../synth/variables/rules";
import { example, list, number, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { take } from "../parts/routing-input";

const { node, load_balancer: loadBalancer } = ROUTING.fields;

const TARGET_GROUP = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop/6d0ecf831eec9f09";
const TOPIC = "arn:aws:sns:eu-central-1:123456789012:alerts";

const routingSchema = example(
  object("The output routing of the module alb or nlb that sends requests to this fleet.", {
    scenario: string(ROUTING.fields.scenario.description, {
      test: (scenario) => hcl`contains(["alb", "nlb"], ${scenario})`,
      requirement: "be alb or nlb, because the other modules have no target group of the node",
      refuses: ["cloudfront"],
      accepts: ["alb", "nlb"],
    }),
    node: object(node.description, take(node.fields, "target_group_arn")),
    load_balancer: optional(object(loadBalancer.description, take(loadBalancer.fields, "arn_suffix"))),
  }),
  {
    node: { target_group_arn: TARGET_GROUP },
    load_balancer: { arn_suffix: "app/shop/50dc6c495c0c9188" },
  },
);

export const alarmsSchema = optional(
  object("CloudWatch alarms of the node's target group. Null: no alarms.", {
    routing: routingSchema,
    action_arns: optional(
      list(
        "ARNs of what an alarm starts when it goes off and when it is over, such as SNS topics.",
        "arn",
        string(
          "ARN.",
          matches(/^arn:[a-z-]+:[a-z0-9-]+:[^:]*:[^:]*:.+$/, "be an ARN", { accepts: [TOPIC], refuses: ["alerts"] }),
        ),
        distinct("action", [TOPIC, TOPIC]),
      ),
      [],
    ),
    error_percent: optional(
      number(
        "Percentage of the responses with a 5xx status above which an alarm goes off. Only behind an Application Load Balancer.",
        wholeNumber(1, 100, "percent"),
      ),
      5,
    ),
    error_minimum: optional(
      number("Number of requests in a minute below which the percentage is ignored.", wholeNumber(0, 1_000_000)),
      100,
    ),
  }),
);

export interface AlarmsProps {
  readonly name: string;
  readonly tags: IResolvable;
  readonly alarms: ReferenceTo<typeof alarmsSchema>;
}

/** Alarms of the node, as its load balancer sees it. */
export class Alarms extends Construct {
  public constructor(scope: Construct, id: string, { name, tags, alarms }: AlarmsProps) {
    super(scope, id);
    const { scenario } = alarms.routing;
    const dimensions = local(
      this,
      "target_group_dimensions",
      hcl`${alarms} == null ? {} : {
        TargetGroup  = split(":", ${alarms.routing.node.target_group_arn})[5]
        LoadBalancer = ${alarms.routing.load_balancer.arn_suffix}
      }`,
    );
    const actions = hcl.list`try(${alarms.action_arns}, [])`;
    const shared = { alarmActions: actions, okActions: actions, tags: hcl.map(tags) };

    comment(
      new CloudwatchMetricAlarm(this, "no_healthy_node", {
        count: when(hcl`${alarms} != null`),
        alarmName: text`${name}-no-healthy-node`,
        alarmDescription: text`${name}: the load balancer has no healthy Wallarm Node, so requests fail. To roll back, set node_traffic_percent = 0.`,
        namespace: hcl.string`try(${scenario} == "nlb", false) ? "AWS/NetworkELB" : "AWS/ApplicationELB"`,
        metricName: "HealthyHostCount",
        dimensions: hcl.map(dimensions),
        statistic: "Maximum",
        period: 60,
        evaluationPeriods: 2,
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        treatMissingData: "breaching",
        ...shared,
      }),
      "The maximum over the Availability Zones: below 1, no zone has a healthy node. A target group without targets sends no data, which counts as no healthy node.",
    );
    new CloudwatchMetricAlarm(this, "errors", {
      count: when(hcl`try(${scenario} == "alb", false)`),
      alarmName: text`${name}-errors`,
      alarmDescription: text`${name}: the Wallarm Node answers more than ${alarms.error_percent} percent of the requests with a 5xx status.`,
      comparisonOperator: "GreaterThanThreshold",
      threshold: alarms.error_percent,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: "notBreaching",
      metricQuery: [
        {
          id: "percent",
          label: "5xx responses in percent",
          expression: text`IF(requests >= ${alarms.error_minimum}, 100 * FILL(errors, 0) / requests, 0)`,
          returnData: true,
        },
        ...[
          { id: "requests", metricName: "RequestCount" },
          { id: "errors", metricName: "HTTPCode_Target_5XX_Count" },
        ].map(({ id, metricName }) => ({
          id,
          metric: {
            namespace: "AWS/ApplicationELB",
            metricName,
            dimensions: hcl.map(dimensions),
            stat: "Sum",
            period: 60,
          },
        })),
      ],
      ...shared,
    });
  }
}
