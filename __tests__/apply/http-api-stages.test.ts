import { describeInTestAll } from "../test-all";
import { inventory } from "./harness/inventory";
import { LocalAws } from "./harness/local-aws";
import { resourceChanges } from "./harness/plan";
import { removedBlocks } from "./harness/release";
import { createSmallHttpApi } from "./harness/small-http-api";
import { TerraformRoot } from "./harness/terraform";

interface Outputs {
  readonly deployment_id?: string;
  readonly redeployment_trigger: string;
}

/** A stage without automatic deployment serves what was deployed. The API refuses to delete a deployment that it serves. */
describeInTestAll(["terraform", "moto_server"], "a stage of an HTTP API without automatic deployment", () => {
  let aws: LocalAws;
  let ApiId: string;
  let root: TerraformRoot;
  let present: string[];

  afterEach(() => aws.stop());

  async function start(deployment: "adopted" | "owner"): Promise<void> {
    aws = await LocalAws.start();
    const api = await createSmallHttpApi(aws, false);
    ({ ApiId } = api);
    present = await inventory(aws);
    root = await TerraformRoot.init(aws, "__tests__/apply/roots/http-api", { ...api.variables, deployment });
  }

  const at = (node_traffic_percent: 0 | 100) => ({ node_traffic_percent });

  /** What its owner does: OWNERS.md has the command. */
  async function deploy(): Promise<string | undefined> {
    return (await aws.apiGatewayV2.createDeployment({ ApiId, StageName: "live" })).DeploymentId;
  }

  async function stage() {
    const { DeploymentId, Description, AutoDeploy } = await aws.apiGatewayV2.getStage({ ApiId, StageName: "live" });
    return { DeploymentId, Description, AutoDeploy };
  }

  test("adopted, it moves to a new deployment with each change, and keeps the last one", async () => {
    await start("adopted");
    const plan = await root.plan(at(0));
    expect(resourceChanges(plan)).toContain("import module.wallarm_routing.aws_apigatewayv2_stage.adopted[0]");
    const served: (string | undefined)[] = [];
    for (const percent of [0, 100, 0] as const) {
      await root.apply(at(percent));
      expect(await root.changes(at(percent))).toEqual([]);
      const { DeploymentId, Description } = await stage();
      expect(Description).toBe("of the owner");
      expect((await root.outputs<Outputs>()).deployment_id).toBe(DeploymentId);
      served.push(DeploymentId);
    }
    expect(new Set(served).size).toBe(3);
    await root.write(
      "main.tf",
      removedBlocks("api-gateway-http", "aws_apigatewayv2_stage.adopted", "aws_apigatewayv2_deployment.node"),
    );
    await root.apply();
    expect(await inventory(aws)).toEqual(present);
    expect((await stage()).DeploymentId).toBe(served.at(-1));
  }, 300_000);

  test("with an owner who deploys it, nothing of the module is deployed, and the trigger changes", async () => {
    await start("owner");
    const triggers: string[] = [];
    for (const percent of [0, 100, 0] as const) {
      const { DeploymentId: before } = await stage();
      await root.apply(at(percent));
      expect((await stage()).DeploymentId).toBe(before);
      const { deployment_id, redeployment_trigger } = await root.outputs<Outputs>();
      expect(deployment_id).toBeUndefined();
      triggers.push(redeployment_trigger);
      const deployed = await deploy();
      expect((await stage()).DeploymentId).toBe(deployed);
      expect(await root.changes(at(percent))).toEqual([]);
    }
    expect(triggers[1]).not.toBe(triggers[0]);
    expect(triggers[2]).toBe(triggers[0]);
    await root.write("main.tf", removedBlocks("api-gateway-http"));
    await root.apply();
    expect(await inventory(aws)).toEqual(present);
  }, 300_000);
});
