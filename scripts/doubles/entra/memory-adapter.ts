import type { Adapter, AdapterPayload } from 'oidc-provider';

type Stored = { payload: AdapterPayload; expiresAt: number };

/**
 * Codes, grants and sessions of all directories in one map, so that the token endpoint of `organizations` can tell
 * whose code it was given. They do not survive a restart: a sign-in that was under way starts again.
 */
export function memoryStorage() {
  const stored = new Map<string, Stored>();
  const keyOf = (model: string, id: string) => `${model}:${id}`;

  const find = (model: string, id: string) => {
    const entry = stored.get(keyOf(model, id));
    return entry && entry.expiresAt > Date.now() ? entry.payload : undefined;
  };
  const adapter = (model: string): Adapter => ({
    upsert: async (id, payload, expiresIn) => {
      stored.set(keyOf(model, id), { payload, expiresAt: Date.now() + (expiresIn ?? 86_400) * 1000 });
    },
    find: async (id) => find(model, id),
    findByUid: async (uid) => [...stored.values()].find(({ payload }) => payload.uid === uid)?.payload,
    findByUserCode: async () => undefined,
    consume: async (id) => {
      const payload = find(model, id);
      if (payload) payload.consumed = Math.floor(Date.now() / 1000);
    },
    destroy: async (id) => void stored.delete(keyOf(model, id)),
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of stored) if (payload.grantId === grantId) stored.delete(key);
    },
  });
  return { adapter, find, clear: () => stored.clear() };
}

export type MemoryStorage = ReturnType<typeof memoryStorage>;
