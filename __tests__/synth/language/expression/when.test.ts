import { TerraformResource } from "cdktf";
import { hcl } from "../../../../synth/language/expression/expression";
import { when } from "../../../../synth/language/expression/when";
import { moduleOf } from "../../support/example-stack";

test("a resource exists on a condition", () => {
  const module = moduleOf((stack) => {
    const count = when(hcl`var.enabled`);
    new TerraformResource(stack, "this", { terraformResourceType: "aws_lb", count });
  });
  expect(module.resource).toEqual({ aws_lb: { this: { count: "${var.enabled ? 1 : 0}" } } });
});
