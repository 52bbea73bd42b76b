import type { TenantDatabase } from '@legendops/kit/db/tenant-database';
import { silentLog } from '@legendops/kit/testing/silent-log';
import { expect, it } from 'vitest';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import { looker } from './looker.ts';
import type { LookStore } from './look-store.ts';

it.each([
  ['QuickBooks does not answer', new QuickBooksError('unreachable', 'no-answer', 'Nothing')],
  ['anything else fails', new TypeError('unexpected')],
])('waits a while before it looks again where %s', async (_title, failure) => {
  const waits: number[] = [];
  const store: LookStore = {
    due: async () => [{ id: 'realm', tenantId: 'tenant' }],
    claim: async () => ({ realmId: 'realm', attempt: 1 }),
    hold: async () => true,
    ended: async (_scope, _look, seconds) => void waits.push(seconds),
    ask: async () => 0,
  };
  const lanes = looker({
    store,
    database: {} as TenantDatabase,
    accounts: { of: () => Promise.reject(failure) } as never,
    log: silentLog,
    now: () => new Date(),
  });
  await lanes.round();
  await lanes.idle();
  expect(waits).toHaveLength(1);
  expect(waits[0]).toBeGreaterThanOrEqual(600);
});
