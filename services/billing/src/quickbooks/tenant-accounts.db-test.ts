import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { serviceDatabase } from '@legendops/kit/db/tenant-database';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { silentLog } from '@legendops/kit/testing/silent-log';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { leases } from '../vendor-access/leases.ts';
import type { QuickBooksOAuth } from './oauth.ts';
import { QuickBooksError } from './quickbooks-error.ts';
import { realmLimiter } from './realm-limiter.ts';
import { tenantAccounts } from './tenant-accounts.ts';
import { tokenStore, type QuickBooksSecret } from './token-store.ts';

let database: TestDatabase;
let tenantId: string;
beforeEach(async () => {
  database = await testDatabase('billing_db');
  tenantId = await aTenant(database.administrator, { name: 'northwind', limits: { requestsPerMinute: 1_000 } });
});
afterEach(() => database.close());

const stale = (refreshToken: string): QuickBooksSecret => ({
  realmId: '1',
  accessToken: `access of ${refreshToken}`,
  accessExpiresAt: '2026-01-01T00:00:00Z',
  refreshToken,
});

/** A vault and an Intuit that several replicas share; each refresh token is good once. */
const surroundings = () => {
  let stored = stale('r0');
  let next = 0;
  const state = { trades: 0, reconnects: 0, vaultDown: false, beforeAnswer: async () => undefined as void };
  const vault = {
    get: async () => stored as never,
    put: async (_tenant: string, _vendor: string, secret: unknown) => {
      if (state.vaultDown) throw new Error('the vault is away');
      stored = secret as QuickBooksSecret;
    },
  };
  const oauth: QuickBooksOAuth = {
    authorizationUrl: () => '',
    redeem: () => Promise.reject(new Error('not here')),
    refresh: async (refreshToken) => {
      state.trades += 1;
      if (refreshToken !== `r${next}`) throw new QuickBooksError('token', 'invalid_grant', 'refused');
      next += 1;
      const answer = {
        accessToken: `a${next}`,
        accessExpiresAt: new Date(Date.now() + 3_600_000),
        refreshToken: `r${next}`,
      };
      await state.beforeAnswer();
      return answer;
    },
  };
  const replica = () =>
    tenantAccounts({
      tokens: tokenStore(vault, { log: silentLog, pauseMs: () => 1 }),
      leases: leases(serviceDatabase(database.pool('svc_billing'))),
      oauth,
      apiUrl: 'http://127.0.0.1:1',
      limiter: realmLimiter(),
      onReconnect: async () => void (state.reconnects += 1),
      pauseMs: 5,
    });
  const connect = async (refreshToken: string) => void (stored = stale(refreshToken));
  return { state, replica, connect, revoke: () => (next = 100), stored: () => stored };
};

describe('tokens of the accounts', () => {
  it('are traded once, however many replicas and calls need them', async () => {
    const { state, replica, stored } = surroundings();
    state.beforeAnswer = () => new Promise((resolve) => setTimeout(resolve, 50));
    const replicas = [replica(), replica(), replica()];
    const answers = await Promise.all(
      [...replicas, ...replicas].map((accounts) => accounts.access(tenantId, { renew: false })),
    );
    expect(new Set(answers.map(({ accessToken }) => accessToken))).toEqual(new Set(['a1']));
    expect([state.trades, state.reconnects, stored().refreshToken]).toEqual([1, 0, 'r1']);
  });

  it('are not lost while the vault is away, and stored when it is back', async () => {
    const { state, replica, stored } = surroundings();
    const accounts = replica();
    state.vaultDown = true;
    expect((await accounts.access(tenantId, { renew: false })).accessToken).toBe('a1');
    expect(stored().refreshToken).toBe('r0');
    expect((await accounts.access(tenantId, { renew: true })).accessToken).toBe('a2');
    state.vaultDown = false;
    expect((await accounts.access(tenantId, { renew: false })).accessToken).toBe('a2');
    expect([stored().refreshToken, state.reconnects]).toEqual(['r2', 0]);
  });

  it('of a new connection are not overwritten by a pair that waits for the vault', async () => {
    const { state, replica, stored } = surroundings();
    const [here, there] = [replica(), replica()];
    state.vaultDown = true;
    await here.access(tenantId, { renew: false });
    state.vaultDown = false;
    expect((await there.access(tenantId, { renew: true }).catch(() => undefined))?.accessToken).toBeUndefined();
    Object.assign(stored(), { ...stale('new'), accessExpiresAt: new Date(Date.now() + 3_600_000).toISOString() });
    expect((await here.access(tenantId, { renew: false })).accessToken).toBe('access of new');
    expect(stored().refreshToken).toBe('new');
  });

  it('of a new connection that is made during a trade stay, and the traded ones go', async () => {
    const { state, replica, stored, connect } = surroundings();
    state.beforeAnswer = () => connect('new');
    await replica().access(tenantId, { renew: false });
    expect(stored().refreshToken).toBe('new');
  });

  it('that Intuit refuses for good ask for a person, once', async () => {
    const { state, replica, revoke } = surroundings();
    revoke();
    await expect(replica().access(tenantId, { renew: false })).rejects.toThrow('refused');
    expect(state.reconnects).toBe(1);
  });

  it('of a process that died in the middle of a trade are free after its lease', async () => {
    const { replica } = surroundings();
    await leases(serviceDatabase(database.pool('svc_billing'))).take(tenantId, 'quickbooks-token', 0);
    expect((await replica().access(tenantId, { renew: false })).accessToken).toBe('a1');
  });
});
