import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import { parseRouting } from "../../contract/parse";
import { DOCUMENT } from "../../audit/report/document";
import type { Options } from "../../cli/audit/options";
import { run } from "../../cli/audit/run";
import { commandsRead } from "../account/support/environment";
import { describeInTestAll } from "../test-all";
import { createExistingApplication, type ExistingApplication } from "./harness/existing-application";
import { HOLES } from "./harness/holes";
import { closeOtherListeners, LAWFUL } from "./harness/lawful";
import { LocalAws } from "./harness/local-aws";
import { Site } from "./harness/site";
import { TerraformRoot } from "./harness/terraform";

const secret = "0123456789abcdef0123456789abcdef";

describeInTestAll(["terraform", "moto_server"], "audit of examples/complete", () => {
  let aws: LocalAws;
  let application: ExistingApplication;
  let folder: string;
  let outputs: string;
  let site: Site;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "audit-apply-"));
    aws = await LocalAws.start();
    application = await createExistingApplication(aws);
    await createInterfaces();
    const example = await TerraformRoot.init(aws, "examples/complete", {
      ...application.albExampleVariables,
      ...{ secret_header_values: { blue: secret }, wait_for_deployment: false },
      ...{ node_traffic_percent: 100, secret_header: { enforced: true } },
    });
    await example.apply();
    await admitOnlyTheNode();
    const { routing, cloudfront_routing } = await example.outputs<Record<"routing" | "cloudfront_routing", object>>();
    const [alb, cloudfront] = [parseRouting(routing), parseRouting(cloudfront_routing)];
    site = new Site(aws, application.outputs, {
      securityGroupId: String(alb.node.security_group_id),
      targetGroupArn: String(alb.node.target_group_arn),
      autoScalingGroupName: String(alb.node.members?.autoscaling_group_names?.[0]),
      distributionId: String(Object.values(cloudfront.entry_points)[0]?.distribution_id),
    });
    outputs = join(folder, "outputs.json");
    writeFileSync(outputs, JSON.stringify({ routing: { value: routing }, cloudfront: { value: cloudfront_routing } }));
  }, 400_000);

  const lines = commandsRead(() => aws.endpoint);

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await aws.stop();
  });

  async function audit(options: Options = {}): Promise<z.infer<typeof DOCUMENT>> {
    lines().length = 0;
    const exitCode = await run({ routing: [outputs], json: true, region: "us-east-1", ...options });
    const document = DOCUMENT.parse(JSON.parse(lines().join("\n")));
    expect(exitCode).toBe(document.exit_code);
    return document;
  }

  const classesOf = ({ roots }: Awaited<ReturnType<typeof audit>>) =>
    roots.flatMap(({ findings }) => findings.filter(({ certain }) => certain).map((one) => one.class));

  test("after the lockdown: proven, although other listeners still forward to the application", async () => {
    const document = await audit();
    const [root] = document.roots;
    expect([root?.findings, root?.unknowns]).toEqual([[], []]);
    expect([document.verdict, document.exit_code]).toEqual(["proven", 0]);
    expect([root?.locks.security_group.state, root?.locks.layer_7.state]).toEqual(["closed", "open"]);
  });

  test.each(Object.entries(HOLES))("a bypass: %s, and nothing left of it", async (expected, open) => {
    try {
      await open(site);
      const document = await audit();
      expect([classesOf(document), document.roots[0]?.unknowns]).toEqual([expect.arrayContaining([expected]), []]);
      expect(classesOf(document)).not.toContain("unclassified");
      expect([document.verdict, document.exit_code]).toEqual(["bypass", 1]);
    } finally {
      await site.restore();
    }
    expect((await audit()).exit_code).toBe(0);
  });

  test.each(Object.entries(LAWFUL))("no bypass: %s", async (_, change) => {
    try {
      await change(site);
      const [root] = (await audit()).roots;
      const ways = root?.findings.filter(({ kind }) => kind === "way");
      expect([ways, root?.unknowns, root?.verdict]).toEqual([[], [], "proven"]);
    } finally {
      await site.restore();
    }
  });

  test("the load balancer admitted for health checks: proven, and one lock is left", async () => {
    try {
      await closeOtherListeners(site);
      await site.admitLoadBalancer();
      const document = await audit();
      const [root] = document.roots;
      expect([root?.verdict, root?.locks.security_group.state, root?.locks.layer_7.state]).toEqual([
        ...["proven", "open", "closed"],
      ]);
      expect(document.exit_code).toBe(1);
      const [finding] = root?.findings ?? [];
      const accept = join(folder, "accept.yaml");
      const resource = finding?.resources[0];
      writeFileSync(
        accept,
        `- class: lock-security-group\n  resource: ${resource}\n  reason: health checks\n  until: 2099-01-01\n`,
      );
      expect((await audit({ accept })).exit_code).toBe(0);
      expect((await audit({ requireLocks: "layer7" })).exit_code).toBe(0);
    } finally {
      await site.restore();
    }
  });

  test("undetermined: a call that fails", async () => {
    await aws.refuse({ service: "elbv2", operation: "DescribeTargetGroups" });
    const document = await audit();
    expect([document.verdict, document.exit_code]).toEqual(["undetermined", 2]);
  });

  /** AWS makes an interface in each subnet of a load balancer, and names it in the description. The local API does not. */
  async function createInterfaces(): Promise<void> {
    const { outputs: known } = application;
    const groups = {
      [known.load_balancer_arn]: known.load_balancer_security_group_id,
      [known.network_load_balancer_arn]: known.network_load_balancer_security_group_id,
    };
    for (const [arn, group] of Object.entries(groups)) {
      const Description = `ELB ${arn.replace(/^.*:loadbalancer\//, "")}`;
      const { NetworkInterface } = await aws.ec2.createNetworkInterface({
        ...{ SubnetId: known.public_subnet_ids[0], Groups: [group], Description },
      });
      const { AllocationId } = await aws.ec2.allocateAddress({ Domain: "vpc" });
      await aws.ec2.associateAddress({ AllocationId, NetworkInterfaceId: NetworkInterface?.NetworkInterfaceId });
    }
  }

  /** What the application's owner does in the lockdown. */
  async function admitOnlyTheNode(): Promise<void> {
    const GroupId = application.outputs.application_security_group_id;
    const { SecurityGroupRules = [] } = await aws.ec2.describeSecurityGroupRules({
      Filters: [{ Name: "group-id", Values: [GroupId] }],
    });
    const others = SecurityGroupRules.filter((rule) => !rule.IsEgress && rule.ReferencedGroupInfo === undefined);
    const SecurityGroupRuleIds = others.map(({ SecurityGroupRuleId = "" }) => SecurityGroupRuleId);
    await aws.ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds });
  }
});
