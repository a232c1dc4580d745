import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { describeWithTools } from "../tools";
import { createExistingApplication, type ExistingApplication } from "./harness/existing-application";
import { LocalAws } from "./harness/local-aws";
import { launchScript } from "./harness/node-fleet";
import { resourceChanges } from "./harness/plan";
import { Recorder } from "./harness/recorder";
import { TerraformRoot } from "./harness/terraform";

/** What its name begins with. */
const GROUP = "shop-wallarm-node-";

describeWithTools(["terraform", "moto_server", "shellcheck"], "examples/node-fleet/complete", () => {
  let aws: LocalAws;
  let application: ExistingApplication;
  let recorder: Recorder;
  let example: TerraformRoot;

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await createExistingApplication(aws);
    recorder = await Recorder.start(aws.endpoint);
    example = await TerraformRoot.init(
      { endpoint: recorder.endpoint, folder: aws.folder, signal: aws.signal },
      "examples/node-fleet/complete",
      { ...application.albExampleVariables, instance_type: "t3.medium" },
    );
  }, 300_000);

  afterAll(async () => {
    await recorder.stop();
    await aws.stop();
  });

  const group = async () => {
    const { AutoScalingGroups = [] } = await aws.autoScaling.describeAutoScalingGroups({});
    return AutoScalingGroups.find(({ AutoScalingGroupName }) => AutoScalingGroupName?.startsWith(GROUP));
  };
  const name = async () => ({ AutoScalingGroupName: (await group())?.AutoScalingGroupName });

  test("is applied at 0, and neither its second plan nor the owner's changes anything", async () => {
    await example.apply({ node_traffic_percent: 0 });
    expect(await example.changes({ node_traffic_percent: 0 })).toEqual([]);
    expect(await application.root.changes()).toEqual([]);
  }, 300_000);

  test("the permissions and the hooks are there before the first instance", () => {
    const indexes = [
      "iam:PutRolePolicy",
      "ec2:AuthorizeSecurityGroupEgress",
      "autoscaling:CreateAutoScalingGroup",
      "autoscaling:PutLifecycleHook",
      "autoscaling:UpdateAutoScalingGroup",
    ].map((called) => recorder.calls.findIndex(({ action }) => action === called));
    expect(indexes).toEqual([...indexes].sort((a, b) => a - b));
    expect(indexes).not.toContain(-1);

    const parameters = (called: string) => recorder.calls.find(({ action }) => action === called)?.parameters;
    expect(parameters("autoscaling:CreateAutoScalingGroup")).toMatchObject({ MinSize: "0", MaxSize: "0" });
    expect(parameters("autoscaling:UpdateAutoScalingGroup")).toMatchObject({ MinSize: "2", MaxSize: "6" });
  });

  test("the instances are targets of the routing module, as many as the minimum", async () => {
    expect(await group()).toMatchObject({
      MinSize: 2,
      MaxSize: 6,
      HealthCheckType: "ELB",
      HealthCheckGracePeriod: 0,
      DefaultInstanceWarmup: 180,
    });
    expect((await group())?.Instances).toHaveLength(2);
    const { target_group_arn } = await example.outputs<{ target_group_arn: string }>();
    expect((await group())?.TargetGroupARNs).toEqual([target_group_arn]);
  });

  test("the number of requests is tracked for the attached target group", async () => {
    const { ScalingPolicies = [] } = await aws.autoScaling.describePolicies(await name());
    expect(ScalingPolicies.map(({ PolicyName }) => PolicyName).sort()).toEqual([
      "shop-wallarm-cpu",
      "shop-wallarm-requests",
    ]);
  });

  test("the number of instances is that of scaling, whatever is applied", async () => {
    const scaledTo = async (DesiredCapacity: number) =>
      aws.autoScaling.setDesiredCapacity({ ...(await name()), DesiredCapacity });
    await scaledTo(3);
    expect(await example.changes({ node_traffic_percent: 0 })).toEqual([]);
    await scaledTo(2);
  }, 60_000);

  test("Terraform asks for no secret, so none is in the plan, the state, or the user data", () => {
    expect([...recorder.actions].filter((action) => action.startsWith("secretsmanager:"))).toEqual([]);
  });

  test("the instances have a role that reads the token, and no other secret", () => {
    const [policy] = recorder.calls.filter(({ action }) => action === "iam:PutRolePolicy");
    const { Statement } = JSON.parse(policy?.parameters.PolicyDocument ?? "") as { Statement: unknown };
    expect(Statement).toEqual([
      {
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: ["arn:aws:secretsmanager:us-east-1:123456789012:secret:wallarm-token-AbCdEf"],
      },
      { Effect: "Allow", Action: "autoscaling:DescribeAutoScalingInstances", Resource: "*" },
      {
        Effect: "Allow",
        Action: "autoscaling:CompleteLifecycleAction",
        Resource: `arn:aws:autoscaling:*:*:autoScalingGroup:*:autoScalingGroupName/${GROUP}*`,
      },
    ]);
  });

  describe("the launch script", () => {
    let script: string;

    beforeAll(async () => {
      script = await launchScript(aws);
    });

    test("is a valid script", async () => {
      const file = join(aws.folder, "launch-script");
      await writeFile(file, script);
      await promisify(execFile)("shellcheck", [file]);
    });

    test.each<[what: string, boot: Buffer, result: "CONTINUE" | "ABANDON", exitCode: number]>([
      ["reports a boot that succeeded", gzipSync('#!/bin/bash\necho "$0" >> "$LOG"\n'), "CONTINUE", 0],
      ["abandons an instance whose boot failed", gzipSync("#!/bin/bash\nexit 3\n"), "ABANDON", 3],
      ["abandons an instance with a damaged boot script", Buffer.from("damaged"), "ABANDON", 1],
    ])("%s", async (_, boot, result, exitCode) => {
      const machine = await Machine.create(aws.folder);
      expect(await machine.run(script.replace(/(?<=<<< ')[^']*/, boot.toString("base64")))).toBe(exitCode);
      expect(await machine.log()).toContain(
        `aws autoscaling complete-lifecycle-action --region eu-central-1 --auto-scaling-group-name ${GROUP}1 ` +
          `--lifecycle-hook-name boot --instance-id i-0123456789abcdef0 --lifecycle-action-result ${result}\n`,
      );
      expect((await machine.log()).includes("wallarm-node-boot")).toBe(result === "CONTINUE");
    });

    test.each([
      ["cannot report", 'case "$*" in *complete-*) exit 9;; esac'],
      ["does not learn the name of its group", 'case "$*" in *describe-*) exit 9;; esac'],
    ])("fails if it %s: AWS then abandons the instance", async (_, fails) => {
      const machine = await Machine.create(aws.folder, fails);
      expect(await machine.run(script.replace(/(?<=<<< ')[^']*/, gzipSync("#!/bin/bash\n").toString("base64")))).toBe(
        9,
      );
    });
  });

  test("a new image replaces the instances by a refresh, and nothing else changes", async () => {
    await example.apply({ node_traffic_percent: 100 });
    const before = (await group())?.Instances?.map(({ InstanceId }) => InstanceId);
    const update = { node_traffic_percent: 100, node_ami_id: "ami-03cf127a" };
    expect(resourceChanges(await example.plan(update))).toEqual([
      "update module.node_fleet.aws_autoscaling_group.node: capacity_reservation_specification, launch_template",
      "update module.node_fleet.aws_launch_template.node: image_id, latest_version",
    ]);
    await example.applyPlan();
    expect(await example.changes(update)).toEqual([]);
    const { InstanceRefreshes = [] } = await aws.autoScaling.describeInstanceRefreshes(await name());
    expect(InstanceRefreshes).toHaveLength(1);
    const after = (await group())?.Instances?.map(({ InstanceId }) => InstanceId) ?? [];
    expect(after).toHaveLength(2);
    expect(before).not.toEqual(expect.arrayContaining(after));
  }, 300_000);

  test("a timeout of a hook changes in place", async () => {
    const variables = { node_traffic_percent: 100, node_ami_id: "ami-03cf127a" };
    await example.edit("main.tf", (text) => text.replace("capacity = {", "boot_timeout = 600\n  capacity = {"));
    const before = await group();
    expect(resourceChanges(await example.plan(variables))).toEqual([
      "update module.node_fleet.aws_autoscaling_group.node: wait_for_capacity_timeout",
      "update module.node_fleet.aws_autoscaling_lifecycle_hook.boot: heartbeat_timeout",
    ]);
    await example.applyPlan();
    expect(await example.changes(variables)).toEqual([]);
    const { LifecycleHooks = [] } = await aws.autoScaling.describeLifecycleHooks(await name());
    expect(LifecycleHooks.map((hook) => [hook.LifecycleHookName, hook.HeartbeatTimeout]).sort()).toEqual([
      ["boot", 600],
      ["drain", 60],
    ]);
    expect(await group()).toEqual(before);
  }, 300_000);

  test("destroy at 100 takes the routes away before the instances, and leaves the application as it was", async () => {
    const first = recorder.calls.length;
    await example.destroy({ node_traffic_percent: 100 });
    const calls = recorder.calls.slice(first).map(({ action }) => action);
    expect(calls.lastIndexOf("elasticloadbalancing:DeleteRule")).toBeLessThan(
      calls.indexOf("autoscaling:DeleteAutoScalingGroup"),
    );
    expect(calls.lastIndexOf("elasticloadbalancing:DeleteRule")).toBeGreaterThan(-1);
    expect(await application.root.changes()).toEqual([]);
  }, 300_000);
});

