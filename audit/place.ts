/** Which snapshot is of the account and Region of a root configuration. */
import { Snapshot } from "../account/snapshot";
import { withDistributionsOf } from "../model/distributions";
import { AuditError } from "./error";
import { Root } from "./routing";

/**
 * The account and Region that the modules of a root name, or null.
 * @throws AuditError if they name several
 */
export function placeOf({ name, routings }: Root): { account: string | null; region: string | null } {
  const one = (field: "account_id" | "region") => {
    const values = [...new Set(routings.map((routing) => routing[field]).filter((value) => value !== null))];
    if (values.length > 1)
      throw new AuditError(
        `${name} has modules in several accounts or Regions: ${values.join(", ")}. Write a file for each with "terraform output -json NAME".`,
      );
    return values[0] ?? null;
  };
  return { account: one("account_id"), region: one("region") };
}

/**
 * CloudFront is global: only the first document of an account has it.
 * @throws AuditError if no snapshot fits, or several
 */
export function snapshotOf(root: Root, snapshots: readonly Snapshot[]): Snapshot {
  const { account, region } = placeOf(root);
  const inPlace = snapshots.filter(
    (one) => (account === null || one.account_id === account) && (region === null || one.region === region),
  );
  const found = inPlace.length > 1 ? inPlace.filter((one) => hasVpc(one, root)) : inPlace;
  const [snapshot] = found;
  if (inPlace.length > 0 && found.length !== 1)
    throw new AuditError(
      `Several snapshots fit ${root.name}: ${inPlace.map((one) => `${one.account_id} ${one.region}`).join(", ")}. Name one with --snapshot.`,
    );
  if (snapshot === undefined)
    throw new AuditError(
      `No snapshot is of the account ${account ?? "(any)"} and the Region ${region ?? "(any)"} of ${root.name}. Read it with "snapshot".`,
    );
  const global = snapshots.find((one) => one.account_id === snapshot.account_id && one.cloudfront !== null);
  return global === undefined || snapshot.cloudfront !== null ? snapshot : withDistributionsOf(global, snapshot);
}

/** The owner of a distribution may keep it: its module then names a VPC, and no account. */
function hasVpc({ ec2 }: Snapshot, { routings }: Root): boolean {
  return routings.some(({ vpc_id }) => ec2?.Vpcs.some(({ VpcId }) => VpcId === vpc_id));
}
