import { once } from "node:events";
import fc from "fast-check";
import { request, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { describeWithTools } from "../tools";
import { Application, receivedBy } from "./support/application";
import { certificate } from "./support/certificates";
import type { Node } from "./support/node";
import { Nodes } from "./support/nodes";

/** Hosts and paths of the applications, of which the first that matches gets a request. */
const PATTERNS = [
  { hosts: ["shop.example.com", "*.shop.example.com"], paths: ["/api/*", "/v?"] },
  { hosts: ["SHOP.example.com"], paths: ["*"] },
  { hosts: ["*.example.com"], paths: [`/a.b+$"c'*`, "/~x"] },
  { hosts: ["a?c.org"], paths: ["/*"] },
] as const;

const ADDRESSES = PATTERNS.map((_, index) => `127.0.0.${index + 11}`);

/** What AWS's documentation says about patterns, one character after the other. */
function matches(pattern: string, text: string): boolean {
  const [first, rest] = [pattern[0], pattern.slice(1)];
  if (first === undefined) return text === "";
  if (first === "*") return matches(rest, text) || (text !== "" && matches(pattern, text.slice(1)));
  return text !== "" && (first === "?" || first === text[0]) && matches(rest, text.slice(1));
}

function expected(host: string, url: string): string | undefined {
  const [name = ""] = host.toLowerCase().split(":");
  const [path = ""] = url.split("?");
  const index = PATTERNS.findIndex(
    ({ hosts, paths }) =>
      hosts.some((pattern) => matches(pattern.toLowerCase(), name)) && paths.some((pattern) => matches(pattern, path)),
  );
  return ADDRESSES[index];
}

const hosts = fc.oneof(
  fc.constantFrom("shop.example.com", "Shop.Example.Com:8443", "a.b.shop.example.com", "y.example.com", "example.com"),
  fc.constantFrom("abc.org", "abbc.org", "ac.org", "shopXexample.com", "10.0.0.1", "unknown"),
);
const paths = fc
  .array(fc.constantFrom("/", "api", "API", "v1", "v", `a.b+$"c'`, "aXb", "~x", "%61", "?", "=", ".", "*", "&"), {
    maxLength: 5,
  })
  .map((pieces) => `/${pieces.join("")}`)
  // nginx answers 400 to a path that leaves the root.
  .filter((path) => !path.includes(".."));

describeWithTools(["terraform", "nginx", "openssl"], "several applications", () => {
  const first = certificate("first.internal");
  const second = certificate("second.internal");
  const applications: Application[] = [];
  let nodes: Nodes;
  let node: Node;

  beforeAll(async () => {
    for (const address of ADDRESSES) applications.push(await Application.start(address));
    const secure = await Promise.all([first, second].map((tls) => Application.start("127.0.0.1", 0, tls)));
    applications.push(...secure);
    const url = (index: number) => `http://${ADDRESSES[index]}:${applications[index]?.port}`;
    const [one, two] = secure.map(({ port }) => `https://127.0.0.1:${port}`);
    const tls = (name: string, other: object) => ({ hosts: [name], tls_server_name: `${name}.internal`, ...other });
    nodes = await Nodes.start({
      plain: {
        backend: null,
        mode: "block",
        trusted_proxies: { cidrs: ["127.0.0.1/32"] },
        backends: PATTERNS.map((patterns, index) => ({
          ...patterns,
          url: url(index),
          ...(index === 3 ? { response_timeout: 1, host_header: "inner.example.com" } : {}),
        })),
      },
      "with TLS": {
        backend: null,
        backends: [
          tls("first", { url: one, tls_ca_certificates: first.cert }),
          tls("second", { url: two, tls_ca_certificates: second.cert }),
          { ...tls("wrong", { url: two, tls_ca_certificates: first.cert }), tls_server_name: "second.internal" },
          tls("any", { url: two, tls_verify: false }),
        ],
      },
    });
    node = nodes.get("plain");
  });

  afterAll(async () => {
    await nodes.stop();
    await Promise.all(applications.map((application) => application.stop()));
  });

  test("are chosen as a load balancer would, or the answer is 421", async () => {
    const property = fc.asyncProperty(hosts, paths, fc.boolean(), async (host, path, stream) => {
      const headers = { host, accept: stream ? "text/event-stream" : "*/*" };
      const response = await node.get(path, { headers, localAddress: stream ? "127.0.0.2" : "127.0.0.1" });
      const application = expected(host, path);
      expect(response.statusCode).toBe(application === undefined ? 421 : 200);
      expect(response.headers["x-application"]).toBe(application);
      if (application === undefined) response.resume();
      else {
        expect(response.headers["x-wallarm-mode"]).toBe("block, off");
        expect((await receivedBy(response)).url).toBe(path);
      }
    });
    await fc.assert(property, { numRuns: 1500, seed: 20261127 });
  });

  test.each(["", "x".repeat(300), "shop.example.com.evil.org", "shop.example.com@evil.org"])(
    "of which none is meant for the host %j: no application gets the request",
    async (host) => {
      const before = applications.map(({ requests }) => requests);
      expect(await node.status("/", { headers: { host } })).toBeGreaterThanOrEqual(400);
      expect(applications.map(({ requests }) => requests)).toEqual(before);
    },
  );

  test("have headers, hosts, and timeouts of their own", async () => {
    const headers = { host: "abc.org", "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https" };
    const { headers: received } = await receivedBy(await node.get("/", { headers }));
    expect(received).toMatchObject({
      host: "inner.example.com",
      "x-real-ip": "203.0.113.9",
      "x-forwarded-for": "203.0.113.9",
      "x-forwarded-proto": "https",
    });
    expect(await node.status("/?delay=2500", { headers })).toBe(504);
    expect(await node.status("/?delay=2500", { headers: { host: "shop.example.com" } })).toBe(200);
  });

  test("get WebSockets and large bodies", async () => {
    const headers = { host: "shop.example.com", connection: "Upgrade", upgrade: "websocket" };
    const [response, socket] = (await once(request({ port: node.port, path: "/api/x", headers }).end(), "upgrade")) as [
      IncomingMessage,
      Duplex,
    ];
    expect(response.statusCode).toBe(101);
    socket.write("hello");
    expect(String(((await once(socket, "data")) as [Buffer])[0])).toBe("hello");
    socket.destroy();

    const post = request({ port: node.port, method: "POST", agent: false, headers: { host: "shop.example.com" } });
    post.end(Buffer.alloc(50 * 1024 * 1024));
    const [answer] = (await once(post, "response")) as [IncomingMessage];
    expect(answer.resume().statusCode).toBe(200);
  });

  test.each([
    ["first", 200],
    ["second", 200],
    ["wrong", 502],
    ["any", 200],
  ])("have certificates of their own: %s is answered with %d", async (host, status) => {
    expect(await nodes.get("with TLS").status("/", { headers: { host } })).toBe(status);
  });

  test("do not get the health check", async () => {
    expect((await node.get("/wallarm-node-health", { headers: { host: "unknown" } })).resume().statusCode).toBe(200);
  });
});
