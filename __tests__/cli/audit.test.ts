import { readFileSync } from "node:fs";
import { DOCUMENT } from "../../audit/report/document";
import { run } from "../../cli/audit/run";
import type { Options } from "../../cli/audit/options";
import type { Snapshot } from "../../account/snapshot";
import { printed } from "../account/support/environment";
import { testFolder } from "../test-folder";
import { add, patched } from "../audit/support/patch";
import {
  forward,
  from,
  groupArn,
  groupId,
  ingress,
  path,
  routings,
  rule,
  secureSnapshot,
} from "../audit/support/secure";

const { file, path: pathOf } = testFolder();
let lines: string[];

beforeEach(() => {
  lines = printed();
});

const outputs = () =>
  Object.fromEntries(routings().map((value, index) => [`routing_${index}`, { value, type: "object" }]));
const admitted = add("/ec2/SecurityGroupRules/-", ingress("from-alb", "app", from("alb")));
const openRule = add(
  "/elastic_load_balancing/LoadBalancers/0/Listeners/0/Rules/0",
  rule(1, [path("/open/*")], forward("shop")),
);

function audit(snapshot: Snapshot, options: Options = {}): Promise<number> {
  return run({ routing: [file("outputs.json", outputs())], snapshot: [file("shop.json", snapshot)], ...options });
}

test("proven: exit code 0, with what is assumed", async () => {
  expect(await audit(secureSnapshot())).toBe(0);
  expect(lines.join("\n")).toMatch(/^Verdict .*\nproven +closed/);
  expect(lines.join("\n")).toContain("assumed: AWS Global Accelerator, VPC Lattice, and DNS names were not read.");
});

test("bypass: exit code 1, and the way with each fact, and where it was read", async () => {
  expect(await audit(patched(secureSnapshot(), [admitted, openRule]))).toBe(1);
  const text = lines.join("\n");
  for (const part of [
    "✗ A listener rule forwards to the application [listener-rule]",
    "shop: rule 1 of 80 (/open/*) → shop",
    "elasticloadbalancing:DescribeRules",
    "The target group shop has the application: i-app1, i-app2",
    "(sgr-from-alb, ec2:DescribeSecurityGroupRules)",
    "BYPASS.",
  ])
    expect(text).toContain(part);
});

test("undetermined: exit code 2, and what is unknown", async () => {
  const unread = { action: "elasticloadbalancing:DescribeLoadBalancers", resource: null, error: "AccessDenied" };
  expect(await audit(patched(secureSnapshot(), [add("/unread/-", unread)]))).toBe(2);
  expect(lines.join("\n")).toContain("unknown: elasticloadbalancing:DescribeLoadBalancers failed: AccessDenied");
});

test("--json is a document of its schema, and a baseline for the next run", async () => {
  const snapshot = patched(secureSnapshot(), [admitted, openRule]);
  expect(await audit(snapshot, { json: true })).toBe(1);
  const document: unknown = JSON.parse(lines.join("\n"));
  expect(DOCUMENT.strict().parse(document)).toEqual(document);
  const baseline = file("baseline.json", document);
  expect(await audit(snapshot, { baseline })).toBe(0);
});

test("one table and one exit code over many roots", async () => {
  const routing = [file("a.json", outputs()), file("b.json", { routing: { value: routings()[0] } })];
  const unread = { action: "apigateway:GetRoutes", resource: "http1", error: "AccessDenied" };
  expect(await audit(patched(secureSnapshot(), [add("/unread/-", unread)]), { routing })).toBe(2);
  const [text = ""] = lines;
  expect(text.split("\n").slice(1, 3)).toEqual([
    expect.stringMatching(/^undetermined .*a\.json$/),
    expect.stringMatching(/^proven .*b\.json$/),
  ]);
});

test("--accept: printed, counted, and no reason to fail", async () => {
  const entry =
    "- class: lock-security-group\n  resource: sgr-from-alb\n  reason: health checks\n  until: 2099-01-01\n";
  const snapshot = patched(secureSnapshot(), [admitted]);
  expect(await audit(snapshot)).toBe(1);
  expect(await audit(snapshot, { accept: file("accept.yaml", entry) })).toBe(0);
  expect(lines.join("\n")).toContain(
    "accepted until 2099-01-01: lock-security-group of sgr-from-alb: health checks (1)",
  );
});

