import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { environment } from "../apply/harness/environment";
import { requireOldestVersion } from "./aws-provider";
import { SharedProvider } from "./shared-provider";

export interface RunOptions {
  /** The folder to run in. */
  readonly folder: string;
  /** The AWS to use. @default - none */
  readonly endpoint?: string;
  /** Ends the run. */
  readonly signal?: AbortSignal;
}

export interface Output {
  readonly stdout: string;
  readonly stderr: string;
}

/** The providers of this suite, by the endpoint of the AWS that they call. */
const providers = new Map<string, Promise<SharedProvider | undefined>>();

/**
 * Runs Terraform with the provider that this suite shares; where that cannot be started, with one of its own.
 * @throws what `execFile` does when Terraform fails: an error with `code`, `stdout` and `stderr`
 */
export async function runTerraform(args: readonly string[], { folder, endpoint, signal }: RunOptions): Promise<Output> {
  const run = (variables: NodeJS.ProcessEnv = {}) =>
    promisify(execFile)("terraform", args, {
      cwd: folder,
      env: { ...environment(endpoint), ...variables },
      maxBuffer: Infinity,
      signal,
    });
  // A suite that brings a provider of its own says so to all that it runs.
  if (process.env.TF_REATTACH_PROVIDERS !== undefined) return run();
  const provider = await providerFor(endpoint);
  if (provider !== undefined) return provider.use(run);
  const output = await run();
  if (args[0] === "init") await requireOldestVersion(folder);
  return output;
}

/** Ends the providers of this suite. */
export async function stopProviders(): Promise<void> {
  const started = [...providers.values()];
  providers.clear();
  for (const provider of started) await (await provider)?.stop();
}

function providerFor(endpoint = ""): Promise<SharedProvider | undefined> {
  const known = providers.get(endpoint);
  if (known !== undefined) return known;
  const started = SharedProvider.start(endpoint || undefined).catch((error: unknown) => {
    process.stderr.write(
      `Terraform starts an AWS provider for each run, because none can be shared: ${String(error)}\n`,
    );
    return undefined;
  });
  providers.set(endpoint, started);
  return started;
}
