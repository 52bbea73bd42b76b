import { problem, type Problem } from '../errors/problem.ts';
import { KeysUnavailable } from './remote-keys.ts';

/** What to answer when a token was not verified. Keys that could not be fetched say nothing about the token. */
export const tokenRefusal = (error: unknown): Problem =>
  error instanceof KeysUnavailable
    ? problem('service.unavailable', { headers: { 'retry-after': '5' } })
    : problem('token.invalid');
