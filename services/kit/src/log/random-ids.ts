import { randomFillSync } from 'node:crypto';

// Asked of the system for many requests at once: one by one they cost as much as the rest of a small request's head.
const pool = Buffer.alloc(8_192);
let used = pool.length;

/** So many random bytes in hexadecimal. */
export const randomHex = (bytes: number): string => {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
};

/** A UUID of version 4. */
export const randomId = (): string => {
  const hex = randomHex(16);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
};
