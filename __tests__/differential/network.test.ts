import { spawnSync } from "node:child_process";
import fc from "fast-check";
import type { Snapshot } from "../../account/snapshot";
import type { NetworkInterface } from "../../model/members";
import { AddressSet } from "../../model/network/addresses";
import { network } from "../../model/network/network";
import { accounts, SERVED } from "./accounts";
import { describeUnless } from "../describe-unless";
import { Kernel } from "./kernel";
import { construction, HOST_NAMES, type HostName, INTERNET } from "./topology";
import { translated } from "./translation";

const CASES = Number(process.env.DIFFERENTIAL_CASES ?? 200);
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? 19);
/** In seconds. The second one is for what the kernel and the model see differently: a machine may be slow. */
const PATIENCE = [0.015, 1.5];

const TIME_LIMIT = 60_000 + CASES * 500;

const isPossible = [
  "unshare -Urn true",
  "nft --version",
  "ip -V",
  "python3 -c 'import ctypes; ctypes.CDLL(\"libnftables.so.1\")'",
].every((command) => spawnSync("sh", ["-c", command]).status === 0);
const NEEDS =
  " needs user namespaces (unshare -Urn true), nft (apt-get install nftables), and ip (apt-get install iproute2)";

/** "app > node 80" for each connection that passes. The source is a host, or an address in the internet. */
type Connections = ReadonlySet<string>;
const isHost = (source: string) => !INTERNET.includes(source);
const connection = (source: string, target: string, port: number) => `${source} > ${target} ${port}`;

const POSSIBLE = HOST_NAMES.flatMap((target) =>
  [...HOST_NAMES, ...INTERNET]
    .filter((source) => source !== target)
    .flatMap((source) => SERVED.map((port) => ({ source, target, port }))),
);

async function ofKernel(kernel: Kernel, { ec2 }: Snapshot, patience: number): Promise<Connections> {
  if (ec2 === null) throw new Error("The account has no networks.");
  const { trials, ...question } = translated(ec2);
  const opened = await kernel.ask({ ...question, attempts: trials.map(({ attempt }) => attempt), patience });
  return new Set(
    trials.filter((_, index) => opened.has(index)).map(({ source, target, port }) => connection(source, target, port)),
  );
}

/** Of the interface of one host. */
function interfaceOf(name: HostName, { ec2 }: Snapshot): NetworkInterface {
  const found = ec2?.NetworkInterfaces.find(({ NetworkInterfaceId }) => NetworkInterfaceId === `eni-${name}`);
  if (found === undefined) throw new Error(`${name} has no interface.`);
  return found;
}

function byReach(snapshot: Snapshot): Connections {
  const pairs = POSSIBLE.filter(({ source }) => isHost(source));
  const states = pairs.map(({ source, target, port }) => ({
    words: connection(source, target, port),
    ...network.reach(snapshot, interfaceOf(source as HostName, snapshot), interfaceOf(target, snapshot), port),
  }));
  expect(states.filter(({ state }) => state === "unknown")).toEqual([]);
  return new Set(states.filter(({ state }) => state === "open").map(({ words }) => words));
}

/** The ways to all but the node, and from all but the node. */
function byWays(snapshot: Snapshot): Connections {
  const application = HOST_NAMES.filter((name) => name !== "node").map((name) => interfaceOf(name, snapshot));
  const { ways } = network.networkOf(snapshot, { application, ports: SERVED, node: [interfaceOf("node", snapshot)] });
  const found = POSSIBLE.filter(({ source, target, port }) =>
    ways.some(
      (way) =>
        way.destination.NetworkInterfaceId === `eni-${target}` &&
        way.ports.some(([first, last]) => first <= port && port <= last) &&
        (isHost(source)
          ? way.source.resource === `eni-${source}`
          : way.source.kind === "internet" &&
            !AddressSet.of(...way.source.addresses).and(AddressSet.of(source)).isEmpty),
    ),
  );
  return new Set(found.map(({ source, target, port }) => connection(source, target, port)));
}

const differences = (model: Connections, kernel: Connections) => ({
  "only the kernel lets pass": [...kernel].filter((one) => !model.has(one)),
  "only the model lets pass": [...model].filter((one) => !kernel.has(one)),
});
const NONE = differences(new Set(), new Set());
const among = (all: Connections, isMeant: (source: string, target: string) => boolean): Connections =>
  new Set([...all].filter((one) => isMeant(one.split(" ")[0] ?? "", one.split(" ")[2] ?? "")));

describeUnless(isPossible ? undefined : NEEDS, "the model and the kernel", () => {
  const kernel = Kernel.start();
  afterAll(() => {
    kernel.stop();
  });

  /** Whether a connection that only one of them lets pass is left when the kernel gets more time. */
  async function compared(snapshot: Snapshot): Promise<{ passed: number; reach: object; ways: object }> {
    const [reach, ways] = [byReach(snapshot), byWays(snapshot)];
    for (const patience of PATIENCE) {
      const passed = await ofKernel(kernel, snapshot, patience);
      const found = {
        passed: passed.size,
        reach: differences(reach, among(passed, isHost)),
        ways: differences(
          ways,
          among(passed, (source, target) => source !== "node" && target !== "node"),
        ),
      };
      if (patience === PATIENCE.at(-1) || JSON.stringify([found.reach, found.ways]) === JSON.stringify([NONE, NONE]))
        return found;
    }
    throw new Error("unreachable");
  }

  beforeAll(async () => {
    const steps = construction().map(([namespace, commands]) => [namespace, commands, []] as const);
    await kernel.ask({ steps, listen: {}, attempts: [], patience: 0 });
  });

  test(
    `agree about ${CASES} accounts (DIFFERENTIAL_SEED=${SEED})`,
    async () => {
      let passed = 0;
      await fc.assert(
        fc.asyncProperty(accounts, async (snapshot) => {
          const found = await compared(snapshot);
          passed += found.passed;
          expect(found).toMatchObject({ reach: NONE, ways: NONE });
        }),
        {
          numRuns: CASES,
          seed: SEED,
          path: process.env.DIFFERENTIAL_PATH,
          interruptAfterTimeLimit: TIME_LIMIT,
          markInterruptAsFailure: true,
        },
      );
      // Neither everything nor nothing passes.
      const share = passed / (CASES * POSSIBLE.length);
      expect(share).toBeGreaterThan(0.1);
      expect(share).toBeLessThan(0.6);
    },
    TIME_LIMIT + 20_000,
  );
});
