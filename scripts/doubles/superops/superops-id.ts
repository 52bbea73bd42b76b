import { createHash } from 'node:crypto';

/** Nineteen digits, beyond 2^53 as the vendor's are; the same names give the same id on every machine. */
export const superOpsId = (...names: string[]): string => {
  const hash = createHash('sha256').update(names.join('\n')).digest();
  return String(7_000_000_000_000_000_000n + (hash.readBigUInt64BE() % 2_000_000_000_000_000_000n));
};
