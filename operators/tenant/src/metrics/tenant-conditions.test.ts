import { register } from 'prom-client';
import { expect, test } from 'vitest';
import type { Tenant } from '../api/tenant.ts';
import { aTenant } from '../testing/a-tenant.ts';
import { measureTenants } from './tenant-conditions.ts';

const withReady = (name: string, status: 'True' | 'False', reason: string, since: string): Tenant => ({
  ...aTenant({ name }),
  status: { conditions: [{ type: 'Ready', status, reason, message: `about ${name}`, lastTransitionTime: since }] },
});

const scraped = async (tenants: Tenant[]): Promise<string[]> => {
  measureTenants(() => tenants);
  return (await register.metrics()).split('\n').filter((line) => line.startsWith('legendops_tenant_'));
};

test('tenants are counted by condition, and no series names one', async () => {
  const tenants = [
    withReady('a', 'True', 'Ready', '2026-01-01T00:00:00Z'),
    withReady('b', 'False', 'NameTaken', '2026-01-02T00:00:00Z'),
    withReady('c', 'False', 'NameTaken', '2026-01-01T12:00:00Z'),
    aTenant({ name: 'd' }),
  ];
  expect(await scraped(tenants)).toEqual([
    'legendops_tenant_conditions{type="Ready",status="True",reason="Ready"} 1',
    'legendops_tenant_conditions{type="Ready",status="False",reason="NameTaken"} 2',
    'legendops_tenant_conditions{type="Ready",status="Unknown",reason="NotSeen"} 1',
    `legendops_tenant_oldest_not_ready_timestamp_seconds ${Date.parse('2026-01-01T12:00:00Z') / 1000}`,
  ]);
});

test('the series of a tenant that is gone, or ready again, go with it', async () => {
  await scraped([withReady('b', 'False', 'NameTaken', '2026-01-02T00:00:00Z')]);
  expect(await scraped([withReady('b', 'True', 'Ready', '2026-01-03T00:00:00Z')])).toEqual([
    'legendops_tenant_conditions{type="Ready",status="True",reason="Ready"} 1',
  ]);
  expect(await scraped([])).toEqual([]);
});
