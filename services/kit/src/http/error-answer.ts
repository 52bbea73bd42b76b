import { problem, Problem } from '../errors/problem.ts';
import { DatabaseUnavailable, sqlState } from '../db/database-error.ts';
import type { ProblemBody } from '../contract/problem.ts';

// PostgreSQL is there but cannot serve now: the client may come again.
const unavailable = new Set(['53300', '53200', '57P01', '57P03', '25006', '55P03', '57014']);

// What passes every schema and only the database can refuse: U+0000 in a text, the year 0000, the keys of a forged cursor.
const outOfRange = 'A value is outside of the range of its type';
const malformed = 'A value is not written as its type is';
const unstorable = new Map([
  ['22021', 'A text contains a character that cannot be stored'],
  ['22P05', 'A text contains a character that cannot be stored'],
  ['22003', outOfRange],
  ['22008', outOfRange],
  ['22007', malformed],
  ['22P02', malformed],
]);

/** The problem that a client sees for whatever was thrown; nothing of an unexpected error leaves the process. */
export const problemFor = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof DatabaseUnavailable || unavailable.has(sqlState(error) ?? ''))
    return problem('service.unavailable', { headers: { 'retry-after': '5' } });
  const detail = unstorable.get(sqlState(error) ?? '');
  if (detail !== undefined) return problem('request.invalid', { detail });
  return problem('service.failed');
};

export const bodyOf = (refusal: Problem, requestId: string): ProblemBody => ({
  type: `https://docs.legendops.io/problems/${refusal.code}`,
  title: refusal.title,
  status: refusal.status,
  ...(refusal.detail !== undefined && { detail: refusal.detail }),
  code: refusal.code,
  requestId,
  ...(refusal.places.length > 0 && { errors: [...refusal.places] }),
  ...(refusal.furtherPlaces > 0 && { furtherErrors: refusal.furtherPlaces }),
});
