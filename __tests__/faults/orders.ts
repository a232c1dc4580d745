import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A resource or an output of a module. */
export interface Block {
  readonly module: string;
  /** "aws_lb_listener_rule.node", or "output.target_group_arn". */
  readonly block: string;
  readonly text: string;
}

/** An order that a module keeps. */
export interface Order extends Omit<Block, "text"> {
  /** An entry of its depends_on, or CREATE_BEFORE_DESTROY. */
  readonly without: string;
}

export const CREATE_BEFORE_DESTROY = "create_before_destroy";

const BLOCK = /^(?:resource "(?<type>\w+)"|(?<output>output)) "(?<name>\w+)" \{\n.*?^\}/gms;
const DEPENDS_ON = /^ {2}depends_on = \[(?<entries>[^\]]*)\]\n/m;
const CREATED_FIRST = /^ {4}create_before_destroy = true\n/m;

/** The resources and outputs in the modules of a folder. */
export function blocksIn(modules: string): Block[] {
  return readdirSync(modules).flatMap((module) =>
    filesOf(modules, module).flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(BLOCK)].map((match) => ({
        module,
        block: nameOf(match),
        text: match[0],
      })),
    ),
  );
}

/** All orders in the modules of a folder that are written in their resources and outputs. */
export function ordersIn(modules: string): Order[] {
  return blocksIn(modules).flatMap(({ module, block, text }) => {
    const entries = entriesOf(text).filter((entry) => !entry.startsWith("data."));
    const all = CREATED_FIRST.test(text) ? [...entries, CREATE_BEFORE_DESTROY] : entries;
    return all.map((without) => ({ module, block, without }));
  });
}

/** Takes an order out of the modules of a folder. */
export function remove({ module, block, without }: Order, modules: string): void {
  for (const file of filesOf(modules, module)) {
    const text = readFileSync(file, "utf8");
    const changed = text.replaceAll(BLOCK, (body, ...rest) => {
      const groups = rest.at(-1) as Groups;
      if (nameOf({ groups }) !== block) return body;
      if (without === CREATE_BEFORE_DESTROY) return body.replace(CREATED_FIRST, "");
      const others = entriesOf(body).filter((entry) => entry !== without);
      return body.replace(DEPENDS_ON, others.length === 0 ? "" : `  depends_on = [${others.join(", ")}]\n`);
    });
    if (changed !== text) {
      writeFileSync(file, changed);
      return;
    }
  }
  throw new Error(`modules/${module} has no ${without} in ${block}.`);
}

type Groups = Readonly<Record<string, string | undefined>>;

function nameOf({ groups = {} }: { readonly groups?: Groups | undefined }): string {
  return `${groups.type ?? "output"}.${groups.name}`;
}

function entriesOf(block: string): string[] {
  const entries = DEPENDS_ON.exec(block)?.groups?.entries ?? "";
  return entries.split(",").flatMap((entry) => (entry.trim() === "" ? [] : [entry.trim()]));
}

function filesOf(modules: string, module: string): string[] {
  const folder = join(modules, module);
  const names = readdirSync(folder).filter((name) => name.endsWith(".tf"));
  return names.map((name) => join(folder, name));
}

export function inWords({ module, block, without }: Order): string {
  return `${module}: ${block} without ${without}`;
}
