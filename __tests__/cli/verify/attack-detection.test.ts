import { attackDetection, type Mode, MODES } from "../../../cli/verify/attack-detection";
import type { Outcome } from "../../../cli/verify/outcome";
import { Node } from "../../node-config/support/node";
import { describeWithTools } from "../../tools";
import { answer, found, https, reset } from "./support/outcomes";
import { verified } from "./support/verified";

/** The verdict and the reason for it, where the attack and the harmless request end so. */
async function judged(mode: Mode, attacked: Outcome, harmless: Outcome, address = https) {
  const [finding] = await found(attackDetection(address, undefined, mode), ({ address: { path } }) =>
    path.endsWith("/etc/passwd") ? attacked : harmless,
  );
  return `${finding?.verdict}: ${finding?.reason}`;
}

const compared = "; a harmless request: answered 200";

describe("in the mode block", () => {
  test.each([200, 302, 404])("passes when the attack alone gets 403, the harmless request %d", async (status) => {
    expect(await judged("block", answer(403), answer(status))).toMatch(/^pass: answered 403; /);
  });

  test.each([400, 401])("fails when the attack alone gets %d", async (status) => {
    expect(await judged("block", answer(status), answer(200))).toMatch(/^fail: /);
  });

  test.each([200, 302, 404, 500])("fails when the attack gets %d", async (status) => {
    expect(await judged("block", answer(status), answer(200))).toMatch(/^fail: .*the node did not block the attack/);
  });

  test.each([
    ["a harmless request gets 403 too", answer(403), answer(403), "too, so the 403 does not show"],
    ["a harmless request gets no answer", answer(403), reset, "nothing to compare with"],
    ["a harmless request gets 503", answer(403), answer(503), "nothing to compare with"],
    ["the attack gets no answer", reset, answer(200), "then reset"],
    ["both get 401", answer(401), answer(401), "not known whether the requests reached the node"],
    ["both get 400", answer(400), answer(400), "not known whether the requests reached the node"],
    ["both get 503", answer(503), answer(503), "no requests get through"],
    ["the attack gets 504, the harmless request no answer", answer(504), reset, "no requests get through"],
  ])("cannot tell when %s", async (_, attacked, harmless, reason) => {
    const judgement = await judged("block", attacked, harmless);
    expect(judgement).toMatch(/^unknown: /);
    expect(judgement).toContain(reason);
  });

  test("cannot tell when it is only sent to https", async () => {
    const redirect = answer(301, "https://shop.example.com");
    expect(await judged("block", redirect, redirect, { ...https, protocol: "http" })).toMatch(
      /^unknown: .*which verify does not follow; use the https address$/,
    );
    // With TLS it is the application that redirects.
    expect(await judged("block", redirect, redirect)).toMatch(/^fail: /);
  });
});

describe("in a mode that lets attacks pass", () => {
  test.each(["monitoring", "safe_blocking"] as const)("%s: says where to look", async (mode) => {
    expect(await judged(mode, answer(404), answer(200))).toBe(
      `unknown: answered 404; in the mode ${mode}, the node does not block the attack, so look for it in Wallarm Console`,
    );
  });

  test("off: says that nobody looked", async () => {
    expect(await judged("off", answer(404), answer(200))).toMatch(/^unknown: .*does not inspect requests$/);
  });

  test.each(MODES.slice(1))("%s: a 403 is of something else", async (mode) => {
    expect(await judged(mode, answer(403), answer(200))).toBe(
      `unknown: answered 403${compared}; a node in the mode ${mode} does not block the attack, so something else refused it, or the node is in another mode`,
    );
  });

  test.each(MODES.slice(1))("%s: nothing that comes back passes", async (mode) => {
    for (const attacked of [200, 301, 403, 404, 500].map((status) => answer(status)).concat(reset))
      for (const harmless of [answer(200), answer(403), answer(500), reset])
        expect(await judged(mode, attacked, harmless)).toMatch(/^unknown: /);
  });
});

test.each([
  ["/", "/etc/passwd", "/"],
  ["/prod", "/prod/etc/passwd", "/prod/"],
  ["/prod/", "/prod/etc/passwd", "/prod/"],
])("below the path %s, the attack asks for %s and the harmless request for %s", async (path, attack, harmless) => {
  const paths: string[] = [];
  await found(attackDetection({ ...https, path }, undefined, "block"), ({ address }) => {
    paths.push(address.path);
    return answer(200);
  });
  expect(paths.sort()).toEqual([attack, harmless].sort());
});

test.each([
  ["EU", ["https://my.wallarm.com/attacks"]],
  ["US", ["https://us1.my.wallarm.com/attacks"]],
  [undefined, ["https://my.wallarm.com/attacks", "https://us1.my.wallarm.com/attacks"]],
])("the link to the Console of the cloud %s", async (cloud, links) => {
  const { notes } = await verified({ entry_points: ["http://127.0.0.1:1"], ...(cloud && { cloud }) });
  expect(notes.join(" ").match(/https:[^, ]+/g)).toEqual(links);
});

describeWithTools(["nginx"], "a real nginx that blocks for one Host only", () => {
  let node: Node;

  beforeAll(async () => {
    node = await Node.start(
      {},
      (port) => `
        server { listen 127.0.0.1:${port} default_server; return 200; }
        server {
          listen 127.0.0.1:${port};
          server_name shop.example.com;
          location = /etc/passwd { return 403; }
          location / { return 204; }
        }`,
    );
  });

  afterAll(() => node.stop());

  test.each([
    ["shop.example.com", "pass", "answered 403; a harmless request: answered 204"],
    [
      "other.example.com",
      "fail",
      "answered 200; a harmless request: answered 200, so the node did not block the attack",
    ],
  ])("asked for %s", async (host, verdict, reason) => {
    const { findings } = await verified({ entry_points: [`http://127.0.0.1:${node.port}`], host });
    expect(findings).toEqual([
      {
        test: "attack detection",
        target: `http://127.0.0.1:${node.port}/etc/passwd for ${host}`,
        verdict,
        reason: expect.stringContaining(reason) as string,
      },
    ]);
  });
});
