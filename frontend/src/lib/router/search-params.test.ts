import { describe, expect, it } from 'vitest';
import { connectionsSearch, customersSearch, invoicesSearch, usageSearch } from './search-params.ts';

const customerId = '0199aaaa-0000-7000-8000-000000000001';

describe('the address of a view', () => {
  it('keeps what it may say', () => {
    expect(usageSearch({ view: 'subscriptions', customerId, from: '2026-10-01', to: '2026-10-31' })).toEqual({
      view: 'subscriptions',
      customerId,
      from: '2026-10-01',
      to: '2026-10-31',
    });
    const months = { from: '2026-10-01', to: '2026-11-01' };
    expect(invoicesSearch({ status: 'in-doubt', paymentState: 'overdue', customerId, ...months })).toEqual({
      ...months,
      status: 'in-doubt',
      paymentState: 'overdue',
      customerId,
    });
    expect(connectionsSearch({ problem: 'connection.refused' })).toEqual({ problem: 'connection.refused' });
  });

  it('ignores what it may not', () => {
    expect(usageSearch({ view: 'x', customerId: '../me', from: 'yesterday', to: '20261031' })).toEqual({});
    expect(invoicesSearch({ status: 'paid', paymentState: 'posted', from: '2026-10-02', to: '2026-13-01' })).toEqual(
      {},
    );
    expect(connectionsSearch({ connected: 'xero', problem: '<b>call 555-0100</b>' })).toEqual({});
  });

  it('reads a search for digits as text, and one for nothing as none', () => {
    expect(customersSearch({ search: '365' })).toEqual({ search: '365' });
    expect(customersSearch({ search: '  ' })).toEqual({});
  });
});
