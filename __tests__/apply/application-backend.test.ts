import { describeInTestAll } from "../test-all";
import { describeWithTools } from "../tools";
import { createExistingApplication, type ExistingApplication } from "./harness/existing-application";
import { inventory } from "./harness/inventory";
import { LocalAws } from "./harness/local-aws";
import { type Call, Recorder } from "./harness/recorder";
import { TerraformRoot, type Variables } from "./harness/terraform";

describeWithTools(["terraform", "moto_server"], "examples/application-backend/complete", () => {
  let aws: LocalAws;
  let application: ExistingApplication;
  let recorder: Recorder;
  let example: TerraformRoot;
  let before: string[];

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await createExistingApplication(aws);
    recorder = await Recorder.start(aws.endpoint);
    before = await inventory(aws);
    const { outputs, albExampleVariables } = application;
    const { node_ami_id, wallarm_token_secret_arn } = albExampleVariables;
    const named = (ids: string[]) => Object.fromEntries(ids.map((id, index) => [`${index}`, id]));
    example = await TerraformRoot.init(
      { endpoint: recorder.endpoint, folder: aws.folder, signal: aws.signal },
      "examples/application-backend/complete",
      {
        ...{ node_ami_id, wallarm_token_secret_arn },
        vpc_id: outputs.vpc_id,
        node_subnet_ids: outputs.public_subnet_ids,
        backend_subnets: { "us-east-1a": "10.0.20.0/24", "us-east-1b": "10.0.21.0/24" },
        listener_arn: outputs.listener_arns.public,
        load_balancer_dns_name: outputs.load_balancer_dns_name,
        load_balancer_subnet_cidrs: ["10.0.0.0/24", "10.0.1.0/24"],
        load_balancer_security_group_id: outputs.load_balancer_security_group_id,
        target_group_arns: { api: outputs.api_target_group_arn, web: outputs.application_target_group_arn },
        application_instance_ids: named(outputs.application_instance_ids),
        application_security_group_id: outputs.application_security_group_id,
        application_subnet_ids: named(outputs.private_subnet_ids),
      } satisfies Variables,
    );
  }, 300_000);

  afterAll(async () => {
    await recorder.stop();
    await aws.stop();
  });

  /** Where the calls that fulfill a condition stand among all that change something. */
  const indexes = (holds: (call: Call) => boolean) =>
    recorder.calls.flatMap((call, index) => (holds(call) ? [index] : []));
  const is =
    (action: string, of = "") =>
    (call: Call) =>
      call.action.endsWith(`:${action}`) && JSON.stringify(call.parameters).includes(of);

  /** Each of the calls, of which there are some, comes before each of the others. */
  function expectOrder(...steps: ((call: Call) => boolean)[]): void {
    const found = steps.map(indexes);
    expect(found).not.toContainEqual([]);
    found.slice(1).forEach((later, index) => {
      expect(Math.max(...(found[index] ?? []))).toBeLessThan(Math.min(...later));
    });
  }

  const applicationGroup = () => application.outputs.application_security_group_id;
  const EXISTING = "/app/shop/";
  const BACKEND = "/app/shop-wallarm-backend/";

  async function health(): Promise<(string | undefined)[]> {
    const { target_group_arns } = await example.outputs<{ target_group_arns: Record<string, string> }>();
    const all = [...Object.values(target_group_arns), application.outputs.application_target_group_arn];
    const answers = await Promise.all(all.map((TargetGroupArn) => aws.elb.describeTargetHealth({ TargetGroupArn })));
    return answers.flatMap(({ TargetHealthDescriptions = [] }) =>
      TargetHealthDescriptions.map(({ TargetHealth }) => TargetHealth?.State),
    );
  }

  test("at 0, targets are attached when they can be reached, and are healthy behind both load balancers", async () => {
    await example.apply({ node_traffic_percent: 0 });
    expectOrder(
      is("AuthorizeSecurityGroupIngress", applicationGroup()),
      is("RegisterTargets"),
      is("CreateRule", BACKEND),
    );
    expect(await example.changes({ node_traffic_percent: 0 })).toEqual([]);
    expect(await application.root.changes()).toEqual([]);
    expect(await health()).toEqual(Array.from({ length: 6 }, () => "healthy"));
  }, 300_000);

  describeInTestAll([], "examples/application-backend/complete, in a canary and back", () => {
    test.each([10, 0])("at %i, no plan has changes, and no target is unhealthy", async (node_traffic_percent) => {
      await example.apply({ node_traffic_percent });
      expect(await example.changes({ node_traffic_percent })).toEqual([]);
      expect(await application.root.changes()).toEqual([]);
      expect(await health()).toEqual(Array.from({ length: 6 }, () => "healthy"));
    });
  });

  test("the requests go first, then the targets, and then what they need", async () => {
    await example.apply({ node_traffic_percent: 10 });
    recorder.calls.length = 0;
    await example.destroy({ node_traffic_percent: 10 });
    expectOrder(
      is("DeleteRule", EXISTING),
      is("DeleteRule", BACKEND),
      is("DeregisterTargets"),
      is("RevokeSecurityGroupIngress", applicationGroup()),
    );
    expect(await inventory(aws)).toEqual(before);
    expect(await application.root.changes()).toEqual([]);
  }, 300_000);
});
