import { describeWithTools } from "../tools";
import { Application, receivedBy } from "./support/application";
import type { Node } from "./support/node";
import { Nodes } from "./support/nodes";

const current = "c0".repeat(20);
const previous = "p1".repeat(20);

describeWithTools(["terraform", "nginx"], "the secret header", () => {
  let application: Application;
  let nodes: Nodes;
  let node: Node;

  beforeAll(async () => {
    application = await Application.start();
    nodes = await Nodes.start({
      node: {
        backend: { url: `http://127.0.0.1:${application.port}` },
        secret_header: { name: "X-CloudFront-Secret" },
        secret_header_values: { blue: current, green: previous },
        health_path: "/health.check",
      },
    });
    node = nodes.get("node");
  });

  afterAll(async () => {
    await application.stop();
    await nodes.stop();
  });

  beforeEach(() => {
    application.requests = 0;
  });

  const withSecret = (...values: string[]) => ({ headers: { "X-CloudFront-Secret": values } });

  test.each([
    ["the current one", current],
    ["the previous one", previous],
  ])("lets a request through with %s", async (_, secret) => {
    expect(await node.status("/", withSecret(secret))).toBe(200);
    expect(application.requests).toBe(1);
  });

  test.each([
    ["missing", []],
    ["empty", [""]],
    ["wrong", ["x".repeat(40)]],
    ["in another case", [current.toUpperCase()]],
    ["with something before it", [`x${current}`]],
    ["with something behind it", [`${current}x`]],
    ["with a space inside", [`${current} ${previous}`]],
    ["a pattern", [".*"]],
    ["both in one", [`${current}|${previous}`]],
    ["two, of which the second is right", ["x".repeat(40), current]],
  ])("refuses a request where it is %s", async (_, secrets) => {
    expect(await node.status("/", withSecret(...secrets))).toBe(403);
    expect(application.requests).toBe(0);
  });

  test("is not passed on, in whatever case it came", async () => {
    const response = await node.get("/", { headers: { "x-cloudfront-SECRET": current, "X-Other": "1" } });
    const { names } = await receivedBy(response);
    expect(names).toContain("x-other");
    expect(names).not.toContain("x-cloudfront-secret");
  });

  test.each(["GET", "POST", "OPTIONS", "HEAD", "DELETE"])("is demanded for %s", async (method) => {
    expect(await node.status("/", { method })).toBe(403);
  });

  test.each(["/?/health.check", "/a/..", "/a/%2e%2e/", "/wallarm-apifw", "/wallarm-apifw/x"])(
    "is demanded for %s",
    async (path) => {
      expect(await node.status(path)).toBe(403);
      expect(application.requests).toBe(0);
    },
  );

  describe("and the health check", () => {
    test.each(["/health.check", "/health.check?a=b", "/x/../health.check", "//health.check", "/health%2echeck"])(
      "answers %s without it, and without the application",
      async (path) => {
        const response = await node.get(path);
        expect(response.statusCode).toBe(200);
        expect(response.headers["x-wallarm-mode"]).toBe("off");
        expect(application.requests).toBe(0);
      },
    );

    // A line break at the end still matches a pattern that ends in $.
    test.each([
      "/health.check%0A",
      "/health.check/",
      "/health.checkx",
      "/HEALTH.CHECK",
      "/healthxcheck",
      "/x/health.check",
    ])("does not let %s through", async (path) => {
      expect(await node.status(path)).toBe(403);
      expect(application.requests).toBe(0);
    });
  });
});
