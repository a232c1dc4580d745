import { Construct } from "constructs";
import { ModuleStack } from "../../synth/emit/module-stack";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { nullable, object, optional } from "../../synth/variables/schema";
import { nameSchema, tagsSchema } from "../parts/common-variables";
import { AWS_PROVIDER } from "../parts/provider/aws-provider";
import { acceptedRulesSchema, SecurityGroupAudit } from "../parts/security-group-audit";
import { currentAccount } from "./account";
import { ApiCallRules, wantsTrail } from "./api-call-alerts";
import { apiCallPatterns } from "./api-call-patterns";
import { apiCallAlertsSchema } from "./api-call-schema";
import { ConfigRecorder, wantsRecorder } from "./config-recorder";
import { ConfigRules } from "./config-rules";
import { configRulesSchema } from "./config-rules-schema";
import { applicationSchema, nodeSchema, routingSchema, SharedProps } from "./contract-schema";
import { FlowAlarm } from "./flow-alarm";
import { FlowLogs } from "./flow-logs";
import { flowLogsSchema } from "./flow-logs-schema";
import { FlowQuery } from "./flow-query";
import { LogBuckets } from "./log-buckets";
import { NetworkInterfaces, networkInterfacesSchema } from "./network-interfaces";
import { notificationsSchema, Topic } from "./notifications";
import { PrivateSubnets, privateSubnetsSchema } from "./private-subnets";
import { Reachability, reachabilitySchema } from "./reachability";
import { accountArn } from "./service-role";

const securityGroupAuditSchema = nullable(
  optional(
    object(
      "Lists, at every plan, the rules of the application's security groups that admit anything other than the node. Null: no check.",
      {
        accepted_rules: acceptedRulesSchema,
      },
    ),
    {},
  ),
);

