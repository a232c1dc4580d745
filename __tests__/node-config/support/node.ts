import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingMessage, request, type RequestOptions } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import { devNull, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** What stands in /etc/nginx/wallarm-routing, by file name. */
export type Files = Readonly<Record<string, string>>;

/** What stands in the http block of nginx.conf, given a port for a server of the image's own. */
export type Layout = (port: number) => string;

const main = `
daemon off;
${process.getuid?.() === 0 ? "user root;" : ""}
worker_processes 1;
pid nginx.pid;
error_log stderr warn;
events {}

`;

const http = `
  access_log off;
  client_body_temp_path client_body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
`;

/** The server that the image's template renders, and the vendor's script changes: with our snippets in it. */
const image: Layout = (port) => `
  include wallarm-routing/http.conf;

  server {
    listen 127.0.0.1:${port} default_server;
    wallarm_mode stock;
    include wallarm-routing/server.conf;

    location ~ ^/wallarm-apifw(.*)$ {
      return 204;
    }

    location / {
      return 200 stock;
    }
  }
`;

/** A container's: a server that the image renders, and one of the module, in a folder of its own. */
export const containerImage: Layout = (port) => `
  server {
    listen 127.0.0.1:${port} default_server;
    return 200 stock;
  }

  include wallarm-routing/site.conf;
`;

/**
 * A Wallarm Node without Wallarm: nginx on loopback, laid out as the image of the node is, with the rendered
 * configuration. The node's own directive becomes a header of the answer, so that it tells in which mode it was given.
 */
export class Node {
  private nginx: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    public readonly port: number,
  ) {}

  public static async start(files: Files, layout: Layout = image): Promise<Node> {
    const node = Node.prepare(files, await freePort(), layout);
    const nginx = spawn("nginx", node.arguments, {
      stdio: ["ignore", "ignore", "pipe"],
      // Debian's allows no TLS before 1.2.
      env: { ...process.env, OPENSSL_CONF: devNull },
    });
    node.nginx = nginx;
    const lines: string[] = [];
    nginx.stderr.on("data", (line) => lines.push(String(line)));
    for (let tries = 0; !(await isOpen(node.port)); tries += 1) {
      if (nginx.exitCode !== null || tries === 500) {
        await node.stop();
        throw new Error(`nginx does not start:\n${lines.join("")}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return node;
  }

  /** What `nginx -t` says to a configuration: nothing, or why nginx would not start. */
  public static async check(files: Files): Promise<string> {
    const node = Node.prepare(files, 1, image);
    try {
      await promisify(execFile)("nginx", ["-t", "-q", ...node.arguments]);
      return "";
    } catch (error) {
      return (error as { stderr: string }).stderr;
    } finally {
      rmSync(node.folder, { recursive: true });
    }
  }

  private static prepare(files: Files, port: number, layout: Layout): Node {
    const folder = mkdtempSync(join(tmpdir(), "node-"));
    const loopback = `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;
    const all = {
      "nginx.conf": `${main}http {\n${http}${layout(port)}}\n`,
      ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`wallarm-routing/${name}`, text])),
    };
    for (const [name, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), standIn(text, loopback));
    }
    return new Node(folder, port);
  }

  private get arguments(): string[] {
    return ["-p", `${this.folder}/`, "-c", join(this.folder, "nginx.conf"), "-e", "stderr"];
  }

  public async stop(): Promise<void> {
    if (this.nginx?.exitCode === null) {
      this.nginx.kill("SIGTERM");
      await once(this.nginx, "exit");
    }
    rmSync(this.folder, { recursive: true });
  }

  /** @param options of the request; `headers` is a list where a name comes twice */
  public get(path: string, options: RequestOptions = {}): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      request({ host: "127.0.0.1", port: this.port, path, agent: false, maxHeaderSize: 65536, ...options }, resolve)
        .on("error", reject)
        .on("upgrade", ({ headers }, socket) => {
          socket.destroy();
          reject(new Error(`The protocol was changed to ${headers.upgrade}.`));
        })
        .end();
    });
  }

  /** A connection for bytes that no client library sends. */
  public connect(): Socket {
    return connect(this.port, "127.0.0.1");
  }

  public async status(path: string, options?: RequestOptions): Promise<number | undefined> {
    return (await this.get(path, options)).resume().statusCode;
  }
}

/**
 * A port that nobody listens on. Below those that Linux gives to outgoing connections, of which there are many while the
 * tests run: one of them could have it before nginx does.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(20_000, 32_000);
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return freePort();
  }
  server.close();
  await once(server, "close");
  return port;
}

/** @param loopback address for the second pass: many nodes run on the machine of the tests */
function standIn(text: string, loopback: string): string {
  return text
    .replace(/(?<=(listen |http:\/\/))127\.0\.0\.1(?=:(18(?:08[2-9]|09\d|1\d\d)|\$wallarm_routing_port))/g, loopback)
    .replace(/^(\s*)wallarm_mode (\w+);/gm, "$1add_header X-Wallarm-Mode $2 always;")
    .replace(/^(\s*)listen (\d+) /gm, "$1listen 127.0.0.1:$2 ");
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
