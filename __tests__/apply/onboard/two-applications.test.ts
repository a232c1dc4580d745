import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../../cli/onboard/run";
import { printed, useAccount } from "../../account/support/environment";
import { describeInTestAll } from "../../test-all";
import { twoApplications } from "../foreign/applications/two-applications";
import { listenerRules } from "../harness/listener";
import { LocalAws } from "../harness/local-aws";
import { securityGroupRules } from "../harness/security-groups";
import { TerraformRoot } from "../harness/terraform";
import { type Application, behind } from "./onboarded";

const NAMES = ["shop-wallarm", "blog-wallarm"];

// They share the listener, the node, and every security group.
describeInTestAll(["terraform", "moto_server"], "onboard alb, for two applications on one load balancer", () => {
  let aws: LocalAws;
  let application: Application;
  let restore: () => void;
  let before: unknown;
  const folders = NAMES.map(() => mkdtempSync(join(tmpdir(), "onboard-test-")));
  const roots: TerraformRoot[] = [];

  beforeAll(async () => {
    aws = await LocalAws.start();
    application = await behind(twoApplications, aws);
    before = await picture();
    restore = useAccount(aws.endpoint);
    printed();
  }, 300_000);

  afterAll(async () => {
    restore();
    for (const folder of folders) rmSync(folder, { recursive: true });
    await aws.stop();
  });

  async function picture() {
    const { listenerArns } = application;
    return { rules: await listenerRules(aws, listenerArns[0] ?? ""), groups: await securityGroupRules(aws) };
  }

  test("each has a configuration, which applies beside the other", async () => {
    for (const [index, out] of folders.entries()) {
      const applicationTargetGroups = [application.targetGroupArns[index] ?? ""];
      const options = { ...application.node, out, name: NAMES[index] ?? "", applicationTargetGroups };
      expect(await run("alb", application.id, options)).toBe(0);
      const root = await TerraformRoot.written(aws, out);
      await root.apply();
      roots.push(root);
    }
    for (const percent of [0, 100, 0])
      for (const root of roots) {
        await root.apply({ node_traffic_percent: percent });
        expect(await root.changes({ node_traffic_percent: percent })).toEqual([]);
      }
    expect(await run(undefined, undefined, { check: folders })).toBe(0);
  }, 300_000);

  test("they go one after the other, and everything is as it was", async () => {
    for (const root of [...roots].reverse()) await root.destroy();
    expect(await picture()).toEqual(before);
  }, 300_000);
});
