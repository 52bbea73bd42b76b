import { problem, type Problem } from '../errors/problem.ts';

/** What to answer when a token was not verified. Keys that could not be fetched say nothing about the token. */
export const tokenRefusal = (error: unknown): Problem =>
  isUnavailable(error) ? problem('service.unavailable', { headers: { 'retry-after': '5' } }) : problem('token.invalid');

const isUnavailable = (error: unknown): boolean =>
  error instanceof TypeError ||
  (error instanceof Error &&
    'code' in error &&
    (error.code === 'ERR_JWKS_TIMEOUT' || error.code === 'ERR_JOSE_GENERIC'));
