import { parse } from "@cdktf/hcl2json";
import { moduleText } from "../../modules/workspace";
import type { Bindings } from "./bindings";
import type { Block, Flags } from "./block";

/** A block of a configuration in Terraform's JSON syntax: arguments by name, nested blocks by name in lists. */
interface Body {
  readonly [name: string]: unknown;
  readonly lifecycle?: readonly [{ readonly ignore_changes?: readonly string[] }];
  readonly dynamic?: Readonly<Record<string, readonly { readonly content: readonly [Body] }[]>>;
}

/** Arguments that say how the provider works, and nothing of what is in AWS. */
const OF_THE_PROVIDER = ["timeouts"];

/**
 * The arguments that a module neither sets nor ignores, by address of the resources that it adopts, nested ones as
 * "origin.origin_path": the provider takes away what the resource has of them, or sets it to its default.
 */
export async function argumentsLeftOut(module: string, bindings: Bindings): Promise<Record<string, string[]>> {
  const { resource = {} } = (await parse("main.tf", moduleText(module))) as {
    readonly resource?: Readonly<Record<string, { readonly adopted?: readonly [Body] }>>;
  };
  const leftOut = Object.entries(resource).flatMap(([type, { adopted }]): [string, string[]][] =>
    adopted
      ? [
          [
            `${type}.adopted`,
            unmentioned(bindings.resource(type), adopted, [...ignoredIn(adopted), ...OF_THE_PROVIDER]),
          ],
        ]
      : [],
  );
  return Object.fromEntries(leftOut.filter(([, names]) => names.length > 0));
}

function ignoredIn([{ lifecycle }]: readonly [Body]): string[] {
  return (lifecycle?.[0].ignore_changes ?? []).map((reference) => reference.replace(/^\$\{(.*)\}$/, "$1"));
}

/**
 * What none of these blocks, which are of one kind, sets.
 * @param except what is not of interest
 * @param inSet whether the blocks are elements of a set, or inside of one
 */
function unmentioned(
  { attributes, blocks }: Block,
  bodies: readonly Body[],
  except: readonly string[],
  inSet = false,
): string[] {
  const own = Object.entries(attributes).filter(([, flags]) => isLost(flags, inSet));
  const nested = Object.entries(blocks).filter(([name]) => !except.includes(name));
  return [
    ...own.map(([name]) => name).filter((name) => !except.includes(name) && bodies.every((body) => !(name in body))),
    ...nested.flatMap(([name, { block, nesting }]) => {
      const inner = bodies.flatMap((body) => nestedBodies(body, name));
      if (inner.length === 0) return [name];
      return unmentioned(block, inner, [], inSet || nesting === "set").map((argument) => `${name}.${argument}`);
    }),
  ];
}

/**
 * Whether a value is lost that the configuration does not give. The provider keeps what it may set itself, but where an
 * element of a set changes it takes that for another one.
 */
function isLost({ required, optional, computed }: Flags, inSet: boolean): boolean {
  return (required || optional) && (inSet || !computed);
}

function nestedBodies(body: Body, name: string): Body[] {
  const dynamic = body.dynamic?.[name] ?? [];
  return [...((body[name] ?? []) as readonly Body[]), ...dynamic.map(({ content: [content] }) => content)];
}
