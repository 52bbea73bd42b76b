import type { z } from 'zod';
import { accessTokens } from './access-token.ts';
import { apiClient, type ApiClient, type ApiRequest } from './api-client.ts';
import { lastActIn } from './person-acts.ts';

const browserFetch: typeof fetch = (...given) => window.fetch(...given);

const now = () => Date.now();

export const tokens = accessTokens({ fetch: browserFetch, now, lastAct: lastActIn(window, now) });

/** For acts alone, which run once and tell their outcome: lib/act. */
export const writer: ApiClient = apiClient({ fetch: browserFetch, tokens });

/** For whatever is read. */
export const api: {
  request<Answer extends z.ZodType>(request: ApiRequest & { method: 'GET' }, answer: Answer): Promise<z.infer<Answer>>;
  file(request: ApiRequest & { method: 'GET' }): Promise<Blob>;
} = { request: (request, answer) => writer.request(request, answer), file: (request) => writer.file(request) };
