/** Sets of addresses, against two libraries that share no code with ours. */
import fc from "fast-check";
import { Address4, Address6 } from "ip-address";
import { Netmask } from "netmask";
import { AddressSet } from "../../model/network/addresses";

const SEED = 19;

interface Library {
  readonly accepts: (block: string) => boolean;
  readonly contains: (block: string, address: string) => boolean;
}

const ipAddress: Library = {
  accepts: (block) => Address4.isValid(block) || Address6.isValid(block),
  contains: (block, address) =>
    block.includes(":")
      ? new Address6(address).isInSubnet(new Address6(block))
      : new Address4(address).isInSubnet(new Address4(block)),
};
const netmask: Library = {
  accepts: (block) => {
    try {
      new Netmask(block);
      return true;
    } catch {
      return false;
    }
  },
  contains: (block, address) => new Netmask(block).contains(address),
};
const LIBRARIES = { "ip-address": ipAddress, netmask };

const bytes = (length: number) => fc.array(fc.integer({ min: 0, max: 255 }), { minLength: length, maxLength: length });
const ipv4 = (some: readonly number[]) => some.join(".");
const ipv6 = (some: readonly number[]) =>
  Array.from({ length: 8 }, (_, index) =>
    ((some[2 * index] ?? 0) * 256 + (some[2 * index + 1] ?? 0)).toString(16),
  ).join(":");

interface Family {
  readonly name: string;
  readonly bits: number;
  readonly written: (bytes: readonly number[]) => string;
}
const FAMILIES: readonly Family[] = [
  { name: "IPv4", bits: 32, written: ipv4 },
  { name: "IPv6", bits: 128, written: ipv6 },
];

/** The first address of a block, its last one, and those next to them. */
function edges(address: readonly number[], length: number): number[][] {
  const bits = address.length * 8;
  const number = address.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const size = 1n << BigInt(bits - length);
  const first = (number / size) * size;
  return [first - 1n, first, first + size - 1n, first + size]
    .filter((one) => one >= 0n && one < 1n << BigInt(bits))
    .map((one) => address.map((_, index) => Number((one >> BigInt(8 * (address.length - 1 - index))) & 255n)));
}

describe.each(FAMILIES)("$name", ({ bits, written }) => {
  /** Few different bytes, so that blocks overlap and touch. */
  const block = fc.record({
    address: fc.oneof(
      bytes(bits / 8),
      fc.array(fc.constantFrom(0, 1, 127, 128, 255), { minLength: bits / 8, maxLength: bits / 8 }),
      fc.constantFrom(0, 1, 128, 255).map((last) => [10, ...Array<number>(bits / 8 - 2).fill(0), last]),
    ),
    length: fc.oneof(fc.integer({ min: 0, max: bits }), fc.constantFrom(0, 1, 8, bits - 8, bits - 1, bits)),
  });
  const blocks = fc.array(block, { maxLength: 5 });
  const texts = (some: readonly { address: readonly number[]; length: number }[]) =>
    some.map(({ address, length }) => `${written(address)}/${length}`);

  test("union, intersection, and difference have the addresses that both libraries say", () => {
    fc.assert(
      fc.property(blocks, blocks, bytes(bits / 8), (some, others, anywhere) => {
        const [one, other] = [texts(some), texts(others)];
        const [a, b] = [AddressSet.of(...one), AddressSet.of(...other)];
        const sets = [a, b, AddressSet.union([a, b]), a.and(b), a.without(b)];
        for (const probe of [
          anywhere,
          ...[...some, ...others].flatMap(({ address, length }) => edges(address, length)),
        ]) {
          const address = written(probe);
          const found = sets.map((set) => !set.and(AddressSet.of(address)).isEmpty);
          for (const { contains } of Object.values(LIBRARIES)) {
            const inOne = one.some((text) => contains(text, address));
            const inOther = other.some((text) => contains(text, address));
            expect([address, ...found]).toEqual([
              address,
              ...[inOne, inOther, inOne || inOther, inOne && inOther, inOne && !inOther],
            ]);
          }
        }
      }),
      { numRuns: 120, seed: SEED },
    );
  });

  test("blocks are the fewest that make the set, and both libraries accept them", () => {
    fc.assert(
      fc.property(blocks, blocks, (some, others) => {
        const set = AddressSet.of(...texts(some)).without(AddressSet.of(...texts(others)));
        const again = AddressSet.of(...set.blocks);
        expect([set.without(again).isEmpty, again.without(set).isEmpty, again.blocks]).toEqual([
          true,
          true,
          set.blocks,
        ]);
        for (const { accepts } of Object.values(LIBRARIES))
          expect(set.blocks.filter((one) => !accepts(one))).toEqual([]);
      }),
      { numRuns: 120, seed: SEED },
    );
  });

  test("a block with any length is accepted, and one more is not", () => {
    for (let length = 0; length <= bits; length++)
      AddressSet.of(`${written(Array<number>(bits / 8).fill(0))}/${length}`);
    expect(() => AddressSet.of(`${written(Array<number>(bits / 8).fill(0))}/${bits + 1}`)).toThrow();
  });
});

/** Good blocks with one or two characters changed, and texts of their characters. */
const almost = fc
  .tuple(
    fc.constantFrom<string[]>(
      "10.0.0.0/8",
      "192.0.2.1/32",
      "0.0.0.0/0",
      "2001:db8::/32",
      "::/0",
      "::ffff:1.2.3.4/128",
      "fe80::1/64",
    ),
    fc.array(
      fc.record({
        at: fc.nat(24),
        removed: fc.nat(2),
        added: fc.constantFrom(
          "",
          "0",
          "1",
          "9",
          "256",
          ".",
          ":",
          "/",
          "-",
          " ",
          "x",
          "0x",
          "%",
          "+",
          "e",
          "g",
          "\n",
          "٣",
        ),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  )
  .map(([text, changes]) =>
    changes.reduce((now, { at, removed, added }) => `${now.slice(0, at)}${added}${now.slice(at + removed)}`, text),
  );
const soup = fc.array(fc.constantFrom("0", "1", "10", "255", "256", ".", ":", "::", "/", "8", "0x", "f"), {
  maxLength: 12,
});

test("what either library refuses is refused", () => {
  const counts = { refused: 0, accepted: 0, disagreed: 0 };
  fc.assert(
    fc.property(
      fc.oneof(
        almost,
        soup.map((some) => some.join("")),
      ),
      (text) => {
        const accepted = Object.values(LIBRARIES).map(({ accepts }) => accepts(text));
        if (new Set(accepted).size > 1) counts.disagreed++;
        let isAccepted = true;
        try {
          AddressSet.of(text);
        } catch {
          isAccepted = false;
        }
        counts[isAccepted ? "accepted" : "refused"]++;
        if (isAccepted) expect([text, ...accepted]).toEqual([text, true, true]);
      },
    ),
    { numRuns: 8000, seed: SEED },
  );
  // Each of the three happens.
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(100);
});
