import { pageOf } from "./reliability";
import type { Result } from "./results";

const about = { seed: "1", when: "2026-12-01, abc1234", calls: new Map([["alb | prepare", 11]]) };

const result = (trial: string, stuck: string[] = []): Result => ({
  ...{ trial, stuck, broken: [], refusals: [], first: "", recovery: "second apply", seconds: 1 },
});

const rows = (page: string) => page.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| Module"));

test("a run writes the rows of its steps, in the order of the scenarios, and leaves the others", () => {
  const first = pageOf([result("nlb/back/refuse/1/a"), result("alb/prepare/lose/1/b", ["no"])], about, "");
  expect(rows(first)).toEqual([
    "| alb | prepare | lose | 11 | 1 | 1 | 0 | 0 | 2026-12-01, abc1234, seed 1 |",
    "| nlb | back | refuse | not counted | 1 | 1 | 1 | 0 | 2026-12-01, abc1234, seed 1 |",
  ]);
  expect(first).toContain("- `alb/prepare/lose/1/b`: no");

  const later = { ...about, when: "2026-12-02, def5678" };
  const other = pageOf([result("nlb/back/refuse/1/a")], later, first);
  expect(rows(other)[0]).toBe(rows(first)[0]);
  expect(rows(other)[1]).toContain("2026-12-02");
  expect(other).toContain("- `alb/prepare/lose/1/b`: no");

  const mended = pageOf([result("alb/prepare/lose/1/b")], later, first);
  expect(rows(mended)).toHaveLength(2);
  expect(mended).toContain("All converged");
});
