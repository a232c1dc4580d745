import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchQueryDefinition } from "@cdktf/provider-aws/lib/cloudwatch-query-definition";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { dynamic } from "../../synth/language/expression/dynamic";
import { hcl } from "../../synth/language/expression/expression";
import { each, forEach } from "../../synth/language/expression/for-each";
import { local } from "../../synth/language/expression/local";
import { override } from "../../synth/language/expression/override";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { SharedProps } from "./contract-schema";
import { FlowLogsReference } from "./flow-logs-schema";
import { FlowQuery } from "./flow-query";
import { LogBuckets } from "./log-buckets";
import { accountArn, actsFor, ServiceRole } from "./service-role";

/** Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html */
const QUERY_LENGTH = 10000;

export interface FlowLogsProps extends SharedProps {
  readonly flowLogs: FlowLogsReference;
  readonly query: FlowQuery;
  readonly buckets: LogBuckets;
}

/** Flow logs of the application, and their destination. */
export class FlowLogs extends Construct {
  public readonly logs: FlowLog;
  /** The log group. Its count is 0 with another destination. */
  public readonly logGroup: CloudwatchLogGroup;
  /** ARN of the bucket, of the caller or the module, or null. */
  public readonly bucketArn: IResolvable;

  public constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { name, tags, application, flowLogs, account, query, buckets } = props;
    const toLogGroup = local(
      this,
      "flow_logs_to_log_group",
      hcl`try(${flowLogs.destination} == "cloud-watch-logs", false)`,
    );

    this.logGroup = comment(
      new CloudwatchLogGroup(this, "flow_logs", {
        count: when(toLogGroup),
        name: text`${name}-flow-logs`,
        kmsKeyId: flowLogs.kms_key_arn,
        retentionInDays: flowLogs.retention_in_days,
        tags: hcl.map(tags),
        lifecycle: { ignoreChanges: ["name"] },
      }),
      "If `name` changes, the log group keeps its name: AWS cannot rename it, and a replacement would have none of the logs.",
    );
    const role = new ServiceRole(this, "flow_logs", {
      ...props,
      enabled: toLogGroup,
      purpose: "flow-logs",
      service: "vpc-flow-logs.amazonaws.com",
      condition: actsFor(account, accountArn(account, "ec2", "vpc-flow-log/*")),
      statements: hcl`[
          {
            Effect   = "Allow"
            Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
            Resource = ${text`${hcl`${this.logGroup.fqn}[0].arn`}:*`}
          },
          { Effect = "Allow", Action = "logs:DescribeLogGroups", Resource = "*" },
        ]`,
    });

    this.bucketArn = local(
      this,
      "flow_logs_bucket_arn",
      hcl`try(${flowLogs.bucket.arn}, ${buckets.arnOf("flow-logs")})`,
    );
    const target = each.value;
    this.logs = comment(
      new FlowLog(this, "application", {
        forEach: forEach(
          hcl`${flowLogs} == null ? {} : ${flowLogs.of} == "subnet_ids" ? ${application.subnet_ids} : ${application.network_interface_ids}`,
        ),
        subnetId: hcl.string`${flowLogs.of} == "subnet_ids" ? ${target} : null`,
        eniId: hcl.string`${flowLogs.of} == "subnet_ids" ? null : ${target}`,
        trafficType: flowLogs.traffic_type,
        maxAggregationInterval: flowLogs.max_aggregation_interval,
        logFormat: query.logFormat,
        logDestinationType: flowLogs.destination,
        logDestination: hcl.string`${toLogGroup} ? one(${this.logGroup.fqn}[*].arn) : ${this.bucketArn}`,
        iamRoleArn: hcl.string(role.arn),
        tags: hcl.map`merge(${tags}, ${{ Name: text`${name}-${each.key}` }})`,
        dependsOn: [role.policy, buckets.ready],
      }),
      "The query needs every field of the format. The role and the policy of the bucket exist first, because AWS cannot deliver records without them.",
    );
    override(this.logs, {
      destination_options: dynamic(hcl`${toLogGroup} ? [] : ["parquet"]`, {
        file_format: "parquet",
        hive_compatible_partitions: true,
        per_hour_partition: false,
      }),
    });
    const queryLength = hcl`length(${query.logsInsights})`;
    new CloudwatchQueryDefinition(this, "around_the_node", {
      count: when(toLogGroup),
      name: text`${name}/around-the-node`,
      logGroupNames: [hcl.string`${this.logGroup.fqn}[0].name`],
      queryString: hcl.string(query.logsInsights),
      lifecycle: {
        precondition: [
          {
            condition: hcl`${queryLength} <= ${QUERY_LENGTH}`,
            errorMessage:
              text`The query for flow logs has ${queryLength} characters, but CloudWatch Logs allows ${QUERY_LENGTH}. List ` +
              "fewer or larger CIDR blocks in node.subnet_cidrs, application.cidrs, and flow_logs.accepted_cidrs, or call the module once for each part of the application.",
          },
        ],
      },
    });
  }
}
