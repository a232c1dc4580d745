/**
 * The synthesis program with the module `alb` as many times as the first argument says, in a scratch project. Prints the
 * peak memory in kB.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AlbStack } from "../stacks/alb/alb-stack";
import { ModuleApp } from "../synth/emit/module-app";

const names = Array.from({ length: Number(process.argv[2]) }, (_, index) => `alb-${index}`);
const root = mkdtempSync(join(tmpdir(), "many-modules-"));
const example = readFileSync("examples/alb/minimal/main.tf", "utf8");
for (const name of names) {
  cpSync("stacks/alb/README.md", join(root, "stacks", name, "README.md"));
  mkdirSync(join(root, "examples", name, "minimal"), { recursive: true });
  writeFileSync(join(root, "examples", name, "minimal", "main.tf"), example.replace("modules/alb", `modules/${name}`));
}
cpSync("package.json", join(root, "package.json"));
process.chdir(root);
process.on("exit", () => {
  rmSync(root, { recursive: true });
  process.stderr.write(`${process.resourceUsage().maxRSS}\n`);
});
const app = new ModuleApp({ registryAddress: (module) => `registry.example.com/acme/${module}/aws` });
for (const name of names) new AlbStack(app, name);
app.synth();
void app.changes.then(() => process.exit());
