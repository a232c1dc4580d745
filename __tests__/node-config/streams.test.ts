import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { describeWithTools } from "../tools";
import { Application, receivedBy } from "./support/application";
import { Nodes } from "./support/nodes";

/** Connections of the tests come from these. */
const balancer = "127.0.0.1";
const stranger = "127.0.0.2";

/** Longer than the node waits for an answer, and shorter than the entry point does. */
const IDLE = 4000;

describeWithTools(["terraform", "nginx"], "with an entry point that gives up after 10 seconds", () => {
  let application: Application;
  let nodes: Nodes;

  beforeAll(async () => {
    application = await Application.start();
    const call = (trusted_proxies: object) => ({
      backend: { url: `http://127.0.0.1:${application.port}` },
      mode: "block",
      limits: { entry_point_timeout: 10 },
      trusted_proxies,
    });
    const cidrs = [`${balancer}/32`];
    nodes = await Nodes.start({
      "without a proxy": call({}),
      "behind an ALB": call({ cidrs }),
      "behind an HTTP API": call({ cidrs, client_header: "Forwarded", client_protocol: "https" }),
    });
  });

  afterAll(async () => {
    await application.stop();
    await nodes.stop();
  });

  const cases = [
    { name: "without a proxy", localAddress: stranger },
    { name: "behind an ALB", localAddress: balancer },
    { name: "behind an ALB", localAddress: stranger },
    { name: "behind an HTTP API", localAddress: balancer },
  ] as const;
  const forwarded = { "X-Forwarded-For": "203.0.113.9", Forwarded: "for=203.0.113.9", "X-Forwarded-Proto": "https" };

  test("a WebSocket stays open, and is looked at", async () => {
    const opened = cases.map(async ({ name, localAddress }) => {
      const headers = { ...forwarded, connection: "Upgrade", upgrade: "websocket" };
      const upgrade = request({ port: nodes.get(name).port, localAddress, headers }).end();
      const [response, socket] = (await once(upgrade, "upgrade")) as [IncomingMessage, Duplex];
      await sleep(IDLE);
      socket.write("ping");
      const [data] = (await once(socket, "data", { signal: AbortSignal.timeout(3000) })) as [Buffer];
      socket.destroy();
      return [response.headers["x-wallarm-mode"], String(data)];
    });
    expect(await Promise.all(opened)).toEqual(cases.map(() => ["block, off", "ping"]));
  });

  test("events arrive as they are sent, also after a pause", async () => {
    const opened = cases.map(async ({ name, localAddress }) => {
      const headers = { ...forwarded, accept: "text/event-stream" };
      const start = Date.now();
      const response = await nodes.get(name).get(`/?event&delay=${IDLE}`, { headers, localAddress });
      const times: number[] = [];
      response.on("data", () => times.push(Date.now() - start));
      await once(response, "end");
      const { complete } = response;
      return {
        mode: response.headers["x-wallarm-mode"],
        first: (times[0] ?? 0) < 2500,
        last: (times.at(-1) ?? 0) >= IDLE,
        complete,
      };
    });
    expect(await Promise.all(opened)).toEqual(
      cases.map(() => ({ mode: "block, off", first: true, last: true, complete: true })),
    );
  });

  test("any other request is answered with 504 in time", async () => {
    const asked = cases.map(async ({ name, localAddress }) => {
      const start = Date.now();
      const { statusCode } = (await nodes.get(name).get("/?delay=9500", { headers: forwarded, localAddress })).resume();
      return { statusCode, inTime: Date.now() - start < 9000 };
    });
    expect(await Promise.all(asked)).toEqual(cases.map(() => ({ statusCode: 504, inTime: true })));
  });

  test.each(cases)(
    "$name, from $localAddress: a stream has the headers of any other request",
    async ({ name, localAddress }) => {
      const ask = async (accept: string) => {
        const response = await nodes.get(name).get("/", { headers: { ...forwarded, accept }, localAddress });
        return { ...(await receivedBy(response)).headers, accept: undefined };
      };
      expect(await ask("text/html, text/event-stream")).toEqual(await ask("text/html"));
    },
  );
});
