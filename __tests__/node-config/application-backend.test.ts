import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import type { Duplex } from "node:stream";
import { describeWithTools } from "../tools";
import { Application, type Received, receivedBy } from "./support/application";
import { certificate } from "./support/certificates";
import { LoadBalancer } from "./support/load-balancer";
import { Nodes } from "./support/nodes";

const CLIENT = "127.0.0.9";

interface Options {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly servername?: string;
}

/** What nginx adds, and what is about its connection to the load balancer. */
const OF_THE_NODE = ["x-real-ip", "connection"];

describeWithTools(["terraform", "nginx", "openssl"], "two applications behind a load balancer behind the node", () => {
  const site = certificate("shop.example.com", "DNS:shop.example.com,DNS:blog.example.com");
  let applications: Application[];
  let nodes: Nodes;
  let inner: LoadBalancer;
  /** In front of the applications, and in front of the node. */
  let before: LoadBalancer;
  let after: LoadBalancer;

  beforeAll(async () => {
    const shop = await Application.start("127.0.0.11");
    const blog = await Application.start("127.0.0.12");
    applications = [shop, blog];
    const rules = [
      { host: "shop.example.com", path: "/shop/", address: "127.0.0.11", target: shop.port },
      { host: "blog.example.com", address: "127.0.0.12", target: blog.port },
    ];
    const outside = { xffHeaderProcessingMode: "append", certificate: site, reportedPort: 443 } as const;
    before = await LoadBalancer.start({ ...outside, rules });
    inner = await LoadBalancer.start({ ...outside, xffHeaderProcessingMode: "preserve", rules });
    nodes = await Nodes.start({
      node: {
        // As the output backend of the module has it, with the certificate of this test.
        backend: {
          url: `https://127.0.0.1:${inner.port}`,
          tls_server_name_from_request: true,
          tls_ca_certificates: site.cert,
        },
        trusted_proxies: { cidrs: ["127.0.0.1/32"] },
        mode: "block",
      },
    });
    after = await LoadBalancer.start({ ...outside, rules: [{ address: "127.0.0.1", target: nodes.get("node").port }] });
  });

  afterAll(async () => {
    await nodes.stop();
    await Promise.all([before, inner, after].map((balancer) => balancer.stop()));
    await Promise.all(applications.map((application) => application.stop()));
  });

  function send(to: LoadBalancer, host: string, path: string, options: Options = {}) {
    return request({
      ...{
        host: "127.0.0.1",
        port: to.port,
        servername: host,
        ca: site.cert,
        path,
        agent: false,
        localAddress: CLIENT,
      },
      ...options,
      headers: { host, ...options.headers },
    });
  }

  async function answer(to: LoadBalancer, host: string, path: string, options?: Options) {
    const [response] = (await once(send(to, host, path, options).end(), "response")) as [IncomingMessage];
    return response;
  }

  function withoutNode({ headers, ...rest }: Received): Received {
    return {
      ...rest,
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_NODE.includes(name))),
      names: rest.names.filter((name) => !OF_THE_NODE.includes(name)).sort(),
    };
  }

  test.each([
    ["shop.example.com", "/shop/cart?item=1", {}],
    [
      "shop.example.com",
      "/shop/",
      { "X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "http", "X-Forwarded-Port": "80" },
    ],
    [
      "blog.example.com",
      "/",
      { cookie: "a=1; AWSALB=2", "x-amzn-trace-id": "Root=1-67891233-abcdef012345678912345678" },
    ],
    ["blog.example.com:443", "/feed", { authorization: "Basic YTpi", accept: "text/html" }],
  ])("%s%s: the application sees what it saw without the node", async (host, path, headers) => {
    const options = { headers: { ...headers, host }, servername: host.split(":")[0] };
    const responses = [await answer(before, host, path, options), await answer(after, host, path, options)];
    expect(responses.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    expect(responses[1]?.headers["x-application"]).toBe(responses[0]?.headers["x-application"]);
    const [was, is] = await Promise.all(responses.map(receivedBy));
    expect(was?.headers).toMatchObject({ "x-forwarded-proto": "https", "x-forwarded-port": "443" });
    expect(was && is && withoutNode(is)).toEqual(was && withoutNode(was));
  });

  test("a WebSocket reaches its application", async () => {
    const headers = { connection: "Upgrade", upgrade: "websocket" };
    const upgrade = send(after, "blog.example.com", "/", { headers }).end();
    const [response, socket] = (await once(upgrade, "upgrade")) as [IncomingMessage, Duplex];
    expect(response.statusCode).toBe(101);
    socket.write("hello");
    expect(String(((await once(socket, "data")) as [Buffer])[0])).toBe("hello");
    socket.destroy();
  });

  test("a body of 50 MiB reaches its application", async () => {
    const body = Buffer.alloc(50 * 1024 * 1024);
    const post = send(after, "shop.example.com", "/shop/upload", { method: "POST" });
    post.end(body);
    const [response] = (await once(post, "response")) as [IncomingMessage];
    expect(response.statusCode).toBe(200);
    expect((await receivedBy(response)).headers["content-length"]).toBe(String(body.length));
  });

  test("a slow response arrives", async () => {
    const response = await answer(after, "shop.example.com", "/shop/?delay=4000");
    expect(response.resume().statusCode).toBe(200);
  });

  test.each([
    ["a path without a rule", "shop.example.com", "/", 421],
    ["a host that the certificate does not have", "evil.org", "/shop/", 502],
  ])("%s gets no application", async (_, host, path, status) => {
    const requests = applications.map((application) => application.requests);
    const response = await answer(after, host, path, { servername: "shop.example.com" });
    expect(response.resume().statusCode).toBe(status);
    expect(applications.map((application) => application.requests)).toEqual(requests);
  });
});
