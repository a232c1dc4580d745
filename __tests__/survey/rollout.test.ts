import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Options } from "../../cli/onboard/options";
import { run as onboard } from "../../cli/onboard/run";
import type { Options as SurveyOptions } from "../../cli/survey/options";
import { run as survey } from "../../cli/survey/run";
import { SURVEY } from "../../onboard/survey/document";
import { printed } from "../account/support/environment";
import { routings, secureSnapshot } from "../audit/support/secure";
import { testFolder } from "../test-folder";
import * as kinds from "./support/kinds";
import { accountWith } from "./support/organization";

const READY = ["cart", "shop"].map((name) => `123456789012-us-east-1-alb-${name}`);
const account = (cart = kinds.fargate) =>
  accountWith([
    ...[...kinds.autoScaling("shop", 1), ...cart("cart", 2), ...kinds.httpApi("mobile", 3)],
    ...[...kinds.login("admin", 4), ...kinds.kubernetes("cluster", 5), ...kinds.node("fleet", 50)],
  ]);

const { file, path } = testFolder();
let lines: string[];
let snapshot: string;

beforeEach(() => {
  lines = printed();
  snapshot = file("account.json", account());
});

const LISTENER =
  "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/fleet/50dc6c495c0c9188/f2f7dc8efc522ab2";
const NODE = { nodeAutoscalingGroup: "fleet" };

async function surveyed(options: SurveyOptions = {}) {
  lines.length = 0;
  const exitCode = await survey({ snapshot: [snapshot], ...NODE, ...options });
  return { exitCode, text: lines.join("\n") };
}

describe("survey", () => {
  test("prints a table in the order of the waves", async () => {
    const { exitCode, text } = await surveyed();
    expect(exitCode).toBe(0);
    expect(text.split("\n").map((line) => line.split(/ {2,}/).slice(0, 8))).toEqual([
      ["Wave", "State", "Account", "Region", "Application", "Module", "Routes", "Lockdown"],
      ["1", "ready", "123456789012", "us-east-1", "cart", "alb", "1", "2"],
      ["1", "ready", "123456789012", "us-east-1", "mobile", "alb", "1", "1"],
      ["1", "ready", "123456789012", "us-east-1", "shop", "alb", "1", "2"],
      ["2", "owner first", "123456789012", "us-east-1", "admin", "alb", "1", "1"],
      ["-", "owner first", "123456789012", "us-east-1", "mobile-api", "api-gateway-http", "1", "1"],
      ["-", "not possible", "123456789012", "us-east-1", "cluster", "alb", "-", "-"],
      ["-", "not an application", "123456789012", "us-east-1", "fleet", "nlb", "-", "-"],
      [""],
      ["7 entry points: 3 ready, 2 owner first, 1 not possible, 1 not an application."],
    ]);
    expect(text).toMatch(/mobile-api .* leads to mobile; Let the owner of the API ignore the targets of its routes\n/);
  });

  test("prints CSV without formulas", async () => {
    const hostile = JSON.stringify(account()).replaceAll('"mobile-api"', JSON.stringify('=HYPERLINK("x","y")'));
    const { text } = await surveyed({ csv: true, snapshot: [file("hostile.json", hostile)] });
    expect(text.split("\r\n")).toHaveLength(8);
    expect(text).toContain(`,"'=HYPERLINK(""x"",""y"")",`);
  });

  test("prints no control characters of an account", async () => {
    const hostile = JSON.stringify(account()).replaceAll('"mobile-api"', JSON.stringify("mobile\u001B[2J\napi"));
    const { text } = await surveyed({ snapshot: [file("hostile.json", hostile)] });
    expect(text).toContain("  mobile [2J api  ");
  });

  test("prints JSON of its schema", async () => {
    const document: unknown = JSON.parse((await surveyed({ json: true })).text);
    expect(SURVEY.parse(document)).toEqual(document);
  });

  test("judges what is applied", async () => {
    const outputs = Object.fromEntries(routings().map((value, index) => [`routing_${index}`, { value }]));
    const options = { snapshot: [file("secure.json", secureSnapshot())], routing: [file("outputs.json", outputs)] };
    const { exitCode, text } = await surveyed(options);
    expect(exitCode).toBe(0);
    expect(text).toMatch(
      /shop: 100 percent, proven, locks that hold: security group, route, layer 7\n[^]*4 entry points: 4 behind the node\./,
    );
  });

  test("exits with 2 if something was not read", async () => {
    const partly = { ...account(), api_gateway_rest: null };
    const { exitCode, text } = await surveyed({ snapshot: [file("partly.json", partly)] });
    expect(exitCode).toBe(2);
    expect(text).toContain("not read: the REST APIs of 123456789012 in us-east-1: The document does not have them.");
  });

  test("--policy prints the policy of snapshot", async () => {
    const { text } = await surveyed({ policy: true });
    expect(`${text}\n`).toBe(readFileSync("examples/pipelines/roles/snapshot-policy.json", "utf8"));
  });

  test.each<[SurveyOptions, string]>([
    [{ csv: true, json: true }, "Set either --csv or --json."],
    [{ nodeInstances: ["i-1"] }, "--node-autoscaling-group, --node-instances"],
    [{ nodeListener: "fleet" }, 'Received: "fleet"'],
    [{ nodeDomainName: "node" }, 'Received: "node"'],
  ])("refuses %j", async (options, message) => {
    await expect(surveyed(options)).rejects.toThrow(message);
  });

  test("refuses a Region that is none", async () => {
    await expect(survey({ region: ["europe"] })).rejects.toThrow('Received: "europe"');
  });
});

