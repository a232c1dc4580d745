import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { distinct, matches } from "../../synth/variables/rules";
import { list, object, optional, ReferenceTo, string } from "../../synth/variables/schema";
import { kmsKeyArn } from "../parts/identifiers";
import { SharedProps } from "./contract-schema";

const topicArn = matches(
  /^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[0-9A-Za-z_-]{1,256}$/,
  "be the ARN of a standard SNS topic (arn:aws:sns:REGION:ACCOUNT:NAME)",
  {
    accepts: ["arn:aws:sns:eu-central-1:123456789012:security"],
    refuses: ["security", "arn:aws:sns:eu-central-1:123456789012:security.fifo"],
  },
);

/** The variable `notifications`. */
export const notificationsSchema = optional(
  object(
    "The SNS topic that receives the alerts of the module. Null: no topic, and no alerts.",
    {
      email_addresses: optional(
        list(
          "Email addresses that receive alerts. Each recipient must confirm the subscription with the link in the first message from AWS.",
          "email_address",
          string(
            "Address.",
            matches(/^[^@ ]+@[^@ ]+$/, 'be an email address, such as "security@example.com"', {
              accepts: ["security@example.com"],
              refuses: ["security", "security team@example.com", "security@"],
            }),
          ),
          distinct("address", ["security@example.com", "security@example.com"]),
        ),
        [],
      ),
      topic: optional(
        object("An existing topic whose policy allows EventBridge to publish. Null: the module creates one.", {
          arn: string("ARN.", topicArn),
        }),
      ),
      kms_key: optional(
        object(
          "The KMS key of the topic. Its policy must allow EventBridge to use it, so alias/aws/sns does not work. Null: the module creates a key for its topic.",
          { arn: string("ARN.", kmsKeyArn) },
        ),
      ),
    },
    {
      test: ({ topic, email_addresses }) => hcl`${topic} == null || length(${email_addresses}) == 0`,
      requirement: "have no email_addresses if topic is set: an existing topic has its own subscribers",
      refuses: [
        {
          topic: { arn: "arn:aws:sns:eu-central-1:123456789012:security" },
          email_addresses: ["security@example.com"],
        },
      ],
    },
  ),
);

export type Notifications = ReferenceTo<typeof notificationsSchema>;

/** The topic, encrypted so that EventBridge can publish to it. */
export class Topic extends Construct {
  /** ARN of the topic, of the caller or the module, or null. */
  public readonly arn: IResolvable;
  /** ARN of its key, of the caller or the module, or null. */
  public readonly kmsKeyArn: IResolvable;

  public constructor(
    scope: Construct,
    id: string,
    { name, tags, account, notifications }: SharedProps & { readonly notifications: Notifications },
  ) {
    super(scope, id);
    const ownTopic = local(this, "own_topic", hcl`try(${notifications.topic} == null, false)`);
    const ownKey = local(this, "own_key", hcl`${ownTopic} && try(${notifications.kms_key} == null, false)`);

    const kmsKey = comment(
      new KmsKey(this, "key.notifications", {
        count: when(ownKey),
        description: text`${name}: notifications`,
        enableKeyRotation: true,
        policy: hcl.string(keyPolicy(account)),
        tags: hcl.map(tags),
      }),
      "EventBridge cannot use the key alias/aws/sns, so its messages would be lost. It sends KMS neither the rule nor the account, so a condition on one of them would refuse every message (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html).",
    );
    new KmsAlias(this, "alias.notifications", {
      count: when(ownKey),
      name: text`alias/${name}-notifications`,
      targetKeyId: hcl.string`${kmsKey.fqn}[0].key_id`,
    });
    this.kmsKeyArn = local(
      this,
      "notifications_key_arn",
      hcl`try(${notifications.kms_key.arn}, one(${kmsKey.fqn}[*].arn))`,
    );

    const topic = comment(
      new SnsTopic(this, "notifications", {
        count: when(ownTopic),
        name: text`${name}-notifications`,
        kmsMasterKeyId: hcl.string(this.kmsKeyArn),
        tags: hcl.map(tags),
        lifecycle: { ignoreChanges: ["name"] },
      }),
      "If `name` changes, the topic keeps its name: AWS cannot rename it, and subscribers would first have to confirm a replacement.",
    );
    this.arn = local(this, "topic_arn", hcl`try(${notifications.topic.arn}, one(${topic.fqn}[*].arn))`);
    comment(
      new SnsTopicPolicy(this, "policy.notifications", {
        count: when(ownTopic),
        arn: hcl.string`${topic.fqn}[0].arn`,
        policy: hcl.string(topicPolicy(topic)),
      }),
      "This policy lets only EventBridge publish. It has no conditions, because AWS does not support them for EventBridge (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html).",
    );
    comment(
      new SnsTopicSubscription(this, "email", {
        forEach: forEach(hcl`toset(try(${notifications.email_addresses}, []))`),
        topicArn: hcl.string`${topic.fqn}[0].arn`,
        protocol: "email",
        endpoint: each.value,
      }),
      "AWS sends no alerts to an address before its owner confirms the subscription.",
    );
  }
}

function keyPolicy({ partition, id }: SharedProps["account"]): IResolvable {
  return hcl`jsonencode(${{
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: text`arn:${partition}:iam::${id}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "EventBridge",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
      },
    ],
  }})`;
}

function topicPolicy(topic: SnsTopic): IResolvable {
  return hcl`jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "EventBridge"
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = ${topic.fqn}[0].arn
    }]
  })`;
}
