/** How long a run can take. */

interface Targets {
  readonly direct: readonly unknown[];
  readonly node: readonly unknown[];
  readonly entryPoints: readonly unknown[];
  /** Seconds to connect, and then to get an answer. */
  readonly timeout: number;
  readonly concurrency: number;
}

/** Requests to a node (`bypassHeader`) and to an entry point (`attackDetection`). */
const REQUESTS = { node: 7, entryPoint: 2 };

/** The shortest default, in seconds, and the longest, which is also the longest that the setting accepts. */
const SHORTEST = 300;
export const LONGEST = 3600;

/** Seconds that a run takes if every connection times out. A name with several IP addresses takes longer. */
export function secondsOfTimeouts(targets: Targets): number {
  return seconds(targets, 1);
}

/** Seconds that are enough, if names have up to two IP addresses, and servers connect and then do not answer. */
export function defaultDeadline(targets: Targets): number {
  return Math.min(Math.max(SHORTEST, seconds(targets, 2) * 2), LONGEST);
}

function seconds({ direct, node, entryPoints, timeout, concurrency }: Targets, addressesOfName: number): number {
  const requests =
    direct.length * addressesOfName + node.length * REQUESTS.node + entryPoints.length * REQUESTS.entryPoint;
  return Math.ceil(requests / concurrency) * timeout;
}
