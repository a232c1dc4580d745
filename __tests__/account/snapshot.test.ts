import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Organizations } from "@aws-sdk/client-organizations";
import { actionsOf, CALLS } from "../../account/read/permissions";
import { SERVICES } from "../../account/read/read";
import { parseSnapshot, Snapshot } from "../../account/snapshot";
import type { Options } from "../../cli/snapshot/options";
import { run as audit } from "../../cli/audit/run";
import { run as onboard } from "../../cli/onboard/run";
import { run } from "../../cli/snapshot/run";
import { LocalAws } from "../apply/harness/local-aws";
import { LocalHttp } from "../apply/harness/local-http";
import { connection } from "../apply/harness/local-server";
import { Recorder } from "../apply/harness/recorder";
import { isTestAll } from "../test-all";
import { describeWithTools } from "../tools";
import { commandsRead } from "./support/environment";
import { type Fault, FAULTS, Replay } from "./support/replay";
import { createWorld, SECRETS } from "./support/world";

/** The accounts of an organization: a page with one, and a second page that breaks the list. */
class BrokenList extends LocalHttp {
  private constructor(private readonly second: (outgoing: ServerResponse) => void) {
    super();
  }

  static start(second: (outgoing: ServerResponse) => void): Promise<BrokenList> {
    return new BrokenList(second).listen();
  }

  protected receive(_: IncomingMessage, body: Buffer, outgoing: ServerResponse): void {
    const { NextToken } = JSON.parse(body.toString()) as { NextToken?: string };
    if (NextToken === undefined)
      outgoing.end(JSON.stringify({ Accounts: [{ Id: "111111111111", Status: "ACTIVE" }], NextToken: "second" }));
    else this.second(outgoing);
  }
}

const SECOND_PAGES: Readonly<Record<string, (outgoing: ServerResponse) => void>> = {
  "in an error": (outgoing) => outgoing.writeHead(403).end(JSON.stringify({ __type: "AccessDeniedException" })),
  "in a circle": (outgoing) => outgoing.end(JSON.stringify({ Accounts: [], NextToken: "second" })),
};

