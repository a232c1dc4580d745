import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Options } from "../../../cli/onboard/options";
import { run } from "../../../cli/onboard/run";
import type { Scenario } from "../../../onboard/composition";
import { commandsRead } from "../../account/support/environment";
import type { ForeignApplication, Kind } from "../foreign/application";
import { listenerRules } from "../harness/listener";
import { LocalAws } from "../harness/local-aws";
import { createNode } from "../harness/network";
import { removedBlocks } from "../harness/release";
import { securityGroupRules } from "../harness/security-groups";
import { TerraformRoot, type Variables } from "../harness/terraform";

/** An application in front of which `onboard` puts a node. */
export interface Application {
  /** ARN of the load balancer, or ID of the API or the distribution. */
  readonly id: string;
  readonly listenerArns: readonly string[];
  readonly targetGroupArns: readonly string[];
  /** Options that say where the node runs. */
  readonly node: Options;
  /** What the account does not tell, by variable. */
  readonly answers?: Readonly<Record<string, string>> | undefined;
}

interface Course {
  readonly scenario: Scenario;
  readonly create: (aws: LocalAws) => Promise<Application>;
  /** How many of its rules or listeners the configuration covers. */
  readonly covered: number;
  readonly options?: Options;
  /** What the account does not tell. */
  readonly answers?: Variables;
  /** What else must be as it was in the end. */
  readonly more?: (aws: LocalAws, application: Application) => Promise<unknown>;
  /** What the owner does after the first apply, and after 100, and before the way back to 0. @default nothing */
  readonly follow?: (aws: LocalAws, application: Application, percent: 0 | 100, root: TerraformRoot) => Promise<void>;
}

/** From the command to the destroy. @returns what further tests use */
export function onboarded({ scenario, create, covered, options: own, answers, follow, more }: Course) {
  let aws: LocalAws;
  let application: Application;
  let folder: string;
  let root: TerraformRoot;
  let before: Awaited<ReturnType<typeof picture>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "onboard-test-"));
    aws = await LocalAws.start();
    application = await create(aws);
    before = await picture();
  }, 300_000);

  const lines = commandsRead(() => aws.endpoint);

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await aws.stop();
  });

  async function picture() {
    return {
      rules: await Promise.all(application.listenerArns.map((arn) => listenerRules(aws, arn))),
      groups: await securityGroupRules(aws),
      more: await more?.(aws, application),
    };
  }

  const at = (node_traffic_percent: 0 | 100) => ({ node_traffic_percent });
  const onboard = (options: Options = {}) =>
    run(scenario, application.id, {
      ...{ out: folder, name: "shop-wallarm" },
      ...{ ...application.node, ...own, ...options },
    });
  const check = async (options: Options = {}) => {
    const first = lines().length;
    const exitCode = await run(undefined, undefined, { check: [folder], ...options });
    return { exitCode, lines: lines().slice(first) };
  };

  test("is written in Terraform's format, and running again changes nothing", async () => {
    expect(await onboard()).toBe(0);
    expect(lines().join("\n")).toContain(`${covered} covered.`);
    execFileSync("terraform", ["fmt", "-check", "-diff", folder]);
    const first = lines().length;
    expect(await onboard()).toBe(0);
    expect(
      lines()
        .slice(first)
        .filter((line) => /^(created|updated|removed)/.test(line)),
    ).toEqual([
      expect.stringContaining("onboard.json") as string, // the time
    ]);
    expect(await check()).toEqual({ exitCode: 0, lines: [] });
  });

  test("applies at 0 unedited, and then has nothing to do", async () => {
    root = await TerraformRoot.written(aws, folder, { ...answers, ...application.answers });
    await root.apply();
    await follow?.(aws, application, 0, root);
    expect(await root.changes()).toEqual([]);
    const routing = join(folder, "routing.json");
    writeFileSync(routing, JSON.stringify(await root.outputs()));
    expect(await check({ routing: [routing] })).toEqual({ exitCode: 0, lines: [] });
  }, 300_000);

  test("goes to 100, where running again changes nothing, and back", async () => {
    await root.apply(at(100));
    await follow?.(aws, application, 100, root);
    expect(await root.changes(at(100))).toEqual([]);
    expect(await check()).toEqual({ exitCode: 0, lines: [] });
    expect(await onboard()).toBe(0);
    expect(await root.changes(at(100))).toEqual([]);
    await follow?.(aws, application, 0, root);
    await root.apply(at(0));
  }, 300_000);

  return {
    aws: () => aws,
    folder: () => folder,
    application: () => application,
    lines,
    root: () => root,
    before: () => before,
    ...{ onboard, check, picture, at },
    /** @param module whose README has the blocks that release what it adopted */
    isReleased: (module: string) => {
      test("what was adopted is released with the blocks of the README, and the rest goes", async () => {
        await release(root, folder, module);
        expect(await picture()).toEqual(before);
      }, 300_000);
    },
    goesAway: () => {
      test("is as it was when it is destroyed", async () => {
        await root.destroy(at(0));
        expect(await picture()).toEqual(before);
      }, 300_000);
    },
  };
}

/** Leaves only the blocks of the README of the module, which release what it adopted, and applies. */
export async function release(root: TerraformRoot, folder: string, module: string): Promise<void> {
  for (const file of readdirSync(folder))
    if (file.endsWith(".tf") && !/^(main|versions|providers|local_aws_override)\.tf$/.test(file))
      rmSync(join(folder, file));
  await root.write("main.tf", removedBlocks(module));
  await root.apply();
}

/** Of a foreign application, with a node. */
export async function behind(kind: Kind, aws: LocalAws): Promise<Application> {
  const application = await kind.create(aws);
  const { instanceIds } = await createNode(aws, application.network);
  return { ...(await loadBalancerOf(aws, application)), node: { nodeInstances: Object.values(instanceIds) } };
}

/** The load balancer of a foreign application, and what is on it. */
export async function loadBalancerOf(
  aws: LocalAws,
  { entryPoints, targetGroupArns }: ForeignApplication,
): Promise<Omit<Application, "node">> {
  const listenerArns = entryPoints.map(({ id }) => id);
  const { Listeners: [listener] = [] } = await aws.elb.describeListeners({ ListenerArns: listenerArns });
  return { id: String(listener?.LoadBalancerArn), listenerArns, targetGroupArns };
}
