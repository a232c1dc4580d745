import { Agent, createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Application } from "../node-config/support/application";
import { call, renderAll } from "../node-config/support/module";
import { Node } from "../node-config/support/node";
import { describeWithTools } from "../tools";

const REQUESTS = 10_000;
const CLIENTS = 20;
/** Milliseconds that a request stays open while an instance is replaced. */
const DELAY = 1000;

describeWithTools(["terraform", "nginx"], "a new version of the node, while requests arrive", () => {
  let application: Application;
  let versions: Record<"old" | "new", Record<string, string>>;
  let healthPath: string;

  beforeAll(async () => {
    application = await Application.start();
    const [before, after] = await renderAll(
      ["monitoring", "block"].map((mode) =>
        call({
          backend: { url: `http://127.0.0.1:${application.port}` },
          mode,
        }),
      ),
    );
    if (!before || !("outputs" in before) || !after || !("outputs" in after)) throw new Error("Not rendered.");
    versions = { old: before.outputs.nginx_files, new: after.outputs.nginx_files };
    healthPath = before.outputs.health_path;
  });

  afterAll(() => application.stop());

  /** Replaces one of two nodes in the order of an instance refresh, in the middle of the requests. */
  async function rollout({ drained }: { drained: boolean }) {
    const loadBalancer = await LoadBalancer.start();
    const [first, second] = [await Node.start(versions.old), await Node.start(versions.old)];
    [first, second].forEach((node) => {
      loadBalancer.register(node);
    });
    let replacement: Node | undefined;
    // While true, each client has a request open.
    let replacing = false;
    let replaced = false;

    const replace = async () => {
      // Without the hook "boot", it would be registered here, before nginx listens.
      replacement = await Node.start(versions.new);
      expect(await replacement.status(healthPath)).toBe(200);
      loadBalancer.register(replacement);
      replacing = true;
      // In the middle of what the clients have open, and not at its end, when it is all answered at once.
      await sleep(DELAY / 10);
      if (drained) await loadBalancer.deregister(second);
      else loadBalancer.forget(second);
      await second.stop();
      replacing = false;
    };
    const answers: (string | undefined)[] = [];
    const client = async () => {
      // On a busy machine, the replacement takes longer than the requests.
      while (answers.length < REQUESTS || !replaced) {
        const index = answers.push(undefined) - 1;
        answers[index] = await loadBalancer.ask(replacing ? `/?delay=${DELAY}` : "/");
      }
    };
    const clients = Promise.all(Array.from({ length: CLIENTS }, client));
    while (answers.length < REQUESTS / 4) await sleep(5);
    const replacementDone = replace().finally(() => {
      replaced = true;
    });
    await Promise.all([clients, replacementDone]);

    await Promise.all([first.stop(), replacement?.stop()]);
    await loadBalancer.stop();
    return answers;
  }

  test(`${REQUESTS} requests, 0 failed`, async () => {
    const answers = await rollout({ drained: true });
    expect(answers.length).toBeGreaterThanOrEqual(REQUESTS);
    expect(answers.filter((answer) => answer !== "200 monitoring" && answer !== "200 block")).toEqual([]);
    expect(new Set(answers)).toEqual(new Set(["200 monitoring", "200 block"]));
  }, 120_000);

  test("requests fail if an instance stops while they are open", async () => {
    const answers = await rollout({ drained: false });
    expect(answers.filter((answer) => !answer?.startsWith("200 ")).length).toBeGreaterThan(0);
  }, 120_000);
});

/** Sends each request to the next target, and lets the requests of a target end before it lets it go. */
class LoadBalancer {
  private readonly agent = new Agent({ keepAlive: true });
  private readonly open = new Map<Node, number>();
  private targets: Node[] = [];

  private constructor(private readonly server: Server) {}

  public static async start(): Promise<LoadBalancer> {
    const server = createServer();
    const loadBalancer = new LoadBalancer(server);
    server.on("request", (incoming, outgoing) => {
      const target = loadBalancer.next();
      const close = () => loadBalancer.open.set(target, (loadBalancer.open.get(target) ?? 0) - 1);
      const forwarded = request(
        { port: target.port, path: incoming.url, headers: incoming.headers, agent: loadBalancer.agent },
        (reply) => {
          reply.on("close", close).pipe(outgoing.writeHead(reply.statusCode ?? 502, reply.headers));
        },
      );
      forwarded.on("error", () => {
        close();
        outgoing.writeHead(502).end();
      });
      forwarded.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return loadBalancer;
  }

  public register(node: Node): void {
    this.targets.push(node);
  }

  /** A target gets no further requests. */
  public forget(node: Node): void {
    this.targets = this.targets.filter((target) => target !== node);
  }

  /** The same, until the open ones have ended: the deregistration delay, and the hook "drain". */
  public async deregister(node: Node): Promise<void> {
    this.forget(node);
    while ((this.open.get(node) ?? 0) > 0) await sleep(5);
  }

  /** @returns the status and the mode of the node that answered: the versions differ in it */
  public ask(path: string): Promise<string> {
    const { port } = this.server.address() as AddressInfo;
    return new Promise((resolve) => {
      request({ port, path, agent: this.agent, headers: { host: "shop.example.com" } }, (reply: IncomingMessage) => {
        reply.resume().on("end", () => {
          resolve(`${reply.statusCode} ${String(reply.headers["x-wallarm-mode"])}`);
        });
      })
        .on("error", (error) => {
          resolve(error.message);
        })
        .end();
    });
  }

  public async stop(): Promise<void> {
    this.agent.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private next(): Node {
    const target = this.targets.shift();
    if (target === undefined) throw new Error("There is no target.");
    this.targets.push(target);
    this.open.set(target, (this.open.get(target) ?? 0) + 1);
    return target;
  }
}
