import { once } from "node:events";
import { request } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { describeWithTools } from "../tools";
import { Application, receivedBy } from "./support/application";
import { certificate } from "./support/certificates";
import { NameServer } from "./support/name-server";
import { freePort, Node } from "./support/node";
import { Nodes } from "./support/nodes";

describeWithTools(["terraform", "nginx", "openssl"], "the way to the application", () => {
  let application: Application;
  let other: Application;
  let secure: Application;
  let names: NameServer;
  let nodes: Nodes;
  let node: Node;
  let http2Port: number;

  beforeAll(async () => {
    application = await Application.start();
    other = await Application.start("127.0.0.3", application.port);
    names = await NameServer.start("127.0.0.1");
    http2Port = await freePort();
    const shop = certificate("shop.internal");
    secure = await Application.start("127.0.0.1", 0, shop);

    const backend = { url: `http://127.0.0.1:${application.port}/` };
    const tls = { url: `https://127.0.0.1:${secure.port}`, tls_ca_certificates: shop.cert };
    nodes = await Nodes.start({
      plain: { backend, mode: "block" },
      "with a fixed host": { backend: { ...backend, host_header: "shop.example.com:8080" } },
      "by name": {
        backend: { url: `http://app.internal:${application.port}` },
        resolver: { address: `127.0.0.1:${names.port}` },
      },
      "by name that nobody knows": { resolver: { address: "127.0.0.1:9" } },
      "that is down": { backend: { url: `http://127.0.0.1:${await freePort()}` } },
      impatient: { backend, limits: { entry_point_timeout: 10, max_body_size: 1 } },
      "with any body": { backend, limits: { max_body_size: 0 } },
      "with HTTP/2": { backend, listener: { port: http2Port, http2: true } },
      "with TLS": { backend: { ...tls, tls_server_name: "shop.internal" } },
      "with TLS by host": { backend: { ...tls, host_header: "shop.internal:443" } },
      "with TLS by request": { backend: { ...tls, tls_server_name_from_request: true } },
      "with TLS for another name": { backend: { ...tls, tls_server_name: "other.internal" } },
      "with TLS from nobody known": { backend: { url: tls.url, tls_server_name: "shop.internal" } },
      "with TLS unverified": { backend: { url: tls.url, tls_verify: false, host_header: "shop.internal" } },
    });
    node = nodes.get("plain");
  });

  afterAll(async () => {
    await Promise.all([application, other, secure, names].map((server) => server.stop()));
    await nodes.stop();
  });

  test.each(["/", "/etc/passwd", "/.env", "/wallarm-status", "/%20?a=b"])(
    "%s is looked at in the mode that was set, and passed on",
    async (path) => {
      const response = await node.get(path);
      expect(response.headers["x-wallarm-mode"]).toBe("block");
      expect((await receivedBy(response)).url).toBe(path);
    },
  );

  test("what the node asks itself stays with it", async () => {
    expect(await node.status("/wallarm-apifw/x")).toBe(204);
  });

  test("the path and the query arrive as they were written", async () => {
    const path = "/a%2Fb%20c//d/../e%3F?x=%2F&y=%zz";
    expect((await receivedBy(await node.get(path.replace("%zz", "+")))).url).toBe(path.replace("%zz", "+"));
  });

  test.each([
    ["plain", "shop.example.com", "shop.example.com"],
    ["plain", "shop.example.com:8443", "shop.example.com:8443"],
    ["plain", "Shop.Example.Com", "shop.example.com"],
    ["with a fixed host", "other.example.com", "shop.example.com:8080"],
  ])("%s: asked for %s, the application gets the host %s", async (name, host, expected) => {
    expect((await receivedBy(await nodes.get(name).get("/", { headers: { host } }))).headers.host).toBe(expected);
  });

  test("the host is that of the request line where the header has another", async () => {
    const response = await node.get("http://shop.example.com/", { headers: { host: "other.example.com" } });
    expect((await receivedBy(response)).headers.host).toBe("shop.example.com");
  });

  test("other headers arrive, each once", async () => {
    const { headers, names: received } = await receivedBy(
      await node.get("/", { headers: { cookie: "a=b", authorization: "Bearer c", "x-other": "d" } }),
    );
    expect(headers).toMatchObject({ cookie: "a=b", authorization: "Bearer c", "x-other": "d" });
    expect(received).toHaveLength(new Set(received).size);
  });

  test("large headers pass in both directions, as they pass an ALB", async () => {
    const response = await node.get("/?large", { headers: { cookie: "c".repeat(15_000) } });
    expect(response.statusCode).toBe(200);
    expect(response.headers["x-large"]).toHaveLength(20_000);
    response.resume();
  });

  test("a WebSocket is opened, and its bytes pass", async () => {
    const upgrade = request({ port: node.port, headers: { connection: "Upgrade", upgrade: "WebSocket" } }).end();
    const [response, socket] = (await once(upgrade, "upgrade", soon())) as [
      { statusCode: number },
      NodeJS.ReadWriteStream,
    ];
    expect(response.statusCode).toBe(101);
    socket.write("hello");
    expect(String((await once(socket, "data", soon()))[0])).toBe("hello");
    socket.end();
  });

  test.each(["h2c", "h2c, websocket", "websocket2"])("the protocol is not changed to %s", async (upgrade) => {
    const headers = { connection: "Upgrade, HTTP2-Settings", upgrade, "http2-settings": "AAMAAABkAAQAAP__" };
    const { names: received } = await receivedBy(await node.get("/", { headers }));
    expect(received).not.toContain("upgrade");
  });

  test("HTTP/2 is spoken on a port that has it", async () => {
    const session = connectHttp2(`http://127.0.0.1:${http2Port}`);
    const stream = session.request({ ":path": "/two", ":authority": "shop.example.com" });
    const body = (await stream.toArray()).join("");
    session.close();
    expect(JSON.parse(body)).toMatchObject({ url: "/two", headers: { host: "shop.example.com" } });
  });

  test("a name is resolved again when its address has changed", async () => {
    const answeredBy = async () => (await nodes.get("by name").get("/")).resume().headers["x-application"];
    expect(await answeredBy()).toBe("127.0.0.1");
    names.address = "127.0.0.3";
    // The answer is good for a second, and nginx counts whole seconds.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await answeredBy()).toBe("127.0.0.3");
  });

  test.each(["by name that nobody knows", "that is down"])(
    "an application %s is answered for with 502",
    async (name) => {
      expect(await nodes.get(name).status("/")).toBe(502);
    },
  );

  test("the node gives up before the entry point does", async () => {
    const start = Date.now();
    expect(await nodes.get("impatient").status("/?delay=5000")).toBe(504);
    expect(Date.now() - start).toBeLessThan(9000);
    expect(await nodes.get("impatient").status("/?delay=1500")).toBe(200);
  });

  test.each([
    ["impatient", 1024 * 1024, 200],
    ["impatient", 1024 * 1024 + 1, 413],
    ["plain", 2 * 1024 * 1024, 200],
    ["with any body", 2 * 1024 * 1024, 200],
  ])("%s: a body of %d bytes is answered with %d", async (name, bytes, status) => {
    const post = request({ port: nodes.get(name).port, method: "POST", agent: false });
    post.on("error", () => undefined); // refused before it is sent
    post.end(Buffer.alloc(bytes));
    const [response] = (await once(post, "response", soon())) as [{ statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(status);
  });

  describe("over TLS", () => {
    test.each(["with TLS", "with TLS by host", "with TLS unverified"])("%s: is asked for its name", async (name) => {
      const response = await nodes.get(name).get("/");
      expect(response.statusCode).toBe(200);
      expect((await receivedBy(response)).serverName).toBe("shop.internal");
    });

    test.each([
      ["shop.internal", 200],
      ["SHOP.internal:8443", 200],
      ["other.internal", 502],
    ])("by request: the certificate must be for the host %j of the request (%d)", async (host, status) => {
      secure.requests = 0;
      const response = await nodes.get("with TLS by request").get("/", { headers: { host } });
      expect(response.statusCode).toBe(status);
      expect(secure.requests).toBe(status === 200 ? 1 : 0);
      if (status === 200) expect((await receivedBy(response)).serverName).toBe("shop.internal");
      else response.resume();
    });

    test.each(["with TLS for another name", "with TLS from nobody known"])("%s: is refused", async (name) => {
      secure.requests = 0;
      expect(await nodes.get(name).status("/")).toBe(502);
      expect(secure.requests).toBe(0);
    });
  });
});

/** Instead of waiting for the end of the test for what does not come. */
const soon = () => ({ signal: AbortSignal.timeout(5000) });
