import type { Copy } from "../apply/harness/local-aws";
import { begin, type Beginning } from "./beginning";
import type { ModeOf } from "./breaker";
import { brokenInvariants } from "./invariants";
import { type Lane, Lanes } from "./lanes";
import { recover } from "./recovery";
import { unpublished } from "./rest";
import { resourceChanges } from "../apply/harness/plan";
import { ROOTS, SCENARIOS, type Scenario, type Step } from "./scenarios";
import { errorsOf, MODULES, type Outcome, Root, type Signal } from "./terraform";
import type { Trial } from "./trials";
import { differences, linesOf, type View, viewOf } from "./view";

/** The API and the state of Terraform, as an apply leaves them. */
interface Place {
  readonly api: Copy;
  readonly root: Root;
}

/** A step of a scenario, and what is there before its first one. */
type Setting = Scenario & Beginning & { readonly name: string; readonly step: Step };

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
  /** Calls of the first apply that the API refused, and nobody broke. */
  readonly refusals: readonly string[];
  /** What the first apply said. */
  readonly first: string;
  readonly recovery: "second apply" | "recovery";
  /** Why it did not converge, in words. */
  readonly stuck: readonly string[];
  readonly seconds: number;
}

/** Breaks applies of the modules, one call of an apply at a time. */
export class Bench {
  /** Without REST APIs, and with them. */
  private readonly beginnings = new Map<boolean, Promise<Beginning>>();
  private readonly roots = new Map<string, Promise<Root>>();
  private readonly faultless = new Map<string, Promise<Faultless>>();

  private constructor(
    private readonly lanes: Lanes,
    private readonly modules: string,
  ) {}

  /**
   * @param modules a folder
   * @param lanes how many applies can run beside each other
   */
  static async start(modules = MODULES, lanes = 1): Promise<Bench> {
    return new Bench(await Lanes.start(lanes), modules);
  }

  async stop(): Promise<void> {
    await this.lanes.stop();
    for (const { api } of await fulfilled(this.beginnings)) await api.stop();
    for (const root of await fulfilled(this.roots)) await root.remove();
    for (const { after } of await fulfilled(this.faultless)) await after.root.remove();
  }

  /** A step, and what is there before the first one. LocalStack starts only for a scenario that needs it. */
  private async settingOf(name: string, stepName: string): Promise<Setting> {
    const scenario = SCENARIOS[name];
    const step = scenario?.steps[stepName];
    if (scenario === undefined || step === undefined) throw new Error(`There is no step "${stepName}" of "${name}".`);
    const hasRestApis = scenario.services.includes("api_gateway_rest");
    const beginning = this.beginnings.get(hasRestApis) ?? begin(hasRestApis);
    this.beginnings.set(hasRestApis, beginning);
    return { ...scenario, ...(await beginning), name, step };
  }

  /** The step without a fault, after each of whose calls the invariants are looked at. It is applied once. */
  reach(scenario: string, step: string): Promise<Faultless> {
    const key = `${scenario}/${step}`;
    const reached = this.faultless.get(key) ?? this.applyWithoutFault(scenario, step);
    this.faultless.set(key, reached);
    return reached;
  }

  private async applyWithoutFault(scenario: string, step: string): Promise<Faultless> {
    const setting = await this.settingOf(scenario, step);
    const before = await this.placeBefore(setting);
    return this.lanes.use(async (lane) => {
      const { services, entryPoint, world } = setting;
      const { api, root } = await copyOf(before, setting, lane);
      const looks: [string, View][] = [];
      await lane.breaker.begin({
        ...{ endpoint: api.endpoint, names: world.names },
        afterCall: async (call) => void looks.push([call.name, await viewOf(api.endpoint, services)]),
      });
      const { code, output } = await root.apply(setting.step.destroys ?? false);
      const { calls } = lane.breaker;
      if (code !== 0) throw new Error(`${scenario}/${step} fails without a fault:\n${errorsOf(output)}`);
      const views = {
        before: await viewOf(before.api.endpoint, services),
        after: await viewOf(api.endpoint, services),
      };
      const broken = [...looks, ["the apply", views.after] as const].flatMap(([call, now]) =>
        brokenInvariants({ ...views, now, world, entryPoint }).map((fault) => `after ${call}: ${fault}`),
      );
      return { before, after: { api, root }, calls, broken: [...broken, ...unpublished(views.after)], views };
    });
  }

