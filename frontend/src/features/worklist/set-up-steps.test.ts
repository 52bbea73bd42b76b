import type { Connection } from '@legendops/billing/contract';
import type { Worklist } from '@legendops/billing/worklist/contract';
import { expect, it } from 'vitest';
import { nextStepOf, setUpSteps } from './set-up-steps.ts';

const aConnection = (vendor: Connection['vendor']): Connection => ({
  id: '0199aaaa-0000-7000-8000-000000000001',
  vendor,
  state: 'connected',
  account: 'Northwind',
  accountName: null,
  failure: null,
  version: 1,
  updatedAt: '2026-11-01T00:00:00Z',
});

const nothing = { customers: 0, priceRules: 0, usageSyncedAt: null, invoicedAt: null, invoicedPeriod: null };
const both = [aConnection('pax8'), aConnection('quickbooks')];
const next = (connections: Connection[], setUp: Partial<Worklist['setUp']> = {}) =>
  nextStepOf(setUpSteps({ connections, setUp: { ...nothing, ...setUp } }));

it.each<[string, ReturnType<typeof next>]>([
  ['Connect Pax8', next([])],
  ['Connect QuickBooks', next([aConnection('pax8')])],
  ['Import customers', next(both)],
  ['Add a price rule', next(both, { customers: 3 })],
  ['Usage is read', next(both, { customers: 3, priceRules: 1 })],
  ['Invoices are drafted', next(both, { customers: 3, priceRules: 1, usageSyncedAt: '2026-11-02T04:00:00Z' })],
])('the one next step is: %s', (title, step) => {
  expect(step?.title).toBe(title);
});

it('ends with the first drafts', () => {
  const done = {
    customers: 3,
    priceRules: 1,
    usageSyncedAt: '2026-11-02T04:00:00Z',
    invoicedAt: '2026-11-06T06:00:00Z',
  };
  expect(next(both, done)).toBeUndefined();
});
