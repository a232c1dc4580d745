import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Options } from "../../../cli/onboard/options";
import { run } from "../../../cli/onboard/run";
import { commandsRead } from "../../account/support/environment";
import { describeInTestAll } from "../../test-all";
import { environment, region } from "../harness/environment";
import { LocalAws } from "../harness/local-aws";
import { LocalRestApis } from "../harness/local-rest-apis";
import {
  createInstances,
  createLoadBalancer,
  createNetwork,
  createNode,
  createSecurityGroup,
} from "../harness/network";
import { resourceChanges } from "../harness/plan";
import { Recorder } from "../harness/recorder";
import { createRestApi, integrationsOf, type RestApi } from "../harness/rest-api";
import { securityGroupRules } from "../harness/security-groups";
import { TerraformRoot } from "../harness/terraform";
import { addNatGateway, BACKEND, NEW_FLEET } from "./fleet";
import { release } from "./onboarded";

/** A Network Load Balancer in front of two instances. @returns its listener and its name */
async function listenerTo(aws: LocalAws, network: Awaited<ReturnType<typeof createNetwork>>, name: string) {
  const group = name === "node" ? undefined : await createSecurityGroup(aws, network, name);
  const ids = group
    ? await createInstances(aws, network.subnetIds.application, group)
    : (await createNode(aws, network)).instanceIds;
  const LoadBalancerArn = await createLoadBalancer(aws, network, { name, type: "network", securityGroupIds: [] });
  const { TargetGroups: [targets] = [] } = await aws.elb.createTargetGroup({
    ...{ Name: name, VpcId: network.vpcId, Protocol: "TCP", Port: 80 },
  });
  const TargetGroupArn = String(targets?.TargetGroupArn);
  await aws.elb.registerTargets({ TargetGroupArn, Targets: Object.values(ids).map((Id) => ({ Id })) });
  const { Listeners: [listener] = [] } = await aws.elb.createListener({
    ...{ LoadBalancerArn, Protocol: "TCP", Port: 80 },
    DefaultActions: [{ Type: "forward", TargetGroupArn }],
  });
  const { LoadBalancers: [one] = [] } = await aws.elb.describeLoadBalancers({ LoadBalancerArns: [LoadBalancerArn] });
  return { arn: String(listener?.ListenerArn), dnsName: String(one?.DNSName) };
}

