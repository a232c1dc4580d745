import { Cloudtrail } from "@cdktf/provider-aws/lib/cloudtrail";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { ApiCallAlerts } from "./api-call-schema";
import { SharedProps } from "./contract-schema";
import { LogBuckets } from "./log-buckets";
import { Topic } from "./notifications";

/** Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const PATTERN_LENGTH = 2048;

/** The resources that a call can affect. A parameter that a call does not have is empty in the message. */
const resourcePaths = Object.fromEntries(
  [
    ...["apiId", "associationId", "autoScalingGroupName", "domainName", "groupId", "id", "instanceId", "listenerArn"],
    ...["loadBalancerArn", "loadBalancerName", "name", "serviceName", "vpcId", "vpcPeeringConnectionId"],
    ...["networkAclId", "networkInterfaceId", "prefixListId", "restApiId", "routeTableId", "ruleArn", "subnetId"],
    ...["targetGroupArn", "vpcLinkId", "ModifySecurityGroupRulesRequest.GroupId"],
  ].map((parameter) => [`resource-${parameter.replace(".", "-")}`, `$.detail.requestParameters.${parameter}`]),
);

export interface ApiCallAlertsProps extends SharedProps {
  readonly apiCallAlerts: ApiCallAlerts;
  /** By kind of call, as JSON. */
  readonly patterns: IResolvable;
  readonly topic: Topic;
  readonly buckets: LogBuckets;
}

/** Whether the module creates a trail. */
export function wantsTrail(alerts: ApiCallAlerts): IResolvable {
  return hcl`try(${alerts.trail} != null, false)`;
}

/** EventBridge rules for API calls that CloudTrail logs. */
export class ApiCallRules extends Construct {
  /** The rules, by kind of call. */
  public readonly rules: CloudwatchEventRule;
  public readonly trail: Cloudtrail;

  public constructor(scope: Construct, id: string, props: ApiCallAlertsProps) {
    super(scope, id);
    const { name, tags, account, apiCallAlerts, patterns, topic, buckets } = props;

    this.rules = new CloudwatchEventRule(this, "api_calls", {
      forEach: forEach(hcl`${apiCallAlerts} == null ? {} : ${patterns}`),
      name: text`${name}-${hcl`replace(each.key, "_", "-")`}`,
      description: text`${name}: API calls that can open a path around the Wallarm Node`,
      eventPattern: each.value,
      tags: hcl.map(tags),
      lifecycle: {
        precondition: [
          {
            condition: hcl`each.key != "distributions" || length(local.monitored_distribution_ids) == 0 || ${account.region} == "us-east-1"`,
            errorMessage:
              text`EventBridge gets calls to CloudFront only in us-east-1, and this is ${account.region}. Set ` +
              "api_call_alerts.distributions = false, and call the module a second time with a provider for us-east-1.",
          },
          {
            condition: hcl`length(each.value) <= ${PATTERN_LENGTH}`,
            errorMessage:
              text`The pattern of the rule ${each.key} has ${hcl`length(each.value)`} characters, but EventBridge ` +
              text`allows ${PATTERN_LENGTH}. List fewer resources, and call the module a second time for the others.`,
          },
        ],
      },
    });
    comment(
      new CloudwatchEventTarget(this, "target.api_calls", {
        forEach: forEach(hcl`${this.rules.fqn}`),
        rule: hcl.string`each.value.name`,
        targetId: "topic",
        arn: hcl.string(topic.arn),
        inputTransformer: {
          inputPaths: {
            call: "$.detail.eventName",
            service: "$.detail.eventSource",
            who: "$.detail.userIdentity.arn",
            address: "$.detail.sourceIPAddress",
            time: "$.detail.eventTime",
            account: "$.account",
            region: "$.region",
            id: "$.detail.eventID",
            ...resourcePaths,
          },
          inputTemplate: hcl.string`join("\\n", [
          ${text`"${name}: <call> can open a path around the Wallarm Node."`},
          "\\"<service> in <region> of account <account>, at <time>, by <who> from <address>. CloudTrail event <id>.\\"",
          ${text`"Resources: ${hcl`join(" ", ${Object.keys(resourcePaths).map((resource) => `<${resource}>`)})`}"`}
        ])`,
        },
      }),
      "With a fixed ID, a repeated call creates no second target, which would send each alert twice.",
    );

    this.trail = comment(
      new Cloudtrail(this, "trail.api_calls", {
        count: when(wantsTrail(apiCallAlerts)),
        name,
        s3BucketName: hcl.string`try(${apiCallAlerts.trail.bucket.name}, ${buckets.nameOf("trail")})`,
        isMultiRegionTrail: apiCallAlerts.trail.multi_region,
        includeGlobalServiceEvents: true,
        enableLogFileValidation: true,
        kmsKeyId: apiCallAlerts.trail.kms_key_arn,
        eventSelector: [{ readWriteType: "WriteOnly", includeManagementEvents: true }],
        tags: hcl.map(tags),
        dependsOn: [buckets.ready],
      }),
      "EventBridge gets API calls only if a trail logs them (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html).",
    );
  }
}
