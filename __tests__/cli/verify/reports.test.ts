import { execFileSync } from "node:child_process";
import { assert, property, string } from "fast-check";
import type { Finding } from "../../../cli/verify/check";
import { junit } from "../../../cli/verify/junit";
import { progressOn } from "../../../cli/progress";
import { table } from "../../../cli/verify/table";
import type { Report } from "../../../cli/verify/verify";
import { describeWithTools } from "../../tools";

const findings: Finding[] = [
  {
    test: "direct access",
    target: "http://10.0.11.10:80/",
    verdict: "pass",
    reason: "no connection: timed out (10 s)",
  },
  { test: "direct access", target: "https://10.0.11.10:443/", verdict: "fail", reason: "answered 200" },
  { test: "attack detection", target: "https://a/etc/passwd", verdict: "unknown", reason: 'said "<&\'>"' },
];
const report: Report = { verdict: "fail", findings, notes: ["Look & see."] };

test("the table has a line for each test, in columns, the sum and the notes", () => {
  expect(table(report)).toBe(`\
Verdict  Test              Target                   Reason
pass     direct access     http://10.0.11.10:80/    no connection: timed out (10 s)
FAIL     direct access     https://10.0.11.10:443/  answered 200
unknown  attack detection  https://a/etc/passwd     said "<&'>"

1 pass, 1 FAIL, 1 unknown.
Look & see.`);
});

describe("progress", () => {
  const shown = (isTTY: boolean) => {
    const lines: string[] = [];
    const progress = progressOn({ isTTY, write: (line: string) => lines.push(line) > 0 }, "tests done");
    [0, 1, 2].forEach((done) => {
      progress(done, 2);
    });
    return lines;
  };

  test("is one line of a terminal, which is empty in the end", () => {
    expect(shown(true)).toEqual(["0 of 2 tests done", "1 of 2 tests done", ""].map((line) => `\r\u001B[K${line}`));
  });

  test("is nothing elsewhere", () => {
    expect(shown(false)).toEqual([]);
  });
});

/** As another program reads it: a list of [tag, attributes, text], depth first. */
function read(xml: string): [string, Record<string, string>, string | null][] {
  const script = `import json, sys, xml.etree.ElementTree as e
print(json.dumps([[[x.tag, x.attrib, x.text] for x in e.fromstring(t).iter()] for t in json.load(sys.stdin)]))`;
  const output = execFileSync("python3", ["-c", script], { input: JSON.stringify([xml]), encoding: "utf8" });
  return (JSON.parse(output) as [string, Record<string, string>, string | null][][]).flat();
}

describeWithTools(["python3"], "JUnit XML", () => {
  test("counts, and tells failures from what could not be told", () => {
    const counts = (tests: number, failures: number, errors: number) => ({
      tests: `${tests}`,
      failures: `${failures}`,
      errors: `${errors}`,
    });
    const elements = read(junit(report)).map(([tag, attributes, text]) => [tag, attributes, text?.trim() ?? ""]);
    expect(elements).toEqual([
      ["testsuites", { name: "terraform-aws-wallarm-routing verify", ...counts(3, 1, 1) }, ""],
      ["testsuite", { name: "direct access", ...counts(2, 1, 0) }, ""],
      ["properties", {}, ""],
      ["property", { name: "note", value: "Look & see." }, ""],
      ["testcase", { classname: "direct access", name: "http://10.0.11.10:80/" }, ""],
      ["system-out", {}, "no connection: timed out (10 s)"],
      ["testcase", { classname: "direct access", name: "https://10.0.11.10:443/" }, ""],
      ["failure", { message: "answered 200" }, ""],
      ["testsuite", { name: "attack detection", ...counts(1, 0, 1) }, ""],
      ["properties", {}, ""],
      ["property", { name: "note", value: "Look & see." }, ""],
      ["testcase", { classname: "attack detection", name: "https://a/etc/passwd" }, ""],
      ["error", { message: 'unknown: said "<&\'>"' }, ""],
    ]);
  });

  test("is well-formed whatever is in it, and says it but for what XML cannot say", () => {
    const reasons: string[] = [];
    assert(
      property(string({ unit: "binary" }), (reason) => {
        reasons.push(reason);
      }),
      { numRuns: 500 },
    );
    reasons.push("a\u0000b\u001b[31m", "\ud800", "]]>", "\ufffe");
    const hostile = reasons.map((reason): Finding => ({
      test: "direct access",
      target: reason,
      verdict: "fail",
      reason,
    }));
    const elements = read(junit({ verdict: "fail", findings: hostile, notes: [] }));
    const messages = elements.flatMap(([tag, { message }]) => (tag === "failure" ? [message] : []));
    // The forms of white space are one in an attribute.
    const sayable = (text: string) =>
      text
        .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd")
        .replace(/\r\n|[\t\r\n]/g, " ");
    expect(messages).toEqual(reasons.map(sayable));
  });
});
