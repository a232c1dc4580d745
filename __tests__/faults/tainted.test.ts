import { describeInTestAll } from "../test-all";
import { Bench } from "./bench";

/** The steps after which all that a module creates is there. */
const STEPS = [
  ["alb", "lockdown"],
  ["network-acl", "all at once"],
  ["nlb", "all at once"],
  ["api-gateway-http", "all at once"],
  ["cloudfront", "all at once"],
  ["application-backend", "cutover"],
  ["node-fleet", "all at once"],
] as const;

/** The module adopts these. A destroy is refused, so they cannot be replaced either. */
const ADOPTED = /\.adopted\b/;

/** `module.m.aws_lb.node` of `module.m.aws_lb.node["a"]`. */
const resourceOf = (address: string) => address.replace(/\[[^\]]*\]$/, "");

/**
 * Terraform replaces what was created in part. With create_before_destroy, which a resource inherits from those that depend
 * on it, the new one is created while the old one has its name.
 */
describeInTestAll(["terraform", "moto_server", "aws"], "what was created in part", () => {
  let bench: Bench;

  beforeAll(async () => {
    bench = await Bench.start();
  }, 60_000);

  afterAll(() => bench.stop());

  test.each(STEPS)(
    "%s, %s: each resource is replaced, or untainted as docs/recovery.md says",
    async (scenario, step) => {
      const managed = (await bench.managed(scenario, step)).filter((address) => !ADOPTED.test(address));
      const one = new Map(managed.map((address) => [resourceOf(address), address]));
      expect(one.size).toBeGreaterThan(0);
      const stuck: Record<string, readonly string[]> = {};
      for (const address of one.values()) {
        const outcome = await bench.taint(scenario, step, address);
        if (outcome.stuck.length > 0) stuck[address] = outcome.stuck;
      }
      expect(stuck).toEqual({});
    },
    1_200_000,
  );
});
