import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { DatabasePool } from '@legendops/kit/db/pool';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { tenantRegistry } from '@legendops/kit/db/tenant-registry';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { testApi, type TestApi } from '@legendops/kit/testing/test-api';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { portalApp } from '../app.ts';
import { unusedSuperOps } from './superops-world.ts';
import type { Pax8Company } from '../customer/pax8-companies.ts';

export const customers = '/api/portal/v1/customers';

interface PortalSuite {
  database: TestDatabase;
  api: TestApi;
  tenantId: string;
  /** Another tenant. */
  other: string;
  /** What the billing service says of a tenant's companies at Pax8, or how it refuses. */
  companies: Pax8Company[] | Error;
}

/** The portal with two tenants for the tests of a file, each of which finds no customer. Filled before the first of them. */
export const portalSuite = () => {
  const suite = { companies: [] } as unknown as PortalSuite;
  const portalOver = (pool: DatabasePool): Promise<TestApi> => {
    const { routes } = portalApp({
      database: serviceDatabase(pool),
      platform: platformDatabase(pool),
      registry: tenantRegistry(platformDatabase(pool)),
      ...unusedSuperOps,
      pax8Companies: async () => {
        if (suite.companies instanceof Error) throw suite.companies;
        return suite.companies;
      },
    });
    return testApi({ service: 'portal', routes, pool });
  };
  beforeAll(async () => {
    suite.database = await testDatabase('portal_db');
    suite.tenantId = await aTenant(suite.database.administrator, { limits: { requestsPerMinute: 100_000 } });
    suite.other = await aTenant(suite.database.administrator, { limits: { requestsPerMinute: 100_000 } });
    suite.api = await portalOver(suite.database.pool('svc_portal'));
  });
  afterAll(async () => {
    await suite.api.close();
    await suite.database.close();
  });
  beforeEach(async () => {
    await suite.database.administrator.query(
      'truncate portal.superops_clients, portal.exception_tickets, portal.customers, app.outbox',
    );
  });
  let keys = 0;
  const as = (tenantId = suite.tenantId) => ({ actor: { tenantId } });
  const create = (name: string, tenantId = suite.tenantId) =>
    suite.api.call('POST', customers, {
      ...as(tenantId),
      body: { name },
      headers: { 'idempotency-key': `k${(keys += 1)}` },
    });
  return { suite, portalOver, as, create };
};
