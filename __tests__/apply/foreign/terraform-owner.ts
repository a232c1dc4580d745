import type { LocalAws } from "../harness/local-aws";
import { TerraformRoot, type Variables } from "../harness/terraform";
import type { Owner } from "./application";

/** An owner with a Terraform state of his own, of which ours knows nothing. */
export class TerraformOwner implements Owner {
  private constructor(
    readonly root: TerraformRoot,
    private variables: Variables,
  ) {}

  /** @param name of the configuration in `owners/` */
  static async start(aws: LocalAws, name: string, variables: Variables): Promise<TerraformOwner> {
    const owner = new TerraformOwner(
      await TerraformRoot.init(aws, `__tests__/apply/foreign/owners/${name}`),
      variables,
    );
    await owner.apply();
    return owner;
  }

  async plan(): Promise<string[]> {
    return await this.root.changes(this.variables);
  }

  async apply(change: Variables = {}): Promise<void> {
    this.variables = { ...this.variables, ...change };
    await this.root.apply(this.variables);
  }
}
