import { describeWithTools } from "../tools";
import { planned } from "./support/planned";
import { run, type StateMachine, type Task } from "./support/state-machine";

const scheduled = { "detail-type": "Scheduled Event", source: "aws.events", time: "2026-01-15T10:00:00Z", detail: {} };
const row = (srcaddr: string) => [
  { Field: "srcaddr", Value: srcaddr },
  { Field: "dstport", Value: "80" },
];

describeWithTools(["terraform"], "the state machine that runs the query", () => {
  let machine: StateMachine;
  let query: unknown;

  beforeAll(async () => {
    const resources = await planned("eu-central-1", {
      node: { subnet_cidrs: ["10.0.16.0/20"] },
      application: { subnet_ids: { a: "subnet-0000000000000000a" } },
      flow_logs: { alarm: {} },
      notifications: {},
    });
    machine = JSON.parse(String(resources["aws_sfn_state_machine.flow_alarm[0]"]?.definition)) as StateMachine;
    query = resources["aws_cloudwatch_query_definition.around_the_node[0]"]?.query_string;
  });

  /** Answers of Logs Insights, one after the other; the last one again and again. An error is thrown. */
  async function runWith(...answers: (object | Error)[]) {
    const tasks: Task[] = [];
    const path = await run(machine, scheduled, (task) => {
      tasks.push(task);
      if (task.resource === "aws-sdk:cloudwatchlogs:startQuery") return { QueryId: "q-1" };
      if (task.resource === "sns:publish") return { MessageId: "m-1" };
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Error) throw answer;
      return answer;
    });
    return { path, tasks, messages: tasks.filter(({ resource }) => resource === "sns:publish") };
  }

  test("asks the saved query of an hour that ended a quarter of an hour ago, and waits for its answer", async () => {
    const { path, tasks, messages } = await runWith(
      { Status: "Scheduled", Results: [] },
      { Status: "Running", Results: [row("10.0.9.9")] },
      { Status: "Complete", Results: [] },
    );
    expect(tasks[0]).toEqual({
      resource: "aws-sdk:cloudwatchlogs:startQuery",
      arguments: {
        LogGroupName: "shop-flow-logs",
        QueryString: query,
        StartTime: Date.parse("2026-01-15T08:45:00Z") / 1000,
        EndTime: Date.parse("2026-01-15T09:44:59Z") / 1000,
      },
    });
    expect(tasks.slice(1)).toEqual(
      Array(3).fill({ resource: "aws-sdk:cloudwatchlogs:getQueryResults", arguments: { QueryId: "q-1" } }),
    );
    const asked = ["Wait", "GetResults", "Decide"];
    expect(path).toEqual(["StartQuery", ...asked, ...asked, ...asked, "NothingFound"]);
    expect(messages).toEqual([]);
  });

  test.each([
    { title: "one", results: [row("10.0.9.9")], text: "srcaddr 10.0.9.9, dstport 80" },
    {
      title: "two",
      results: [row("10.0.9.9"), row("2001:db8::9")],
      text: "srcaddr 10.0.9.9, dstport 80\nsrcaddr 2001:db8::9, dstport 80",
    },
  ])("reports $title that the query lists", async ({ results, text }) => {
    const { path, messages } = await runWith({ Status: "Complete", Results: results });
    expect(path.at(-1)).toBe("Notify");
    expect(messages.map((task) => task.arguments)).toEqual([
      {
        TopicArn: "arn:aws:sns:eu-central-1:123456789012:shop-notifications",
        Subject: "shop: traffic bypassed the node",
        Message: text,
      },
    ]);
  });

  test.each([
    { title: "failed", answer: { Status: "Failed", Results: [] } },
    { title: "was cancelled", answer: { Status: "Cancelled", Results: [] } },
    { title: "took too long", answer: { Status: "Timeout", Results: [row("10.0.9.9")] } },
    { title: "has no answer", answer: new Error("ThrottlingException") },
  ])("reports the failure if the query $title", async ({ answer }) => {
    const { path, messages } = await runWith(answer);
    expect(path.slice(-2)).toEqual(["QueryFailed", "Failed"]);
    expect(messages.map((task) => task.arguments.Subject)).toEqual([
      "shop: the query for traffic that bypassed the node failed",
    ]);
  });

  test("has subjects that SNS accepts, also with the longest name", () => {
    const subjects = Object.values(machine.States).flatMap(
      ({ Arguments: args }) => (args as { Subject?: string } | undefined)?.Subject ?? [],
    );
    expect(subjects).toHaveLength(2);
    for (const subject of subjects) expect(subject.replace("shop", "x".repeat(23)).length).toBeLessThanOrEqual(100);
  });
});
