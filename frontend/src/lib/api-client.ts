import type { z } from 'zod';
import type { AccessTokens } from './access-token.ts';
import { readProblem, unexpectedAnswer, unreachable } from './problem.ts';

export type Query = Record<string, string | number | undefined>;

export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Query | undefined;
  body?: unknown;
  idempotencyKey?: string;
  /** The version that the person saw, for If-Match. */
  version?: number;
  signal?: AbortSignal | undefined;
}

export interface ApiClient {
  /** Sends a request and parses its answer; every failure is an ApiProblem. */
  request<Answer extends z.ZodType>(request: ApiRequest, answer: Answer): Promise<z.infer<Answer>>;
  /** For answers that are saved as they are. */
  file(request: ApiRequest): Promise<Blob>;
  /** For answers without a body. */
  send(request: ApiRequest): Promise<void>;
}

interface Surroundings {
  fetch: typeof fetch;
  tokens: AccessTokens;
}

// Beyond what any answer takes: a connection that hangs would leave an act pending for ever.
const longestMs = 120_000;

export const apiClient = ({ fetch, tokens }: Surroundings): ApiClient => {
  const attempt = async (request: ApiRequest, token: string): Promise<Response> => {
    const { method, path, query, signal } = request;
    const limit = AbortSignal.timeout(longestMs);
    return fetch(addressOf(path, query), {
      method,
      headers: headersOf(request, token),
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    }).catch((error: unknown) => {
      if (signal?.aborted === true) throw error;
      throw unreachable();
    });
  };

  const exchange = async (request: ApiRequest): Promise<Response> => {
    const token = await tokens.get();
    const first = await attempt(request, token);
    // A 401 did nothing yet, so sending again is safe for every method.
    const response = first.status === 401 ? await attempt(request, await tokens.replace(token)) : first;
    if (!response.ok) throw await readProblem(response);
    return response;
  };

  return {
    request: async (request, answer) => {
      const response = await exchange(request);
      const parsed = answer.safeParse(await response.json().catch(() => null));
      if (!parsed.success) throw unexpectedAnswer(response);
      return parsed.data;
    },
    file: async (request) => (await exchange(request)).blob(),
    send: async (request) => {
      await exchange(request);
    },
  };
};

const addressOf = (path: string, query: Query = {}): string => {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
};

const headersOf = ({ body, idempotencyKey, version }: ApiRequest, token: string): Record<string, string> => ({
  accept: 'application/json',
  authorization: `Bearer ${token}`,
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  ...(version === undefined ? {} : { 'if-match': `"v${version}"` }),
});
