import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { auditedIn, auditedRoutes } from '@legendops/kit/testing/audited-routes';
import { testApi, type TestApi } from '@legendops/kit/testing/test-api';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { portalApp } from '../app.ts';

let database: TestDatabase;
let api: TestApi;
let tenantId: string;
const company = { id: '0190e000-0000-7000-8000-000000000001', name: 'Fabrikam', status: 'Active' as const };

beforeAll(async () => {
  database = await testDatabase('portal_db');
  tenantId = await aTenant(database.administrator, { name: 'northwind', limits: { requestsPerMinute: 100_000 } });
  const pool = database.pool('svc_portal');
  const parts = { database: serviceDatabase(pool), platform: platformDatabase(pool) };
  const { routes } = portalApp({ ...parts, pax8Companies: async () => [company] });
  api = await testApi({ service: 'portal', routes, pool });
});
afterAll(async () => {
  await api.close();
  await database.close();
});

const { routes, internalRoutes } = portalApp({} as never);
const customers = '/api/portal/v1/customers';
const written = () => auditedIn(database.administrator);
let keys = 0;
const create = (name: string) =>
  api.call('POST', customers, {
    actor: { tenantId },
    body: { name },
    headers: { 'idempotency-key': `k${(keys += 1)}` },
  });
const change = async (body: object) => {
  const { data } = (await api.call('GET', `${customers}?order=name&limit=1`, { actor: { tenantId } })).body;
  const headers = { 'if-match': `"v${data[0].version}"` };
  return api.call('PATCH', `${customers}/${data[0].id}`, { actor: { tenantId }, body, headers });
};

describe('the portal writes down', () => {
  auditedRoutes(
    [...routes, ...internalRoutes],
    {
      'post /v1/customers: customer.created': () => create('Adatum'),
      'patch /v1/customers/{customerId}: customer.changed': () => change({ state: 'archived' }),
      'post /v1/customer-imports: customers.imported': () =>
        api.call('POST', '/api/portal/v1/customer-imports', { actor: { tenantId } }),
    },
    () => ({ administrator: database.administrator, tenantId }),
  );

  it('nothing where nothing changed, or where it was refused', async () => {
    const before = await written();
    expect((await change({ state: 'archived' })).status).toBe(200);
    expect((await create('adatum')).status).toBe(409);
    expect((await api.call('POST', '/api/portal/v1/customer-imports', { actor: { tenantId } })).body.unchanged).toBe(1);
    expect(await written()).toEqual(before);
  });

  it('what the operator makes of an organisation, and nothing of a pass that changes nothing', async () => {
    const before = (await written()).length;
    const resource = '0190b000-0000-7000-8000-000000000001';
    const register = (state: string, limits: object) =>
      database.administrator.query("select app.register_tenant(app.uuid_v7(), $1, $2, $3, $4, '{}', $5, null)", [
        'contoso',
        'Contoso',
        state,
        JSON.stringify(limits),
        resource,
      ]);
    await register('active', { customers: 10 });
    await register('active', { customers: 10 });
    await register('suspended', { customers: 20 });
    const entries = (await written()).slice(before);
    expect(entries.map(({ act, author, subject }) => [act, author.kind, subject.name])).toEqual([
      ['tenant.registered', 'operator', 'Contoso'],
      ['tenant.changed', 'operator', 'Contoso'],
    ]);
    expect(entries[1]?.changes).toEqual([
      { field: 'customers', before: '10', after: '20' },
      { field: 'state', before: 'active', after: 'suspended' },
    ]);
  });
});
