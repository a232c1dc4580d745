import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { filesIn, temporaryFolders, writeFiles } from "../synth/support/folders";
import { generatedFiles, REPOSITORY, Run, VERSION } from "../synth/support/program";
import { describeInTestAll } from "../test-all";
import { readsWithCredentials } from "./support/credentials";

const NAME = "terraform-aws-wallarm-routing";
const PEERS = ["@cdktf", "cdktf", "constructs"];

describeInTestAll([], "the package on npm", () => {
  const newFolder = temporaryFolders();
  const folder = newFolder();
  execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: REPOSITORY });
  const tarball = join(folder, `${NAME}-${VERSION}.tgz`);
  const modules = readdirSync(join(REPOSITORY, "modules"));

  /** A folder in which only the tarball was installed, from a cache with nothing in it and without a network. */
  function installed(): string {
    const project = newFolder({ "package.json": "{}" });
    const args = ["install", "--offline", "--cache", newFolder(), "--no-fund", "--no-audit", tarball];
    execFileSync("npm", args, { cwd: project, stdio: "pipe" });
    return project;
  }

  /** Installs what the package asks for only when it is needed: the repository's own. */
  function addPeers(project: string): void {
    for (const name of PEERS) symlinkSync(join(REPOSITORY, "node_modules", name), join(project, "node_modules", name));
  }

  function run(project: string, command: string, ...args: string[]): Run {
    const { status, stdout, stderr } = spawnSync(join(project, "node_modules/.bin", command), args, {
      cwd: project,
      encoding: "utf8",
    });
    return { exitCode: status, stdout, stderr };
  }

  describe("the package", () => {
    const list = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n");
    const names = list.map((path) => path.replace("package/", ""));

    test("is under 3 MB", () => {
      expect(statSync(tarball).size).toBeLessThan(3_000_000);
    });

    test("holds the command, the modules, the library with types, and nothing of our work", () => {
      expect(names).toEqual(
        expect.arrayContaining(["build/cli.js", "build/account.js", "LICENSE", "README.md", "CHANGELOG.md"]),
      );
      for (const module of modules) {
        for (const file of generatedFiles(module)) expect(names).toContain(`modules/${module}/${file}`);
        expect(names).toContain(`lib/stacks/${module}/${module}-stack.js`);
        expect(names).toContain(`lib/stacks/${module}/${module}-stack.d.ts`);
      }
      const unwanted = /(?<!\.d)\.m?ts$|tests?\/|node_modules|tfstate|tfvars|\.terraform|\.map$/;
      expect(names.filter((name) => unwanted.test(name))).toEqual([]);
    });
  });

  describe("installed without anything else", () => {
    const project = installed();

    test("it brings the licenses of what is bundled", () => {
      const notices = filesIn(join(project, "node_modules", NAME))["build/licenses.txt"];
      for (const name of ["commander", "diff", "fflate", "marked", "semver", "tar-stream", "@aws-sdk/client-ec2"])
        expect(notices).toMatch(new RegExp(`^${name} \\d+\\.`, "m"));
    });

    test("it is the only package there", () => {
      expect(readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([NAME]);
    });

    test("it says what it can do, in which version", () => {
      const { exitCode, stdout } = run(project, NAME, "--help");
      expect(exitCode).toBe(0);
      for (const text of ["vendor", "registry", "synth", "Exit codes"]) expect(stdout).toContain(text);
      expect(run(project, NAME, "--version")).toEqual({ exitCode: 0, stdout: `${VERSION}\n`, stderr: "" });
      for (const command of ["vendor", "registry", "synth"])
        expect(run(project, NAME, command, "--help")).toMatchObject({ exitCode: 0, stderr: "" });
    });

    test("it vendors and publishes the modules", () => {
      expect(run(project, NAME, "vendor", "copies")).toMatchObject({ exitCode: 0, stderr: "" });
      expect(run(project, NAME, "vendor", "copies", "--check")).toMatchObject({ exitCode: 0 });
      const registry = ["registry", "--out", "registry", "--namespace", "acme"];
      expect(run(project, NAME, ...registry)).toMatchObject({ exitCode: 0, stderr: "" });
      const files = filesIn(join(project));
      for (const module of modules) {
        for (const file of generatedFiles(module))
          expect(files[`copies/${module}/${file}`]).toBe(
            readFileSync(join(REPOSITORY, "modules", module, file), "utf8"),
          );
        expect(files).toHaveProperty([`registry/v1/modules/acme/${module}/aws/versions`]);
      }
    });

    test("it does not synthesize, and says in one line what to install for that", () => {
      const before = Object.keys(filesIn(project));
      const { exitCode, stdout, stderr } = run(project, NAME, "synth", "--out", "synthesized");
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expect(stderr.trim().split("\n")).toHaveLength(1);
      expect(stderr).toMatch(/npm install --save-dev .*"@cdktf\/provider-aws@21\.\S+" "cdktf@0\.21\.0" "constructs@/);
      expect(Object.keys(filesIn(project))).toEqual(before);
    });
  });

  describe("reads accounts, and nothing else is installed", () => {
    readsWithCredentials(join(installed(), "node_modules/.bin", NAME), newFolder);
  });

  describe("the bundles", () => {
    /** The files that went into a bundle. */
    const inputsOf = (bundle: string) => {
      const text = readFileSync(join(REPOSITORY, `build/${bundle}.meta.json`), "utf8");
      return Object.keys((JSON.parse(text) as Metafile).inputs);
    };

    test("only that of the commands that read accounts has the AWS SDK", () => {
      const sdk = /node_modules\/(@aws-sdk|@smithy)\//;
      expect(inputsOf("account").some((path) => sdk.test(path))).toBe(true);
      expect(inputsOf("cli").filter((path) => sdk.test(path) || path.startsWith("account/"))).toEqual([]);
    });

    test("that of the commands that read accounts has no CDKTF and no WebAssembly", () => {
      const unwanted =
        /node_modules\/(@cdktf|cdktf|constructs)\/|\.wasm$|^stacks\/|^synth\/(emit|variables)\/|^main\.ts/;
      expect(inputsOf("account").filter((path) => unwanted.test(path))).toEqual([]);
    });
  });

  describe("installed beside CDKTF", () => {
    const project = installed();
    addPeers(project);

    test("it synthesizes the modules, the bytes that are in the repository", () => {
      expect(run(project, NAME, "synth", "--out", "synthesized")).toMatchObject({ exitCode: 0, stderr: "" });
      const files = filesIn(join(project, "synthesized"));
      const expected = modules.flatMap((module) => generatedFiles(module).map((file) => `${module}/${file}`));
      expect(Object.keys(files)).toEqual(expected.sort());
      for (const [path, text] of Object.entries(files))
        expect(text).toBe(readFileSync(join(REPOSITORY, "modules", path), "utf8"));
    });

    const programs = {
      "program.ts": `
      import { App } from "cdktf";
      import { Construct } from "constructs";
      import { AlbStack } from "${NAME}/lib/stacks/alb/alb-stack";
      import { AWS_PROVIDER } from "${NAME}/lib/stacks/parts/provider/aws-provider";
      import { nameSchema } from "${NAME}/lib/stacks/parts/common-variables";
      import { ModuleStack } from "${NAME}/lib/synth/emit/module-stack";

      class OurStack extends ModuleStack {
        public constructor(scope: Construct, id: string) {
          super(scope, id, { summary: "Ours.", providers: [AWS_PROVIDER] });
          const name: string = this.variable("name", nameSchema);
          this.output("name", "The name.", name);
        }
      }

      const app = new App();
      const alb = new AlbStack(app, "alb");
      if (!(alb instanceof ModuleStack)) throw new Error("There are two copies of ModuleStack.");
      new OurStack(app, "ours").narrowProvider("aws", "~> 6.10");
      app.synth();
    `,
      // A type that were any would take all of these.
      "mistakes.ts": `
      import { AlbStack } from "${NAME}/lib/stacks/alb/alb-stack";
      import { nameSchema } from "${NAME}/lib/stacks/parts/common-variables";

      // @ts-expect-error - a stack has a scope
      new AlbStack();
      // @ts-expect-error - the reference is a string
      export const name: number = nameSchema.reference("var.name");
    `,
    };

    // CDKTF's own template has the first of these.
    test.each([
      { module: "commonjs", moduleResolution: "node10" },
      { module: "node16", moduleResolution: "node16" },
      { module: "preserve", moduleResolution: "bundler" },
    ])("its stacks and parts have types: module $module", (options) => {
      writeFiles(project, programs);
      symlinkSync(join(REPOSITORY, "node_modules/@types"), join(project, `types-${options.module}`));
      const compilerOptions = {
        ...options,
        target: "es2022",
        strict: true,
        skipLibCheck: true,
        outDir: options.module,
        typeRoots: [`types-${options.module}`],
        types: ["node"],
      };
      writeFiles(project, { "tsconfig.json": JSON.stringify({ compilerOptions, files: Object.keys(programs) }) });
      const tsc = join(REPOSITORY, "node_modules/.bin/tsc");
      expect(spawnSync(tsc, [], { cwd: project, encoding: "utf8" })).toMatchObject({ stdout: "", status: 0 });
    });

    test("a program that imports them runs", () => {
      mkdirSync(join(project, "output"));
      const { status, stderr } = spawnSync(process.execPath, [join(project, "commonjs/program.js")], {
        cwd: join(project, "output"),
        encoding: "utf8",
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      const stack = (name: string) =>
        JSON.parse(filesIn(join(project, "output"))[`cdktf.out/stacks/${name}/cdk.tf.json`] ?? "") as object;
      expect(stack("alb")).toHaveProperty("resource.aws_lb_target_group.node");
      expect(stack("ours")).toMatchObject({
        variable: { name: {} },
        terraform: { required_providers: { aws: { version: "~> 6.10" } } },
      });
    });
  });
});
