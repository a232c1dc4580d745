/**
 * The new resource to which an expression refers. Terraform writes the references of an expression, and not the expression: a
 * constant next to a reference is lost. So an ID is taken only from an expression with one reference, the ID or ARN of a resource
 * that the plan creates. Such a value is that ID, or no ID at all.
 */
import { AfterApply, Path } from "./values";

/** An expression, or nested blocks with expressions. */
export type Expressions = Readonly<Record<string, unknown>>;

export interface ModuleConfiguration {
  readonly resources?:
    readonly { readonly address: string; readonly expressions?: Expressions | undefined }[] | undefined;
  readonly outputs?: Readonly<Record<string, { readonly expression?: unknown }>> | undefined;
  readonly module_calls?: Readonly<Record<string, ModuleCall>> | undefined;
}

interface ModuleCall {
  readonly expressions?: Expressions | undefined;
  readonly module?: ModuleConfiguration | undefined;
}

const KEY = String.raw`(?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?`;
const STEP = new RegExp(String.raw`module\.[\w-]+${KEY}`, "g");
const RESOURCE = new RegExp(String.raw`^(aws_\w+\.[\w-]+${KEY})\.(id|arn)$`);
const OUTPUT = new RegExp(String.raw`^(module\.[\w-]+${KEY})\.([\w-]+)$`);

export class References {
  /** @param created addresses of the resources that the plan creates */
  constructor(
    private readonly root: ModuleConfiguration,
    private readonly created: ReadonlySet<string>,
  ) {}

  /**
   * What stands for a value of a resource.
   * @param resource its address in the module, without a key
   */
  later(moduleAddress: string, resource: string, path: Path): AfterApply {
    const expressions = this.moduleAt(moduleAddress)?.resources?.find((one) => one.address === resource)?.expressions;
    const isWritten = expressions === undefined || String(path[0]) in expressions;
    return new AfterApply(this.idOf(moduleAddress, at(expressions, path)), isWritten);
  }

  private idOf(moduleAddress: string, expression: unknown): string | null {
    const reference = onlyReference(expression);
    if (reference === null) return null;
    const [, variable] = /^var\.([\w-]+)$/.exec(reference) ?? [];
    if (variable !== undefined) return this.idOfVariable(moduleAddress, variable);
    const [, child, output] = OUTPUT.exec(reference) ?? [];
    if (child !== undefined && output !== undefined) {
      const inside = joined(moduleAddress, child);
      return this.idOf(inside, this.moduleAt(inside)?.outputs?.[output]?.expression);
    }
    const address = joined(moduleAddress, RESOURCE.exec(reference)?.[1] ?? "");
    return this.created.has(address) ? address : null;
  }

  private idOfVariable(moduleAddress: string, variable: string): string | null {
    const steps = moduleAddress.match(STEP) ?? [];
    const last = steps.at(-1);
    if (last === undefined) return null;
    const parent = steps.slice(0, -1).join(".");
    return this.idOf(parent, this.moduleAt(parent)?.module_calls?.[nameOf(last)]?.expressions?.[variable]);
  }

  private moduleAt(address: string): ModuleConfiguration | undefined {
    return (address.match(STEP) ?? []).reduce<ModuleConfiguration | undefined>(
      (module, step) => module?.module_calls?.[nameOf(step)]?.module,
      this.root,
    );
  }
}

/** "module.node["a"]" → "node". */
function nameOf(step: string): string {
  return step.replace(/^module\./, "").replace(/\[.*$/s, "");
}

function joined(moduleAddress: string, address: string): string {
  return moduleAddress === "" ? address : `${moduleAddress}.${address}`;
}

/** Of several blocks, a set has its own order, and dynamic ones are missing: only one alone is surely the one. */
function at(expressions: unknown, path: Path): unknown {
  return path.reduce<unknown>((place, key) => {
    if (typeof key === "number") return Array.isArray(place) && place.length === 1 && key === 0 ? place[0] : undefined;
    return typeof place === "object" && place !== null && !Array.isArray(place)
      ? (place as Expressions)[key]
      : undefined;
  }, expressions);
}

/** Terraform lists a reference with all that it begins with: "aws_lb.a.arn" and "aws_lb.a". */
function onlyReference(expression: unknown): string | null {
  if (typeof expression !== "object" || expression === null || !("references" in expression)) return null;
  const references = expression.references as readonly string[];
  const [longest, ...others] = [...references].sort((a, b) => b.length - a.length);
  return longest !== undefined && others.every((one) => longest.startsWith(one)) ? longest : null;
}
