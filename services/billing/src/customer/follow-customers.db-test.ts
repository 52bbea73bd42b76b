import { afterAll, beforeAll, expect, it } from 'vitest';
import { customerFeed } from '@legendops/kit/contract/customer-feed';
import type { FeedEvent } from '@legendops/kit/contract/feed';
import { platformDatabase } from '@legendops/kit/db/tenant-database';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { collectingLog } from '@legendops/kit/testing/sample-api';
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
const event = (entityVersion: number, name: string, more: object = {}): FeedEvent => ({
  cursor: '',
  tenantId,
  entityId,
  entityVersion,
  payload: { name, pax8CompanyId: null, state: 'active', ...more },
});
const lines: string[] = [];
const apply = (...events: FeedEvent[]) =>
  platformDatabase(database.pool('svc_billing')).write('feed', (transaction) =>
    applyCustomers(transaction, events, collectingLog(lines)),
  );
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

it('takes an id of Pax8 as it is: a GUID of no version of RFC 9562', async () => {
  const pax8CompanyId = 'aaaaaaaa-bbbb-0ccc-1ddd-eeeeeeeeeeee';
  await apply(event(5, 'odd', { pax8CompanyId }));
  const { rows } = await database.administrator.query('select pax8_company_id from billing.customers');
  expect(rows).toEqual([{ pax8_company_id: pax8CompanyId }]);
});

it('keeps every field that the feed carries', async () => {
  const pax8CompanyId = 'aaaaaaaa-bbbb-0ccc-1ddd-eeeeeeeeeeee';
  const { payload } = event(9, 'whole', { pax8CompanyId, state: 'archived' });
  await apply(event(9, 'whole', payload));
  const { rows } = await database.administrator.query<{ kept: Record<string, unknown> }>(
    'select to_jsonb(c) as kept from billing.customers c where entity_version = 9',
  );
  const columnOf = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const fields = Object.keys(customerFeed.payload.shape);
  expect(Object.fromEntries(fields.map((field) => [field, rows[0]?.kept[columnOf(field)]]))).toEqual(payload);
  await database.administrator.query('delete from billing.customers');
});

it('is not held up by an event that it cannot read, and says which one that was', async () => {
  await apply(
    { ...event(1, 'x', { state: 'lost' }), entityId: '0190f000-0000-7000-8000-0000000000c2' },
    event(6, 'read'),
  );
  expect(await names()).toEqual(['read 6']);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { level: 'error', tenantId, customer: '0190f000-0000-7000-8000-0000000000c2', version: 1 },
  ]);
});
