import type { ServerResponse } from 'node:http';
import { problem, Problem } from '../errors/problem.ts';
import { DatabaseUnavailable, OutcomeUnknown, sqlState } from '../db/database-error.ts';
import type { ProblemBody } from '../contract/problem.ts';

// PostgreSQL is there but cannot serve now: the client may come again.
const unavailable = new Set(['53300', '53200', '57P01', '57P02', '57P03', '57P05', '25006', '55P03', '57014']);

const comeAgain = { headers: { 'retry-after': '5' } };

// What passes every schema and only the database can refuse: U+0000 in a text, the year 0000, the keys of a forged cursor.
const outOfRange = 'A value is outside of the range of its type';
const malformed = 'A value is not written as its type is';
const unstorable = new Map([
  ['22021', 'A text contains a character that cannot be stored'],
  ['22P05', 'A text contains a character that cannot be stored'],
  ['22003', outOfRange],
  ['22008', outOfRange],
  ['22007', malformed],
  ['22009', malformed],
  ['22P02', malformed],
]);

/** Whether it failed because nobody waits for the answer any more: an error of theirs, and not one of ours. */
export const isFromClientLeaving = (error: unknown, { destroyed, writableFinished }: ServerResponse): boolean =>
  destroyed &&
  !writableFinished &&
  error instanceof Error &&
  (error.name === 'AbortError' || ('code' in error && error.code === 'ECONNRESET' && sqlState(error) === undefined));

/** The problem that a client sees for whatever was thrown; nothing of an unexpected error leaves the process. */
export const problemFor = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof DatabaseUnavailable || unavailable.has(sqlState(error) ?? ''))
    return problem('service.unavailable', comeAgain);
  if (error instanceof OutcomeUnknown)
    return problem('service.unavailable', {
      ...comeAgain,
      detail: 'It may have been done or not: look, or repeat the request with the same Idempotency-Key or If-Match',
    });
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
