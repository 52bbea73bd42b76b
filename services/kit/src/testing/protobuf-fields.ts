/** The fields of a protobuf message, by number: numbers as they are on the wire, nested messages and texts as bytes. */
export type Fields = Map<number, (bigint | Buffer)[]>;

const varint = (bytes: Buffer, from: number): { value: bigint; next: number } => {
  let value = 0n;
  for (let next = from, shift = 0n; ; next += 1, shift += 7n) {
    const byte = bytes.readUInt8(next);
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return { value, next: next + 1 };
  }
};

const valueAt = (bytes: Buffer, wireType: number, from: number): { value: bigint | Buffer; next: number } => {
  if (wireType === 0) return varint(bytes, from);
  if (wireType === 1) return { value: bytes.readBigUInt64LE(from), next: from + 8 };
  if (wireType === 5) return { value: BigInt(bytes.readUInt32LE(from)), next: from + 4 };
  if (wireType !== 2) throw new Error(`The wire type ${wireType} is not one of protobuf`);
  const { value: length, next } = varint(bytes, from);
  const end = next + Number(length);
  return { value: bytes.subarray(next, end), next: end };
};

export const fieldsOf = (bytes: Buffer): Fields => {
  const fields: Fields = new Map();
  for (let at = 0; at < bytes.length;) {
    const tag = varint(bytes, at);
    const number = Number(tag.value >> 3n);
    const { value, next } = valueAt(bytes, Number(tag.value & 7n), tag.next);
    fields.set(number, [...(fields.get(number) ?? []), value]);
    at = next;
  }
  return fields;
};

export const bytesIn = (fields: Fields, number: number): Buffer[] =>
  (fields.get(number) ?? []).filter((value) => Buffer.isBuffer(value));