test("without a module, the flags say what is node and application", async () => {
  const flags = {
    ...{ nodeAutoscalingGroup: ["nodes"], nodeSecurityGroup: groupId("node") },
    ...{ applicationSecurityGroup: [groupId("app")], applicationTargetGroup: [groupArn("shop")] },
  };
  const snapshot = [file("shop.json", secureSnapshot())];
  expect(await run({ ...flags, snapshot })).toBe(0);
  expect(await run({ ...flags, nodeAutoscalingGroup: ["others"], snapshot })).toBe(1);
});

test("--sarif: a result at the module block, with a fingerprint that stays", async () => {
  const snapshot = patched(secureSnapshot(), [admitted, openRule]);
  file("main.tf", '# the root\n\nmodule "wallarm" {\n  source = "../../modules/alb"\n}\n');
  const results = async (some: Snapshot) => {
    const target = pathOf("audit.sarif");
    await audit(some, { sarif: target, root: [pathOf()] });
    const { version, runs } = JSON.parse(readFileSync(target, "utf8")) as Sarif;
    expect(version).toBe("2.1.0");
    return runs.flatMap((one) => one.results);
  };
  const first = await results(snapshot);
  expect(first[0]).toMatchObject({
    ...{ ruleId: "listener-rule", level: "error" },
    message: { text: expect.stringContaining("shop: rule 1 of 80 (/open/*) → shop") as string },
    locations: [{ physicalLocation: { artifactLocation: { uri: pathOf("main.tf") }, region: { startLine: 3 } } }],
  });
  const other = patched(snapshot, [add("/ec2/Vpcs/-", { VpcId: "vpc-other", CidrBlock: "10.9.0.0/16" })]);
  expect((await results(other)).map(printOf)).toEqual(first.map(printOf));
  const unread = { action: "apigateway:GetRoutes", resource: "http1", error: "AccessDenied" };
  expect(await results(patched(secureSnapshot(), [add("/unread/-", unread)]))).toEqual([
    expect.objectContaining({ ruleId: "undetermined", level: "warning" }),
  ]);
});

interface Sarif {
  readonly version: string;
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

const printOf = ({ partialFingerprints }: Sarif["runs"][number]["results"][number]) => partialFingerprints;

describe("an error is exit code 2, with the value and what it must be", () => {
  test.each<[string, () => Options, string]>([
    ["nothing to ask", () => ({}), "Set --routing to the files"],
    ["a lock", () => ({ requireLocks: "sg,waf" }), 'Received: "sg,waf"'],
    ["a port", () => ({ applicationPort: ["http"] }), 'Received: "http"'],
    ["a file that is not there", () => ({ routing: ["gone.json"] }), 'The file "gone.json" does not exist.'],
    ["no JSON", () => ({ routing: [file("x.json", "{")] }), "is not JSON"],
    ["no output", () => ({ routing: [file("x.json", { a: { value: 1 } })] }), 'has no output "routing"'],
    [
      "a malformed output",
      () => ({ routing: [file("x.json", { schema_version: 1, scenario: 7, entry_points: {} })] }),
      "routing.scenario must be a string. Received: 7.",
    ],
    ["no baseline", () => ({ routing: ["x"], baseline: file("x.json", {}) }), "is not a report of version 1"],
    [
      "an acceptance without a reason",
      () => ({ accept: file("x.yaml", "- class: a\n  resource: b\n  until: 2027-01-01\n") }),
      "At 0.reason",
    ],
    [
      "an acceptance without a date",
      () => ({ accept: file("x.yaml", "- class: a\n  resource: b\n  reason: c\n  until: soon\n") }),
      '"soon"',
    ],
    ["a folder without a root", () => ({ routing: [file("x.json", outputs())], root: ["gone"] }), 'Received: "gone"'],
    [
      "too few folders",
      () => ({ routing: [file("x.json", outputs())], root: [pathOf(), pathOf()] }),
      "Received: 2 for 1",
    ],
    [
      "another account",
      () => ({
        routing: [file("x.json", outputs())],
        snapshot: [file("y.json", { ...secureSnapshot(), account_id: "210987654321" })],
      }),
      "No snapshot is of the account 123456789012 and the Region us-east-1",
    ],
  ])("%s", async (_, options, message) => {
    expect(await run(options())).toBe(2);
    expect(lines.join("\n")).toContain(message);
  });
});
