import { projectedToken } from '../auth/projected-token.ts';
import { outgoingHeaders } from '../http/outgoing-headers.ts';
import type { Patience } from '../http/patience.ts';
import { tracedFetch } from '../http/traced-fetch.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import { z } from 'zod';
import { JobFailure } from './job-outcome.ts';

/** Asks a service's internal API as the job's tenant; throws a JobFailure for whatever is no success. */
export type AskService = (path: string, body?: unknown, options?: { timeoutMs?: number }) => Promise<unknown>;

const usualTimeoutMs = 30_000;
const attempts = 5;
// Overloaded, starting, or without an answer of a vendor: what was asked for can be asked again, and is the same.
const passing = new Set([429, 502, 503, 504]);

const refusal = async (service: string, response: Response): Promise<JobFailure> => {
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = z.object({ code: z.string(), detail: z.string().optional(), title: z.string() }).safeParse(body);
  const code = parsed.data?.code ?? `http-${response.status}`;
  const message = parsed.data?.detail ?? parsed.data?.title ?? `The ${service} service answered ${response.status}`;
  if (code === 'tenant.suspended') return new JobFailure('suspended', code, message);
  const personal = code.startsWith('connection.') || response.status === 403;
  return new JobFailure(personal ? 'needsPerson' : 'retryable', code, message);
};

export const askService = (
  { service, url, tokenPath }: { service: string; url: string; tokenPath: string },
  patience: Patience,
): AskService => {
  const token = projectedToken(tokenPath);
  const ask = (path: string, body: unknown, { bearer, timeoutMs }: { bearer: string; timeoutMs: number }) =>
    tracedFetch(`${url}/internal/v1/${path}`, {
      method: 'POST',
      headers: { ...outgoingHeaders(bearer), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
  return async (path, body, { timeoutMs = usualTimeoutMs } = {}) => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await ask(path, body, { bearer: await token(), timeoutMs }).catch(() => undefined);
      if (response?.ok) return response.json();
      const failure = response
        ? await refusal(service, response)
        : new JobFailure('retryable', `${service}.unavailable`, `The ${service} service could not be reached`);
      if (attempt === attempts || (response && !passing.has(response.status))) throw failure;
      const named = retryAfterMs(response?.headers.get('retry-after'), Date.now()) ?? 0;
      if (!(await patience.wait(Math.max(named, 1_000 * 2 ** attempt)))) throw failure;
    }
  };
};
