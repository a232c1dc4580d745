import { BYPASSES } from "../../audit/bypasses";
import { audited } from "./support/audited";
import { FIXTURES } from "./support/fixtures";
import type { Operation } from "./support/patch";

test("the secure account is proven, and nothing is unknown", () => {
  const { verdict, findings, unknowns, locks, exit_code } = audited([]);
  expect({ findings, unknowns }).toEqual({ findings: [], unknowns: [] });
  expect([verdict, exit_code]).toEqual(["proven", 0]);
  expect([locks.security_group.state, locks.layer_7.state]).toEqual(["closed", "closed"]);
});

const written = Object.entries(FIXTURES);

test("each class has a fixture", () => {
  expect(Object.keys(FIXTURES).sort()).toEqual(BYPASSES.map(({ id }) => id).sort());
});

test.each(written.filter(([, { bypass }]) => bypass.length > 0))("%s: the bypass is found", (id, fixture) => {
  expect(fixture.bypass.length).toBeLessThanOrEqual(10);
  const { verdict, findings, exit_code } = audited(fixture.bypass, fixture);
  expect(findings.filter(({ certain }) => certain).map((one) => one.class)).toContain(id);
  expect(findings.map((one) => one.class)).not.toContain("unclassified");
  expect([verdict, exit_code]).toEqual(["bypass", 1]);
  for (const { steps } of findings) expect(steps.flatMap(({ facts }) => facts)).not.toEqual([]);
});

const open = written.flatMap(([id, { undetermined }]) =>
  typeof undetermined === "string" ? [] : [[id, undetermined] as const],
);

test.each(open)("%s: what is not known is undetermined", (_, operations) => {
  const { verdict, exit_code, findings, unknowns } = audited(operations);
  expect([verdict, exit_code]).toEqual(["undetermined", 2]);
  expect([...unknowns, ...findings.flatMap((one) => one.unknowns)]).not.toEqual([]);
});

test.each(written)("%s: without the classes, the verdict is the same", (_, fixture) => {
  const operations = fixture.bypass.length > 0 ? fixture.bypass : (fixture.undetermined as Operation[]);
  const { verdict, findings, report } = audited(operations, fixture);
  const bare = report({ classes: [] });
  expect(bare.verdict).toBe(verdict);
  expect(bare.findings.map(({ fingerprint }) => fingerprint)).toEqual(findings.map(({ fingerprint }) => fingerprint));
  expect(bare.findings.every((one) => one.class === "unclassified")).toBe(true);
});