  private async placeBefore({ name, step, api }: Setting): Promise<Place> {
    if (step.after !== undefined) return (await this.reach(name, step.after)).after;
    const path = `__tests__/faults/roots/${ROOTS[name] ?? name}`;
    const root = this.roots.get(path) ?? this.lanes.use(({ terraform }) => Root.init(terraform, path, this.modules));
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
  async breakCalls(scenario: string, step: string, modeOf: ModeOf, again: boolean): Promise<Outcomes> {
    const setting = await this.settingOf(scenario, step);
    const { services, entryPoint, world } = setting;
    const { before, views } = await this.reach(scenario, step);
    return this.lanes.use(async (lane) => {
      const started = Date.now();
      const { api, root } = await copyOf(before, setting, lane);
      try {
        let signal: ((signal: Signal) => void) | undefined;
        await lane.breaker.begin({
          ...{ endpoint: api.endpoint, names: world.names, modeOf },
          signal: (name) => signal?.(name),
        });
        const first = await root.apply(setting.step.destroys ?? false, { started: (send) => (signal = send) });
        if (!lane.breaker.isBroken) throw new Error("The call to break was not made.");
        const now = await viewOf(api.endpoint, services);
        const broken = brokenInvariants({ ...views, now, world, entryPoint });
        const refusals = [...new Set(lane.breaker.refusals)];

        const isRestored = await root.restoreState();
        await lane.breaker.begin({ endpoint: api.endpoint, names: world.names });
        const { recovery, stuck } = await converge({ api, root }, setting, views.after, again);
        return {
          ...{ broken, refusals, first: summary(first), recovery: isRestored ? "recovery" : recovery, stuck },
          seconds: (Date.now() - started) / 1000,
        };
      } finally {
        await api.stop();
        await root.remove();
      }
    });
  }

  /**
   * Applies a step, and again until it succeeds, while the answer to one call of each of these kinds is lost.
   * @param kinds how their names begin, and the how many-th call it is
   * @returns what a plan would then change, and kinds that were not called
   */
  async lose(scenario: string, step: string, kinds: readonly (readonly [string, number])[]): Promise<string[]> {
    const setting = await this.settingOf(scenario, step);
    const before = await this.placeBefore(setting);
    const pending = new Map(kinds);
    const modeOf: ModeOf = (call) => {
      const [kind, nth] = [...pending].find(([start]) => call.name.startsWith(start)) ?? [];
      if (kind === undefined || nth === undefined) return undefined;
      pending.set(kind, nth - 1);
      return nth === 1 && pending.delete(kind) ? "lose" : undefined;
    };
    return this.lanes.use(async (lane) => {
      const { api, root } = await copyOf(before, setting, lane);
      try {
        await lane.breaker.begin({ endpoint: api.endpoint, names: setting.world.names, modeOf });
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
    });
  }
}

/** A copy, with the configuration of a step. */
async function copyOf(before: Place, { name, step, world }: Setting, { terraform }: Lane): Promise<Place> {
  const [api, root] = await Promise.all([before.api.copy(), before.root.copy(terraform)]);
  await root.setVariables({ ...world.variables, ...step.variables });
  if (step.releases) await root.release(name);
  return { api, root };
}

/**
 * A second apply. Unless an apply alone is tried first and does, what the state has not is imported before.
 * @param after an apply without a fault
 */
async function converge(
  { api: { endpoint }, root }: Place,
  { services, step, world }: Setting,
  after: View,
  again: boolean,
): Promise<Pick<Outcomes, "recovery" | "stuck">> {
  const destroys = step.destroys ?? false;
  let outcome = again || destroys ? await root.apply(destroys) : undefined;
  let recovery: Outcomes["recovery"] = "second apply";
  if (outcome === undefined || (outcome.code !== 0 && !destroys)) {
    const recovered = await recover(root, endpoint);
    outcome = recovered.outcome;
    if (recovered.isNeeded) recovery = "recovery";
  }
  if (outcome.code !== 0) return { recovery, stuck: [errorsOf(outcome.output)] };
  const [end, expected] = [await viewOf(endpoint, services), after].map((view) => linesOf(view, world.names));
  const different = differences(end ?? [], expected ?? []);
  return { recovery, stuck: [...(await remaining(root, destroys)), ...different] };
}

/** Without those that failed, which have said so. */
async function fulfilled<Value>(promises: ReadonlyMap<unknown, Promise<Value>>): Promise<Value[]> {
  const settled = await Promise.allSettled(promises.values());
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
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
