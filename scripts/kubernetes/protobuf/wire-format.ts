import { badRequest } from '../object/api-error.ts';

/** Integers as they are on the wire; everything with a length as its bytes. */
export type WireField = { number: number; value: bigint | Buffer };

const varint = 0;
const fixed64 = 1;
const delimited = 2;
const fixed32 = 5;

/** The fields of a message in the order in which they were written. */
export const readFields = (bytes: Buffer): WireField[] => {
  const fields: WireField[] = [];
  let at = 0;
  const readVarint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at];
      if (byte === undefined || shift > 63n) throw badRequest('the protobuf body ends inside of a number');
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw badRequest('the protobuf body ends inside of a field');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const tag = Number(readVarint());
    const number = tag >>> 3;
    switch (tag & 7) {
      case varint:
        fields.push({ number, value: readVarint() });
        break;
      case delimited:
        fields.push({ number, value: take(Number(readVarint())) });
        break;
      case fixed64:
        fields.push({ number, value: take(8) });
        break;
      case fixed32:
        fields.push({ number, value: take(4) });
        break;
      default:
        throw badRequest(`the protobuf body has a field of the unknown type ${tag & 7}`);
    }
  }
  return fields;
};
