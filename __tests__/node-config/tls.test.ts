import { once } from "node:events";
import { request, type RequestOptions } from "node:https";
import { describeWithTools } from "../tools";
import { Application } from "./support/application";
import { certificate } from "./support/certificates";
import { secretArn } from "./support/module";
import { freePort, Node } from "./support/node";
import { Nodes } from "./support/nodes";

describeWithTools(["terraform", "nginx", "openssl"], "TLS on the node", () => {
  const own = certificate("node.internal");
  const stage = certificate("API Gateway");
  const renewed = certificate("API Gateway renewed");
  const stranger = certificate("API Gateway");
  let application: Application;
  let nodes: Nodes;
  let node: Node;
  let port: number;
  let openPort: number;

  beforeAll(async () => {
    application = await Application.start();
    port = await freePort();
    openPort = await freePort();
    const backend = { url: `http://127.0.0.1:${application.port}` };
    const listener = { port, http2: true, tls_certificate_secret: { arn: secretArn("node") } };
    nodes = await Nodes.start(
      {
        demanding: { backend, listener, client_certificate: `${stage.cert}\n${renewed.cert}` },
        // What the server's library allows is not what is tested.
        open: {
          backend,
          listener: { ...listener, port: openPort },
          snippets: { server: 'ssl_ciphers "DEFAULT@SECLEVEL=0";' },
        },
      },
      { "tls.pem": own.cert + own.key },
    );
    node = nodes.get("demanding");
  });

  afterAll(async () => {
    await application.stop();
    await nodes.stop();
  });

  beforeEach(() => {
    application.requests = 0;
  });

  async function status(options: RequestOptions): Promise<number | undefined> {
    const get = request({
      host: "127.0.0.1",
      port,
      ca: own.cert,
      servername: "node.internal",
      agent: false,
      ...options,
    });
    const [response] = (await once(get.end(), "response")) as [{ statusCode: number; resume(): void }];
    response.resume();
    return response.statusCode;
  }

  test.each([
    ["the stage's", stage],
    ["the renewed one", renewed],
  ])("lets a request through with %s client certificate", async (_, client) => {
    expect(await status(client)).toBe(200);
    expect(application.requests).toBe(1);
  });

  test("refuses a request without a client certificate", async () => {
    expect(await status({})).toBe(403);
    expect(application.requests).toBe(0);
  });

  test("refuses a certificate of the same name that is not the same", async () => {
    expect(await status(stranger)).toBe(400);
    expect(application.requests).toBe(0);
  });

  test("refuses requests that come without TLS", async () => {
    expect(await node.status("/")).toBe(403);
    expect(application.requests).toBe(0);
  });

  test.each([{}, stage])("answers the health check, with a certificate or without", async (client) => {
    expect(await status({ ...client, path: "/wallarm-node-health" })).toBe(200);
    expect(await node.status("/wallarm-node-health")).toBe(200);
    expect(application.requests).toBe(0);
  });

  test("asks for no certificate where none is to be demanded", async () => {
    expect(await status({ port: openPort })).toBe(200);
  });

  test.each(["TLSv1", "TLSv1.1"] as const)("does not speak %s", async (version) => {
    const old = { minVersion: version, maxVersion: version, ciphers: "DEFAULT@SECLEVEL=0" };
    await expect(status({ port: openPort, ...old })).rejects.toThrow();
  });
});
