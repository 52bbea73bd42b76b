import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceDatabase } from '@legendops/kit/db/tenant-database';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { testApi, type TestApi } from '@legendops/kit/testing/test-api';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { internalCustomerRoutes } from './internal-routes.ts';
import { customerService } from './service.ts';
import { customerStore } from './store.ts';

let database: TestDatabase;
let api: TestApi;
let tenantId: string;
let other: string;
let customerId: string;

beforeAll(async () => {
  database = await testDatabase('portal_db');
  tenantId = await aTenant(database.administrator);
  other = await aTenant(database.administrator);
  const pool = database.pool('svc_portal');
  const store = serviceDatabase(pool);
  const customers = customerService({ store: customerStore(store), database: store, pax8Companies: async () => [] });
  api = await testApi({ service: 'portal', prefix: '/internal', routes: internalCustomerRoutes(customers), pool });
  const { rows } = await database.administrator.query(
    "insert into portal.customers (tenant_id, name) values ($1, 'Contoso') returning id",
    [tenantId],
  );
  customerId = rows[0].id;
});
afterAll(async () => {
  await api.close();
  await database.close();
});

const ask = async (tenant: string, customer: string, serviceAccount = 'auth') => {
  const audience = 'legendops-portal';
  const token = await api.tokens.serviceToken({ namespace: 'legendops', serviceAccount, audience });
  return api.call('GET', `/internal/v1/tenants/${tenant}/customers/${customer}`, { token });
};

describe('another service that asks for one customer', () => {
  it('is told of it in its tenant alone', async () => {
    expect((await ask(tenantId, customerId)).body).toMatchObject({ id: customerId, state: 'active' });
    for (const [tenant, customer] of [
      [other, customerId],
      [tenantId, '0190f000-0000-7000-8000-00000000000f'],
    ] as const)
      expect((await ask(tenant, customer)).body).toMatchObject({ status: 404, code: 'customer.not-found' });
  });

  it('has to be one that may ask', async () => {
    expect((await ask(tenantId, customerId, 'catalog')).status).toBe(403);
  });
});
