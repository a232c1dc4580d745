import { escaped } from "../../text/markup";
import { Finding } from "./check";
import { Report } from "./verify";

/**
 * The report for pipelines: a failed test is a failure, and an unknown one is an error.
 * Source: https://github.com/testmoapp/junitxml
 */
export function junit({ findings, notes }: Report): string {
  const note = (text: string) => `      <property name="note" value="${escaped(text)}"/>\n`;
  const properties = `    <properties>\n${notes.map(note).join("")}    </properties>\n`;
  const tests = [...new Set(findings.map(({ test }) => test))];
  const suites = tests.map((test) => {
    const own = findings.filter((finding) => finding.test === test);
    return `  <testsuite name="${escaped(test)}" ${counts(own)}>\n${properties}${own.map(testCase).join("")}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="terraform-aws-wallarm-routing verify" ${counts(findings)}>
${suites.join("")}</testsuites>
`;
}

function counts(findings: readonly Finding[]): string {
  const number = (verdict: Finding["verdict"]) => findings.filter((finding) => finding.verdict === verdict).length;
  return `tests="${findings.length}" failures="${number("fail")}" errors="${number("unknown")}"`;
}

function testCase({ test, target, verdict, reason }: Finding): string {
  const head = `    <testcase classname="${escaped(test)}" name="${escaped(target)}"`;
  switch (verdict) {
    case "pass":
      return `${head}>\n      <system-out>${escaped(reason)}</system-out>\n    </testcase>\n`;
    case "fail":
      return `${head}>\n      <failure message="${escaped(reason)}"/>\n    </testcase>\n`;
    case "unknown":
      return `${head}>\n      <error message="unknown: ${escaped(reason)}"/>\n    </testcase>\n`;
  }
}
