import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { EC2 } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2 } from "@aws-sdk/client-elastic-load-balancing-v2";
import { credentials, environment, region } from "./environment";

// The warning that some later version of the SDK wants a newer Node: the version here is pinned.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/**
 * Turns the shell into moto's server, beside a companion that reads the shell's standard input. When that ends, because
 * we closed it or died in whatever way, the companion removes the folder and kills the process group: the server, what
 * the server started, and itself. The server keeps everything in memory, so there is nothing to save.
 */
const script = `
  exec 3<&0
  { read -r _ <&3; rm -rf "$1"; kill -KILL 0; } &
  exec moto_server -H 127.0.0.1 -p 0 3<&-
`;

/** An AWS on this machine: moto's server, clients of it, and a temporary folder that lives as long as the server. */
export class LocalAws {
  readonly pid: number;
  readonly elb: ElasticLoadBalancingV2;
  readonly ec2: EC2;
  readonly autoScaling: AutoScaling;

  private readonly exited: Promise<unknown>;
  private readonly stopping = new AbortController();

  private constructor(
    private readonly server: ChildProcess,
    readonly endpoint: string,
    readonly folder: string,
  ) {
    this.pid = Number(server.pid); // it answered, so it has one
    this.exited = once(server, "exit");

    // All that a developer's shell or profile may say otherwise; FIPS and dual stack do not go with an endpoint.
    const connection = { endpoint, region, credentials, useFipsEndpoint: false, useDualstackEndpoint: false };
    this.elb = new ElasticLoadBalancingV2(connection);
    this.ec2 = new EC2(connection);
    this.autoScaling = new AutoScaling(connection);
  }

  /** Starts a server on a free port, and returns when it answers. */
  static async start(): Promise<LocalAws> {
    const folder = await mkdtemp(join(tmpdir(), "local-aws-"));
    const server = spawn("sh", ["-c", script, "moto_server", folder], {
      detached: true, // a process group of its own
      // moto, too, would go by a developer's profile. It knows AWS's own policies only if it is told to.
      env: { ...environment(), MOTO_IAM_LOAD_MANAGED_POLICIES: "true" },
      stdio: ["pipe", "ignore", "pipe"],
    });
    return new LocalAws(server, await announcedEndpoint(server.stderr), folder);
  }

  /** Aborted by `stop`: for programs that have no business without the server. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.server.stdin?.end();
    await this.exited;
  }
}

/** Where the server says that it listens. Its further output, a line for each request, is dropped. */
async function announcedEndpoint(output: Readable): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface(output)) {
    const [, endpoint] = / Running on (\S+)/.exec(line) ?? [];
    if (endpoint) {
      output.resume();
      return endpoint;
    }
    lines.push(line);
  }
  throw new Error(`moto_server did not start:\n${lines.join("\n")}`);
}
