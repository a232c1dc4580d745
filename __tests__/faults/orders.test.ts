import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blocksIn, CREATE_BEFORE_DESTROY, inWords, ordersIn, remove } from "./orders";
import { SCENARIOS } from "./scenarios";
import { TRIES } from "./tries";

/** `npm run faults -- --orders` takes out the orders in tries.ts, and writes docs/orders.md. */
describe("orders of the modules", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "orders-"));
    cpSync("modules", folder, { recursive: true });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("are found in resources and outputs", () => {
    const found = ordersIn("modules").map(inWords);
    expect(found).toEqual(
      expect.arrayContaining([
        "alb: aws_lb_listener_rule.closing without aws_lb_listener_rule.node",
        "alb: aws_lb_target_group.node without create_before_destroy",
        "application-backend: output.application without aws_lb_listener_rule.application",
      ]),
    );
    expect(new Set(found).size).toBe(found.length);
  });

  test("what lets requests through is created before the old one is destroyed", () => {
    const path =
      /^aws_(vpc_security_group_(e|in)gress_rule|network_interface_sg_attachment|lb_target_group_attachment|autoscaling_attachment)\./;
    const blocks = blocksIn("modules").filter(({ block }) => path.test(block));
    expect(blocks.length).toBeGreaterThan(25);
    const expected = blocks.map(({ module, block }) => inWords({ module, block, without: CREATE_BEFORE_DESTROY }));
    expect(ordersIn("modules").map(inWords)).toEqual(expect.arrayContaining(expected));
  });

  // Of owners who move the requests themselves, in the same apply.
  test.each([
    ["alb", "aws_lb_listener_rule.node", ["forward_action"]],
    ["nlb", "aws_lb_listener.adopted", ["cutover_target_group_arn"]],
    ["cloudfront", "aws_cloudfront_distribution.new", ["cutover_origin", "cutover_origins", "node_origin"]],
    ["api-gateway-http", "aws_apigatewayv2_integration.node", ["cutover_integration", "openapi_integration"]],
    ["api-gateway-rest", "aws_api_gateway_deployment.routing", ["redeployment_trigger"]],
    ["api-gateway-rest-alb", "aws_api_gateway_integration.adopted", ["integrations"]],
    ["api-gateway-rest-alb", "aws_api_gateway_deployment.routing", ["redeployment_trigger"]],
  ])("in %s, what owners paste waits as %s does", (module, block, outputs) => {
    const waitsFor = (name: string) =>
      ordersIn("modules")
        .filter((order) => order.module === module && order.block === name)
        .map(({ without }) => without)
        // Owners have no part in what is adopted, and create their deployment as they like.
        .filter((without) => !without.endsWith(".adopted[0]") && without !== CREATE_BEFORE_DESTROY);
    expect(waitsFor(block)).not.toEqual([]);
    for (const output of outputs) expect(waitsFor(`output.${output}`)).toEqual(waitsFor(block));
  });

  test("one is taken out, and no other", () => {
    const all = ordersIn(folder);
    const block = "aws_lb_target_group_attachment.instance";
    const attachment = { module: "application-backend", block };
    const gone = [
      { ...attachment, without: "aws_lb_listener_rule.application" },
      { ...attachment, without: CREATE_BEFORE_DESTROY },
      { module: "alb", block: "aws_lb_listener_rule.closing", without: "aws_lb_listener_rule.node" },
    ];
    for (const order of gone) remove(order, folder);
    const left = ordersIn(folder).map(inWords);
    const expected = all.map(inWords).filter((words) => !gone.map(inWords).includes(words));
    expect(left).toEqual(expected);
    expect(() => {
      remove({ module: "alb", block, without: "aws_lb.gone" }, folder);
    }).toThrow("modules/alb has no aws_lb.gone in aws_lb_target_group_attachment.instance.");
  });

  test("each that is tried is there, and so is its step", () => {
    const all = new Set(ordersIn("modules").map(inWords));
    for (const { orders, step: key } of TRIES) {
      for (const order of orders) expect(all).toContain(inWords(order));
      const [scenario = "", step = ""] = key.split("/");
      expect(Object.keys(SCENARIOS[scenario]?.steps ?? {})).toContain(step);
    }
  });

  test("each is tried once: the page has one row for it", () => {
    const tried = TRIES.map(({ orders }) => orders.map(inWords).join());
    expect(new Set(tried).size).toBe(tried.length);
  });
});
