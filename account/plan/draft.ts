/** The account while a plan is laid over it. */
import { Digest } from "../schema/digest";
import { Snapshot } from "../snapshot";

/** What leaves open how the account will be. */
export interface PlanGap {
  readonly words: string;
  /** Of the resource in the plan, or null. */
  readonly address: string | null;
}

export class Draft {
  /** Addresses of the plan, by the ID of what they change. */
  readonly sources = new Map<string, string>();
  readonly gaps: PlanGap[] = [];
  /** Of the resource whose change is laid over. */
  private address = "";

  /**
   * @param digest null: the snapshot has another salt, so no value can be compared with it
   * @param extended new security groups, network ACLs, and route tables whose entries are resources of their own
   */
  constructor(
    readonly snapshot: Snapshot,
    readonly digest: Digest | null,
    private readonly extended: ReadonlySet<string>,
  ) {}

  /** The provider documents that entries of their own and inline ones exclude each other. */
  isExtended(id: string): boolean {
    return this.extended.has(id);
  }

  /** @param lay changes the snapshot */
  by(address: string, lay: () => void): void {
    this.address = address;
    lay();
  }

  /** Facts about this are the plan's from now on. */
  planned(resource: string): string {
    this.sources.set(resource, this.address);
    return resource;
  }

  unknown(what: string): void {
    this.gaps.push({ words: `${this.address}: ${what}`, address: this.address });
  }

  /** Values that may be secrets: the model compares them with others. */
  digests(values: readonly string[] | undefined): string[] | undefined {
    const { digest } = this;
    if (values === undefined || digest !== null) return values?.map((value) => digest?.(value) ?? value);
    this.unknown("its header values cannot be compared with the snapshot. Set --salt-file as for snapshot.");
    return undefined;
  }

  /** A part of the snapshot. Without it, nobody can say what the plan changes. */
  part<Name extends keyof Snapshot>(name: Name): NonNullable<Snapshot[Name]> | null {
    const part = this.snapshot[name];
    if (part === null) this.unknown(`${name} was not read, and the plan changes it.`);
    return part as NonNullable<Snapshot[Name]> | null;
  }

  /** What the plan refers to. */
  found<Item>(item: Item | undefined, what: string): Item | null {
    if (item === undefined) this.unknown(`${what} is not in the snapshot.`);
    return item ?? null;
  }
}
