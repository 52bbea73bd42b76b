import type { SuperOpsInvoice } from '@legendops/kit/contract/superops-invoices';
import { describe, expect, it } from 'vitest';
import { seenOf, besideMonth } from './beside.ts';
import { theirWords } from './their-words.ts';

const october = { from: '2026-10-01', until: '2026-11-01' };

const one = (invoiceId: string, more: Partial<SuperOpsInvoice> = {}): SuperOpsInvoice => ({
  invoiceId,
  number: `100126-${invoiceId}`,
  date: '2026-10-01',
  status: 'APPROVED',
  total: '10.50',
  bills: { from: '2026-09-01', until: '2026-12-01' },
  ...more,
});
const some = (count: number): SuperOpsInvoice[] =>
  Array.from({ length: count }, (_, index) => one((index + 1).toString().padStart(4, '0')));
const words = (data: SuperOpsInvoice[], unreadable = 0): string => theirWords({ data, unreadable }) ?? '';

describe('what is told of the invoices of SuperOps', () => {
  it('stays the same while one that was sent becomes overdue, and is paid', () => {
    const [sent, overdue, paid] = ['APPROVED', 'OVERDUE', 'PAID'].map((status) => words([one('1', { status })]));
    expect([overdue, paid]).toEqual([sent, sent]);
    expect(words([one('1', { status: 'DRAFT' })])).toBe('100126-1 of 2026-10-01 over 10.50 (DRAFT)');
  });

  it('is something else once another one stands where one of many was', () => {
    const many = some(9);
    expect(words(many)).toContain(', and 4 more: 100126-0006, 100126-0007, 100126-0008, 100126-0009');
    expect(words([...many.slice(0, 8), one('7777')])).not.toBe(words(many));
    expect(words(some(300))).toMatch(/, and 295 more: 100126-0006, .*, 100126-0055 and others$/);
  });
});

const detailOf = (data: SuperOpsInvoice[], unreadable = 0): string =>
  `SuperOps invoices Fabrikam, too: ${words(data, unreadable)}. This invoice is over 5.00 USD`;
const left = (data: SuperOpsInvoice[], seen: ReturnType<typeof seenOf>, unreadable = 0) =>
  besideMonth({ data, unreadable }, october, { seen });

describe('what a person has seen', () => {
  const nothing = { ids: [], unreadable: 0 };

  it('is what was told, and not what came between that and their press', () => {
    const told = [detailOf([one('1')], 1)];
    const now = { data: [one('1'), one('2')], unreadable: 1 };
    expect(left(now.data, seenOf(now, { told, before: nothing }), 1)).toEqual({ data: [one('2')], unreadable: 0 });
    const more = { data: [one('1')], unreadable: 3 };
    expect(left(more.data, seenOf(more, { told, before: nothing }), 3)).toEqual({ data: [], unreadable: 3 });
  });

  it('is what was told of many, by its number', () => {
    const many = some(40);
    const now = { data: [...many, one('7777')], unreadable: 0 };
    expect(left(now.data, seenOf(now, { told: [detailOf(many)], before: nothing })).data).toEqual([one('7777')]);
  });

  it('is not one whose number or amount begins like that of another', () => {
    const told = [detailOf([one('11', { total: '10.5' })])];
    const now = { data: [one('1', { number: '00126-11', total: '10.5' }), one('11')], unreadable: 0 };
    expect(seenOf(now, { told, before: nothing }).ids).toEqual([]);
  });

  it('is also what they have seen before', () => {
    const first = seenOf({ data: [one('1')], unreadable: 1 }, { told: [], before: nothing });
    const now = { data: [one('1'), one('2')], unreadable: 1 };
    const both = seenOf(now, { told: [detailOf([one('2')])], before: first });
    expect(left(now.data, both, 1)).toEqual({ data: [], unreadable: 0 });
  });

  it('is not an invoice that bills another amount by now', () => {
    const seen = seenOf(
      { data: [one('1', { status: 'DRAFT', total: '0.00' })], unreadable: 0 },
      { told: [], before: nothing },
    );
    expect(left([one('1')], seen).data).toHaveLength(1);
    expect(left([one('1', { total: '0.00' })], seen).data).toEqual([]);
    // As it was kept before amounts were.
    expect(left([one('1')], { ids: ['1'], unreadable: 0 }).data).toEqual([]);
  });
});
