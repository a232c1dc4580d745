import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { IResolvable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { SharedProps } from "./contract-schema";

/** The purpose of a bucket, and the service that writes to it. */
export interface LogBucket {
  /** Whether the module creates it. */
  readonly needed: IResolvable;
  /** The service that writes. */
  readonly service: string;
  /** The source of the logs: condition keys as in the documentation of the service, as an HCL object of values with wildcards. */
  readonly source: IResolvable;
  /** The path below `AWSLogs/` that it writes to. */
  readonly path: string;
  readonly retentionInDays: IResolvable;
  /** Null: encrypted with S3 managed keys. */
  readonly kmsKeyArn: IResolvable;
}

/** Private buckets for logs without one. One service writes to each. */
export class LogBuckets extends Construct {
  private readonly bucket: S3Bucket;
  private readonly policy: TerraformResource;

  /** @param buckets by key, which is also part of the name of the bucket */
  public constructor(
    scope: Construct,
    id: string,
    props: SharedProps & { readonly buckets: Record<string, LogBucket> },
  ) {
    super(scope, id);
    const { name, tags, buckets } = props;
    const specifications = Object.entries(buckets).map(
      ([key, bucket]) => hcl`${key} = {
        needed            = ${bucket.needed}
        service           = "${bucket.service}"
        source            = ${bucket.source}
        path              = "${bucket.path}"
        retention_in_days = ${bucket.retentionInDays}
        kms_key_arn       = ${bucket.kmsKeyArn}
      }`,
    );
    const all = local(
      this,
      "log_buckets",
      hcl`{
      for purpose, bucket in {
        ${specifications.reduce(
          (before, next) => hcl`${before}
        ${next}`,
        )}
      } : purpose => bucket if bucket.needed
    }`,
      "Buckets for the kinds of logs that the caller has no bucket for. Each names the service that writes to it, and the resources in this account whose logs that service may write.",
    );
    const key = each.key;

    this.bucket = comment(
      new S3Bucket(this, "logs", {
        forEach: forEach(all),
        // At most 37 characters: AWS adds 26.
        bucketPrefix: text`${hcl`lower(${name})`}-${key}-`,
        tags: hcl.map(tags),
        lifecycle: { ignoreChanges: ["bucket_prefix"] },
      }),
      "Without force_destroy: Terraform does not destroy a bucket that has logs in it. If `name` changes, a bucket " +
        "keeps its name, because AWS cannot rename it.",
    );
    const ofEach = hcl.string`${this.bucket.fqn}[${key}].id`;
    new S3BucketPublicAccessBlock(this, "public.logs", {
      forEach: forEach(all),
      bucket: ofEach,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption.logs", {
      forEach: forEach(all),
      bucket: ofEach,
      rule: [
        {
          bucketKeyEnabled: true,
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: hcl.string`each.value.kms_key_arn == null ? "AES256" : "aws:kms"`,
            kmsMasterKeyId: hcl.string`each.value.kms_key_arn`,
          },
        },
      ],
    });
    new S3BucketLifecycleConfiguration(this, "retention.logs", {
      forEach: forEach(all),
      bucket: ofEach,
      rule: [
        {
          id: "retention",
          status: "Enabled",
          filter: [{}],
          expiration: [{ days: hcl.number`each.value.retention_in_days` }],
        },
      ],
    });
    this.policy = comment(
      new S3BucketPolicy(this, "policy.logs", {
        forEach: forEach(all),
        bucket: ofEach,
        policy: hcl.string(deliveryPolicy(hcl`${this.bucket.fqn}[each.key].arn`)),
      }),
      "The conditions keep the service from writing for another account " +
        "(https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html).",
    );
  }

  /** The name of a bucket, or null. */
  public nameOf(key: string): IResolvable {
    return hcl`try(${this.bucket.fqn}["${key}"].id, null)`;
  }

  /** The ARN of a bucket, or null. */
  public arnOf(key: string): IResolvable {
    return hcl`try(${this.bucket.fqn}["${key}"].arn, null)`;
  }

  /** Must exist before a service writes. */
  public get ready(): TerraformResource {
    return this.policy;
  }
}

/**
 * Sources: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html,
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html,
 * https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 */
function deliveryPolicy(arn: IResolvable): IResolvable {
  return hcl`jsonencode(${{
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Delivery",
        Effect: "Allow",
        Principal: { Service: hcl`each.value.service` },
        Action: "s3:PutObject",
        Resource: text`${arn}/AWSLogs/${hcl`each.value.path`}`,
        Condition: { StringLike: hcl`merge(each.value.source, ${{ "s3:x-amz-acl": "bucket-owner-full-control" }})` },
      },
      {
        Sid: "DeliveryCheck",
        Effect: "Allow",
        Principal: { Service: hcl`each.value.service` },
        Action: ["s3:GetBucketAcl", "s3:ListBucket"],
        Resource: arn,
        Condition: { StringLike: hcl`each.value.source` },
      },
      {
        Sid: "EncryptedTransportOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, text`${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  }})`;
}
