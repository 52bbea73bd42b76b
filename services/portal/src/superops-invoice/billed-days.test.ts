import { mayBill } from '@legendops/kit/contract/superops-invoices';
import { describe, expect, it } from 'vitest';
import type { Contract } from '../superops/objects.ts';
import { aContract } from '../testing/seat-builders.ts';
import { billedDays, reachOf } from './billed-days.ts';

const october = { from: '2026-10-01', until: '2026-11-01' };

const reach = (contracts: Contract[] = [], unreadable = 0) => reachOf({ rows: contracts, unreadable }, october);

const daysOf = (invoiceDate: string, contracts: Contract[] = [], lines: string[] = []) =>
  billedDays({ invoiceDate, items: lines.map((billedDate) => ({ billedDate })) }, reach(contracts));

const billsOctober = (...invoice: Parameters<typeof daysOf>): boolean => mayBill(daysOf(...invoice), october);

const recurring = (recurringMode: string, frequencyInterval = 1, frequencyDurationUnit = 'MONTH', billingOffset = 0) =>
  aContract({ recurring: { recurringMode, frequencyInterval, frequencyDurationUnit, billingOffset } });

describe('an invoice of SuperOps bills', () => {
  it.each([
    ['2026-08-31', false],
    ['2026-09-01', true],
    ['2026-10-15', true],
    ['2026-11-30', true],
    ['2026-12-01', false],
  ])('the month of its date, what was used before and what comes after it: dated %s October %s', (date, bills) => {
    expect(billsOctober(date)).toBe(bills);
  });

  it('what its lines are dated, whenever it is dated itself', () => {
    expect(billsOctober('2027-02-20', [], ['2026-11-05'])).toBe(true);
    expect(billsOctober('2026-05-20', [], ['2026-09-30', '2026-05-20'])).toBe(true);
    expect(daysOf('2026-05-20', [], ['some day'])).toEqual(daysOf('2026-05-20'));
  });

  it('what nobody can tell, where it says no day', () => {
    expect(daysOf('soon')).toBeNull();
    expect(mayBill(null, october)).toBe(true);
  });

  it.each([
    ['a year in advance', recurring('UPFRONT', 1, 'YEAR'), '2025-10-31', '2025-09-30'],
    ['a quarter in advance', recurring('UPFRONT', 3), '2026-07-01', '2026-06-30'],
    ['a month, so many days ahead', recurring('ADVANCE', 1, 'MONTH', 45), '2026-07-20', '2026-06-30'],
    ['weeks ahead', recurring('ADVANCE', 6, 'WEEK', 14), '2026-08-01', '2026-07-31'],
    ['more than anybody sells, as five years', recurring('UPFRONT', 99_999, 'YEAR'), '2021-10-01', '2021-09-30'],
  ])('%s, where a contract of its client does', (_what, contract, inside, outside) => {
    expect([billsOctober(inside, [contract]), billsOctober(outside, [contract])]).toEqual([true, false]);
  });

  it.each([
    ['a quarter afterwards', recurring('ARREAR', 3), '2027-01-31', '2027-02-01'],
    ['a year afterwards', recurring('ARREAR', 1, 'YEAR'), '2027-10-31', '2027-11-01'],
  ])('%s, where a contract of its client does', (_what, contract, inside, outside) => {
    expect([billsOctober(inside, [contract]), billsOctober(outside, [contract])]).toEqual([true, false]);
  });
});

describe('how far the invoices of a client reach', () => {
  const longest = { before: 60, after: 60 };
  const least = { before: 1, after: 1 };

  it('is the farthest of its contracts', () => {
    expect(reach([recurring('UPFRONT', 1, 'YEAR'), recurring('ARREAR', 3), recurring('ARREAR')])).toEqual({
      before: 3,
      after: 12,
    });
  });

  it.each([
    ['a mode of next year', recurring('MIDWAY')],
    ['a unit of next year', recurring('UPFRONT', 1, 'QUARTER')],
    ['a number that is none', recurring('UPFRONT', Number.NaN)],
    ['a contract that recurs and does not say how', aContract({ recurring: null })],
    ['a frequency of next year', aContract({ frequencyType: 'SOMETIMES', recurring: null })],
  ])('is five years for what nobody can tell: %s', (_what, contract) => {
    const { before, after } = reach([contract]);
    expect(Math.max(before, after)).toBe(60);
  });

  it('is five years where a contract could not be read', () => {
    expect(reach([], 1)).toEqual(longest);
  });

  it.each([
    ['is charged once', { frequencyType: 'ONCE', recurring: null }],
    ['is charged as it is used', { frequencyType: 'PERPETUAL', recurring: null }],
    ['is a draft', { contractStatus: 'DRAFT', recurring: { recurringMode: 'UPFRONT', frequencyInterval: 12 } }],
    ['begins later', { startDate: '2026-11-01', recurring: { recurringMode: 'UPFRONT', frequencyInterval: 12 } }],
    ['ended a term before', { endDate: '2025-09-30', recurring: { recurringMode: 'UPFRONT', frequencyInterval: 12 } }],
    ['was billed afterwards, and ended before', { endDate: '2026-09-30', recurring: { frequencyInterval: 12 } }],
  ])('is not that of a contract that %s', (_what, contract) => {
    expect(reach([aContract(contract)])).toEqual(least);
  });

  it('is that of one that was billed in advance for the month, and ended before it', () => {
    const ended = aContract({
      endDate: '2026-06-30',
      recurring: { recurringMode: 'UPFRONT', frequencyDurationUnit: 'YEAR', frequencyInterval: 1 },
    });
    expect(billsOctober('2026-01-01', [ended])).toBe(true);
    const ahead = { recurringMode: 'ADVANCE', frequencyInterval: 1, billingOffset: 45 };
    expect(billsOctober('2026-08-01', [aContract({ endDate: '2026-08-15', recurring: ahead })])).toBe(true);
  });

  it('is that of one that ended in the month, or says no day', () => {
    const yearly = { recurring: { recurringMode: 'UPFRONT', frequencyInterval: 12 } };
    expect(reach([aContract({ ...yearly, endDate: '2026-10-01' })]).after).toBe(12);
    expect(reach([aContract({ ...yearly, startDate: 'soon', endDate: 'later' })]).after).toBe(12);
  });
});
