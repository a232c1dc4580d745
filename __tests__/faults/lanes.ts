import { Breaker } from "./breaker";
import { Terraform } from "./terraform";

/** What applies one root at a time: Terraform with a provider of its own, and what stands before the API. */
export interface Lane {
  readonly breaker: Breaker;
  readonly terraform: Terraform;
}

/** Some lanes, for applies beside each other. A provider waits for most of the time: a minute for each load balancer. */
export class Lanes {
  private readonly idle: Lane[];
  private readonly waiting: ((lane: Lane) => void)[] = [];

  private constructor(private readonly all: readonly Lane[]) {
    this.idle = [...all];
  }

  static async start(count: number): Promise<Lanes> {
    const started = await Promise.allSettled(Array.from({ length: count }, startLane));
    const lanes = new Lanes(started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])));
    const failed = started.find(({ status }) => status === "rejected");
    if (failed === undefined) return lanes;
    await lanes.stop();
    throw (failed as PromiseRejectedResult).reason;
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map(stopLane));
  }

  /** Waits for a lane that nobody uses. */
  async use<Value>(run: (lane: Lane) => Promise<Value>): Promise<Value> {
    const lane = this.idle.pop() ?? (await new Promise<Lane>((resolve) => this.waiting.push(resolve)));
    try {
      return await run(lane);
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.idle.push(lane);
      else next(lane);
    }
  }
}

async function startLane(): Promise<Lane> {
  const breaker = await Breaker.start();
  try {
    return { breaker, terraform: await Terraform.start(breaker.endpoint) };
  } catch (error) {
    await breaker.stop();
    throw error;
  }
}

async function stopLane({ breaker, terraform }: Lane): Promise<void> {
  await terraform.stop();
  await breaker.stop();
}
