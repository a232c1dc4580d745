import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Bench } from "./bench";
import { inWords, ordersIn, remove } from "./orders";
import { readPage, today, writePage } from "./page";
import { rowsOf } from "./table";
import { TRIES, type Try } from "./tries";

const modules = resolve(__dirname, "../../modules");
const PAGE = "orders.md";

/**
 * Takes orders out of copies of the modules, and writes to docs/orders.md which steps see it. Rows of others stay.
 * @param wanted modules. None: all of them
 */
export async function tryOrders(wanted: readonly string[]): Promise<void> {
  const rows = new Map(rowsOf(readPage(PAGE)).map(({ line, cells: [title = ""] }) => [title, line]));
  // Without rows of orders that are gone.
  await write(rows);
  for (const one of TRIES) {
    if (wanted.length > 0 && !one.orders.some(({ module }) => wanted.includes(module))) continue;
    const before = Date.now();
    const seen = await seenBy(one);
    console.log(`${titleOf(one)}: ${seen} (${Math.round((Date.now() - before) / 1000)} s)`);
    rows.set(titleOf(one), `| ${[titleOf(one), one.step, seen, today()].map(cell).join(" | ")} |`);
    await write(rows);
  }
}

/** What is wrong without these orders, in words. */
async function seenBy({ orders, step: key, refused }: Try): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "orders-"));
  cpSync(modules, folder, { recursive: true });
  for (const order of orders) remove(order, folder);
  process.env.FAULTS_MODULES = folder;
  const bench = await Bench.start();
  try {
    const [scenario = "", step = ""] = key.split("/");
    const { broken, calls } = await bench.reach(scenario, step);
    const [first] = broken;
    if (first !== undefined) return first;
    if (refused === undefined) return NOT_SEEN;
    const wanted = (name: string) => refused.split(" ").every((word) => name.split(" ").includes(word));
    const names = new Set(calls.filter(wanted));
    if (names.size === 0) return `There is no call "${refused}".`;
    for (const name of names) {
      const outcome = await bench.break({ scenario, step, fault: { mode: "refuse", name, nth: 1 } });
      const [wrong] = [...outcome.broken, ...outcome.stuck];
      if (wrong !== undefined) return `${refused} refused: ${wrong}`;
    }
    return NOT_SEEN;
  } catch (error) {
    return String(error);
  } finally {
    await bench.stop();
    rmSync(folder, { recursive: true });
    delete process.env.FAULTS_MODULES;
  }
}

const NOT_SEEN = "**Not seen**";

/** "alb: aws_lb_listener_rule.node without aws_lb_target_group_attachment.instance". */
function titleOf({ orders }: Try): string {
  const [first] = orders;
  if (first === undefined) throw new Error("A try has orders.");
  return inWords({ ...first, block: orders.map(({ block }) => block).join(", ") });
}

/** A value as a cell of a table: without what would end it. */
function cell(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "\\|").slice(0, LONGEST);
}

const LONGEST = 160;

async function write(rows: ReadonlyMap<string, string>): Promise<void> {
  const table = [
    ["| Without | Step | Seen by | Tried |", "|---|---|---|---|"],
    TRIES.flatMap((one) => rows.get(titleOf(one)) ?? []),
  ];
  const tried = TRIES.filter((one) => rows.has(titleOf(one))).flatMap(({ orders }) => orders.map(inWords));
  const untried = ordersIn(modules)
    .map(inWords)
    .filter((words) => !tried.includes(words));
  const text = [HEAD, table.flat().join("\n"), "Not tried:", untried.map((words) => `- ${words}`).join("\n")];
  await writePage(PAGE, text.join("\n\n"));
}

const HEAD = `# Orders that the modules keep

<!-- Written by "npm run faults -- --orders". Do not edit. -->

Terraform creates what \`depends_on\` names first and destroys it last, and with \`create_before_destroy\` it creates a
resource anew before it destroys the old one. Each row is an order that was taken out of a copy of the modules, and the first
thing that the invariants of [reliability](reliability.md) then saw in a step: without a fault, or with one refused call.
Where several resources are named, each of them alone keeps the order.`;
