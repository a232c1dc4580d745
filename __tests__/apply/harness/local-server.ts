import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { credentials, region } from "./environment";

// The warning that some later version of the SDK wants a newer Node: the version here is pinned.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/**
 * Turns the shell into the server, beside a companion that reads the shell's standard input. When that ends, because we
 * closed it or died in whatever way, the companion removes the folder and kills the process group: the server, what the
 * server started, and itself. The server keeps everything in memory, so there is nothing to save.
 */
const script = `
  exec 3<&0
  { read -r _ <&3; rm -rf "$0"; kill -KILL 0; } &
  exec "$@" 3<&- 2>&1
`;

/** A server that has said that it takes requests. */
export interface Started {
  readonly pid: number;
  /** Where it takes requests. */
  readonly endpoint: string;
  /** A temporary folder of its own. */
  readonly folder: string;
  /** Ends it, and removes its folder. */
  readonly end: () => Promise<unknown>;
}

export interface Launch {
  readonly command: readonly [string, ...string[]];
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Starts a server, and returns when it takes requests.
 *
 * @param launch for the folder, which is removed with the server
 * @param announced the endpoint, from the line of the output that says so
 */
export async function launch(
  launch: (folder: string) => Launch,
  announced: (line: string) => string | undefined,
): Promise<Started> {
  const folder = await mkdtemp(join(tmpdir(), "local-aws-"));
  const { command, env } = launch(folder);
  const process = spawn("sh", ["-c", script, folder, ...command], {
    detached: true, // a process group of its own
    env,
    stdio: ["pipe", "pipe", "ignore"],
  });
  const exited = once(process, "exit");
  const end = () => {
    process.stdin.end();
    return exited;
  };
  const lines: string[] = [];
  for await (const line of createInterface(process.stdout)) {
    const endpoint = announced(line);
    if (endpoint !== undefined) {
      // Further output, a line for each request, is dropped.
      process.stdout.resume();
      return { pid: Number(process.pid), endpoint, folder, end }; // it answered, so it has a pid
    }
    lines.push(line);
  }
  throw new Error(`${command.join(" ")} did not start:\n${lines.join("\n")}`);
}

/** An AWS on this machine, with a temporary folder that lives as long as it does. */
export abstract class LocalServer {
  readonly pid: number;
  readonly endpoint: string;
  readonly folder: string;

  private readonly stopping = new AbortController();

  protected constructor(private readonly started: Started) {
    this.pid = started.pid;
    this.endpoint = started.endpoint;
    this.folder = started.folder;
  }

  /** Aborted by `stop`: for programs that have no business without the server. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.started.end();
  }
}

/** All that a client of the AWS SDK is told, so that no shell or profile says otherwise. */
export function connection(endpoint: string) {
  // FIPS and dual stack do not go with an endpoint.
  return { endpoint, region, credentials, useFipsEndpoint: false, useDualstackEndpoint: false };
}
