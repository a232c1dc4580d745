import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blocksIn, CREATE_BEFORE_DESTROY, inWords, ordersIn, remove } from "./orders";
import { missing, ordersFor, REASONS } from "./reasons";
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

  describe("have reasons", () => {
    const blocks = blocksIn("modules");
    const orders = ordersIn("modules").map(inWords);

    // A module that loses an order fails here, whether or not a step shows it.
    test.each(REASONS)("$why", (reason) => {
      expect(ordersFor(reason, blocks)).not.toEqual([]);
      expect(missing(reason, blocks, new Set(orders))).toEqual([]);
    });

    test("each has one, and without it, only that one is missing", () => {
      for (const gone of orders) {
        const kept = new Set(orders.filter((order) => order !== gone));
        expect(REASONS.flatMap((reason) => missing(reason, blocks, kept))).toEqual([gone]);
      }
    });
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
