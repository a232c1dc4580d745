import { type Result, Workspace } from "../../modules/workspace";

/** Runs a test in a copy of a root configuration of the repository, and of what it needs, that Terraform has initialized. */
export async function inCopy(
  [path, ...needed]: readonly [string, ...string[]],
  run: (terraform: (...args: string[]) => Promise<Result>) => Promise<void>,
): Promise<void> {
  const workspace = new Workspace();
  try {
    for (const one of [path, ...needed]) workspace.copy(one);
    const terraform = (...args: string[]) => workspace.terraform(path, ...args);
    expect(await terraform("init")).toMatchObject({ exitCode: 0 });
    await run(terraform);
  } finally {
    workspace.remove();
  }
}
