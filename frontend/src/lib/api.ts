import { accessTokens } from './access-token.ts';
import { apiClient } from './api-client.ts';
import { idempotencyKeys } from './idempotency-keys.ts';
import { lastActIn } from './person-acts.ts';

const browserFetch: typeof fetch = (...given) => window.fetch(...given);

const now = () => Date.now();

export const tokens = accessTokens({ fetch: browserFetch, now, lastAct: lastActIn(window, now) });
export const api = apiClient({ fetch: browserFetch, tokens });
export const runOnce = idempotencyKeys(() => crypto.randomUUID());
