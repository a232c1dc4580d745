import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { namedNodesOf } from "../../cli/survey/options";
import { run } from "../../cli/onboard/run";
import type { Row } from "../../onboard/survey/document";
import { printed } from "../account/support/environment";
import { node } from "./support/kinds";
import { organization } from "./support/organization";
import { rowOf, surveyed } from "./support/surveyed";

/** Steps of OWNERS.md that no other owner does: what you look at, and what the node needs. */
const YOURS = [
  "Check for inline rules of security groups",
  "Let the node's Auto Scaling group keep its target group",
  "Give the node the certificate",
  "Let the node take the client from X-Source-Ip",
  "Let the node require the secret header",
  "Admit the VPC origin",
];
/** The same of questions. */
const ABOUT_THE_NODE = ["secret_header_values"];

const snapshots = organization(node);
const listener = (account: string, region: string) =>
  `arn:aws:elasticloadbalancing:${region}:${account}:listener/net/fleet/50dc6c495c0c9188/f2f7dc8efc522ab2`;
const nodeOf = (account: string, region: string) => ({
  ...{ nodeAutoscalingGroup: "fleet", nodeListener: listener(account, region), nodeDomainName: "node.example.com" },
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "survey-test-"));
  for (const snapshot of snapshots)
    writeFileSync(join(folder, `${snapshot.account_id}.json`), JSON.stringify(snapshot));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Account by account, because each has a listener of its own. */
const rows = snapshots.flatMap((snapshot) => {
  const nodes = namedNodesOf(nodeOf(snapshot.account_id ?? "", snapshot.region));
  return surveyed([snapshot], { nodes }).rows;
});
const applications = rows.filter(({ state }) => state !== "not-an-application");

/** What `onboard` says: its message, or its steps and questions. */
async function onboarded({ scenario, id, account_id, region, folder: name }: Row) {
  const lines = printed();
  const { nodeListener, nodeDomainName, nodeAutoscalingGroup } = nodeOf(account_id, region);
  const isApi = scenario === "http-api" || scenario === "rest-api";
  const out = join(folder, name);
  const exitCode = await run(scenario ?? "", id, {
    ...{ out, snapshot: [join(folder, `${account_id}.json`)], source: ["registry", "registry.example.com/acme"] },
    ...(scenario === "alb" || scenario === "nlb" ? { nodeAutoscalingGroup } : { region, nodeListener }),
    ...(scenario === "cloudfront" ? { nodeDomainName } : {}),
    ...(isApi ? { nodeListener } : {}),
  });
  expect(exitCode).toBe(0);
  const sections = readFileSync(join(out, "OWNERS.md"), "utf8").split(/^## /m).slice(1);
  const steps = sections.flatMap((section) => {
    const when = section.slice(0, section.indexOf("\n"));
    return [...section.matchAll(/^### \d+\. (.+)$/gm)].map(([, title = ""]) => ({ when, title }));
  });
  return {
    steps: steps.filter(({ when, title }) => when !== "Before the lockdown" && !YOURS.includes(title)),
    before_lockdown: steps.flatMap(({ when, title }) => (when === "Before the lockdown" ? [title] : [])),
    questions: lines
      .flatMap((line) => /^to decide: var\.(\w+)\. /.exec(line)?.[1] ?? [])
      .filter((name) => !ABOUT_THE_NODE.includes(name)),
    routes: Number(lines.map((line) => /^(\d+) covered\./.exec(line)?.[1]).find((count) => count !== undefined)),
  };
}

test.each(applications.map((row) => [row.application, row] as const))(
  "survey and onboard agree on %s",
  async (_, row) => {
    if (row.reason !== null) {
      expect(["not-possible", "undetermined"]).toContain(row.state);
      await expect(onboarded(row)).rejects.toThrow(row.reason);
      return;
    }
    const { steps, before_lockdown, routes } = row;
    const questions = row.questions.map(({ name }) => name);
    expect(await onboarded(row)).toEqual({ steps, before_lockdown, questions, routes });
    expect(row.state).toBe(steps.length + questions.length === 0 ? "ready" : "owner-first");
  },
);

test("a node that is planned makes no difference", () => {
  const planned = surveyed(organization()).rows;
  expect(planned).toHaveLength(applications.length);
  for (const row of planned) {
    const { id, application, account_id } = row;
    expect(row).toEqual(
      rowOf(
        rows.filter((one) => one.id === id),
        application,
        account_id,
      ),
    );
  }
});

test("the load balancer in front of the node is no application", () => {
  const others = rows.filter(({ state }) => state === "not-an-application");
  expect(others.map(({ application, reason }) => `${application}: ${reason}`)).toEqual(
    snapshots.map(() => "fleet: In front of the node."),
  );
});
