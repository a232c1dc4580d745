import { ConfigConfigurationRecorder } from "@cdktf/provider-aws/lib/config-configuration-recorder";
import { ConfigConfigurationRecorderStatus } from "@cdktf/provider-aws/lib/config-configuration-recorder-status";
import { ConfigDeliveryChannel } from "@cdktf/provider-aws/lib/config-delivery-channel";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { ConfigRulesReference } from "./config-rules-schema";
import { SharedProps } from "./contract-schema";
import { LogBuckets } from "./log-buckets";
import { ServiceRole } from "./service-role";

export interface ConfigRecorderProps extends SharedProps {
  readonly configRules: ConfigRulesReference;
  readonly buckets: LogBuckets;
}

/** Whether the module creates a recorder. */
export function wantsRecorder(configRules: ConfigRulesReference): IResolvable {
  return hcl`try(${configRules.recorder} == "create", false)`;
}

/** A configuration recorder for security groups only, in an account and Region without one. */
export class ConfigRecorder extends Construct {
  /** Must exist before a rule. */
  public readonly ready: TerraformResource;

  public constructor(scope: Construct, id: string, props: ConfigRecorderProps) {
    super(scope, id);
    const { name, account, configRules, buckets } = props;
    const enabled = local(this, "create_recorder", wantsRecorder(configRules));
    const bucket = local(
      this,
      "recorder_bucket_name",
      hcl`try(${configRules.recorder_bucket.name}, ${buckets.nameOf("config")})`,
    );

    const role = new ServiceRole(this, "recorder", {
      ...props,
      enabled,
      purpose: "recorder",
      service: "config.amazonaws.com",
      condition: hcl`${{ StringEquals: { "aws:SourceAccount": account.id } }}`,
      statements: hcl`${[
        {
          Effect: "Allow",
          Action: "s3:PutObject",
          Resource: text`arn:${account.partition}:s3:::${bucket}/AWSLogs/${account.id}/*`,
          Condition: { StringLike: { "s3:x-amz-acl": "bucket-owner-full-control" } },
        },
        {
          Effect: "Allow",
          Action: "s3:GetBucketAcl",
          Resource: text`arn:${account.partition}:s3:::${bucket}`,
        },
      ]}`,
    });
    const read = new IamRolePolicyAttachment(this, "recorder", {
      count: when(enabled),
      role: hcl.string`${role.role.fqn}[0].name`,
      policyArn: text`arn:${account.partition}:iam::aws:policy/service-role/AWS_ConfigRole`,
    });
    const recorder = comment(
      new ConfigConfigurationRecorder(this, "security_groups", {
        count: when(enabled),
        name,
        roleArn: hcl.string(role.arn),
        recordingGroup: {
          allSupported: false,
          includeGlobalResourceTypes: false,
          resourceTypes: ["AWS::EC2::SecurityGroup"],
        },
        dependsOn: [read, role.policy],
        lifecycle: { ignoreChanges: ["name"] },
      }),
      "An account can have one customer managed recorder in each Region (https://docs.aws.amazon.com/config/latest/developerguide/gs-cli-subscribe.html). AWS bills for what is recorded, so this one records only security groups. If `name` changes, the recorder and its delivery channel keep their names, because AWS cannot rename them.",
    );
    const channel = new ConfigDeliveryChannel(this, "delivery.security_groups", {
      count: when(enabled),
      name,
      s3BucketName: hcl.string(bucket),
      dependsOn: [recorder, buckets.ready],
      lifecycle: { ignoreChanges: ["name"] },
    });
    this.ready = comment(
      new ConfigConfigurationRecorderStatus(this, "status.security_groups", {
        count: when(enabled),
        name: hcl.string`${recorder.fqn}[0].name`,
        isEnabled: true,
        dependsOn: [channel],
      }),
      "AWS starts a recorder only if a delivery channel exists.",
    );
  }
}
