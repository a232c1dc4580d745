import type { Copy } from "../apply/harness/local-aws";
import { begin, type Beginning } from "./beginning";
import { Breaker, type ModeOf } from "./breaker";
import { brokenInvariants } from "./invariants";
import { recover } from "./recovery";
import { unpublished } from "./rest";
import { resourceChanges } from "../apply/harness/plan";
import { ROOTS, SCENARIOS, type Scenario, type Step } from "./scenarios";
import { errorsOf, MODULES, type Outcome, Root, type Signal, Terraform } from "./terraform";
import type { Trial } from "./trials";
import { differences, linesOf, type View, viewOf } from "./view";
import type { World } from "./world";

/** The API and the state of Terraform, as an apply leaves them. */
interface Place {
  readonly api: Copy;
  readonly root: Root;
}

/** An apply in which nothing was broken. */
export interface Faultless {
  readonly before: Place;
  readonly after: Place;
  /** Its mutating calls, by name. */
  readonly calls: readonly string[];
  /** What was broken after a call. */
  readonly broken: readonly string[];
  readonly views: Readonly<Record<"before" | "after", View>>;
}

/** What came of an apply in which a call was broken. */
export interface Outcomes {
  /** What clients or others noticed. */
  readonly broken: readonly string[];
  /** What the first apply said. */
  readonly first: string;
  readonly recovery: "second apply" | "recovery";
  /** Why it did not converge, in words. */
  readonly stuck: readonly string[];
}

/** Breaks applies of the modules, one call at a time. */
export class Bench {
  /** Without REST APIs, and with them. */
  private readonly beginnings = new Map<boolean, Promise<Beginning>>();
  private readonly roots = new Map<string, Promise<Root>>();
  private readonly faultless = new Map<string, Promise<Faultless>>();

  private constructor(
    private readonly breaker: Breaker,
    private readonly terraform: Terraform,
    private readonly modules: string,
  ) {}