/** From the command to the end of the module, with the REST API in LocalStack and everything else in moto. */
function onboarded(own: Options, follow: (course: Course, percent: 0 | 100) => Promise<void>) {
  const course = {} as Course;
  let recorder: Recorder;
  let before: Awaited<ReturnType<typeof picture>>;
  let root: TerraformRoot;

  beforeAll(async () => {
    const [aws, apis] = await Promise.all([LocalAws.start(), LocalRestApis.start()]);
    recorder = await Recorder.start(aws.endpoint, { others: { apigateway: apis.endpoint } });
    const network = await createNetwork(aws);
    await addNatGateway(aws, network);
    const application = await listenerTo(aws, network, "shop");
    const node = await listenerTo(aws, network, "node");
    const api = await createRestApi(apis, `http://${application.dnsName}`);
    const folder = mkdtempSync(join(tmpdir(), "onboard-test-"));
    Object.assign(course, { aws, apis, api, folder, endpoint: recorder.endpoint, node: node.arn });
    before = await picture();
  }, 300_000);

  const lines = commandsRead(() => recorder.endpoint);

  afterAll(async () => {
    rmSync(course.folder, { recursive: true });
    await recorder.stop();
    await Promise.all([course.aws.stop(), course.apis.stop()]);
  });

  async function picture() {
    const { apis, api, aws } = course;
    const stage = await apis.apiGateway.getStage({ restApiId: api.id, stageName: "live" });
    const { deploymentId, variables } = stage;
    const integrations = await integrationsOf(apis, api.id);
    return { integrations, stage: { deploymentId, variables }, groups: await securityGroupRules(aws) };
  }

  const onboard = () =>
    run("rest-api", course.api.id, {
      ...{ out: course.folder, name: "shop-wallarm", region, ...own },
      ...(own.newFleet ? {} : { nodeListener: course.node }),
    });
  const check = async () => {
    const first = lines().length;
    const exitCode = await run(undefined, undefined, { check: [course.folder] });
    return { exitCode, lines: lines().slice(first) };
  };

  test("is written in Terraform's format, and running again changes nothing", async () => {
    expect(await onboard()).toBe(0);
    expect(lines().join("\n")).toContain("4 covered.");
    execFileSync("terraform", ["fmt", "-check", "-diff", course.folder]);
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

  test("applies at 0 unedited, changes no integration, and then has nothing to do", async () => {
    const { endpoint, aws, folder } = course;
    root = await TerraformRoot.written({ endpoint, folder: aws.folder, signal: aws.signal }, folder);
    const plan = resourceChanges(await root.plan());
    expect(plan.filter((change) => /^(update|replace|destroy)/.test(change))).toEqual([]);
    await root.apply();
    expect(await root.changes()).toEqual([]);
    const { integrations, stage } = await picture();
    expect({ integrations, stage }).toEqual({ integrations: before.integrations, stage: before.stage });
    expect(await check()).toEqual({ exitCode: 0, lines: [] });
  }, 300_000);

  test("goes to 100, where running again changes nothing, and back", async () => {
    await root.apply({ node_traffic_percent: 100 });
    await follow(course, 100);
    expect(await root.changes({ node_traffic_percent: 100 })).toEqual([]);
    const there = await picture();
    expect(there.integrations.filter((one) => !one.includes("VPC_LINK"))).toEqual([
      expect.stringMatching(/^OPTIONS \/orders: MOCK /),
    ]);
    expect(there.stage.deploymentId).not.toBe(before.stage.deploymentId);
    expect(await check()).toEqual({ exitCode: 0, lines: [] });
    expect(await onboard()).toBe(0);
    expect(await root.changes({ node_traffic_percent: 100 })).toEqual([]);
    await root.apply({ node_traffic_percent: 0 });
    await follow(course, 0);
    expect((await picture()).integrations).toEqual(before.integrations);
  }, 300_000);

  return {
    ...{ course, check, onboard, picture },
    before: () => before,
    root: () => root,
    isReleased: () => {
      test("what it adopted is released with the blocks of the README, and the rest goes", async () => {
        await release(root, course.folder, "api-gateway-rest");
        expect(await picture()).toEqual(before);
      }, 300_000);
    },
  };
}

interface Course {
  readonly aws: LocalAws;
  readonly apis: LocalRestApis;
  readonly api: RestApi;
  readonly folder: string;
  readonly endpoint: string;
  /** ARN of the listener in front of the node. */
  readonly node: string;
}

describeInTestAll(["terraform", "moto_server", "localstack"], "onboard rest-api --adopt-api", () => {
  const own = onboarded({ adoptApi: true }, () => Promise.resolve());

  test("a method that is added is found, and written anew, the plan adopts exactly it", async () => {
    const { apis, api } = own.course;
    const { items = [] } = await apis.apiGateway.getResources({ restApiId: api.id, embed: ["methods"] });
    const orders = items.find(({ path }) => path === "/orders");
    const method = { restApiId: api.id, resourceId: orders?.id, httpMethod: "PUT" };
    const uri = orders?.resourceMethods?.GET?.methodIntegration?.uri;
    await apis.apiGateway.putMethod({ ...method, authorizationType: "NONE" });
    await apis.apiGateway.putIntegration({ ...method, type: "HTTP_PROXY", integrationHttpMethod: "PUT", uri });
    expect(await own.check()).toEqual({
      exitCode: 1,
      lines: [expect.stringMatching(/^\+ method PUT \/orders → http:\/\/.*: not covered$/) as string],
    });
    expect(await own.onboard()).toBe(0);
    expect(resourceChanges(await own.root().plan({ node_traffic_percent: 0 }))).toContain(
      'import module.wallarm_routing.aws_api_gateway_integration.adopted["PUT /orders"]',
    );
    await apis.apiGateway.deleteMethod(method);
    expect(await own.onboard()).toBe(0);
  }, 300_000);

  own.isReleased();
});

describeInTestAll(["terraform", "moto_server", "localstack"], "onboard rest-api --new-fleet", () => {
  onboarded({ ...NEW_FLEET, ...BACKEND, adoptApi: true }, () => Promise.resolve()).isReleased();
});

describeInTestAll(
  ["terraform", "moto_server", "localstack", "aws", "jq"],
  "onboard rest-api, pasted by the owner",
  () => {
    const own = onboarded({}, async ({ folder, endpoint }, percent) => {
      const owners = readFileSync(join(folder, "OWNERS.md"), "utf8");
      const blocks = [...owners.matchAll(/```sh\n(terraform output -json integrations[^]*?)```/g)].map(
        ([, text]) => text,
      );
      const block = String(blocks[percent === 100 ? 0 : 1]);
      // The recorder answers from this process.
      await promisify(execFile)("bash", ["-euo", "pipefail", "-c", block], {
        cwd: folder,
        env: environment(endpoint),
      });
    });

    test("is gone when it is destroyed", async () => {
      await own.root().destroy({ node_traffic_percent: 0 });
      expect((await own.picture()).groups).toEqual(own.before().groups);
    }, 300_000);
  },
);