/** The module `verification`: keeps checking that no traffic bypasses the node. */
export class VerificationStack extends ModuleStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      summary:
        "Keeps checking after the cutover that no traffic bypasses the Wallarm Node, and sends alerts about changes that can open a path around it.",
      providers: [AWS_PROVIDER],
    });

    const name = this.variable("name", nameSchema);
    const tags = this.variable("tags", tagsSchema);
    const routing = this.variable("routing", routingSchema);
    const node = this.variable("node", nodeSchema);
    const application = this.variable("application", applicationSchema);
    const securityGroupAudit = this.variable("security_group_audit", securityGroupAuditSchema);
    const networkInterfaces = this.variable("network_interfaces", networkInterfacesSchema(routing));
    const privateSubnets = this.variable("private_subnets", privateSubnetsSchema(application));
    const reachability = this.variable("reachability", reachabilitySchema(application));
    const notifications = this.variable("notifications", notificationsSchema);
    const flowLogs = this.variable("flow_logs", flowLogsSchema(node, application, notifications));
    const configRules = this.variable("config_rules", configRulesSchema(routing));
    const apiCallAlerts = this.variable("api_call_alerts", apiCallAlertsSchema(name, notifications));

    const main = this.file("main");
    const account = currentAccount(main);
    const securityGroupIds = local(
      main,
      "security_group_ids",
      hcl`merge({ application = ${routing.application.security_group_id} }, ${application.security_group_ids})`,
      "routing has one security group, and an application can have more.",
    );
    const nodeSecurityGroupId = hcl.string(
      local(
        main,
        "node_security_group_id",
        hcl`basename(${routing.node.security_group_id})`,
        "Without the account that precedes it if the node is in another one.",
      ),
    );
    const shared: SharedProps = {
      ...{ name, tags, routing, node, application },
      ...{ securityGroupIds, nodeSecurityGroupId, account },
    };

    const audit = new SecurityGroupAudit(main, "audit", {
      securityGroupIds: hcl`${securityGroupAudit} == null ? {} : ${securityGroupIds}`,
      subject: hcl.string`join(", ", values(${securityGroupIds}))`,
      node: { security_group_id: routing.node.security_group_id, subnet_cidrs: node.subnet_cidrs },
      acceptedRules: hcl`try(${securityGroupAudit.accepted_rules}, {})`,
      fix: "Remove these rules where they are managed, or accept them in security_group_audit.accepted_rules.",
    });
    const interfaces = new NetworkInterfaces(this, "network_interfaces", { ...shared, networkInterfaces });
    const subnets = new PrivateSubnets(this, "private_subnets", { ...shared, privateSubnets });
    const reachable = new Reachability(this, "reachability", { ...shared, reachability });

    const topic = new Topic(this, "notifications", { ...shared, notifications });
    const buckets = new LogBuckets(this, "log_buckets", {
      ...shared,
      buckets: {
        "flow-logs": {
          needed: hcl`try(${flowLogs.destination} == "s3" && ${flowLogs.bucket} == null, false)`,
          service: "delivery.logs.amazonaws.com",
          source: hcl`{ "aws:SourceAccount" = ${account.id}, "aws:SourceArn" = ${accountArn(account, "logs", "*")} }`,
          path: "*",
          retentionInDays: hcl`try(${flowLogs.retention_in_days}, null)`,
          kmsKeyArn: hcl`try(${flowLogs.kms_key_arn}, null)`,
        },
        trail: {
          needed: hcl`${wantsTrail(apiCallAlerts)} && try(${apiCallAlerts.trail.bucket} == null, false)`,
          service: "cloudtrail.amazonaws.com",
          source: hcl`${{ "aws:SourceArn": accountArn(account, "cloudtrail", text`trail/${name}`) }}`,
          path: `${account.id}/*`,
          retentionInDays: hcl`try(${apiCallAlerts.trail.retention_in_days}, null)`,
          kmsKeyArn: hcl`try(${apiCallAlerts.trail.kms_key_arn}, null)`,
        },
        config: {
          needed: hcl`${wantsRecorder(configRules)} && try(${configRules.recorder_bucket} == null, false)`,
          service: "config.amazonaws.com",
          source: hcl`{ "aws:SourceAccount" = ${account.id} }`,
          path: `${account.id}/Config/*`,
          retentionInDays: hcl`try(${configRules.recorder_retention_in_days}, null)`,
          kmsKeyArn: hcl`null`,
        },
      },
    });
    const flows = this.file("flow_logs");
    const query = new FlowQuery(flows, "query", { ...shared, flowLogs });
    const logs = new FlowLogs(flows, "logs", { ...shared, flowLogs, query, buckets });
    new FlowAlarm(this, "flow_alarm", { ...shared, flowLogs, logs, query, topic });
    const config = this.file("config_rules");
    const recorder = new ConfigRecorder(config, "recorder", { ...shared, configRules, buckets });
    const rules = new ConfigRules(config, "rules", { ...shared, configRules, recorder });
    const callFiles = {
      patterns: this.file("api_call_patterns"),
      network: this.file("api_calls_network"),
      loadBalancers: this.file("api_calls_load_balancers"),
      edge: this.file("api_calls_edge"),
    };
    const patterns = apiCallPatterns(callFiles, { ...shared, apiCallAlerts });
    const calls = new ApiCallRules(this, "api_call_alerts", { ...shared, apiCallAlerts, patterns, topic, buckets });

    this.output(
      "unexpected_rules",
      "The ingress rules of the application's security groups that admit anything other than the node and are not accepted: traffic and source of each, with the groups that have it. Empty when the lockdown is complete.",
      audit.unexpectedRules,
    );
    this.output(
      "unexpected_network_interfaces",
      "IDs of network interfaces, by what is unexpected: other_security_group and public_address on the application's, and node_group_elsewhere. Empty if nothing was found.",
      interfaces.unexpected,
    );
    this.output(
      "public_routes",
      "Routes from the application's subnets to an internet gateway, by subnet or route table. Empty if the subnets are private.",
      subnets.publicRoutes,
    );
    this.output(
      "reachable_paths",
      "Whether Reachability Analyzer found a path from the internet, by network interface and port.",
      reachable.found,
    );
    this.output("topic_arn", "ARN of the topic that receives the alerts, or null.", topic.arn);
    this.output(
      "flow_log_ids",
      "IDs of the flow logs, by subnet or network interface.",
      hcl`{ for key, log in ${logs.logs.fqn} : key => log.id }`,
    );
    this.output(
      "flow_log_group_name",
      "Name of the log group of the flow logs, or null.",
      hcl`one(${logs.logGroup.fqn}[*].name)`,
    );
    this.output("flow_logs_bucket_arn", "ARN of the bucket of the flow logs, or null.", logs.bucketArn);
    this.output(
      "flow_query",
      "The Logs Insights query that lists traffic that bypassed the node. It is also saved in Logs Insights. Null without flow logs in CloudWatch Logs.",
      hcl`try(${flowLogs.destination} == "cloud-watch-logs", false) ? ${query.logsInsights} : null`,
    );
    const toBucket = hcl`try(${flowLogs.destination} == "s3", false)`;
    const table = local(
      flows,
      "athena_table_name",
      text`${hcl`replace(lower(${name}), "-", "_")`}_flow_logs`,
      "Athena supports no special characters in a name other than underscores, and lowercases names (https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html).",
    );
    const bucketName = local(flows, "flow_logs_bucket_name", hcl`try(split(":::", ${logs.bucketArn})[1], "")`);
    const location = local(
      flows,
      "flow_logs_location",
      text`s3://${bucketName}/AWSLogs/aws-account-id=${account.id}/aws-service=vpcflowlogs/aws-region=${account.region}/`,
      "Hive-compatible: what follows is year=…/month=…/day=….",
    );
    const ddl = local(
      flows,
      "athena_table",
      query.athenaTable(table, location),
      "With partition projection, Athena finds the logs of a new day without a crawler.",
    );
    const select = local(
      flows,
      "athena_query",
      query.athena(table),
      "Today and yesterday only: Athena bills by the amount of data that it reads.",
    );
    this.output(
      "athena_table",
      "The statement that creates the Athena table of the flow logs in S3. Null without flow logs in S3.",
      hcl`${toBucket} ? ${ddl} : null`,
    );
    this.output(
      "athena_query",
      "The Athena query that lists traffic that bypassed the node today and yesterday. Null without flow logs in S3.",
      hcl`${toBucket} ? ${select} : null`,
    );
    this.output("config_rule_arns", "ARNs of the AWS Config rules, by name.", rules.arns);
    this.output(
      "api_call_patterns",
      "The event patterns of the API calls that cause alerts, by kind of call.",
      hcl`{ for kind, rule in ${calls.rules.fqn} : kind => rule.event_pattern }`,
    );
  }
}
