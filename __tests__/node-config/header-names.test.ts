import { describeWithTools } from "../tools";
import { Application, type Received, receivedBy } from "./support/application";
import { Nodes } from "./support/nodes";

const secret = "c0".repeat(20);

/** Connections of the tests come from these. */
const balancer = "127.0.0.1";
const stranger = "127.0.0.2";

describeWithTools(["terraform", "nginx"], "names of headers", () => {
  let application: Application;
  let nodes: Nodes;

  beforeAll(async () => {
    application = await Application.start();
    const backend = { url: `http://127.0.0.1:${application.port}` };
    const cidrs = [`${balancer}/32`];
    nodes = await Nodes.start({
      "behind nothing": { backend },
      "behind an ALB": { backend, trusted_proxies: { cidrs } },
      "behind an NLB with TLS": { backend, trusted_proxies: { cidrs, client_protocol: "https" } },
      "behind CloudFront": {
        backend,
        trusted_proxies: { cidrs },
        secret_header: { name: "X-CloudFront-Secret" },
        secret_header_values: { blue: secret },
      },
      "behind an HTTP API": {
        backend,
        trusted_proxies: { cidrs, client_header: "X-Source-Ip", client_protocol: "https" },
      },
    });
  });

  afterAll(async () => {
    await application.stop();
    await nodes.stop();
  });

  /** @param headers in the order in which they are sent */
  async function send(name: string, headers: readonly string[], localAddress = balancer): Promise<Received> {
    const all = ["Host: shop", "Connection: close", ...headers].flatMap((line) => line.split(": "));
    const response = await nodes.get(name).get("/", { headers: all, localAddress });
    expect(response.statusCode).toBe(200);
    return receivedBy(response);
  }

  const names = ["api_key", "x.tenant.id", "_", "x-a_b.c", "x!#$%&'*+^`|~y"];

  test.each([
    ["behind nothing", stranger, []],
    ["behind an ALB", balancer, []],
    ["behind an ALB", stranger, []],
    ["behind an ALB", balancer, ["Accept: text/event-stream"]],
    ["behind an HTTP API", balancer, []],
  ])("%s, from %s, reach the application as they were sent (%j)", async (name, from, headers) => {
    const { headers: received } = await send(name, [...names.map((one) => `${one}: 1`), ...headers], from);
    expect(received).toMatchObject(Object.fromEntries(names.map((one) => [one, "1"])));
  });

  describe("that an application takes for those of the node", () => {
    const forms = (name: string): string[] => {
      const [first = "", ...words] = name.split("-");
      const all = words.reduce(
        (before, word) => before.flatMap((one) => ["-", "_", "."].map((by) => one + by + word)),
        [first],
      );
      return all.filter((one) => one !== name);
    };
    const forged = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Real-IP"].flatMap(forms);

    /** In CGI, WSGI, and PHP. */
    const asVariable = (name: string) => name.toUpperCase().replace(/[-.]/g, "_");

    test.each([
      ["behind nothing", stranger],
      ["behind an ALB", balancer],
      ["behind an ALB", stranger],
      ["behind an NLB with TLS", balancer],
      ["behind an HTTP API", balancer],
    ])("%s, from %s, do not reach it", async (name, from) => {
      for (const stream of [[], ["Accept: text/event-stream"]]) {
        const own = name === "behind an HTTP API" ? forms("X-Source-Ip") : [];
        const { names: received } = await send(
          name,
          [...[...forged, ...own].map((one) => `${one}: forged`), ...stream],
          from,
        );
        const variables = received.map(asVariable).filter((one) => one.startsWith("X_"));
        expect(variables).toHaveLength(new Set(variables).size);
        for (const one of received) expect([...forged, ...own].map((other) => other.toLowerCase())).not.toContain(one);
      }
    });

    test.each([[], ["Accept: text/event-stream"]])(
      "say nothing about the protocol, before or after those of the load balancer %j",
      async (...stream) => {
        const balancers = ["X-Forwarded-Proto: http", "X-Forwarded-Port: 80"];
        const clients = ["X_Forwarded_Proto: https", "X.Forwarded.Proto: https", "X_Forwarded_Port: 443"];
        for (const headers of [
          [...balancers, ...clients],
          [...clients, ...balancers],
        ]) {
          const { headers: received } = await send("behind an ALB", [...headers, ...stream]);
          expect(received).toMatchObject({ "x-forwarded-proto": "http", "x-forwarded-port": "80" });
        }
      },
    );

    test("say nothing about the client, before or after those of the load balancer", async () => {
      const balancers = ["X-Forwarded-For: 203.0.113.9", "X-Source-Ip: 203.0.113.9"];
      for (const [name, ...forged] of [["behind an ALB"], ["behind an HTTP API", "X_Source_Ip", "X.Source.Ip"]]) {
        const clients = ["X_Forwarded_For", "X_Real_IP", ...forged].map((one) => `${one}: 192.0.2.66`);
        for (const headers of [
          [...balancers, ...clients],
          [...clients, ...balancers],
        ]) {
          const { headers: received } = await send(name ?? "", headers);
          expect(received).toMatchObject({ "x-real-ip": "203.0.113.9", "x-forwarded-for": "203.0.113.9" });
          expect(JSON.stringify(received)).not.toContain("192.0.2.66");
        }
      }
    });

    test("do not show the application the value of the secret header", async () => {
      const [first = "", ...others] = forms("X-CloudFront-Secret");
      for (const headers of [
        [`X-CloudFront-Secret: ${secret}`, `${first}: ${secret}`],
        [`X_CloudFront_Secret: ${secret}`, ...others.map((name) => `${name}: ${secret}`)],
      ])
        expect(JSON.stringify(await send("behind CloudFront", headers))).not.toContain(secret);
    });

    test("are refused instead of the secret header where the value is wrong", async () => {
      const response = await nodes.get("behind CloudFront").get("/", {
        headers: ["Host", "shop", "X_CloudFront_Secret", "x".repeat(40), "X-CloudFront-Secret", secret],
      });
      expect(response.resume().statusCode).toBe(403);
    });
  });

  test.each(["x y: 1", "x\u0001y: 1", "x(y: 1\u007f"])(
    "with characters that no header may have are refused: %j",
    async (line) => {
      const status = await new Promise<string>((resolve, reject) => {
        const socket = nodes.get("behind an ALB").connect();
        socket.on("error", reject).on("data", (data) => {
          resolve(String(data).split(" ")[1] ?? "");
          socket.destroy();
        });
        socket.write(`GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n${line}\r\n\r\n`);
      });
      expect(status).toBe("400");
    },
  );
});
