import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash } from './content-hash.ts';
import { aSubscription, fixed, ratingInput, someUsage } from '../testing/rating-builders.ts';
import { rate } from './rate.ts';
import type { SubscriptionVersion, RatingInput } from './rating-values.ts';

const total = (more: Partial<RatingInput>): bigint | undefined => rate(ratingInput(more)).drafts[0]?.totalMinor;
const codes = (more: Partial<RatingInput>): string[] => rate(ratingInput(more)).exceptions.map(({ code }) => code);

describe('amounts', () => {
  it('cost plus markup, rounded once at the end', () => {
    expect(total({ subscriptions: [aSubscription()] })).toBe(20_000n);
    // 86.456 × 1.25 = 108.07
    expect(total({ usage: [someUsage()] })).toBe(10_807n);
  });

  it('a fixed price for each', () => {
    expect(total({ subscriptions: [aSubscription()], rules: [fixed('22.00')] })).toBe(22_000n);
    // 0.0000125 × 1,000,000 = 12.50
    expect(
      total({
        usage: [someUsage({ quantityE6: 1_000_000_000_000n, partnerTotalE8: 0n })],
        rules: [fixed('0.0000125')],
      }),
    ).toBe(1_250n);
  });

  it.each([
    ['from the 15th', { startDate: '2026-01-15' }, 5_484n],
    ['until the 14th', { status: 'Cancelled', endDate: '2026-01-14' }, 4_516n],
    ['the whole month', {}, 10_000n],
    ['not yet', { startDate: '2026-02-01' }, undefined],
    ['no longer', { status: 'Cancelled', endDate: '2025-12-31' }, undefined],
  ])('100.00 a month, %s, by calendar days', (_title, more, expected) => {
    const one = aSubscription({ quantityE6: 1_000_000n, ...more });
    expect(total({ subscriptions: [one], rules: [fixed('100.00')] })).toBe(expected);
  });

  it.each<[string, string, bigint | undefined]>([
    ['Annual', '2025-01-10', 264_00n],
    ['Annual', '2025-02-10', undefined],
    ['Annual', '2026-01-31', 264_00n],
    ['3-Year', '2023-01-31', 264_00n],
    ['3-Year', '2024-01-31', undefined],
    ['One-Time', '2026-01-20', 264_00n],
    ['One-time', '2025-12-20', undefined],
    ['Trial', '2026-01-01', undefined],
    ['Activation', '2026-01-01', undefined],
  ])('a %s term that began on %s', (billingTerm, startDate, expected) => {
    const one = aSubscription({ quantityE6: 1_000_000n, billingTerm, startDate });
    expect(total({ subscriptions: [one], rules: [fixed('264.00')] })).toBe(expected);
  });

  it.each([
    ['the day before', '2026-01-09', undefined],
    ['on the day', '2026-01-10', undefined],
    ['the day after, inside the new term: 2 of its 365 days', '2026-01-11', 1_45n],
    ['never', null, 264_00n],
  ])('no new year begins on 10 January for what ends %s', (_title, endDate, expected) => {
    for (const status of ['Active', 'PendingCancel', 'Cancelled']) {
      if (status === 'Cancelled' && endDate === null) continue;
      const one = aSubscription({
        quantityE6: 1_000_000n,
        billingTerm: 'Annual',
        startDate: '2025-01-10',
        endDate,
        status,
      });
      expect(total({ subscriptions: [one], rules: [fixed('264.00')] })).toBe(expected);
    }
  });

  it.each(['PendingManual', 'PendingAutomated', 'WaitingForDetails', 'PendingActivation', 'Trial', 'Converted'])(
    'nothing for the status %s',
    (status) => {
      expect(rate(ratingInput({ subscriptions: [aSubscription({ status })] }))).toEqual({
        drafts: [],
        uses: [],
        exceptions: [],
      });
    },
  );

  it('a draft is the sum of its lines, and no cent is made or lost', () => {
    const amount = fc.bigInt(0n, 10n ** 14n);
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount), { maxLength: 20 }), (parts) => {
        const usage = parts.map(([quantityE6, partnerTotalE8], n) =>
          someUsage({ summaryId: `u${n}`, quantityE6, partnerTotalE8 }),
        );
        for (const draft of rate(ratingInput({ usage })).drafts) {
          expect(draft.lines.reduce((sum, line) => sum + line.amountMinor, 0n)).toBe(draft.totalMinor);
          expect(new Set(draft.lines.map(({ sourceKey }) => sourceKey)).size).toBe(draft.lines.length);
        }
      }),
    );
  });

  it('every line says how it came about', () => {
    const [draft] = rate(ratingInput({ subscriptions: [aSubscription({ startDate: '2026-01-15' })] })).drafts;
    expect(draft?.lines[0]?.steps()).toEqual([
      'Quantity 10, cost 160.00 USD',
      'Price rule: cost plus 25 %',
      '17 of 31 days',
      'Amount 109.68 USD, rounded once',
    ]);
  });
});

