import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import { apply, Change } from "../../files/change";
import { rememberingFormatter } from "./format";
import { Files, moduleFiles } from "./module-files";
import { ModuleStack } from "./module-stack";
import { DEFAULTS, Options } from "./options";
import { readme, ReadmeSources } from "./readme";
import { validationTests } from "./validation-tests";
import { changes } from "./write";

export interface ModuleAppProps {
  /** The address of a module in a registry: "registry.example.com/acme/alb/aws". */
  readonly registryAddress: (module: string) => string;
}

/**
 * A CDKTF program whose stacks are modules: its synthesis also writes them. Which, where to and in which form is in CDKTF's
 * context, as `modules`, in cdktf.json or from our own command line.
 */
export class ModuleApp extends App {
  /** What the synthesis changed in the folder of the modules or, with the option `check`, would. */
  public changes: Promise<readonly Change[]> = Promise.resolve([]);

  public constructor(private readonly props: ModuleAppProps) {
    super();
  }

  /** @throws when there is no module of a name that the options have, or a stack is not valid */
  public override synth(): void {
    const options = { ...DEFAULTS, ...(this.node.tryGetContext("modules") as Partial<Options> | undefined) };
    const existing = this.modules.map(({ node }) => node.id);
    this.keep(options.module ?? existing);
    const { "provider-version": providerVersion } = options;
    if (providerVersion !== undefined) for (const module of this.modules) module.narrowProvider("aws", providerVersion);
    super.synth();
    this.changes = this.write(options, existing);
  }

  private get modules(): ModuleStack[] {
    return this.node.children.filter((child): child is ModuleStack => child instanceof ModuleStack);
  }

  private keep(names: readonly string[]): void {
    const known = this.modules.map(({ node }) => node.id);
    const unknown = names.filter((name) => !known.includes(name));
    if (unknown.length > 0)
      throw new Error(`There is no module "${unknown.join('", "')}". The modules are: ${known.join(", ")}.`);
    for (const name of known) if (!names.includes(name)) this.node.tryRemoveChild(name);
  }

  private async write({ out, format, tests, check, sources }: Options, existing: readonly string[]): Promise<Change[]> {
    const modules = new Map<string, Files>();
    for (const stack of this.modules) {
      const formatter = rememberingFormatter(stack.node.id);
      const files = await moduleFiles(stack, format, formatter.format);
      const page = await readme(stack, format, this.readmeSources(sources, stack), formatter.format);
      const generatedTests = tests && format === "hcl" ? await validationTests(stack, formatter.format) : [];
      modules.set(stack.node.id, new Map([...files, ["README.md", page], ...generatedTests]));
      formatter.save();
    }
    const list = changes({ folder: resolve(out), modules, existing });
    if (!check) apply(list);
    return list;
  }

  private readmeSources(folder: string, { node, providers }: ModuleStack): ReadmeSources {
    const read = (...path: string[]) => readFileSync(join(folder, ...path), "utf8");
    const { version } = JSON.parse(read("package.json")) as { version: string };
    return {
      handWritten: read("stacks", node.id, "README.md"),
      example: read("examples", node.id, "minimal", "main.tf"),
      permissions: Object.fromEntries(providers.flatMap(({ permissions }) => Object.entries(permissions))),
      registryCall: (module) => ({ source: this.props.registryAddress(module), version: `~> ${version}` }),
    };
  }
}