/** Runs a launch script as an instance would, with stand-ins for what it calls. */
class Machine {
  private constructor(private readonly folder: string) {}

  /** @param fails what the AWS CLI does before it answers */
  public static async create(parent: string, fails = ""): Promise<Machine> {
    const folder = await mkdtemp(join(parent, "machine-"));
    const programs = {
      aws: `${fails}\ncase "$*" in *"describe-auto-scaling-instances "*"--instance-ids i-0123456789abcdef0 "*) echo ${GROUP}1;; esac`,
      curl: 'case "${@: -1}" in */region) echo eu-central-1;; */instance-id) echo i-0123456789abcdef0;; *) echo token;; esac',
    };
    for (const [name, body] of Object.entries(programs)) {
      await writeFile(join(folder, name), `#!/bin/bash\necho ${name} "$@" >> "$LOG"\n${body}\n`);
      await chmod(join(folder, name), 0o755);
    }
    return new Machine(folder);
  }

  /** @returns the exit code */
  public async run(script: string): Promise<number> {
    const env = { PATH: `${this.folder}:/usr/bin:/bin`, LOG: join(this.folder, "log") };
    return promisify(execFile)("/bin/bash", ["-c", script.replaceAll("/var/lib/", `${this.folder}/`)], { env }).then(
      () => 0,
      (error: unknown) => Number((error as { code: unknown }).code),
    );
  }

  public log(): Promise<string> {
    return readFile(join(this.folder, "log"), "utf8");
  }
}
