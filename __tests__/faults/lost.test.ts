import { CALLED_AGAIN, REPEATED, WITHOUT_RECIPE } from "../../onboard/imports/recipes";
import { describeInTestAll } from "../test-all";
import { Bench } from "./bench";

/** By resource type, the call that makes it. Of some, an earlier call is for another type. */
const CALLS: Readonly<Record<string, Readonly<Record<string, string | readonly [string, number]>>>> = {
  "verification/prepare": {
    aws_cloudwatch_event_rule: "events:PutRule ",
    aws_cloudwatch_event_target: "events:PutTargets ",
    aws_config_config_rule: "config:PutConfigRule ",
    aws_config_configuration_recorder: "config:PutConfigurationRecorder ",
    aws_config_configuration_recorder_status: "config:StartConfigurationRecorder ",
    aws_config_delivery_channel: "config:PutDeliveryChannel ",
    aws_iam_role_policy: "iam:PutRolePolicy ",
    aws_iam_role_policy_attachment: "iam:AttachRolePolicy ",
    aws_s3_bucket_lifecycle_configuration: "s3:PUT /shop-verification-config-new?lifecycle",
    aws_s3_bucket_policy: "s3:PUT /shop-verification-config-new?policy",
    aws_s3_bucket_public_access_block: "s3:PUT /shop-verification-config-new?publicAccessBlock",
    aws_s3_bucket_server_side_encryption_configuration: "s3:PUT /shop-verification-config-new?encryption",
    aws_sns_topic: "sns:CreateTopic ",
    aws_sns_topic_policy: "sns:SetTopicAttributes AttributeName=Policy ",
    aws_sns_topic_subscription: "sns:Subscribe ",
  },
  "node-fleet/all at once": {
    aws_autoscaling_attachment: "autoscaling:AttachLoadBalancerTargetGroups ",
    // The first one is that of the group.
    aws_autoscaling_lifecycle_hook: [
      "autoscaling:PutLifecycleHook AutoScalingGroupName=shop-wallarm-node-new DefaultResult=ABANDON ",
      2,
    ],
    aws_autoscaling_policy: "autoscaling:PutScalingPolicy ",
    aws_cloudwatch_metric_alarm: "monitoring:PutMetricAlarm ",
  },
  // It changes the stage after that.
  "api-gateway-rest/prepare": { aws_api_gateway_rest_api_policy: "apigateway:PATCH /restapis/rest-api" },
  "alb/all at once": { aws_lb_target_group_attachment: "elasticloadbalancing:RegisterTargets " },
};

/** No scenario has them. */
const NOT_TRIED = ["aws_lb_listener_certificate", "aws_vpc_security_group_rules_exclusive"];

test("each type of docs/recovery.md that the next apply makes again is tried, or in a list", () => {
  const repeated = Object.entries(WITHOUT_RECIPE).filter(([, reason]) => [REPEATED, CALLED_AGAIN].includes(reason));
  const tried = Object.values(CALLS).flatMap((calls) => Object.keys(calls));
  expect([...tried, ...NOT_TRIED].sort()).toEqual(repeated.map(([type]) => type).sort());
});

describeInTestAll(["terraform", "moto_server", "aws", "localstack"], "lost answers that the next apply repeats", () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await Bench.start();
  }, 60_000);

  afterAll(() => bench.stop());

  test.each(Object.entries(CALLS))(
    "%s: plain applies end, and then a plan is empty",
    async (step, calls) => {
      const [scenario = "", name = ""] = step.split("/");
      const kinds = Object.values(calls).map((call) => (typeof call === "string" ? ([call, 1] as const) : call));
      expect(await bench.lose(scenario, name, kinds)).toEqual([]);
    },
    1_200_000,
  );
});