const folder = mkdtempSync(join(tmpdir(), "snapshot-test-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const out = join(folder, "snapshot.json");

/** Reads the account, and returns what was written. */
async function read(options: Options = {}): Promise<{ exitCode: number; snapshot: Snapshot; text: string }> {
  const exitCode = await run({ out, region: ["us-east-1"], ...options });
  const text = readFileSync(out, "utf8");
  return { exitCode, text, snapshot: parseSnapshot(text, out) };
}

describeWithTools(["moto_server"], "snapshot", () => {
  let aws: LocalAws;
  let replay: Replay;
  let world: Awaited<ReturnType<typeof createWorld>>;

  beforeAll(async () => {
    aws = await LocalAws.start();
    replay = await Replay.start(aws.endpoint);
    world = await createWorld(aws);
  });

  const lines = commandsRead(() => replay.endpoint);

  beforeEach(() => {
    replay.fault = undefined;
  });

  afterAll(async () => {
    await replay.stop();
    await aws.stop();
  });

  test("audit shows how many calls it made: each that was asked, and one for the account", async () => {
    replay.asked.clear();
    const options = {
      applicationTargetGroup: Object.values(world.targetGroupArns),
      region: "us-east-1",
      json: true as const,
    };
    await audit({ ...options, nodeAutoscalingGroup: ["nodes"] });
    const { calls } = JSON.parse(lines().join("\n")) as { readonly calls: number };
    expect(calls).toBeGreaterThan(SERVICES.length);
    expect(calls).toBe(replay.asked.size - 1);
  });

  test("onboard --imports asks only for what the plan creates", async () => {
    replay.asked.clear();
    const resource = {
      address: "aws_lb.node",
      mode: "managed",
      type: "aws_lb",
      change: { actions: ["create"], after: {} },
    };
    const plan = join(folder, "plan.json");
    writeFileSync(plan, JSON.stringify({ format_version: "1.2", resource_changes: [resource] }));
    expect(await onboard(undefined, undefined, { imports: folder, plan })).toBe(0);
    const actions = [...replay.asked].map((question) => /Action=(\w+)/.exec(question)?.[1] ?? question);
    expect(actions).toContain("DescribeLoadBalancers");
    expect(
      actions.filter((action) => !/^(GetCallerIdentity|Describe(LoadBalancer|Listener|Rule|T))/.test(action)),
    ).toEqual([]);
  });

  test("has what the account has, and everything was read", async () => {
    const { exitCode, snapshot } = await read();
    expect({ exitCode, unread: snapshot.unread }).toEqual({ exitCode: 0, unread: [] });
    expect(snapshot).toMatchObject({ schema_version: 1, account_id: "123456789012", region: "us-east-1", focus: null });
    for (const service of SERVICES) expect(snapshot[service]).not.toBeNull();

    const { LoadBalancers = [], TargetGroups = [] } = snapshot.elastic_load_balancing ?? {};
    expect(LoadBalancers.map(({ Type, Listeners }) => [Type, Listeners?.length])).toEqual([
      ["application", 2],
      ["network", 1],
    ]);
    expect(LoadBalancers[0]?.Listeners?.[1]?.Rules.map(({ Priority }) => Priority)).toEqual(["10", "default"]);
    expect(TargetGroups.map(({ TargetGroupArn }) => TargetGroupArn).sort()).toEqual(
      Object.values(world.targetGroupArns).sort(),
    );
    for (const { Attributes } of TargetGroups) expect(Attributes?.length).toBeGreaterThan(0);

    const office = snapshot.ec2?.PrefixLists.filter(({ Entries }) => Entries !== null);
    expect(office).toMatchObject([{ PrefixListName: "office", Entries: [{ Cidr: "203.0.113.0/24" }] }]);
    expect(snapshot.auto_scaling?.AutoScalingGroups).toMatchObject([
      { HealthCheckType: "ELB", LaunchTemplateSecurityGroupIds: [expect.stringMatching(/^sg-/)] },
    ]);
    expect(snapshot.ecs?.services).toMatchObject([{ serviceName: "shop" }]);
    expect(snapshot.cloudfront).toMatchObject({
      Distributions: [{ Id: world.distributionId, DistributionConfig: { Enabled: true } }],
      VpcOrigins: [{ Id: world.vpcOriginId, VpcOriginEndpointConfig: { Name: "shop" } }],
      ContinuousDeploymentPolicies: [{ Id: "policy" }],
    });
    expect(snapshot.api_gateway_http?.Apis).toMatchObject([
      { ApiId: world.httpApiId, Routes: [{ RouteKey: "GET /orders" }] },
    ]);
    expect(snapshot.api_gateway_rest?.restApis).toMatchObject([
      { resources: [{ path: "/" }], stages: [{ deployedMethods: [{ path: "/", method: "GET" }] }] },
    ]);
  });

  test("reads only the load balancers whole that have the targets of the one in question", async () => {
    const { LoadBalancers = [] } = await aws.elb.describeLoadBalancers();
    const network = LoadBalancers.find(({ Type }) => Type === "network");
    const { snapshot } = await read({ loadBalancer: String(network?.LoadBalancerArn) });
    const whole = snapshot.elastic_load_balancing?.LoadBalancers.filter(({ Listeners }) => Listeners !== null);
    expect(whole?.map(({ Type }) => Type)).toEqual(["network"]);
  });

  describe("secrets", () => {
    test("are in no file and in no output", async () => {
      const { text } = await read();
      for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
      expect([text, ...lines()].join("\n")).not.toMatch(/SECRET|U0VDUkVU/);
    });

    test("are digests that keep wildcards and length, and are equal with the same salt", async () => {
      const header = ({ elastic_load_balancing }: Snapshot) =>
        elastic_load_balancing?.LoadBalancers[0]?.Listeners?.[1]?.Rules[0]?.Conditions[0]?.HttpHeaderConfig?.Values;
      const saltFile = join(folder, "salt");
      const [first, second, other] = [await read({ saltFile }), await read({ saltFile }), await read()];
      expect(header(first.snapshot)).toEqual([expect.stringMatching(/^digest:[0-9a-f]{16}\/19\*$/)]);
      expect(header(second.snapshot)).toEqual(header(first.snapshot));
      expect(header(other.snapshot)).not.toEqual(header(first.snapshot));

      const integration = first.snapshot.api_gateway_http?.Apis[0]?.Integrations[0];
      expect(integration?.IntegrationUri).toMatch(/^https:\/\/shop\.example\.com\/orders\?digest:/);
      expect(integration?.RequestParameters).toEqual({
        "overwrite:header.x-secret": expect.stringMatching(/^digest:/) as string,
        "overwrite:path": "$request.path",
      });
    });

    test("a salt that is none is refused", async () => {
      const saltFile = join(folder, "no-salt");
      writeFileSync(saltFile, "pepper");
      await expect(read({ saltFile })).rejects.toThrow("is not a salt");
    });
  });

  describe("what cannot be read is in the document", () => {
    const kinds = Object.keys(FAULTS) as Fault[];

    test("each call once: refused, broken, throttled, or truncated", async () => {
      replay.asked.clear();
      await read();
      const questions = [...replay.asked].filter((question) => !question.includes("Action=GetCallerIdentity"));
      const found = new Set<string>();
      for (const [index, question] of questions.entries()) {
        // Each in a way of its own. `npm run test:all` does it in all ways.
        const ways = isTestAll ? kinds : kinds.slice(index % kinds.length).slice(0, 1);
        for (const kind of ways) {
          replay.fault = { question, kind };
          const { exitCode, snapshot, text } = await read();
          expect({ kind, question, exitCode, read: snapshot.unread.length === 0 }).toMatchObject({
            exitCode: 2,
            read: false,
          });
          expect(text.replace(/"error": .*/g, "")).not.toContain("SECRET");
          for (const { action } of snapshot.unread) found.add(action);
        }
      }
      const calls = Object.values(CALLS).flatMap((some) => Object.values(some));
      expect([...found].sort()).toEqual(calls.map(({ action }) => action).sort());
    }, 300_000);

    test("no account at all is an error, and writes nothing", async () => {
      replay.fault = {
        question: [...replay.asked].find((one) => one.includes("GetCallerIdentity")) ?? "",
        kind: "refused",
      };
      const path = join(folder, "nothing.json");
      await expect(run({ out: path, region: ["us-east-1"] })).rejects.toThrow("Set --profile or --role-arn");
      expect(readdirSync(folder)).not.toContain("nothing.json");
    });
  });

  describe("the policy", () => {
    test("has the actions that are called, and no other", async () => {
      const recorder = await Recorder.start(aws.endpoint);
      process.env.AWS_ENDPOINT_URL = recorder.endpoint;
      await read();
      await recorder.stop();
      const called = [...recorder.actions].map((action) => action.replace(/^ecs:.*\./, "ecs:"));
      const withoutRest = actionsOf(SERVICES).filter((action) => !action.startsWith("cloudfront:"));
      const free = "sts:GetCallerIdentity"; // nobody needs a permission for it
      expect(called.filter((action) => action !== free).sort()).toEqual(withoutRest);
    });

    test("is what --policy prints, and what the example of a role has", async () => {
      await run({ policy: true });
      const example = readFileSync(join(__dirname, "../../examples/pipelines/roles/snapshot-policy.json"), "utf8");
      expect(lines().join("\n")).toBe(example.trim());
    });

    test("only reads", () => {
      for (const action of actionsOf(SERVICES)) expect(action).toMatch(/:(Describe|Get|List|GET$)/);
    });
  });

  describe("several accounts", () => {
    const accounts = join(folder, "accounts");
    const documentsIn = (path: string) =>
      readdirSync(path)
        .sort()
        .map((name) => parseSnapshot(readFileSync(join(path, name), "utf8"), name));

    test("are those of the organization, one document each, and one that cannot be read has its error", async () => {
      const organizations = new Organizations(connection(aws.endpoint));
      await organizations.createOrganization({ FeatureSet: "ALL" });
      const ids: string[] = [];
      for (const name of ["shop", "closed"]) {
        const { CreateAccountStatus } = await organizations.createAccount({
          AccountName: name,
          Email: `${name}@example.com`,
        });
        ids.push(String(CreateAccountStatus?.AccountId));
      }
      await organizations.closeAccount({ AccountId: ids[1] });
      process.env.AWS_ENDPOINT_URL = aws.endpoint;
      const exitCode = await run({
        ...{ out: accounts, region: ["us-east-1", "eu-central-1"] },
        ...{ accounts: "organization", roleName: "reader" },
      });
      expect(exitCode).toBe(2);
      const found = documentsIn(accounts);
      expect(found.map(({ account_id, region }) => `${account_id} ${region}`).sort()).toEqual(
        ["123456789012", ...ids].flatMap((id) => [`${id} eu-central-1`, `${id} us-east-1`]).sort(),
      );
      for (const { account_id, unread, cloudfront, region } of found) {
        const error = { action: "sts:AssumeRole", error: expect.stringMatching(/SUSPENDED|CLOS/) as string };
        expect(unread).toMatchObject(account_id === ids[1] ? [error] : []);
        expect(cloudfront === null).toBe(account_id === ids[1] || region === "eu-central-1");
      }
    });

    test("of an organization that cannot be listed are an error, and no document", async () => {
      process.env.AWS_ENDPOINT_URL = aws.endpoint;
      const path = join(folder, "no-list");
      await aws.refuse({ service: "organizations", operation: "ListAccounts" });
      const listed = run({ out: path, region: ["us-east-1"], accounts: "organization", roleName: "reader" });
      await expect(listed).rejects.toThrow(
        /organizations:ListAccounts: AccessDenied.* or list the account IDs in --accounts\.$/,
      );
      expect(existsSync(path)).toBe(false);
    });

    test.each(Object.entries(SECOND_PAGES))(
      "of an organization whose list ends %s are read, and are said to be a part",
      async (how, second) => {
        process.env.AWS_ENDPOINT_URL = aws.endpoint;
        const list = await BrokenList.start(second);
        process.env.AWS_ENDPOINT_URL_ORGANIZATIONS = list.endpoint;
        const path = join(folder, how);
        try {
          const listed = run({
            ...{ out: path, region: ["us-east-1"], accounts: "organization", roleName: "reader", concurrency: "2" },
          });
          await expect(listed).rejects.toThrow(`--accounts. ${path} has only a part of the accounts.`);
          expect(documentsIn(path)).toMatchObject([{ account_id: "111111111111", unread: [] }]);
        } finally {
          delete process.env.AWS_ENDPOINT_URL_ORGANIZATIONS;
          await list.stop();
        }
      },
    );

    test("one that fails in the middle lists what is not read, and the others are whole", async () => {
      process.env.AWS_ENDPOINT_URL = aws.endpoint;
      const path = join(folder, "one-fails");
      const ids = ["111111111111", "222222222222", "333333333333"];
      // One account at a time, so the second one is refused.
      await aws.refuse({ service: "ec2", operation: "DescribeSubnets", after: 1 });
      const exitCode = await run({
        ...{ out: path, region: ["us-east-1"], accounts: ids.join(","), roleName: "reader", concurrency: "1" },
      });
      expect(exitCode).toBe(2);
      expect(
        documentsIn(path).map(({ account_id, unread, ec2 }) => ({
          account_id,
          unread: unread.map(({ action }) => action),
          hasVpcs: ec2?.Vpcs.length !== 0,
          hasSubnets: ec2?.Subnets.length !== 0,
        })),
      ).toEqual(
        ids.map((account_id, index) => ({
          account_id,
          unread: index === 1 ? ["ec2:DescribeSubnets"] : [],
          hasVpcs: true,
          hasSubnets: index !== 1,
        })),
      );
    });
  });
});
