import type { Connection, Run } from '@legendops/billing/contract';
import { describe, expect, it } from 'vitest';
import { connectionWork, exceptionWork, runWork } from './work-items.ts';

const aConnection = (more: Partial<Connection>): Connection => ({
  id: '0199aaaa-0000-7000-8000-000000000001',
  vendor: 'pax8',
  state: 'connected',
  account: 'Northwind',
  detail: '',
  version: 1,
  updatedAt: '2026-11-01T00:00:00Z',
  ...more,
});

let runs = 0;
const aRun = (more: Partial<Run>): Run => ({
  id: `run-${++runs}`,
  job: 'usage-sync',
  period: null,
  state: 'done',
  code: null,
  detail: null,
  counts: {},
  startedAt: '2026-11-01T00:00:00Z',
  finishedAt: '2026-11-01T00:01:00Z',
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
      aConnection({ vendor: 'quickbooks', state: 'reconnect', detail: 'Expired' }),
    ]);
    expect(work).toEqual([{ id: 'quickbooks', vendor: 'quickbooks', state: 'reconnect', detail: 'Expired' }]);
  });

  it('asks for nothing when both are connected', () => {
    expect(connectionWork([aConnection({}), aConnection({ vendor: 'quickbooks' })])).toEqual([]);
  });
});

describe('runWork', () => {
  it('shows a run that stopped', () => {
    const failed = aRun({ state: 'failed' });
    expect(runWork([failed])).toEqual([failed]);
  });

  it('forgets a failure once a later run of the job went through', () => {
    expect(runWork([aRun({}), aRun({ state: 'failed' })])).toEqual([]);
  });

  it('keeps a failure while the next run is under way', () => {
    const failed = aRun({ state: 'failed' });
    expect(runWork([aRun({ state: 'running' }), failed, aRun({ state: 'failed' })])).toEqual([failed]);
  });

  it('judges every period of the invoice run on its own', () => {
    const october = aRun({ job: 'invoice-run', period: '2026-10-01' });
    const september = aRun({ job: 'invoice-run', period: '2026-09-01', state: 'needs-person' });
    expect(runWork([october, september])).toEqual([september]);
  });
});

describe('exceptionWork', () => {
  it('tells what is not billed from what is billed and looks wrong', () => {
    const codes = [
      'price.missing',
      'price.below-cost',
      'customer.unmatched',
      'posted.missing',
      'term.unknown',
      'invoice.differs',
    ];
    const exceptions = codes.map((code) => ({
      id: code,
      code,
      customerId: null,
      customerName: null,
      detail: '',
      nextStep: '',
      period: null,
      firstSeenAt: '2026-11-01T00:00:00Z',
    }));
    const { notBilled, toCheck } = exceptionWork(exceptions);
    expect(notBilled.map(({ code }) => code)).toEqual(['price.missing', 'customer.unmatched', 'term.unknown']);
    expect(toCheck.map(({ code }) => code)).toEqual(['price.below-cost', 'posted.missing', 'invoice.differs']);
  });
});
