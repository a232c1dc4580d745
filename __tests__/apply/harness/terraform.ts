import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { runTerraform } from "../../terraform/run";
import type { LocalAws } from "./local-aws";
import { changes, type Plan } from "./plan";

export type Variables = Record<string, unknown>;

const repository = resolve(__dirname, "../../..");

/** What somebody who applied the original to a real account left there. */
const leftover = /^\.terraform|\.tfstate|\.tfvars/;

/**
 * The environment cannot say this. The provider would repeat a call that moto does not know for minutes; some repetition is
 * needed, because on a busy machine a connection is closed now and then.
 */
const providerOverride = `provider "aws" {
  max_retries = 5
}
`;

/** The exit code of `terraform plan -detailed-exitcode`. */
const CHANGES_PRESENT = 2;

/** Where the API is, and how long it lives. */
export type Api = Pick<LocalAws, "endpoint" | "folder" | "signal">;

/** A root configuration of this repository, in a copy of its own, to be applied to a local AWS. */
export class TerraformRoot {
  private constructor(
    private readonly aws: Api,
    private readonly folder: string,
    private readonly path: string,
    private readonly variables: Variables,
  ) {}

  /**
   * Copies the configuration and initializes the copy.
   *
   * @param path of the configuration, from the top of the repository: `examples/alb/complete`.
   * @param variables that every command gets, beside those of its own.
   */
  static async init(aws: Api, path: string, variables: Variables = {}): Promise<TerraformRoot> {
    const copy = await mkdtemp(join(aws.folder, "root-"));
    const folder = join(copy, path);
    await cp(join(repository, path), folder, {
      recursive: true,
      filter: (source) => !leftover.test(basename(source)),
    });
    await writeFile(join(folder, "local_aws_override.tf"), providerOverride);
    // Examples call modules by relative paths, which have to lead somewhere.
    await symlink(join(repository, "modules"), join(copy, "modules"));

    const root = new TerraformRoot(aws, folder, path, variables);
    await root.terraform("init");
    return root;
  }

  /** One that a command wrote to this folder. */
  static async written(aws: Api, folder: string, variables: Variables = {}): Promise<TerraformRoot> {
    await writeFile(join(folder, "local_aws_override.tf"), providerOverride);
    const root = new TerraformRoot(aws, folder, folder, variables);
    await root.terraform("init");
    return root;
  }

  async plan(variables?: Variables): Promise<Plan> {
    await this.use(variables);
    await this.terraform("plan", "-out=plan.tfplan");
    return this.json<Plan>("show", "-json", "plan.tfplan");
  }

  /** Everything that a plan would change, in words. An empty plan is not shown, which takes as long as to make it. */
  async changes(variables?: Variables): Promise<string[]> {
    await this.use(variables);
    const isEmpty = await this.terraform("plan", "-detailed-exitcode", "-out=plan.tfplan").then(
      () => true,
      (error: unknown) => {
        if ((error as { code?: unknown }).code === CHANGES_PRESENT) return false;
        throw error;
      },
    );
    return isEmpty ? [] : changes(await this.json<Plan>("show", "-json", "plan.tfplan"));
  }

  /** Applies the plan that was made last, as it was reviewed. */
  async applyPlan(): Promise<void> {
    await this.terraform("apply", "plan.tfplan");
  }

  async apply(variables?: Variables): Promise<void> {
    await this.use(variables);
    await this.terraform("apply", "-auto-approve");
  }

  /** @param options such as -refresh=false, where a data source reads what is gone */
  async destroy(variables?: Variables, ...options: string[]): Promise<void> {
    await this.use(variables);
    await this.terraform("destroy", "-auto-approve", ...options);
  }

  async read(file: string): Promise<string> {
    return readFile(join(this.folder, file), "utf8");
  }

  async write(file: string, text: string): Promise<void> {
    await writeFile(join(this.folder, file), text);
  }

  /** Replaces the text of a file, as somebody who maintains the configuration would. Without a text the file goes. */
  async edit(file: string, change: (text: string) => string | undefined): Promise<void> {
    const path = join(this.folder, file);
    const text = change(await this.read(file));
    await (text === undefined ? rm(path) : this.write(file, text));
  }

  async outputs<Outputs>(): Promise<Outputs> {
    const outputs = await this.json<Record<string, { value: unknown }>>("output", "-json");
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])) as Outputs;
  }

  /** Removes a resource from the state, and leaves the object as it is. */
  async forget(address: string): Promise<void> {
    await this.terraform("state", "rm", address);
  }

  /** In JSON, with everything that Terraform keeps of it. */
  async state(): Promise<string> {
    return this.terraform("state", "pull");
  }

  private async use(variables: Variables = {}): Promise<void> {
    const values = { ...this.variables, ...variables };
    await writeFile(join(this.folder, "terraform.tfvars.json"), JSON.stringify(values));
  }

  private async json<T>(...args: string[]): Promise<T> {
    return JSON.parse(await this.terraform(...args)) as T;
  }

  private async terraform(...args: string[]): Promise<string> {
    try {
      const { stdout } = await runTerraform(args, { ...this.aws, folder: this.folder });
      return stdout;
    } catch (error) {
      const { code, stderr, message } = error as { code: unknown; stderr: string; message: string };
      const text = `terraform ${args.join(" ")} (${this.path}):\n${unwrap(stderr || message)}`;
      throw Object.assign(new Error(text), { code });
    }
  }
}

/** Terraform breaks its messages at 78 columns: one line for each paragraph can be read, and matched, as it was written. */
function unwrap(text: string): string {
  return text.replace(/(?<=\S)\n(?=\S)/g, " ");
}
