/** Exact sets of IPv4 and IPv6 addresses. */
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

type Family = 4 | 6;
/** First and last address. */
type Interval = readonly [bigint, bigint];

/** Disjoint intervals of each family, in order. */
export class AddressSet {
  static readonly empty = new AddressSet([], []);
  static readonly everything = AddressSet.of("0.0.0.0/0", "::/0");

  private constructor(
    private readonly v4: readonly Interval[],
    private readonly v6: readonly Interval[],
  ) {}

  /** @param blocks CIDR blocks or addresses. Host bits do not matter, as AWS does not store them. */
  static of(...blocks: readonly string[]): AddressSet {
    const parsed = blocks.map(interval);
    const ofFamily = (family: Family) =>
      merged(parsed.filter((one) => one.family === family).map((one) => one.interval));
    return new AddressSet(ofFamily(4), ofFamily(6));
  }

  static union(sets: readonly AddressSet[]): AddressSet {
    return new AddressSet(merged(sets.flatMap(({ v4 }) => v4)), merged(sets.flatMap(({ v6 }) => v6)));
  }

  and(other: AddressSet): AddressSet {
    return new AddressSet(common(this.v4, other.v4), common(this.v6, other.v6));
  }

  without(other: AddressSet): AddressSet {
    return this.and(new AddressSet(complement(other.v4, 32), complement(other.v6, 128)));
  }

  get isEmpty(): boolean {
    return this.v4.length === 0 && this.v6.length === 0;
  }

  /** The fewest CIDR blocks. */
  get blocks(): string[] {
    return [...this.v4.flatMap((one) => blocksOf(one, 4)), ...this.v6.flatMap((one) => blocksOf(one, 6))];
  }
}

function interval(text: string): { family: Family; interval: Interval } {
  const [address = "", length, ...rest] = text.split("/");
  // A zone ("fe80::1%eth0") is no part of an address, and leading zeros are octal to some readers and decimal to others.
  if (isIP(address) === 0 || address.includes("%") || rest.length > 0)
    throw new Error(`"${text}" is not an address or a CIDR block.`);
  const parsed = ipaddr.parse(address);
  const family = parsed.kind() === "ipv4" ? 4 : 6;
  const bits = family === 4 ? 32 : 128;
  const prefix = length === undefined ? bits : /^(0|[1-9]\d{0,2})$/.test(length) ? Number(length) : NaN;
  if (!(prefix >= 0 && prefix <= bits)) throw new Error(`"${text}" is not a CIDR block of IPv${family}.`);
  const size = 1n << BigInt(bits - prefix);
  const first = (parsed.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) / size) * size;
  return { family, interval: [first, first + size - 1n] };
}

function merged(intervals: readonly Interval[]): Interval[] {
  const result: [bigint, bigint][] = [];
  for (const [first, last] of [...intervals].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    const previous = result.at(-1);
    if (previous === undefined || first > previous[1] + 1n) result.push([first, last]);
    else if (last > previous[1]) previous[1] = last;
  }
  return result;
}

function common(some: readonly Interval[], others: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (let i = 0, j = 0; i < some.length && j < others.length;) {
    const [a, b] = [some[i], others[j]];
    if (a === undefined || b === undefined) break;
    const [first, last] = [a[0] > b[0] ? a[0] : b[0], a[1] < b[1] ? a[1] : b[1]];
    if (first <= last) result.push([first, last]);
    if (a[1] < b[1]) i++;
    else j++;
  }
  return result;
}

function complement(intervals: readonly Interval[], bits: 32 | 128): Interval[] {
  const result: Interval[] = [];
  let next = 0n;
  for (const [first, last] of intervals) {
    if (first > next) result.push([next, first - 1n]);
    next = last + 1n;
  }
  const end = (1n << BigInt(bits)) - 1n;
  return next > end ? result : [...result, [next, end]];
}

function blocksOf([first, last]: Interval, family: Family): string[] {
  const bits = family === 4 ? 32 : 128;
  const result: string[] = [];
  for (let next = first; next <= last;) {
    let length = bits;
    while (length > 0) {
      const size = 1n << BigInt(bits - length + 1);
      if (next % size !== 0n || next + size - 1n > last) break;
      length--;
    }
    result.push(`${written(next, family)}/${length}`);
    next += 1n << BigInt(bits - length);
  }
  return result;
}

function written(address: bigint, family: Family): string {
  const bytes = family === 4 ? 4 : 16;
  return ipaddr
    .fromByteArray(
      Array.from({ length: bytes }, (_, index) => Number((address >> BigInt(8 * (bytes - 1 - index))) & 255n)),
    )
    .toString();
}
