import { once } from "node:events";
import { createConnection } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { environment } from "./environment";
import { launch, type Started } from "./local-server";

export interface Options {
  /** False: moto alone, for the suite of the strict rules. */
  readonly strict?: boolean;
  /** Limits the rate of reads as AWS does. */
  readonly throttle?: boolean;
  /** Rules of a load balancer. @default 100 */
  readonly rulesQuota?: number;
}

/** The environment variable that tells the workers of a test run the socket of the server that forks. */
const FORKS = "TESTS_MOTO_FORKS";

/** Starts a server on a free port, and returns when it answers. */
export function startMoto(options: Options = {}): Promise<Started> {
  return launch(
    () => ({ command: ["moto_server", "-H", "127.0.0.1", "-p", "0"], env: environmentOf(options) }),
    (line) => / Running on (\S+)/.exec(line)?.[1],
  );
}

let forks: Started | undefined;

/** Starts a server that `forked` forks, and tells the workers of this test run where it is. */
export async function startForks(): Promise<void> {
  forks = await launch(
    (folder) => ({ command: ["moto_server"], env: { ...environmentOf({}), FORKS: join(folder, "forks.sock") } }),
    (line) => /^Listening on (.*)/.exec(line)?.[1],
  );
  process.env[FORKS] = forks.endpoint;
}

export async function stopForks(): Promise<void> {
  await forks?.end();
}

/** A fork of the server that serves a whole test run, which ends with this process at the latest. Undefined: there is none. */
export async function forked(): Promise<Started | undefined> {
  const path = process.env[FORKS];
  if (path === undefined) return undefined;
  const socket = createConnection(path);
  const closed = once(socket, "close");
  const [line] = (await Promise.race([once(createInterface(socket), "line"), closed])) as [unknown];
  if (typeof line !== "string")
    throw new Error("moto_server ended instead of forking: see __tests__/apply/moto/forks.py.");
  const end = () => {
    socket.end();
    return closed;
  };
  return { ...(JSON.parse(line) as Omit<Started, "end">), end };
}

function environmentOf({ strict = true, throttle = false, rulesQuota = 100 }: Options): NodeJS.ProcessEnv {
  return {
    // moto, too, would go by a developer's profile.
    ...environment(),
    // It knows AWS's own policies only if it is told to.
    MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
    PYTHONPATH: join(__dirname, "../moto"),
    STRICT: strict ? "1" : "0",
    THROTTLE: throttle ? "1" : "0",
    RULES_QUOTA: String(rulesQuota),
  };
}
