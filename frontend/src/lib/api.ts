import { accessTokens } from './access-token.ts';
import { apiClient } from './api-client.ts';
import { idempotencyKeys } from './idempotency-keys.ts';

const browserFetch: typeof fetch = (...given) => window.fetch(...given);

export const tokens = accessTokens({ fetch: browserFetch, now: () => Date.now() });
export const api = apiClient({ fetch: browserFetch, tokens });
export const runOnce = idempotencyKeys(() => crypto.randomUUID());
