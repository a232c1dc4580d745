import { run } from "../../cli/survey/run";
import { commandsRead } from "../account/support/environment";
import { applicationLoadBalancer } from "../apply/foreign/load-balancer";
import { LocalAws } from "../apply/harness/local-aws";
import { describeInTestAll } from "../test-all";

describeInTestAll(["moto_server"], "survey without documents", () => {
  let aws: LocalAws;

  beforeAll(async () => {
    aws = await LocalAws.start();
    await applicationLoadBalancer(aws, "shop");
  }, 60_000);

  afterAll(() => aws.stop());

  const lines = commandsRead(() => aws.endpoint);

  test("reads the account in each Region, and CloudFront once", async () => {
    const exitCode = await run({ region: ["us-east-1", "eu-west-1"] });
    const text = lines().join("\n");
    expect(text).toMatch(/not possible +123456789012 +us-east-1 +shop +alb .* so there is nothing behind it\./);
    // The stand-in does not answer every call. What it does not answer is not taken for nothing.
    expect(exitCode).toBe(text.includes("not read:") || text.includes("undetermined") ? 2 : 0);
  }, 60_000);
});
