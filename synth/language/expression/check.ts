import { TerraformElement } from "cdktf";
import { Construct } from "constructs";
import { Validation } from "./validation";

/**
 * A `check` block: an assertion that warns at plan and apply and never stops them.
 * Source: https://developer.hashicorp.com/terraform/language/checks
 */
export class Check extends TerraformElement {
  public constructor(
    scope: Construct,
    private readonly name: string,
    private readonly assertion: Validation,
  ) {
    super(scope, `check.${name}`);
  }

  public override toTerraform(): object {
    const { condition, errorMessage } = this.assertion;
    return { check: { [this.name]: { assert: [{ condition, error_message: errorMessage }] } } };
  }
}
