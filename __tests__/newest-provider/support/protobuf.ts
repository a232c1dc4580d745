/** As much of Protocol Buffers as a schema needs: https://protobuf.dev/programming-guides/encoding */
const LENGTH_DELIMITED = 2;

/** A field whose value is a number or a boolean. Left out, it is 0. */
export function number(field: number, value: number | boolean): Buffer {
  return Number(value) === 0 ? Buffer.alloc(0) : Buffer.concat([varint(field << 3), varint(Number(value))]);
}

/** A field whose value is a text or the fields of a message. */
export function bytes(field: number, ...value: readonly (Buffer | string)[]): Buffer {
  const content = Buffer.concat(value.map((part) => Buffer.from(part)));
  return Buffer.concat([varint((field << 3) | LENGTH_DELIMITED), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const septets: number[] = [];
  for (; value > 127; value >>>= 7) septets.push((value & 127) | 128);
  return Buffer.from([...septets, value]);
}
