import { moduleFiles, Workspace } from "../../modules/workspace";
import { messagesIn } from "../../terraform/messages";

/** Resources that a plan creates, by address: the arguments that are known. */
export type Planned = Readonly<Record<string, Record<string, unknown>>>;

/** What a call of the module plans in a Region, in the account of its mocks. The other arguments are those of terraform.tfvars. */
export async function planned(region: string, variables: object): Promise<Planned> {
  const workspace = new Workspace();
  try {
    for (const file of [...moduleFiles("verification").keys(), "tests/mocks", "tests/terraform.tfvars"])
      workspace.copy(`modules/verification/${file}`, file);
    workspace.write("tests/planned.tftest.json", {
      mock_provider: { aws: { override_during: "plan", source: "./tests/mocks" } },
      run: {
        planned: {
          command: "plan",
          variables,
          override_data: [{ target: "data.aws_region.current", values: { id: region } }],
        },
      },
    });
    const init = await workspace.terraform("", "init");
    if (init.exitCode !== 0) throw new Error(init.stderr);
    const { stdout } = await workspace.terraform("", "test", "-json", "-verbose");
    const lines = messagesIn(stdout);
    const errors = lines.filter((line) => line["@level"] === "error").map((line) => line["@message"]);
    if (errors.length > 0) throw new Error(errors.join("\n"));
    const changes = lines.flatMap(({ test_plan }) => test_plan?.resource_changes ?? []);
    return Object.fromEntries(changes.map(({ address, change }) => [address, change.after]));
  } finally {
    workspace.remove();
  }
}