  /** @param modules a folder */
  static async start(modules = MODULES): Promise<Bench> {
    const breaker = await Breaker.start();
    try {
      return new Bench(breaker, await Terraform.start(breaker.endpoint), modules);
    } catch (error) {
      await breaker.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.terraform.stop();
    await this.breaker.stop();
    for (const { api } of await fulfilled(this.beginnings)) await api.stop();
    for (const root of await fulfilled(this.roots)) await root.remove();
    for (const { after } of await fulfilled(this.faultless)) await after.root.remove();
  }

  /** A step, and what is there before the first one. LocalStack starts only for a scenario that needs it. */
  private async stepOf(scenario: string, name: string): Promise<Scenario & Beginning & { readonly step: Step }> {
    const found = SCENARIOS[scenario];
    const step = found?.steps[name];
    if (found === undefined || step === undefined) throw new Error(`There is no step "${name}" of "${scenario}".`);
    const hasRestApis = found.services.includes("api_gateway_rest");
    const beginning = this.beginnings.get(hasRestApis) ?? begin(hasRestApis);
    this.beginnings.set(hasRestApis, beginning);
    return { ...found, ...(await beginning), step };
  }

  /** The step without a fault, after each of whose calls the invariants are looked at. It is applied once. */
  reach(scenario: string, name: string): Promise<Faultless> {
    const key = `${scenario}/${name}`;
    const known = this.faultless.get(key);
    if (known !== undefined) return known;
    const reached = this.applyWithoutFault(scenario, name);
    this.faultless.set(key, reached);
    return reached;
  }

  private async applyWithoutFault(scenario: string, name: string): Promise<Faultless> {
    const { services, entryPoint, step, world } = await this.stepOf(scenario, name);
    const before = await this.placeBefore(scenario, name);
    const api = await before.api.copy();
    const root = await configured(before.root, scenario, step, world);
    const looks: [string, View][] = [];
    await this.breaker.begin({
      ...{ endpoint: api.endpoint, names: world.names },
      afterCall: async (call) => void looks.push([call.name, await viewOf(api.endpoint, services)]),
    });
    const { code, output } = await root.apply(step.destroys ?? false);
    const { calls } = this.breaker;
    if (code !== 0) throw new Error(`${scenario}/${name} fails without a fault:\n${errorsOf(output)}`);
    const views = {
      before: await viewOf(before.api.endpoint, services),
      after: await viewOf(api.endpoint, services),
    };
    const broken = [...looks, ["the apply", views.after] as const].flatMap(([call, now]) =>
      brokenInvariants({ ...views, now, world, entryPoint }).map((fault) => `after ${call}: ${fault}`),
    );
    return { before, after: { api, root }, calls, broken: [...broken, ...unpublished(views.after)], views };
  }

  private async placeBefore(scenario: string, name: string): Promise<Place> {
    const { api, step } = await this.stepOf(scenario, name);
    if (step.after !== undefined) return (await this.reach(scenario, step.after)).after;
    const path = `__tests__/faults/roots/${ROOTS[scenario] ?? scenario}`;
    const root = this.roots.get(path) ?? Root.init(this.terraform, path, this.modules);
    this.roots.set(path, root);
    return { api, root: await root };
  }

  /**
   * Applies a step in which a call is broken, and then again until it converges.
   * @param again whether an apply alone is tried first. Where an answer was lost, it may make something twice
   */
  break({ scenario, step, fault }: Trial, again = fault.mode === "refuse"): Promise<Outcomes> {
    const modeOf: ModeOf = ({ name }, nth) => (name === fault.name && nth === fault.nth ? fault.mode : undefined);
    return this.breakCalls(scenario, step, modeOf, again);
  }

  /** The same, for several calls. */
  async breakCalls(scenario: string, name: string, modeOf: ModeOf, again: boolean): Promise<Outcomes> {
    const { services, entryPoint, step, world } = await this.stepOf(scenario, name);
    const { before, views } = await this.reach(scenario, name);
    const destroys = step.destroys ?? false;
    const api = await before.api.copy();
    const root = await configured(before.root, scenario, step, world);
    try {
      let signal: ((signal: Signal) => void) | undefined;
      await this.breaker.begin({
        ...{ endpoint: api.endpoint, names: world.names, modeOf },
        signal: (name) => signal?.(name),
      });
      const first = await root.apply(destroys, (send) => (signal = send));
      if (!this.breaker.isBroken) throw new Error("The call to break was not made.");
      const now = await viewOf(api.endpoint, services);
      const broken = brokenInvariants({ ...views, now, world, entryPoint });

      const isRestored = await root.restoreState();
      const { recovery, stuck } = await this.converge({ api, root }, scenario, name, again);
      return { broken, first: summary(first), recovery: isRestored ? "recovery" : recovery, stuck };
    } finally {
      await api.stop();
      await root.remove();
    }
  }

  /**
   * Applies a step, and again until it succeeds, while the answer to one call of each of these kinds is lost.
   * @param kinds how their names begin, and the how many-th call it is
   * @returns what a plan would then change, and kinds that were not called
   */
  async lose(scenario: string, name: string, kinds: readonly (readonly [string, number])[]): Promise<string[]> {
    const { step, world } = await this.stepOf(scenario, name);
    const before = await this.placeBefore(scenario, name);
    const api = await before.api.copy();
    const root = await configured(before.root, scenario, step, world);
    const pending = new Map(kinds);
    const modeOf: ModeOf = (call) => {
      const [kind, nth] = [...pending].find(([start]) => call.name.startsWith(start)) ?? [];
      if (kind === undefined || nth === undefined) return undefined;
      pending.set(kind, nth - 1);
      return nth === 1 && pending.delete(kind) ? "lose" : undefined;
    };
    try {
      await this.breaker.begin({ endpoint: api.endpoint, names: world.names, modeOf });
      for (let left = -1; left !== pending.size;) {
        left = pending.size;
        const { code, output } = await root.apply(false);
        if (code === 0) return [...(await remaining(root, false)), ...pending.keys()];
        if (left === pending.size) return [errorsOf(output)];
      }
      return [...pending.keys()];
    } finally {
      await api.stop();
      await root.remove();
    }
  }

  /** A second apply. Unless an apply alone is tried first and does, what the state has not is imported before. */
  private async converge(
    { api: { endpoint }, root }: { readonly api: { readonly endpoint: string }; readonly root: Root },
    scenario: string,
    name: string,
    again: boolean,
  ): Promise<Omit<Outcomes, "broken" | "first">> {
    const { services, step, world } = await this.stepOf(scenario, name);
    const destroys = step.destroys ?? false;
    await this.breaker.begin({ endpoint, names: world.names });
    let outcome = again || destroys ? await root.apply(destroys) : undefined;
    let recovery: Outcomes["recovery"] = "second apply";
    if (outcome === undefined || (outcome.code !== 0 && !destroys)) {
      const recovered = await recover(root, endpoint);
      outcome = recovered.outcome;
      if (recovered.isNeeded) recovery = "recovery";
    }
    if (outcome.code !== 0) return { recovery, stuck: [errorsOf(outcome.output)] };
    const { after } = (await this.reach(scenario, name)).views;
    const [end, expected] = [await viewOf(endpoint, services), after].map((view) => linesOf(view, world.names));
    const different = differences(end ?? [], expected ?? []);
    return { recovery, stuck: [...(await remaining(root, destroys)), ...different] };
  }
}

/** Without those that failed, which have said so. */
async function fulfilled<Value>(promises: ReadonlyMap<unknown, Promise<Value>>): Promise<Value[]> {
  const settled = await Promise.allSettled(promises.values());
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

/** A copy of a root, with the configuration of a step. */
async function configured(root: Root, scenario: string, { variables, releases }: Step, world: World): Promise<Root> {
  const copy = await root.copy();
  await copy.setVariables({ ...world.variables, ...variables });
  if (releases) await copy.release(scenario);
  return copy;
}

function summary({ code, output }: Outcome): string {
  return code === 0 ? "succeeded" : code === null ? "killed" : errorsOf(output);
}

/** What a plan would still change. */
async function remaining(root: Root, destroys: boolean): Promise<string[]> {
  try {
    return (await root.isSettled(destroys)) ? [] : resourceChanges(await root.plan(destroys));
  } catch (error) {
    return [String(error)];
  }
}
