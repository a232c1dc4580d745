import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Bench } from "./bench";
import { blocksIn, inWords, type Order, remove } from "./orders";
import { readPage, today, writePage } from "./page";
import { ordersFor, type Reason, REASONS } from "./reasons";
import { rowsOf } from "./table";
import { MODULES, TIMED_OUT } from "./terraform";
import { TRIES, type Try } from "./tries";

const PAGE = "orders.md";

/**
 * Takes orders out of copies of the modules, and writes to docs/orders.md which steps see it. Rows of others stay.
 * @param wanted modules, or how the orders begin: "alb", "alb: aws_lb_listener_rule.closing". None: all of them
 */
export async function tryOrders(wanted: readonly string[]): Promise<void> {
  const rows = new Map(rowsOf(readPage(PAGE)).map(({ line, cells: [title = ""] }) => [title, line]));
  // Without rows of orders that are gone.
  await write(rows);
  const intact = await Bench.start();
  try {
    for (const one of TRIES) {
      if (wanted.length > 0 && !wanted.some((words) => titleOf(one).startsWith(words))) continue;
      const before = Date.now();
      const seen = await seenBy(one, intact);
      console.log(`${titleOf(one)}: ${seen} (${Math.round((Date.now() - before) / 1000)} s)`);
      rows.set(titleOf(one), `| ${[titleOf(one), one.step, cell(seen), today()].join(" | ")} |`);
      await write(rows);
    }
  } finally {
    await intact.stop();
  }
}

/**
 * What is wrong without these orders, in words.
 * @param intact breaks the modules as they are
 */
async function seenBy({ orders, ...at }: Try, intact: Bench): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "orders-"));
  cpSync(MODULES, folder, { recursive: true });
  for (const order of orders) remove(order, folder);
  const bench = await Bench.start(folder);
  try {
    const wrong = await firstFault(at, bench);
    if (wrong === undefined) return NOT_SEEN;
    if (wrong.includes(TIMED_OUT)) return `**Not tried**: ${TIMED_OUT} its time.`;
    const also = await firstFault(at, intact);
    return also === undefined ? wrong : `**Seen with it, too**: ${also}`;
  } finally {
    await bench.stop();
    rmSync(folder, { recursive: true });
  }
}

/** That, or that the step fails without a fault. */
async function firstFault(at: Omit<Try, "orders">, bench: Bench): Promise<string | undefined> {
  try {
    return (await faultsAt(at, bench))[0];
  } catch (error) {
    return String(error);
  }
}

/** What is wrong after the calls of a step, or after the step in which some are refused. */
async function faultsAt({ step: key, refused }: Omit<Try, "orders">, bench: Bench): Promise<readonly string[]> {
  const [scenario = "", step = ""] = key.split("/");
  const { broken } = await bench.reach(scenario, step);
  if (broken.length > 0 || refused === undefined) return broken;
  const words = refused.split(" ");
  const isRefused = (name: string) => words.every((word) => name.split(" ").some((part) => isMeant(part, word)));
  const outcome = await bench.breakCalls(scenario, step, ({ name }) => (isRefused(name) ? "refuse" : undefined), true);
  const refusals = outcome.refusals.map((call) => `AWS refuses ${call}, too`);
  return [...outcome.broken, ...refusals, ...outcome.stuck].map((fault) => `${refused} refused: ${fault}`);
}

/** @param word "GroupId=sg.node", or how it begins: "GroupId=sg.*" */
function isMeant(part: string, word: string): boolean {
  return word.endsWith("*") ? part.startsWith(word.slice(0, -1)) : part === word;
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
  const blocks = blocksIn(MODULES);
  const untried = REASONS.flatMap((reason) => {
    const orders = ordersFor(reason, blocks).filter((order) => !tried.includes(inWords(order)));
    return orders.length === 0 ? [] : [introductionOf(reason), byBlock(orders).join("\n")];
  });
  await writePage(PAGE, [HEAD, table.flat().join("\n"), UNTRIED, ...untried].join("\n\n"));
}

/** A sentence, with its source. */
function introductionOf({ why, source }: Reason): string {
  return source === undefined ? `${why}:` : `${why} ([source](${source})):`;
}

/** A line for each block. */
function byBlock(orders: readonly Order[]): string[] {
  const blockOf = ({ module, block }: Order) => `${module}: ${block}`;
  return [...new Set(orders.map(blockOf))].map((block) => {
    const withouts = orders.filter((order) => blockOf(order) === block).map(({ without }) => without);
    return `- ${block} without ${withouts.join(", ")}`;
  });
}

const UNTRIED = `## Orders that no step has shown

No step can show some of them: what an output waits for, and what the local API does not model, such as the boot of an
instance. \`__tests__/faults/reasons.ts\` has a reason for every order, tried or not. A module that loses
one fails \`__tests__/faults/orders.test.ts\`, which takes each of them out once.`;

const HEAD = `# Orders that the modules keep

<!-- Written by "npm run faults -- --orders". Do not edit. -->

Terraform creates what \`depends_on\` names first and destroys it last, and with \`create_before_destroy\` it creates a
resource anew before it destroys the old one. Each row is an order that was taken out of a copy of the modules, and the first
thing that the invariants of [reliability](reliability.md) then saw in a step, or that AWS refused in it: without a fault, or
where the test refuses a call. With the order, there was nothing in that step. Where several resources are named, each of them alone keeps the order.`;
