import { run } from "./machine";
import { containerImage, freePort, Node } from "./node";

/** A container that runs: nginx with what its command has written. */
export interface Container {
  readonly node: Node;
  /** On which it gets its requests. */
  readonly port: number;
  /** Of its own health check. */
  readonly healthPort: number;
}

/** @param script the last argument of the container's command */
export async function startContainer(script: string): Promise<Container> {
  const { files } = await run(script);
  const [port, healthPort] = [await freePort(), await freePort()];
  const site = (files["http.d/wallarm-routing.conf"] ?? "")
    .replaceAll("/etc/nginx/", "")
    .replace("listen 80 ", `listen ${port} `)
    .replace("127.0.0.1:18081", `127.0.0.1:${healthPort}`);
  const folder = "wallarm-routing/";
  const written = Object.entries(files).flatMap(([name, text]): [string, string][] =>
    name.startsWith(folder) ? [[name.slice(folder.length), text]] : [],
  );
  const node = await Node.start({ ...Object.fromEntries(written), "site.conf": site }, containerImage);
  return { node, port, healthPort };
}
