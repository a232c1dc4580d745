import { blocksIn } from "./orders";

/** What a new `name` of a module must not replace: README, "Change the name". The trials "new name" show it. */
describe("what AWS cannot rename", () => {
  const blocks = blocksIn("modules").map(({ module, block, text }) => ({ name: `${module}: ${block}`, text }));

  // Interfaces get a new group for CloudFront before they lose the old one.
  const kept =
    /^(?!cloudfront:).* aws_security_group\.| aws_lb\.|^verification: aws_(s3_bucket|sns_topic|cloudwatch_log_group|iam_role|config_configuration_recorder|config_delivery_channel)\./;

  test.each(blocks.filter(({ name }) => kept.test(name)))("$name keeps its name", ({ text }) => {
    expect(text).toMatch(/^ {4}ignore_changes *= \[(name|name_prefix|bucket_prefix)\]$/m);
  });

  test("a VPC origin is replaced, because AWS changes none that is in use", () => {
    const identity = blocks.find(({ name }) => name === "cloudfront: terraform_data.endpoint_identity");
    expect(identity?.text).toMatch(/^ {4}var\.name,$/m);
  });
});
