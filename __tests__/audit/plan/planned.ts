import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runTerraform } from "../../terraform/run";
import { STATE } from "./state";

const ROOT = resolve(__dirname, "configuration");

/** What `terraform show -json` writes for a plan of the root. Nothing is asked: its state is written here. */
export async function plannedByTerraform(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "plan-test-"));
  const terraform = (...args: string[]) => runTerraform(args, { folder });
  try {
    cpSync(ROOT, folder, { recursive: true });
    writeFileSync(join(folder, "terraform.tfstate"), JSON.stringify(stateOf()));
    await terraform("init");
    await terraform("plan", "-refresh=false", "-out=plan");
    return (await terraform("show", "-json", "plan")).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Of version 4: https://developer.hashicorp.com/terraform/language/state */
function stateOf(): object {
  const resources = Object.entries(STATE).map(([address, { schema_version = 0, ...attributes }]) => {
    const [type, name] = address.split(".");
    const provider = 'provider["registry.terraform.io/hashicorp/aws"]';
    return { mode: "managed", type, name, provider, instances: [{ schema_version, attributes }] };
  });
  return { version: 4, terraform_version: "1.9.0", serial: 1, lineage: "test", outputs: {}, resources };
}
