import { problem, Problem } from '../errors/problem.ts';
import { DatabaseUnavailable, sqlState } from '../db/database-error.ts';
import type { ProblemBody } from '../contract/problem.ts';

// PostgreSQL is there but cannot serve now: the client may come again.
const unavailable = new Set(['53300', '53200', '57P01', '57P03', '25006', '55P03', '57014']);

/** The problem that a client sees for whatever was thrown; nothing of an unexpected error leaves the process. */
export const problemFor = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof DatabaseUnavailable || unavailable.has(sqlState(error) ?? ''))
    return problem('service.unavailable', { headers: { 'retry-after': '5' } });
  // U+0000 fits into no text of PostgreSQL; an id that only the database can refuse is a wrong request, too.
  if (sqlState(error) === '22021' || sqlState(error) === '22P05')
    return problem('request.invalid', { detail: 'A text contains a character that cannot be stored' });
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
});
