import { hcl } from "../../synth/language/expression/expression";
import { distinct, matches, oneOf, wholeNumber } from "../../synth/variables/rules";
import {
  example,
  given,
  list,
  number,
  object,
  optional,
  ReferenceTo,
  Rule,
  string,
} from "../../synth/variables/schema";
import { canonicalCidrBlock } from "../parts/cidr";
import { kmsKeyArn } from "../parts/identifiers";
import { Application, Node } from "./contract-schema";
import { Notifications } from "./notifications";

const bucketArn = matches(
  /^arn:[a-z-]+:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  'be the ARN of an S3 bucket, such as "arn:aws:s3:::logs"',
  {
    accepts: ["arn:aws:s3:::logs-of-shop"],
    refuses: ["logs-of-shop", "arn:aws:s3:::logs-of-shop/prefix", "arn:aws:s3:::Logs"],
  },
);

/** Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTION = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const retention: Rule<number> = {
  test: (days) => hcl`contains([${RETENTION.join(", ")}], ${days})`,
  requirement: `be a number of days that CloudWatch Logs supports: ${RETENTION.join(", ")}`,
  refuses: [0, 2, 91, 3654],
  accepts: [90, 1, 3653],
};

/** Source: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-basics.html#flow-logs-aggregration-interval */
const aggregationInterval: Rule<number> = {
  test: (seconds) => hcl`contains([60, 600], ${seconds})`,
  requirement: "be 60 or 600 seconds",
  refuses: [59, 300, 601],
  accepts: [60, 600],
};

/** The variable `flow_logs`. */
export function flowLogsSchema(node: Node, application: Application, notifications: Notifications) {
  return optional(
    example(
      object(
        "Flow logs of the application, and a query that lists the traffic that bypassed the node. Null: none.",
        {
          of: optional(
            string(
              "What the flow logs cover: the application's subnets, or only its network interfaces.",
              oneOf("subnet_ids", "network_interface_ids"),
            ),
            "subnet_ids",
          ),
          destination: optional(
            string(
              '"cloud-watch-logs": a log group with a saved query. "s3": Parquet files in Hive-compatible partitions, with a table and a query for Athena.',
              oneOf("cloud-watch-logs", "s3"),
            ),
            "cloud-watch-logs",
          ),
          traffic_type: optional(
            string('"ACCEPT": the traffic that the query needs. "ALL": also rejected traffic.', oneOf("ACCEPT", "ALL")),
            "ALL",
          ),
          max_aggregation_interval: optional(
            number(
              "Maximum aggregation interval, in seconds: the packets of a flow in this time become one record.",
              aggregationInterval,
            ),
            60,
          ),
          retention_in_days: optional(
            number("Days after which records in the log group or the module's bucket expire.", retention),
            90,
          ),
          kms_key_arn: optional(
            string(
              "ARN of the KMS key for the log group or the module's bucket. Its policy must allow the service to use it. Null: the default encryption of AWS.",
              kmsKeyArn,
            ),
          ),
          bucket: optional(
            object(
              "An existing bucket whose policy allows flow logs to be delivered. Null: with s3, the module creates one.",
              { arn: string("ARN.", bucketArn) },
            ),
          ),
          accepted_cidrs: optional(
            list(
              "CIDR blocks that may bypass the node and that the query leaves out, such as a monitoring host, or the load balancer while you keep the rollback possible.",
              "cidr",
              string("Block.", canonicalCidrBlock),
              distinct("CIDR block", ["10.0.1.0/24", "10.0.1.0/24"]),
            ),
            [],
          ),
          alarm: optional(
            object("Runs the query on a schedule, and publishes the results. Null: you run it.", {
              interval: optional(
                number(
                  "Minutes between runs. Each run covers a time window of this length.",
                  wholeNumber(5, 1440, "minutes"),
                ),
                60,
              ),
              delay: optional(
                number(
                  "Minutes between the end of the time window and the run, because records arrive late. A record that arrives even later is missed.",
                  wholeNumber(5, 120, "minutes"),
                ),
                15,
              ),
            }),
          ),
        },
        {
          test: (flowLogs) =>
            hcl`length(${flowLogs.of} == "network_interface_ids" ? ${application.network_interface_ids} : ${application.subnet_ids}) > 0`,
          requirement:
            "have the resources that of selects: set application.subnet_ids or application.network_interface_ids",
          refuses: [
            given({ application: { subnet_ids: {} } }, {}),
            given({ application: { network_interface_ids: { a: "eni-0123456789abcdef0" }, subnet_ids: {} } }, {}),
            { of: "network_interface_ids" },
          ],
          accepts: [
            given(
              { application: { network_interface_ids: { a: "eni-0123456789abcdef0" } } },
              { of: "network_interface_ids" },
            ),
          ],
        },
        {
          test: () => hcl`length(${node.subnet_cidrs}) > 0`,
          requirement: "be set together with node.subnet_cidrs: flow logs contain addresses, not security groups",
          refuses: [given({ node: { subnet_cidrs: [] } }, {})],
        },
        {
          test: (flowLogs) => hcl`${flowLogs.bucket} == null || ${flowLogs.destination} == "s3"`,
          requirement: 'have the destination "s3" if bucket is set',
          refuses: [{ bucket: { arn: "arn:aws:s3:::logs-of-shop" } }],
          accepts: [{ destination: "s3", bucket: { arn: "arn:aws:s3:::logs-of-shop" } }],
        },
        {
          test: (flowLogs) => hcl`${flowLogs.bucket} == null || ${flowLogs.kms_key_arn} == null`,
          requirement: "have no kms_key_arn if bucket is set: an existing bucket has its own encryption",
          refuses: [
            {
              destination: "s3",
              bucket: { arn: "arn:aws:s3:::logs-of-shop" },
              kms_key_arn: string("", kmsKeyArn).example,
            },
          ],
        },
        {
          test: (flowLogs) => hcl`${flowLogs.alarm} == null || ${flowLogs.destination} == "cloud-watch-logs"`,
          requirement:
            'have the destination "cloud-watch-logs" if alarm is set: the alarm runs the Logs Insights query',
          refuses: [given({ notifications: {} }, { destination: "s3", alarm: {} })],
        },
        {
          test: (flowLogs) => hcl`${flowLogs.alarm} == null || ${notifications} != null`,
          requirement: "be set together with notifications if alarm is set: otherwise, no one gets the alerts",
          refuses: [given({ notifications: null }, { alarm: {} })],
        },
      ),
      given(
        { node: { subnet_cidrs: ["10.0.1.0/24"] }, application: { subnet_ids: { a: "subnet-0123456789abcdef0" } } },
        {},
      ),
      { bucket: { destination: "s3" }, alarm: given({ notifications: {} }, {}) },
    ),
  );
}

export type FlowLogsReference = ReferenceTo<ReturnType<typeof flowLogsSchema>>;
