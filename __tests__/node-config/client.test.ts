import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describeWithTools } from "../tools";
import { Application, type Received, receivedBy } from "./support/application";
import { freePort } from "./support/node";
import { Nodes } from "./support/nodes";

/** Connections of the tests come from these. */
const balancer = "127.0.0.1";
const stranger = "127.0.0.2";

describeWithTools(["terraform", "nginx"], "the client of a request", () => {
  let application: Application;
  let nodes: Nodes;
  let proxyPort: number;

  beforeAll(async () => {
    application = await Application.start();
    proxyPort = await freePort();
    const backend = { url: `http://127.0.0.1:${application.port}` };
    const cidrs = [`${balancer}/32`];
    nodes = await Nodes.start({
      nobody: { backend },
      alb: { backend, trusted_proxies: { cidrs } },
      cloudfront: { backend, trusted_proxies: { cidrs, cloudfront_cidrs: ["198.51.100.0/24"] } },
      "nlb with TLS": { backend, trusted_proxies: { client_protocol: "https" } },
      "nlb with proxy protocol": {
        backend,
        trusted_proxies: { cidrs },
        listener: { port: proxyPort, proxy_protocol: true },
      },
    });
  });

  afterAll(async () => {
    await application.stop();
    await nodes.stop();
  });

  async function ask(
    name: string,
    localAddress: string,
    headers: Record<string, string>,
  ): Promise<Received["headers"]> {
    return (await receivedBy(await nodes.get(name).get("/", { localAddress, headers }))).headers;
  }

  describe("behind a load balancer that terminates TLS", () => {
    test("is the last one that the load balancer names, and the list is passed on as it is", async () => {
      const headers = await ask("alb", balancer, { "X-Forwarded-For": "192.0.2.66, 203.0.113.9" });
      expect(headers).toMatchObject({ "x-real-ip": "203.0.113.9", "x-forwarded-for": "192.0.2.66, 203.0.113.9" });
    });

    test("is not the load balancer, whose addresses are in the list too", async () => {
      const headers = await ask("alb", balancer, { "X-Forwarded-For": `203.0.113.9, ${balancer}` });
      expect(headers["x-real-ip"]).toBe("203.0.113.9");
    });

    test.each(["http", "https"])("speaks %s, as the load balancer says", async (protocol) => {
      const headers = await ask("alb", balancer, { "X-Forwarded-Proto": protocol, "X-Forwarded-Port": "8443" });
      expect(headers).toMatchObject({ "x-forwarded-proto": protocol, "x-forwarded-port": "8443" });
    });

    test.each(["ftp", "https, http", 'https"'])("speaks %j, if the load balancer says that", async (protocol) => {
      expect(await ask("alb", balancer, { "X-Forwarded-Proto": protocol })).toMatchObject({
        "x-forwarded-proto": protocol,
      });
    });

    test("is the load balancer for its own requests", async () => {
      expect(await ask("alb", balancer, {})).toMatchObject({ "x-real-ip": balancer, "x-forwarded-for": balancer });
    });
  });

  test("behind CloudFront and a load balancer is the one whom CloudFront names", async () => {
    const list = { "X-Forwarded-For": "192.0.2.66, 203.0.113.9, 198.51.100.7" };
    expect(await ask("cloudfront", balancer, list)).toMatchObject({
      "x-real-ip": "203.0.113.9",
      "x-forwarded-for": list["X-Forwarded-For"],
    });
    expect(await ask("alb", balancer, list)).toMatchObject({ "x-real-ip": "198.51.100.7" });
  });

  test.each(["alb", "cloudfront", "nobody"])("is who opened the connection, unless trusted (%s)", async (name) => {
    const forged = { "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Port": "443" };
    const headers = await ask(name, stranger, { ...forged, "X-Real-IP": "203.0.113.9" });
    expect(headers).toMatchObject({
      "x-real-ip": stranger,
      "x-forwarded-for": `203.0.113.9, ${stranger}`,
      "x-forwarded-proto": "http",
    });
    expect(headers).not.toHaveProperty("x-forwarded-port");
  });

  test("starts the list where there is none", async () => {
    expect(await ask("alb", stranger, {})).toMatchObject({ "x-forwarded-for": stranger });
  });

  test("speaks https behind an NLB that terminates TLS and cannot say so", async () => {
    const headers = await ask("nlb with TLS", stranger, { "X-Forwarded-Proto": "http" });
    expect(headers["x-forwarded-proto"]).toBe("https");
  });

  describe("with the PROXY protocol", () => {
    const prefix = "PROXY TCP4 203.0.113.9 10.0.0.1 40000 80\r\n";
    const request = (...headers: string[]) =>
      ["GET / HTTP/1.1", "Host: shop", "Connection: close", ...headers, "", ""].join("\r\n");

    async function send(bytes: string, localAddress = balancer): Promise<string> {
      const socket = connect({ host: "127.0.0.1", port: proxyPort, localAddress });
      await once(socket, "connect");
      socket.write(bytes);
      return text(socket);
    }

    test("is whom the protocol names, whatever the request's headers say", async () => {
      const answer = await send(prefix + request("X-Forwarded-For: 192.0.2.66", "X-Forwarded-Proto: https"));
      expect(answer).toContain('"x-real-ip":"203.0.113.9"');
      expect(answer).toContain('"x-forwarded-for":"192.0.2.66, 203.0.113.9"');
      expect(answer).toContain('"x-forwarded-proto":"http"');
    });

    test("is who opened the connection, unless trusted", async () => {
      expect(await send(prefix + request(), stranger)).toContain(`"x-real-ip":"${stranger}"`);
    });

    test("gets no answer without the protocol", async () => {
      expect(await send(request()).catch(() => "")).not.toContain("200 OK");
    });
  });
});
