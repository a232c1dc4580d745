import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { environment } from "../apply/harness/environment";
import type { Plan } from "../apply/harness/plan";
import { released } from "../apply/harness/release";
import type { Variables } from "../apply/harness/terraform";
import { SharedProvider } from "../terraform/shared-provider";

const repository = resolve(__dirname, "../..");

/** The modules that are broken. */
export const MODULES = process.env.FAULTS_MODULES ?? join(repository, "modules");

/** Longer than any apply takes: a run that takes more is a failure. */
const TIMEOUT = 180_000;
export const TIMED_OUT = "Terraform did not end within";

export interface Outcome {
  /** Null: it was killed. */
  readonly code: number | null;
  readonly output: string;
}

export type Signal = "SIGKILL" | "SIGINT";

/** Gets what sends a signal to Terraform, when it runs. */
type Started = (signal: (signal: Signal) => void) => void;

export interface ApplyOptions {
  readonly started?: Started;
  /** The address of a resource to create anew. */
  readonly replace?: string | undefined;
}

/** Runs Terraform with a provider of its own, which goes on when Terraform is killed. */
export class Terraform {
  private constructor(private readonly provider: SharedProvider) {}

  /** @param endpoint of the API */
  static async start(endpoint: string): Promise<Terraform> {
    return new Terraform(await SharedProvider.start(endpoint));
  }

  stop(): Promise<void> {
    return this.provider.stop();
  }

  /** @param started gets what sends a signal to Terraform */
  run(folder: string, args: readonly string[], started?: Started): Promise<Outcome> {
    return this.provider.use(async (variables) => {
      const child = spawn("terraform", args, {
        cwd: folder,
        env: { ...environment(), ...variables },
        stdio: ["ignore", "pipe", "pipe"],
      });
      started?.((signal) => child.kill(signal));
      const chunks: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      const timer = setTimeout(() => {
        chunks.push(Buffer.from(`\n${TIMED_OUT} ${TIMEOUT / 1000} s.\n`));
        child.kill("SIGKILL");
      }, TIMEOUT);
      const [code] = (await once(child, "close")) as [number | null];
      clearTimeout(timer);
      return { code, output: Buffer.concat(chunks).toString() };
    });
  }
}

/** A root configuration with its state, in a folder of its own that can be copied. */
export class Root {
  private constructor(
    private readonly terraform: Terraform,
    private readonly top: string,
    private readonly path: string,
  ) {}

  /** @param path of the configuration, from the top of the repository */
  static async init(terraform: Terraform, path: string, modules = MODULES): Promise<Root> {
    const root = new Root(terraform, await mkdtemp(join(tmpdir(), "faults-")), path);
    await cp(join(repository, path), root.folder, { recursive: true });
    await root.write("provider_override.tf", 'provider "aws" {\n  max_retries = 2\n}\n');
    await symlink(modules, join(root.top, "modules"));
    const { code, output } = await terraform.run(root.folder, ["init"]);
    if (code !== 0) throw new Error(`terraform init in ${path}:\n${output}`);
    return root;
  }

  get folder(): string {
    return join(this.top, this.path);
  }

  /** @param terraform that applies the copy */
  async copy(terraform: Terraform): Promise<Root> {
    const top = await mkdtemp(join(tmpdir(), "faults-"));
    await cp(this.top, top, { recursive: true, verbatimSymlinks: true });
    return new Root(terraform, top, this.path);
  }

  /** @param file by default, all of it */
  async remove(file?: string): Promise<void> {
    await rm(file === undefined ? this.top : join(this.folder, file), { recursive: true, force: true });
  }

  setVariables(variables: Variables): Promise<void> {
    return this.write("terraform.tfvars.json", JSON.stringify(variables));
  }

  /** Gives back what a module has adopted, as its README says. */
  async release(module: string): Promise<void> {
    await this.write("main.tf", released(await this.read("main.tf"), module));
  }

  apply(destroy: boolean, { started, replace }: ApplyOptions = {}): Promise<Outcome> {
    const options = ["-auto-approve", ...replacing(replace)];
    return this.terraform.run(this.folder, [destroy ? "destroy" : "apply", ...options], started);
  }

  /** Whether a plan would change nothing. To show a plan takes as long as to make it. */
  async isSettled(destroy: boolean): Promise<boolean> {
    const args = ["plan", "-detailed-exitcode", ...(destroy ? ["-destroy"] : [])];
    return (await this.terraform.run(this.folder, args)).code === 0;
  }

  async plan(destroy: boolean): Promise<Plan> {
    return JSON.parse(await this.planInJson(destroy)) as Plan;
  }

  /** @throws with Terraform's messages */
  async planInJson(destroy = false, { replace }: Pick<ApplyOptions, "replace"> = {}): Promise<string> {
    const options = [...(destroy ? ["-destroy"] : []), ...replacing(replace)];
    await this.succeed("plan", "-out=plan.tfplan", ...options);
    return this.succeed("show", "-json", "plan.tfplan");
  }

  /** Writes into the state what is there, and changes nothing else. */
  async refresh(): Promise<void> {
    await this.succeed("apply", "-refresh-only", "-auto-approve");
  }

  async untaint(address: string): Promise<void> {
    await this.succeed("untaint", address);
  }

  async import(address: string, id: string): Promise<void> {
    await this.succeed("import", address, id);
  }

  private async succeed(...args: string[]): Promise<string> {
    const { code, output } = await this.terraform.run(this.folder, args);
    if (code !== 0) throw new Error(errorsOf(output));
    return output;
  }

  /**
   * Terraform does not replace a local state file at once: where it is killed while it writes, the file is empty or cut off.
   * Its next run takes an empty file for no state at all.
   * Source: https://github.com/hashicorp/terraform/blob/v1.11.4/internal/states/statemgr/filesystem.go (writeState)
   * @returns whether the backup took its place
   */
  async restoreState(): Promise<boolean> {
    const text = await this.read("terraform.tfstate").catch(() => undefined);
    if (text === undefined) return false;
    try {
      JSON.parse(text);
      return false;
    } catch {
      await this.write("terraform.tfstate", await this.read("terraform.tfstate.backup").catch(() => ""));
      return true;
    }
  }

  read(file: string): Promise<string> {
    return readFile(join(this.folder, file), "utf8");
  }

  write(file: string, text: string): Promise<void> {
    return writeFile(join(this.folder, file), text);
  }
}

function replacing(address: string | undefined): string[] {
  return address === undefined ? [] : [`-replace=${address}`];
}

/** The errors of a run, each as a line. */
export function errorsOf(output: string): string {
  const lines = output.replace(/[│╷╵]/g, " ").split(/\n(?=\s*Error: )/);
  const errors = lines.filter((text) => /^\s*Error: /.test(text)).map((text) => text.replace(/\s+/g, " ").trim());
  return errors.length > 0 ? errors.join("\n") : output.trim().split("\n").slice(-8).join("\n");
}
