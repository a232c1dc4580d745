/**
 * Measures the cost of synthesis and of `audit`, and writes benchmarks/README.md and the chart. Compared commands take turns, so that a
 * change in the speed of the machine affects all of them. Ratios compare runs of the same turn.
 */
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { FORMATTED } from "../synth/emit/format";

const TURNS = 7;
const PER_MODULE_TURNS = 5;
const COUNTS = [1, 25, 50, 75, 100];

const program = ["node", "build/synth.js"];
const stock = ["npx", "cdktf", "synth", "--app", "npx ts-node main.ts", "--output", "build/cdktf.out"];
const own = ["npx", "cdktf", "synth", "--output", "build/cdktf.out"];
const library = ["node", "-e", 'require("cdktf")'];

interface Run {
  readonly seconds: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run([command = "", ...args]: readonly string[]): Run {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", env: { ...process.env, CI: "1" } });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} exited with ${status}:\n${stderr}`);
  return { seconds, stdout, stderr };
}

interface Spread {
  readonly minimum: number;
  readonly median: number;
  readonly maximum: number;
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? NaN;
  return { minimum: at(0), median: at(Math.floor(sorted.length / 2)), maximum: at(sorted.length - 1) };
}

function cells({ minimum, median, maximum }: Spread, digits: number): string {
  return [median, minimum, maximum].map((value) => value.toFixed(digits)).join(" | ");
}

/** The first run after `npm ci`, which formats every text. */
function firstRun(): Run {
  forgetFormatted();
  return run(program);
}

function forgetFormatted(): void {
  rmSync(FORMATTED, { recursive: true, force: true });
}

/** Seconds of each command, by turn. */
function inTurns(commands: readonly (readonly string[])[], turns: number): number[][] {
  commands.forEach((command) => run(command));
  return Array.from({ length: turns }, () => commands.map((command) => run(command).seconds));
}

function column(rows: readonly (readonly number[])[], index: number): number[] {
  return rows.map((row) => row[index] ?? NaN);
}

function ratio(rows: readonly (readonly number[])[], over: number, under: number): Spread {
  return spread(rows.map((row) => (row[over] ?? NaN) / (row[under] ?? NaN)));
}

/** Least squares: the cost of an additional module, and the fit of the line. */
function line(points: readonly { count: number; seconds: number }[]): { slope: number; r2: number } {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(({ count }) => count)), mean(points.map(({ seconds }) => seconds))];
  const covariance = mean(points.map(({ count, seconds }) => (count - x) * (seconds - y)));
  const [varianceX, varianceY] = [
    mean(points.map(({ count }) => (count - x) ** 2)),
    mean(points.map(({ seconds }) => (seconds - y) ** 2)),
  ];
  return { slope: covariance / varianceX, r2: covariance ** 2 / (varianceX * varianceY) };
}

async function chart(points: readonly { count: number; seconds: number }[]): Promise<string> {
  const axes = {
    x: { field: "count", type: "quantitative", title: "modules" },
    y: { field: "seconds", type: "quantitative", title: "seconds" },
  } as const;
  const spec: TopLevelSpec = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: "Synthesis by number of modules",
    width: 480,
    height: 280,
    data: { values: [...points] },
    layer: [
      { mark: { type: "point", filled: true }, encoding: axes },
      { mark: "line", transform: [{ regression: "seconds", on: "count" }], encoding: axes },
    ],
  };
  return new View(parse(compile(spec).spec), { renderer: "none" }).toSVG();
}

async function main(): Promise<void> {
  run(["npm", "run", "--silent", "synth"]);
  run(["npm", "run", "--silent", "bundle", "--", "benchmarks/many-modules.ts", "benchmarks/audit.ts"]);

  const rows = inTurns([program, stock, own, library], TURNS);
  const first = spread(Array.from({ length: TURNS }, () => firstRun().seconds));

  const counted = COUNTS.map((count) => ["node", "build/many-modules.js", String(count)]);
  counted.forEach((command) => run(command));
  const runs = Array.from({ length: PER_MODULE_TURNS }, () =>
    counted.map((command, index) => ({ count: COUNTS[index] ?? NaN, ...run(command) })),
  ).flat();
  const { slope, r2 } = line(runs);
  const memory = spread(
    runs.filter(({ count }) => count === Math.max(...COUNTS)).map(({ stderr }) => Number(stderr.trim()) / 1024),
  );

  const table = [
    "# Benchmarks",
    `Written by \`npm run bench\`, on ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node.js ${process.version}. Each command ran ${TURNS} times after one warm-up run. The commands took turns. A ratio compares two runs of the same turn. Minimum and maximum show the noise of the machine.`,
    "## Synthesis of all modules",
    [
      "| Command | Median (s) | Minimum | Maximum |",
      "|---|---|---|---|",
      `| \`node build/synth.js\`, the program behind \`npm run synth\` | ${cells(spread(column(rows, 0)), 2)} |`,
      `| the same, first run after \`npm ci\`, which formats every text | ${cells(first, 2)} |`,
      `| \`cdktf synth\` with the default app command of \`cdktf init\`, \`npx ts-node main.ts\` | ${cells(spread(column(rows, 1)), 2)} |`,
      `| \`npx cdktf synth\` with this project's \`cdktf.json\` | ${cells(spread(column(rows, 2)), 2)} |`,
      `| \`node -e 'require("cdktf")'\` | ${cells(spread(column(rows, 3)), 2)} |`,
    ].join("\n"),
    [
      "| Ratio | Median | Minimum | Maximum | Goal |",
      "|---|---|---|---|---|",
      `| default \`cdktf synth\` to this program | ${cells(ratio(rows, 1, 0), 1)} | at least 10 |`,
      `| this program to loading CDKTF alone | ${cells(ratio(rows, 0, 3), 1)} | at most 3 |`,
    ].join("\n"),
    "## Cost of an additional module",
    `\`build/many-modules.js\` is the same program with the module \`alb\` ${COUNTS.join(", ")} times under different names. Each count ran ${PER_MODULE_TURNS} times after one warm-up run, which formats every text.`,
    [
      "| Figure | Measured | Goal |",
      "|---|---|---|",
      `| additional module (slope of the line) | ${(slope * 1000).toFixed(1)} ms | under 40 ms |`,
      `| fit of the line (R²) | ${r2.toFixed(4)} | |`,
      `| peak memory with ${Math.max(...COUNTS)} modules, median | ${memory.median.toFixed(0)} MB (${memory.minimum.toFixed(0)} to ${memory.maximum.toFixed(0)}) | under 400 MB |`,
    ].join("\n"),
    "![Synthesis by number of modules](modules.svg)",
    "## Calls to AWS of a plan without changes",
    "The module `alb`, and the same resources without data sources (`aws-calls/by-hand`), on the local AWS API. All routes have one target group of the application. In parentheses: the ratio to the resources written by hand.",
    run(["npx", "tsx", "benchmarks/aws-calls.ts"]).stdout.trim(),
    "## Judging an account",
    "`audit` on invented accounts (`__tests__/audit/support/invented.ts`): the secure account of the tests with foreign applications, load balancers, and distributions. Each account is judged in processes of its own, and the median is shown. The document is read with `JSON.parse` and checked against its schema.",
    run(["node", "build/audit.js"]).stdout.trim(),
  ];
  writeFileSync(join("benchmarks", "README.md"), `${table.join("\n\n")}\n`);
  writeFileSync(join("benchmarks", "modules.svg"), await chart(runs));
  forgetFormatted();
}

void main();
