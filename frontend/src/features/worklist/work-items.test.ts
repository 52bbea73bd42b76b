import type { Connection } from '@legendops/billing/contract';
import { describe, expect, it } from 'vitest';
import { connectionWork, countOf } from './work-items.ts';

const aConnection = (more: Partial<Connection>): Connection => ({
  id: '0199aaaa-0000-7000-8000-000000000001',
  vendor: 'pax8',
  state: 'connected',
  account: 'Northwind',
  accountName: null,
  failure: null,
  version: 1,
  updatedAt: '2026-11-01T00:00:00Z',
  ...more,
});

describe('connectionWork', () => {
  it('asks for every vendor that is not connected', () => {
    expect(connectionWork([]).map(({ vendor, state }) => [vendor, state])).toEqual([
      ['pax8', 'missing'],
      ['quickbooks', 'missing'],
    ]);
  });

  it('asks to connect again what no longer works', () => {
    const work = connectionWork([
      aConnection({}),
      aConnection({ vendor: 'quickbooks', state: 'reconnect', failure: 'Expired' }),
    ]);
    expect(work).toEqual([{ id: 'quickbooks', vendor: 'quickbooks', state: 'reconnect', failure: 'Expired' }]);
  });

  it('asks for nothing when both are connected', () => {
    expect(connectionWork([aConnection({}), aConnection({ vendor: 'quickbooks' })])).toEqual([]);
  });
});

describe('countOf', () => {
  it('counts every connection, run, invoice and exception', () => {
    const invoices = { status: 'draft' as const, count: 2_000, totals: [], nextStep: '', largest: [] };
    const cause = { code: 'price.missing', title: 'No price', isBilled: false, customers: 3, totals: [], largest: [] };
    const work = {
      connections: [],
      periods: [],
      stoppedRuns: [],
      invoices: [invoices],
      exceptions: [{ ...cause, count: 600 }],
    };
    expect(countOf(work)).toBe(2_602);
  });
});
