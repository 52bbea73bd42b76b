import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FeedEvent } from '@legendops/kit/contract/feed';
import { platformDatabase } from '@legendops/kit/db/tenant-database';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { applyCustomers } from './follow-customers.ts';

let database: TestDatabase;
let tenantId: string;
beforeAll(async () => {
  database = await testDatabase('billing_db');
  tenantId = await aTenant(database.administrator, { name: 'northwind' });
});
afterAll(() => database.close());

const entityId = '0190f000-0000-7000-8000-0000000000c1';
const event = (entityVersion: number, name: string): FeedEvent => ({
  cursor: '',
  tenantId,
  entityId,
  entityVersion,
  payload: { name, pax8CompanyId: null, state: 'active' },
});
const apply = (...events: FeedEvent[]) =>
  platformDatabase(database.pool('svc_billing')).write('feed', (transaction) => applyCustomers(transaction, events));
const names = async () =>
  (await database.administrator.query('select name, entity_version from billing.customers')).rows.map(
    ({ name, entity_version }: { name: string; entity_version: number }) => `${name} ${entity_version}`,
  );

it('keeps the newest version of a customer, in whatever order a page brings them', async () => {
  await apply(event(2, 'new'), event(1, 'old'));
  expect(await names()).toEqual(['new 2']);
  await apply(event(1, 'old'));
  expect(await names()).toEqual(['new 2']);
  await apply(event(4, 'newest'), event(3, 'newer'));
  expect(await names()).toEqual(['newest 4']);
});
