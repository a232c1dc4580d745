import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { comment } from "../../synth/language/expression/comment";
import { hcl } from "../../synth/language/expression/expression";
import { local } from "../../synth/language/expression/local";
import { text } from "../../synth/language/expression/text";
import { when } from "../../synth/language/expression/when";
import { SharedProps } from "./contract-schema";
import { FlowLogs } from "./flow-logs";
import { FlowLogsReference } from "./flow-logs-schema";
import { FlowQuery } from "./flow-query";
import { Topic } from "./notifications";
import { accountArn, actsFor, ServiceRole } from "./service-role";

export interface FlowAlarmProps extends SharedProps {
  readonly flowLogs: FlowLogsReference;
  readonly logs: FlowLogs;
  readonly query: FlowQuery;
  readonly topic: Topic;
}

/**
 * Runs the saved query on a schedule. A metric filter cannot match CIDR blocks, so it would miss traffic. A state machine
 * runs exactly the saved query, without code that needs updates.
 */
export class FlowAlarm extends Construct {
  public constructor(scope: Construct, id: string, props: FlowAlarmProps) {
    super(scope, id);
    const { name, tags, account, flowLogs, logs, topic } = props;
    const enabled = local(this, "flow_alarm", hcl`try(${flowLogs.alarm} != null, false)`);
    const machineName = `${name}-around-the-node`;

    const role = new ServiceRole(this, "flow_alarm", {
      ...props,
      enabled,
      purpose: "flow-alarm",
      service: "states.amazonaws.com",
      condition: actsFor(account, accountArn(account, "states", `stateMachine:${machineName}`)),
      statements: queryAndNotify(logs, topic),
    });
    const machine = comment(
      new SfnStateMachine(this, "flow_alarm", {
        count: when(enabled),
        name: machineName,
        roleArn: hcl.string(role.arn),
        definition: hcl.string(definition(props)),
        tags: hcl.map(tags),
        dependsOn: [role.policy],
      }),
      "If the query fails, it also publishes an alert, so a failed query is not mistaken for a clean result. Each run covers a time window some minutes ago, because flow logs arrive late.",
    );

    // Keeps the rule and its target together, before the role.
    const schedule = new Construct(this, "schedule");
    const rule = new CloudwatchEventRule(schedule, "flow_alarm", {
      count: when(enabled),
      name: machineName,
      description: text`${name}: queries for traffic that bypassed the node`,
      scheduleExpression: text`rate(${flowLogs.alarm.interval} minutes)`,
      tags: hcl.map(tags),
    });
    const starter = new ServiceRole(this, "flow_alarm_schedule", {
      ...props,
      enabled,
      purpose: "schedule",
      service: "events.amazonaws.com",
      condition: actsFor(account, accountArn(account, "events", `rule/${machineName}`)),
      statements: hcl`[{ Effect = "Allow", Action = "states:StartExecution", Resource = ${machine.fqn}[0].arn }]`,
    });
    comment(
      new CloudwatchEventTarget(schedule, "target.flow_alarm", {
        count: when(enabled),
        rule: hcl.string`${rule.fqn}[0].name`,
        targetId: "state-machine",
        arn: hcl.string`${machine.fqn}[0].arn`,
        roleArn: hcl.string(starter.arn),
        dependsOn: [starter.policy],
      }),
      "The input has the scheduled time of the run. The state machine uses it instead of its start time, so the time windows of the runs have no gap. With a fixed ID, a repeated call creates no second target.",
    );
  }
}

function queryAndNotify({ logGroup }: FlowLogs, topic: Topic): IResolvable {
  return hcl`concat(
      [
        { Effect = "Allow", Action = "logs:StartQuery", Resource = ${text`${hcl`${logGroup.fqn}[0].arn`}:*`} },
        { Effect = "Allow", Action = "logs:GetQueryResults", Resource = "*" },
        { Effect = "Allow", Action = "sns:Publish", Resource = ${topic.arn} },
      ],
      [for key in compact([${topic.kmsKeyArn}]) : { Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey*"], Resource = key }]
    )`;
}

/** The state machine, in JSONata. Source: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
function definition({ name, account, flowLogs, logs, query, topic }: FlowAlarmProps): IResolvable {
  const end = hcl`60 * ${flowLogs.alarm.delay}`;
  const start = hcl`60 * (${flowLogs.alarm.delay} + ${flowLogs.alarm.interval})`;
  const time = "$floor($toMillis($states.input.time) / 1000)";
  const retry = hcl`[{ ErrorEquals = ["States.ALL"], IntervalSeconds = 10, MaxAttempts = 4, BackoffRate = 2 }]`;
  const queryFailed = hcl`[{ ErrorEquals = ["States.ALL"], Next = "QueryFailed" }]`;
  const publish = (subject: string, message: string) => hcl`{
        TopicArn = ${topic.arn}
        Subject  = ${text`${name}: ${subject}`}
        Message  = "${message}"
      }`;
  return hcl`jsonencode({
    Comment       = "Queries the flow logs for traffic that bypassed the node, and publishes the results."
    QueryLanguage = "JSONata"
    StartAt       = "StartQuery"
    States = {
      StartQuery = {
        Type     = "Task"
        Resource = ${text`arn:${account.partition}:states:::aws-sdk:cloudwatchlogs:startQuery`}
        Arguments = {
          LogGroupName = ${logs.logGroup.fqn}[0].name
          QueryString  = ${query.logsInsights}
          StartTime    = ${text`{% ${time} - ${start} %}`}
          EndTime      = ${text`{% ${time} - ${end} - 1 %}`}
        }
        Assign = { query = "{% $states.result.QueryId %}" }
        Retry  = ${retry}
        Catch  = ${queryFailed}
        Next   = "Wait"
      }
      Wait = { Type = "Wait", Seconds = 10, Next = "GetResults" }
      GetResults = {
        Type      = "Task"
        Resource  = ${text`arn:${account.partition}:states:::aws-sdk:cloudwatchlogs:getQueryResults`}
        Arguments = { QueryId = "{% $query %}" }
        Output    = "{% $states.result %}"
        Retry = ${retry}
        Catch = ${queryFailed}
        Next  = "Decide"
      }
      Decide = {
        Type = "Choice"
        Choices = [
          { Condition = "{% $states.input.Status in ['Scheduled', 'Running'] %}", Next = "Wait" },
          { Condition = "{% $states.input.Status != 'Complete' %}", Next = "QueryFailed" },
          { Condition = "{% $count($states.input.Results) > 0 %}", Next = "Notify" },
        ]
        Default = "NothingFound"
      }
      Notify = {
        Type     = "Task"
        Resource = ${text`arn:${account.partition}:states:::sns:publish`}
        Arguments = ${publish("traffic bypassed the node", "{% $join($states.input.Results.($join($.(Field & ' ' & Value), ', ')), '\\\\n') %}")}
        Retry = ${retry}
        End   = true
      }
      QueryFailed = {
        Type     = "Task"
        Resource = ${text`arn:${account.partition}:states:::sns:publish`}
        Arguments = ${publish("the query for traffic that bypassed the node failed", "{% 'The query did not complete: ' & $string($states.input) %}")}
        Retry = ${retry}
        Next  = "Failed"
      }
      Failed     = { Type = "Fail", Error = "QueryFailed", Cause = "The query did not complete." }
      NothingFound = { Type = "Succeed" }
    }
  })`;
}
