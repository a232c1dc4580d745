import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalAws } from "../apply/harness/local-aws";
import type { Plan } from "../apply/harness/plan";
import { describeWithTools } from "../tools";
import { requireOldestVersion } from "./aws-provider";
import { runTerraform } from "./run";
import { SharedProvider } from "./shared-provider";

const folder = mkdtempSync(join(tmpdir(), "shared-provider-test-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A root configuration of its own, by its text in JSON. */
function root(name: string, configuration: object): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, "main.tf.json"), JSON.stringify(configuration));
  return path;
}

async function plan(folder: string, endpoint?: string): Promise<Plan> {
  await runTerraform(["plan", "-out=plan.tfplan"], { folder, endpoint });
  return JSON.parse((await runTerraform(["show", "-json", "plan.tfplan"], { folder, endpoint })).stdout) as Plan;
}

describeWithTools(["terraform"], "the provider that runs of Terraform share", () => {
  test("is configured for one run at a time", async () => {
    const teams = ["edge", "shop", "search", "billing"];
    const plans = teams.map((team) => {
      const aws = {
        default_tags: { tags: { team } },
        skip_requesting_account_id: true,
        skip_credentials_validation: true,
      };
      return plan(root(team, { provider: { aws }, resource: { aws_sns_topic: { this: { name: "alerts" } } } }));
    });
    const tags = (await Promise.all(plans)).map(
      ({ resource_changes }) => resource_changes?.[0]?.change.after?.tags_all,
    );
    expect(tags).toEqual(teams.map((team) => ({ team })));
  });

  test("does not end with a run, and ends with the suite", async () => {
    const provider = await SharedProvider.start();
    const versions = root("versions", { terraform: { required_providers: { aws: { source: "hashicorp/aws" } } } });
    await provider.use(() => runTerraform(["validate"], { folder: versions }));
    process.kill(provider.pid, 0); // throws, unless there is such a process
    await provider.stop();
    expect(() => process.kill(provider.pid, 0)).toThrow("ESRCH");
  });

  test("serves on after a run that failed", async () => {
    const provider = await SharedProvider.start();
    await expect(provider.use(() => Promise.reject(new Error("refused")))).rejects.toThrow("refused");
    await expect(provider.use(() => Promise.resolve("done"))).resolves.toBe("done");
    await provider.stop();
  });
});

describeWithTools(["terraform", "moto_server"], "a shared provider", () => {
  test("calls the AWS of the run", async () => {
    const path = root("vpcs", {
      data: { aws_vpcs: { all: {} } },
      output: { ids: { value: "${data.aws_vpcs.all.ids}" } },
    });
    for (const aws of [await LocalAws.start(), await LocalAws.start()]) {
      const { Vpcs = [] } = await aws.ec2.describeVpcs();
      const { output_changes } = await plan(path, aws.endpoint);
      expect(output_changes?.ids?.after).toEqual(Vpcs.map(({ VpcId }) => VpcId));
      await aws.stop();
    }
  });
});

test("an AWS provider of another version is refused, whatever the machine has by its name", async () => {
  const path = root("locked", {});
  const lock = 'provider "registry.terraform.io/hashicorp/aws" {\n  version     = "6.66.0"\n  hashes = []\n}\n';
  writeFileSync(join(path, ".terraform.lock.hcl"), lock);
  await expect(requireOldestVersion(path)).rejects.toThrow(
    "The AWS provider has version 6.66.0, and the suites are for 5.100.0.",
  );
});
