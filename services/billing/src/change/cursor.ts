import { problem } from '@legendops/kit/errors/problem';
import { z } from 'zod';
import { Topic } from '../contract.ts';
import type { Seen } from './store.ts';

const SeenParts = z.tuple([
  z.string().regex(/^\d{1,19}:\d{1,19}:(\d{1,19}(,\d{1,19})*)?$/),
  z.partialRecord(Topic, z.number().int().nonnegative()),
]);

/** Opaque to clients. It outlives this process: a portal goes on where it was when another replica answers. */
export const encodeSeen = ({ snapshot, counts }: Seen): string =>
  Buffer.from(JSON.stringify([snapshot, counts])).toString('base64url');

const decoded = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
};

/** PostgreSQL refuses a snapshot whose parts are not in order. */
const isInOrder = (snapshot: string): boolean => {
  const [first = '', next = '', open = ''] = snapshot.split(':');
  const numbers = [first, ...(open === '' ? [] : open.split(','))].map(BigInt);
  return (
    BigInt(first) > 0n &&
    [...numbers, BigInt(next)].every((one, index, all) => index === 0 || one >= (all[index - 1] ?? 0n)) &&
    BigInt(next) < 2n ** 63n
  );
};

/** A request problem where it is no cursor that encodeSeen made. */
export const decodeSeen = (cursor: string): Seen => {
  const parts = SeenParts.safeParse(decoded(cursor));
  if (parts.success && isInOrder(parts.data[0])) return { snapshot: parts.data[0], counts: parts.data[1] };
  throw problem('request.invalid', {
    places: [{ pointer: '/query/after', code: 'invalid', detail: 'Not a place in these changes' }],
  });
};
