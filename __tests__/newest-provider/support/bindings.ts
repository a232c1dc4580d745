import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import type { Attribute, Block, Flags, NestedBlock, Type } from "./block";
import {
  anything,
  type Argument,
  type Arguments,
  cdktf,
  Each,
  Element,
  Elements,
  type Provider,
  StringMap,
} from "./recorder";

/** A class of the bindings. Its instances tell what a resource has, its HCL what the resource takes. */
interface Binding<T extends Element> {
  readonly prototype: { synthesizeHclAttributes(this: object): Arguments };
  new (scope: undefined, id: string, config: object): T;
}

/** The schema from which the bindings of the AWS provider were made, a type at a time. */
export class Bindings {
  /** @param folder of the installed package */
  public constructor(private readonly folder: string) {}

  /** The version of the provider. */
  public get version(): string {
    const AwsProvider = this.load<Provider>("provider");
    return new AwsProvider(undefined, "", {}).version;
  }

  public provider(): Block {
    const args = Object.entries(argumentsOf(this.load("provider")));
    // `alias` is Terraform's. No class has what the provider's blocks take: which of it is required is not known.
    return blockOf(Object.fromEntries(args.filter(([name]) => name !== "alias")));
  }

  /** @param type such as "aws_lb" */
  public resource(type: string): Block {
    return this.read(folderOf(type));
  }

  /** @param type such as "aws_lb" */
  public dataSource(type: string): Block {
    return this.read(`data-aws-${folderOf(type)}`);
  }

  private read(name: string): Block {
    const Resource = this.load(name);
    return blockOf(argumentsOf(Resource), new Resource(undefined, "", {}));
  }

  /** The class of a provider, resource or data source, with the recorder below it. */
  private load<T extends Element>(name: string): Binding<T> {
    const source = readFileSync(join(this.folder, "lib", name, "index.js"), "utf8");
    const exported: Record<string, unknown> = {};
    const run = compileFunction(source, ["exports", "require"]) as (exports: object, require: () => object) => void;
    run(exported, () => cdktf);
    const isBinding = (one: unknown): one is Binding<T> => typeof one === "function" && "tfResourceType" in one;
    const binding = Object.values(exported).find(isBinding);
    if (binding === undefined) throw new Error(`lib/${name} of the bindings exports no resource.`);
    return binding;
  }
}

/** "lb" for "aws_lb". */
function folderOf(type: string): string {
  return type.replace(/^aws_/, "").replaceAll("_", "-");
}

function argumentsOf(binding: Binding<Element>): Arguments {
  return binding.prototype.synthesizeHclAttributes.call(anything);
}

interface Declaration {
  readonly name: string;
  readonly flags: Flags;
  /** What the attribute is in an expression. */
  readonly value?: unknown;
}

/** @param element what has the attributes @default - not known: everything is optional */
function blockOf(args: Arguments, element?: Element): Block {
  const attributes: Record<string, Attribute> = {};
  const blocks: Record<string, NestedBlock> = {};
  for (const { name, flags, value } of element ? declarationsOf(element) : optional(args)) {
    const argument = args[name];
    const block = argument && !flags.computed ? nestedBlock(name, argument, elementOf(value)) : undefined;
    if (block) blocks[name] = { ...block, required: flags.required };
    else attributes[name] = { ...flags, type: argument ? typeOfArgument(argument) : typeOfReference(value) };
  }
  return { attributes, blocks };
}

function optional(args: Arguments): Declaration[] {
  return Object.keys(args).map((name) => ({ name, flags: { required: false, optional: true, computed: false } }));
}

/** What the bindings say of each attribute in a comment, of which the getter comes next. */
function declarationsOf(element: Element): Declaration[] {
  const flag = "(true|false)";
  const comment = `// (\\w+) - computed: ${flag}, optional: ${flag}, required: ${flag}\n`;
  const found = String(element.constructor).matchAll(new RegExp(`${comment}(?:.*\n)*? +get (\\w+)\\(`, "g"));
  return [...found].map(([, name = "", computed, optional, required, getter = ""]) => ({
    name,
    flags: { required: required === "true", optional: optional === "true", computed: computed === "true" },
    value: Reflect.get(element, getter) as unknown,
  }));
}

/** The block that an argument is, if it is one and not an attribute. */
function nestedBlock(
  name: string,
  { value, type }: Argument,
  element: Element | undefined,
): Omit<NestedBlock, "required"> | undefined {
  if (value instanceof Each) {
    if (!value.areBlocks || isType(value.element)) return undefined;
    return { nesting: type === "set" ? "set" : "list", one: false, block: blockOf(value.element, element) };
  }
  if (isType(value)) return undefined;
  const block = blockOf(value, element);
  if (type === "list" || type === "set") return { nesting: type, one: true, block };
  if (name === "timeouts") return { nesting: "single", one: true, block };
  throw new Error(`The bindings do not tell whether ${name} is a block or an attribute.`);
}

function typeOfArgument({ value, type }: Argument): Type {
  if (value instanceof Each) return [type === "set" ? "set" : "list", typeOf(value.element)];
  return type === "list" || type === "set" ? [type, typeOf(value)] : typeOf(value);
}

function typeOf(value: Type | Arguments): Type {
  if (isType(value)) return value;
  return [
    "object",
    Object.fromEntries(Object.entries(value).map(([name, argument]) => [name, typeOfArgument(argument)])),
  ];
}

/** The type of an attribute that only the provider sets. */
function typeOfReference(value: unknown): Type {
  const element = elementOf(value);
  if (value instanceof StringMap) return ["map", "string"];
  if (!element) return value as Type;
  const attributes = declarationsOf(element).map(({ name, value }) => [name, typeOfReference(value)] as const);
  const object: Type = ["object", Object.fromEntries(attributes)];
  return value instanceof Elements ? [value.wrapsSet ? "set" : "list", object] : object;
}

function elementOf(value: unknown): Element | undefined {
  if (value instanceof Elements) return value.get(0);
  return value instanceof Element ? value : undefined;
}

function isType(value: Type | Arguments): value is Type {
  return typeof value === "string" || Array.isArray(value);
}
