import { call, type Inputs, renderAll } from "./module";
import { type Files, Node } from "./node";

/** A node for each call of the module, by name. */
export class Nodes {
  private constructor(private readonly byName: ReadonlyMap<string, Node>) {}

  /** @param files what every node has beside what the module renders, such as what it reads from secrets */
  public static async start(calls: Readonly<Record<string, Inputs>>, files: Files = {}): Promise<Nodes> {
    const rendered = await renderAll(Object.values(calls).map(call));
    const started = Object.keys(calls).map(async (name, index): Promise<[string, Node]> => {
      const result = rendered[index];
      if (result === undefined || !("outputs" in result)) throw new Error(`${name}: ${JSON.stringify(result)}`);
      return [name, await Node.start({ ...files, ...result.outputs.nginx_files })];
    });
    const settled = await Promise.allSettled(started);
    const nodes = new Nodes(new Map(settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []))));
    const failed = settled.find((one) => one.status === "rejected");
    if (failed === undefined) return nodes;
    await nodes.stop();
    throw failed.reason;
  }

  public get(name: string): Node {
    const node = this.byName.get(name);
    if (node === undefined) throw new Error(`There is no node ${name}.`);
    return node;
  }

  public async stop(): Promise<void> {
    await Promise.all([...this.byName.values()].map((node) => node.stop()));
  }
}
