/** The application's addresses, from the outputs of the modules and from snapshots: in the bundle that reads accounts. */
import { isIPv6 } from "node:net";
import { parseSnapshot } from "../../account/snapshot";
import { snapshotOf } from "../../audit/place";
import { parseRoot } from "../../audit/routing";
import { directAddresses } from "../../model/direct-addresses";
import { Vantage } from "../../model/vantage";
import { textOf } from "../input";

export interface Application {
  /** As in the setting `direct`, with ports. */
  readonly direct: readonly string[];
  /** What may be part of the application, and is not known. */
  readonly unknowns: readonly { readonly target: string; readonly reason: string }[];
}

/**
 * @param routing files of "terraform output -json"
 * @param snapshot files of the command "snapshot"
 * @throws Error that says which file is wrong, and how to write it
 */
export function application(routing: readonly string[], snapshot: readonly string[], vantage: Vantage): Application {
  const snapshots = snapshot.map((file) => parseSnapshot(textOf(file), file));
  const found = routing.map((file) => {
    const root = parseRoot(textOf(file), file);
    return { file, ...directAddresses(root.routings, snapshotOf(root, snapshots), vantage) };
  });
  const direct = found.flatMap(({ addresses, ports }) =>
    addresses.flatMap((address) => ports.map((port) => `${isIPv6(address) ? `[${address}]` : address}:${port}`)),
  );
  const unknowns = found.flatMap(({ file, unknowns: some }) =>
    some.map(({ words, resource }) => ({ target: resource ?? file, reason: words })),
  );
  return { direct: [...new Set(direct)], unknowns };
}
