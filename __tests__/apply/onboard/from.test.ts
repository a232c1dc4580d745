import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Options } from "../../../cli/onboard/options";
import { run as onboard } from "../../../cli/onboard/run";
import { run as survey } from "../../../cli/survey/run";
import { parseSurvey, type Row } from "../../../onboard/survey/document";
import { commandsRead } from "../../account/support/environment";
import { describeInTestAll } from "../../test-all";
import type { ForeignApplication } from "../foreign/application";
import { fargate } from "../foreign/applications/fargate";
import { kubernetes } from "../foreign/applications/kubernetes";
import { network } from "../foreign/applications/network";
import { routesInWords } from "../harness/http-api";
import { inventory } from "../harness/inventory";
import { listenerRules } from "../harness/listener";
import { LocalAws } from "../harness/local-aws";
import { createNode } from "../harness/network";
import { TerraformRoot } from "../harness/terraform";
import { nodeBehindListener } from "./node";
import { release } from "./onboarded";

/** A route to the ingress of a controller, whose rules no node can join: the API is the entry point. @returns its ID */
async function createApi(aws: LocalAws, { network, entryPoints, securityGroupIds }: ForeignApplication) {
  const { ApiId } = await aws.apiGatewayV2.createApi({ Name: "pods", ProtocolType: "HTTP" });
  await aws.apiGatewayV2.createStage({ ApiId, StageName: "$default", AutoDeploy: true });
  const { VpcLinkId } = await aws.apiGatewayV2.createVpcLink({
    ...{ Name: "pods", SubnetIds: Object.values(network.subnetIds.loadBalancer) },
    SecurityGroupIds: [securityGroupIds.loadBalancer],
  });
  const { IntegrationId } = await aws.apiGatewayV2.createIntegration({
    ...{ ApiId, IntegrationType: "HTTP_PROXY", IntegrationMethod: "ANY", PayloadFormatVersion: "1.0" },
    ...{ IntegrationUri: entryPoints[0]?.id, ConnectionType: "VPC_LINK", ConnectionId: VpcLinkId },
  });
  await aws.apiGatewayV2.createRoute({ ApiId, RouteKey: "$default", Target: `integrations/${IntegrationId}` });
  return String(ApiId);
}

describeInTestAll(
  ["terraform", "moto_server"],
  "onboard --from, for an account with a node in each of three VPCs",
  () => {
    let aws: LocalAws;
    let service: ForeignApplication;
    let apiId: string;
    let before: unknown;
    const folder = mkdtempSync(join(tmpdir(), "onboard-test-"));
    const file = join(folder, "survey.json");
    const out = join(folder, "roots");
    const roots = new Map<string, TerraformRoot>();
    /** Options of the node in each VPC, by the VPC. */
    const nodes = new Map<string, Options>();

    beforeAll(async () => {
      aws = await LocalAws.start();
      service = await fargate.create(aws);
      const addresses = await network.create(aws);
      const pods = await kubernetes.create(aws);
      apiId = await createApi(aws, pods);
      for (const application of [service, addresses]) {
        const { instanceIds } = await createNode(aws, application.network);
        nodes.set(application.network.vpcId, { nodeInstances: Object.values(instanceIds) });
      }
      nodes.set(pods.network.vpcId, { nodeListener: await nodeBehindListener(aws, pods.network) });
      before = await picture();
    }, 300_000);

    const lines = commandsRead(() => aws.endpoint);

    afterAll(async () => {
      rmSync(folder, { recursive: true });
      await aws.stop();
    });

    const picture = async () => ({
      account: await inventory(aws),
      rules: await listenerRules(aws, service.entryPoints[0]?.id ?? ""),
      routes: await routesInWords(aws, apiId),
    });

    /** Of those that a configuration can be written for. */
    let rows: readonly Row[];

    test("the survey tells the VPC of each application", async () => {
      const nodeListener = [...nodes.values()].map((one) => one.nodeListener).find((one) => one !== undefined);
      await survey({ json: true, region: ["us-east-1"], nodeListener });
      const text = lines().join("\n");
      writeFileSync(file, text);
      const all = parseSurvey(text, file).rows;
      expect(all.map(({ application, scenario, state }) => [application, scenario, state]).sort()).toEqual([
        ["k8s-shop", "alb", "not-possible"],
        ["node", "alb", "not-an-application"],
        ["pods", "http-api", "owner-first"],
        ["public", "alb", "ready"],
        ["shop", "nlb", "owner-first"],
      ]);
      rows = all.filter(({ state }) => state === "ready" || state === "owner-first");
      expect(new Set(rows.map((row) => row.vpc_id))).toEqual(new Set(nodes.keys()));
    }, 60_000);

    test("writes a root configuration for each, with its node", async () => {
      for (const [vpcId, node] of nodes)
        expect(
          await onboard(undefined, undefined, {
            from: file,
            out,
            state: ["ready", "owner-first"],
            only: [vpcId],
            ...node,
          }),
        ).toBe(0);
      expect(readdirSync(out).sort()).toEqual(rows.map((row) => row.folder).sort());
    }, 60_000);

    test("each applies at 0 unedited, and then has nothing to do", async () => {
      for (const name of readdirSync(out)) {
        const root = await TerraformRoot.written(aws, join(out, name));
        roots.set(name, root);
        await root.apply();
        expect({ name, changes: await root.changes() }).toEqual({ name, changes: [] });
      }
    }, 300_000);

    const check = async () => {
      const first = lines().length;
      const exitCode = await onboard(undefined, undefined, { check: readdirSync(out).map((name) => join(out, name)) });
      return { exitCode, lines: lines().slice(first + 1) }; // after the table
    };

    test("--check finds nothing, and then exactly the rule that is added", async () => {
      expect(await check()).toEqual({ exitCode: 0, lines: [] });
      const [listener] = service.entryPoints;
      const { Rules: [added] = [] } = await aws.elb.createRule({
        ...{ ListenerArn: listener?.id, Priority: 45 },
        Conditions: [{ Field: "host-header", HostHeaderConfig: { Values: ["new.example.com"] } }],
        Actions: [{ Type: "forward", TargetGroupArn: service.targetGroupArns[0] }],
      });
      expect(await check()).toEqual({
        exitCode: 1,
        lines: [
          `${join(out, "123456789012-us-east-1-alb-public")}: + rule 45 of 80 (new.example.com) → orders: not covered`,
        ],
      });
      await aws.elb.deleteRule({ RuleArn: added?.RuleArn });
    }, 60_000);

    test("everything is as it was when they are gone", async () => {
      for (const [name, root] of roots)
        if (name.includes("-http-api-")) await release(root, join(out, name), "api-gateway-http");
        else await root.destroy();
      expect(await picture()).toEqual(before);
    }, 300_000);
  },
);