describe('which rule', () => {
  const rules = [
    fixed('1.00', { id: 'general' }),
    fixed('2.00', { id: 'product', productId: 'premium' }),
    fixed('3.00', { id: 'customer', customerId: 'customer' }),
    fixed('4.00', { id: 'both', customerId: 'customer', productId: 'premium' }),
  ];
  it('the narrowest', () => {
    const left = [...rules];
    for (const expected of [4_000n, 3_000n, 2_000n, 1_000n]) {
      expect(total({ subscriptions: [aSubscription()], rules: left })).toBe(expected);
      left.pop();
      if (expected === 4_000n) continue;
    }
  });

  it('of two equally narrow ones the later, each for the days on which it holds', () => {
    const dated = [
      fixed('1.00', { id: '1' }),
      fixed('2.00', { id: '2', validFrom: '2026-01-01' }),
      fixed('3.00', { id: '3', validFrom: '2026-01-02' }),
    ];
    // 10 seats: one day at 2.00, 30 at 3.00 of 31
    expect(total({ subscriptions: [aSubscription()], rules: dated })).toBe(29_68n);
    const ended = [
      fixed('5.00', { id: '1', validFrom: '2025-01-01', validTo: '2026-01-01' }),
      fixed('1.00', { id: '2' }),
    ];
    expect(total({ subscriptions: [aSubscription()], rules: ended })).toBe(1_000n);
  });
});

describe('what cannot be billed is named', () => {
  it.each<[string, Partial<RatingInput>]>([
    ['customer.unmatched', { subscriptions: [aSubscription()], customers: [] }],
    [
      'customer.archived',
      {
        subscriptions: [aSubscription()],
        customers: [{ id: 'customer', name: 'F', pax8CompanyId: 'company', state: 'archived' }],
      },
    ],
    ['price.missing', { subscriptions: [aSubscription()], rules: [] }],
    ['price.currency', { subscriptions: [aSubscription()], rules: [fixed('1.00', { currency: 'EUR' })] }],
    ['currency.mismatch', { subscriptions: [aSubscription({ currency: 'EUR' })] }],
    ['cost.missing', { subscriptions: [aSubscription({ costE8: null })] }],
    ['status.unknown', { subscriptions: [aSubscription({ status: 'Frozen' })] }],
    ['subscription.no-end', { subscriptions: [aSubscription({ status: 'Cancelled', startDate: '2026-01-10' })] }],
    ['term.unknown', { subscriptions: [aSubscription({ billingTerm: '5-Year' })] }],
    ['price.below-cost', { subscriptions: [aSubscription()], rules: [fixed('15.99')] }],
  ])('%s', (code, more) => {
    const { exceptions } = rate(ratingInput(more));
    expect(codes(more)).toContain(code);
    for (const { detail, nextStep } of exceptions) expect(Math.min(detail.length, nextStep.length)).toBeGreaterThan(10);
  });

  it('a fixed price needs no cost', () => {
    const { drafts, exceptions } = rate(
      ratingInput({ subscriptions: [aSubscription({ costE8: null })], rules: [fixed('22.00')] }),
    );
    expect([drafts[0]?.totalMinor, drafts[0]?.lines[0]?.costMinor, exceptions]).toEqual([22_000n, null, []]);
  });

  it('a subscription that was cancelled long ago is no news', () => {
    const gone = aSubscription({ status: 'Cancelled', startDate: '2024-01-10', effectiveFrom: '2024-01-10' });
    expect(rate(ratingInput({ subscriptions: [gone] }))).toEqual({ drafts: [], uses: [], exceptions: [] });
  });

  it('one company that is no customer is told once, however much it buys', () => {
    const subscriptions = [aSubscription(), aSubscription({ id: 's2' })];
    expect(codes({ subscriptions, usage: [someUsage()], customers: [] })).toEqual(['customer.unmatched']);
  });

  it('the rest is billed all the same', () => {
    const { drafts, exceptions } = rate(
      ratingInput({ subscriptions: [aSubscription(), aSubscription({ id: 's2', billingTerm: '5-Year' })] }),
    );
    expect([drafts[0]?.totalMinor, exceptions.length]).toEqual([20_000n, 1]);
  });
});

