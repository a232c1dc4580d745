import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { auditCommand } from "../../cli/audit/command";
import { onboardCommand } from "../../cli/onboard/command";
import { planOf, type Options as SnapshotOptions } from "../../cli/snapshot/options";
import { snapshotCommand } from "../../cli/snapshot/command";
import { surveyCommand } from "../../cli/survey/command";
import { version } from "../../cli/package";
import { printed } from "../account/support/environment";
import { node } from "../survey/support/kinds";
import { organization } from "../survey/support/organization";
import { REPOSITORY } from "../synth/support/program";

const PAGE = readFileSync(join(REPOSITORY, "docs/rollout.md"), "utf8");
const PACKAGE = `npx terraform-aws-wallarm-routing@${version} `;

/** Lines of the shell, in their order. */
const lines = [...PAGE.matchAll(/^```sh\n([^]*?)^```/gm)].flatMap(([, text = ""]) =>
  text
    .replaceAll(/\\\n\s+/g, "")
    .trim()
    .split("\n"),
);
const calls = lines.filter((line) => line.startsWith(PACKAGE)).map((line) => line.slice(PACKAGE.length));

const COMMANDS = { survey: surveyCommand, onboard: onboardCommand, audit: auditCommand };
const SHOP = "wallarm/111111111111-eu-central-1-alb-shop";

let folder: string;
const before = process.cwd();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rollout-docs-test-"));
  process.chdir(folder);
  for (const snapshot of organization(node))
    write(
      `snapshots/${snapshot.account_id}-${snapshot.region}.json`,
      JSON.stringify(snapshot).replaceAll("fleet", "wallarm-node"),
    );
});
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The files of a pattern with one star, as a shell names them. */
function expanded(word: string): string[] {
  const [, parent, rest] = /^([^*]+)\/\*(.*)$/.exec(word) ?? [];
  if (parent === undefined || rest === undefined) return [word];
  const names = readdirSync(parent).sort();
  if (!rest.startsWith("/")) return names.filter((name) => name.endsWith(rest)).map((name) => join(parent, name));
  return names
    .filter((name) => readdirSync(join(parent, name)).includes(rest.slice(1)))
    .map((name) => join(parent, name) + rest);
}

/** Runs a call of the page. What it prints goes where the page says. */
async function run(call: string) {
  const [text = "", file] = call.split(" > ");
  const [name = "", ...words] = text.split(" ");
  const output = printed();
  const command = COMMANDS[name as keyof typeof COMMANDS]();
  await command.exitOverride().parseAsync(words.flatMap(expanded), { from: "user" });
  if (file !== undefined) write(file, output.join("\n"));
  const exitCode = process.exitCode;
  process.exitCode = undefined;
  return { exitCode, text: output.join("\n") };
}

/** What the root of the shop gives after the cutover. */
function outputs(): string {
  const arn = "arn:aws:elasticloadbalancing:eu-central-1:111111111111";
  const group = (name: string) => `${arn}:targetgroup/${name}/73e2d6bc24d8a067`;
  const value = {
    ...{ schema_version: 1, scenario: "alb", name: "shop-wallarm", account_id: "111111111111", region: "eu-central-1" },
    ...{ node_traffic_percent: 100, live_after_apply: true },
    node: { members: { autoscaling_group_names: ["wallarm-node"] } },
    application: { ports: [80], target_group_arns: [group("shop")] },
    entry_points: { rest: { listener_arn: `${arn}:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2`, priority: 9 } },
  };
  return JSON.stringify({ routing: { value } });
}

test("the first command reads the organization", () => {
  const [first = ""] = calls;
  const command = snapshotCommand()
    .exitOverride()
    .action(() => undefined);
  command.parse(first.split(" ").slice(1), { from: "user" });
  expect(planOf(command.opts<SnapshotOptions>())).toMatchObject({
    ...{ out: "snapshots", accounts: { ids: "organization" }, regions: ["eu-central-1", "us-east-1", "eu-west-1"] },
  });
});

test("the other commands work as they are written, from the survey to the audit", async () => {
  const found: [call: string, exitCode: unknown, text: string][] = [];
  for (const call of calls.slice(1)) {
    if (call.includes("outputs.json")) write(`${SHOP}/outputs.json`, outputs());
    const { exitCode, text } = await run(call);
    found.push([call, exitCode, text]);
    expect({ call, error: /^error: .*/m.exec(text)?.[0] }).toEqual({ call, error: undefined });
  }
  // One load balancer of the organization was not read whole. Nobody has applied anything, so the audit finds ways.
  expect(found.map(([call, exitCode]) => [call.replace(/ .*/, ""), exitCode])).toEqual([
    ...[
      ["survey", 2],
      ["survey", 2],
      ["survey", 2],
    ],
    ...[
      ["onboard", 0],
      ["onboard", 0],
      ["onboard", 0],
    ],
    ...[
      ["survey", 2],
      ["onboard", 0],
      ["audit", 1],
      ["survey", 2],
    ],
  ]);
  const texts = found.map(([, , text]) => text);
  expect(texts[3]).toMatch(/22 of 22 written\.$/);
  expect(texts[4]).toMatch(/22 of 22 written\.$/); // all are in one VPC
  expect(texts[5]).toMatch(/14 of 14 written\.$/);
  expect(texts[6]).toContain("1 behind the node");
  expect(readdirSync("wallarm")).toHaveLength(36);
}, 60_000);

test("the root of the page is one of them, and has the variables that the page sets", () => {
  const variables = readFileSync(`${SHOP}/variables.tf`, "utf8");
  const set = lines.flatMap((line) => /^echo '(\w+) = /.exec(line)?.[1] ?? []);
  expect(new Set(set)).toEqual(new Set(["node_traffic_percent", "network_acl", "accept_failing_health_checks"]));
  for (const name of set) expect(variables).toContain(`variable "${name}" {`);
  for (const line of lines.filter((one) => one.startsWith("root="))) expect(line).toBe(`root=${SHOP}`);
});

test("the table of the page is that of the command", async () => {
  const { text } = await run("survey --snapshot snapshots/*.json");
  const shown = text.split("\n").map((line) => line.split(/ {2,}/).slice(0, 8).join(" "));
  const [, table = ""] = /```text\n([^]*?)```/.exec(PAGE) ?? [];
  for (const line of table.trim().split("\n")) expect(shown).toContain(line.split(/ {2,}/).slice(0, 8).join(" "));
});