describe("onboard --from", () => {
  const roots = () => path("roots");
  const from = async (options: Options = {}) => {
    const path = file("survey.json", (await surveyed({ json: true })).text);
    lines.length = 0;
    const more = { snapshot: [snapshot], source: ["registry", "registry.example.com/acme"], tag: ["team=waf"] };
    return onboard(undefined, undefined, { from: path, out: roots(), ...more, ...NODE, ...options });
  };
  const rootsNow = () => readdirSync(roots()).sort();

  test("writes a root configuration for each row that is ready, with one naming, source, and tags", async () => {
    expect(await from()).toBe(0);
    expect(rootsNow()).toEqual([READY[0], "123456789012-us-east-1-alb-mobile", READY[1]]);
    const main = readFileSync(join(roots(), READY[1] ?? "", "main.tf"), "utf8");
    expect(main).toMatch(/source += "registry\.example\.com\/acme\/alb\/aws"\n[^]*name += "shop-wallarm"/);
    expect(main).toMatch(/tags += \{ team = "waf" \}/);
    expect(lines.join("\n")).toMatch(/3 of 3 written\.$/);
  });

  test("leaves out the network ACL if nothing tells the subnets of the node", async () => {
    const gone = JSON.stringify(account()).replaceAll(
      /"VPCZoneIdentifier":"[^"]+"/g,
      '"VPCZoneIdentifier":"subnet-gone"',
    );
    expect(await from({ snapshot: [file("gone.json", gone)] })).toBe(0);
    const main = readFileSync(join(roots(), READY[1] ?? "", "main.tf"), "utf8");
    expect(main).toContain("# Left out: the module network-acl. The node has no subnet");
    expect(main).not.toContain("node_subnet_cidrs");
  });

  test("run again, changes nothing, and keeps what a person edited", async () => {
    expect(await from()).toBe(0);
    const edited = join(roots(), READY[0] ?? "", "main.tf");
    writeFileSync(edited, "# mine\n");
    writeFileSync(join(roots(), READY[1] ?? "", "routes.tf"), "# mine\n");
    rmSync(join(roots(), "123456789012-us-east-1-alb-mobile"), { recursive: true });
    expect(await from()).toBe(1);
    expect(readFileSync(edited, "utf8")).toBe("# mine\n");
    expect(rootsNow()).toHaveLength(3);
    expect(lines.join("\n")).toContain(`1 of 3 written.\nnot written: ${READY[0]}\nnot written: ${READY[1]}`);
  });

  test("a row that fails stops no other one, and has no folder", async () => {
    expect(await from({ snapshot: [file("later.json", account(kinds.kubernetes))] })).toBe(1);
    expect(rootsNow()).toEqual(["123456789012-us-east-1-alb-mobile", READY[1]]);
    expect(lines.join("\n")).toMatch(/error: .*belongs to the AWS Load Balancer Controller[^]*2 of 3 written\./);
  });

  test("--only writes the rows of one node", async () => {
    expect(await from({ only: [READY[1] ?? ""] })).toBe(0);
    expect(rootsNow()).toEqual([READY[1]]);
    expect(await from({ only: ["vpc-0a1b2c3d"] })).toBe(0);
    expect(rootsNow()).toHaveLength(3);
  });

  test("an option that only some entry points have is of these", async () => {
    expect(await from({ nodeListener: LISTENER, nodeDomainName: "node.example.com" })).toBe(0);
    expect(rootsNow()).toHaveLength(3);
  });

  test("leaves out an entry point whose load balancer has a row of its own", async () => {
    expect(await from({ state: ["ready", "owner-first"] })).toBe(0);
    expect(rootsNow()).toHaveLength(4);
    expect(lines.join("\n")).toMatch(/left out: 123456789012-us-east-1-http-api-h3http\. It leads to .*\/mobile\//);
  });

  test.each<[Options, string]>([
    [{ out: undefined }, "Set --out"],
    [{ state: ["not-possible"] }, '--state must be "ready" or "owner-first". Received: "not-possible".'],
    [{ name: "shop" }, "--name is not for all applications"],
    [{ mirror: true }, "--mirror is not for all applications"],
    [
      { only: ["shop", "vpc-1"] },
      '--only must be accounts, Regions, VPCs, or folders of rows of the survey. Received: "shop". Its VPCs: vpc-0a1b2c3d.',
    ],
  ])("refuses %j, and writes nothing", async (options, message) => {
    await expect(from(options)).rejects.toThrow(message);
    expect(existsSync(roots())).toBe(false);
  });

  test("refuses another document", async () => {
    await expect(onboard(undefined, undefined, { from: snapshot, out: roots() })).rejects.toThrow(
      `${snapshot} is not a survey of version 1.`,
    );
    await expect(onboard("alb", "arn", { state: ["ready"] })).rejects.toThrow("--state is an option of --from.");
    await expect(onboard("alb", "arn", { only: ["vpc-1"] })).rejects.toThrow("--only is an option of --from.");
  });

  test("--check compares all of them in one table, with one exit code", async () => {
    await from();
    const check = rootsNow().map((name) => join(roots(), name));
    const checked = async (options: Options = {}) => {
      lines.length = 0;
      return { exitCode: await onboard(undefined, undefined, { check, snapshot: [snapshot], ...options }), lines };
    };
    const table = (...words: string[]) =>
      ["Result", ...words].map((word, index) => [word, index === 0 ? "Root" : check[index - 1]]);
    const rowsOf = () =>
      (lines[0] ?? "")
        .trim()
        .split("\n")
        .map((line) => line.split(/ {2,}/));

    expect((await checked()).exitCode).toBe(0);
    expect(rowsOf()).toEqual(table("equal", "equal", "equal"));

    const later = [file("later.json", account(kinds.twoTargetGroups))];
    expect((await checked({ snapshot: later })).exitCode).toBe(1);
    expect(rowsOf()).toEqual(table("1 changed", "equal", "equal"));
    expect(lines.slice(1)).toEqual([`${check[0]}: + rule 20 of 443 (api.cart.example.com) → cart-api: not covered`]);

    rmSync(join(check[2] ?? "", "onboard.json"));
    expect((await checked({ snapshot: later })).exitCode).toBe(2);
    expect(rowsOf()).toEqual(table("1 changed", "equal", "not compared"));
  });
});
