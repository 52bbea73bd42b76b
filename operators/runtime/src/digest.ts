import { createHash } from 'node:crypto';

const bytes = 6;

/** Of a JSON value, as a whole number of 48 bits: it is kept for every object, and a text would take thrice the memory. */
export const digestOf = (value: unknown): number =>
  createHash('sha256').update(JSON.stringify(value)).digest().readUIntBE(0, bytes);