describe('what does not fit together', () => {
  it('is told, and everything else is billed', () => {
    const overlapping = [aSubscription({ id: 's2' }), aSubscription({ id: 's2', quantityE6: 1_000_000n })];
    const undated = [aSubscription({ id: 's3', startDate: 'unknown', billingTerm: 'Annual' })];
    const { drafts, exceptions } = rate(
      ratingInput({ subscriptions: [aSubscription(), ...overlapping, ...undated], usage: [someUsage(), someUsage()] }),
    );
    expect(drafts[0]?.lines.map(({ sourceKey }) => sourceKey.slice(0, 15))).toEqual([
      'subscription:s1',
      'usage:u1:cloud:',
    ]);
    expect(exceptions.map(({ code, subjectKey }) => `${code} ${subjectKey}`)).toEqual([
      'rating.failed subscription:s2',
      'rating.failed subscription:s3',
      'rating.failed usage:u1:company',
    ]);
  });
});

describe('usage of one summary', () => {
  it('has a key for each company and each currency', () => {
    const customers: RatingInput['customers'] = ['company', 'other'].map((pax8CompanyId) => ({
      id: pax8CompanyId,
      name: pax8CompanyId,
      pax8CompanyId,
      state: 'active',
    }));
    const usage = [someUsage(), someUsage({ companyId: 'other' }), someUsage({ currency: 'EUR' })];
    const { drafts, uses } = rate(ratingInput({ customers, usage }));
    expect(drafts.map(({ customerId }) => customerId)).toEqual(['company', 'other']);
    expect(new Set(uses.map(({ sourceKey }) => sourceKey)).size).toBe(3);
  });
});

describe('the content hash', () => {
  it('is the same for the same content in any order of the sources, and another for another amount', () => {
    const hash = (subscriptions: SubscriptionVersion[]) => {
      const [draft] = rate(ratingInput({ subscriptions })).drafts;
      return draft && contentHash(draft, 'USD');
    };
    const [one, two] = [aSubscription(), aSubscription({ id: 's2' })];
    expect(hash([one, two])).toBe(hash([two, one]));
    expect(hash([one, two])).not.toBe(hash([one, { ...two, quantityE6: 11_000_000n }]));
  });

  it('is another for another name of the customer', () => {
    const [draft] = rate(ratingInput({ subscriptions: [aSubscription()] })).drafts;
    if (!draft) throw new Error('One draft was expected');
    expect(contentHash({ ...draft, customerName: 'Fabrikam Ltd' }, 'USD')).not.toBe(contentHash(draft, 'USD'));
  });
});
