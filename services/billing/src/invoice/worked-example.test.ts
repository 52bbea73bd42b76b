import { required } from '@legendops/kit/testing/required';
import { describe, expect, it } from 'vitest';
import { amountText, priceFromText } from '../rating/currency.ts';
import { monthOf } from '../rating/period.ts';
import { rate } from '../rating/rate.ts';
import type { Draft, RatingInput } from '../rating/rating-values.ts';
import { thingOf } from '../rating/use.ts';
import { aRule, aSubscription, fixed, ratingInput, someUsage, usd } from '../testing/rating-builders.ts';
import { isWithin, nothing, sum } from '../testing/simulation/exact.ts';
import { workedInvoice, type WorkedLine } from '../testing/worked-example.ts';
import { correct } from './corrections.ts';
import type { Approved } from './settled-invoices.ts';
import { withCorrection } from './with-correction.ts';

const period = monthOf('2026-03-01');
const seats = (count: number): bigint => BigInt(count) * 1_000_000n;

const said = ({ lines, totalMinor }: Draft): unknown => ({
  lines: lines
    .map(({ description, amountMinor }) => [description, amountMinor] as const)
    .toSorted(([a], [b]) => a.localeCompare(b)),
  totalMinor,
});
const page = (lines: readonly WorkedLine[], totalMinor: bigint): unknown => ({
  lines: lines
    .map(({ text, amountMinor }) => [text, amountMinor])
    .toSorted(([a = ''], [b = '']) => `${a}`.localeCompare(`${b}`)),
  totalMinor,
});

/** What was reckoned by hand of each thing, rounded once, is what its lines say together; no line is off by a unit. */
const isReckoned = (lines: readonly WorkedLine[]): void => {
  const thing = ({ text }: WorkedLine): string => text.split(', ').slice(0, 2).join(', ');
  for (const lineOf of lines)
    expect([lineOf.text, isWithin(lineOf.amountMinor, lineOf.byHand, 2)]).toEqual([lineOf.text, true]);
  for (const name of new Set(lines.map(thing))) {
    const parts = lines.filter((one) => thing(one) === name);
    const amountMinor = parts.reduce((all, one) => all + one.amountMinor, 0n);
    const whole = parts.reduce((all, { byHand }) => sum(all, byHand), nothing);
    expect([name, isWithin(amountMinor, whole, 1)]).toEqual([name, true]);
  }
};

const customer = (name: string) =>
  ({ id: name, name, pax8CompanyId: 'company', state: 'active' }) as const satisfies RatingInput['customers'][number];

const seatsOf = (productId: string, productName: string) => ({ id: productId, productId, productName });
const used = (productId: string, productName: string) => ({
  summaryId: productId,
  productId,
  productName,
  resourceGroup: 'group',
  from: period.start,
});

const premium = seatsOf('premium', 'Business Premium');
const ofYear = { ...premium, id: 'year', billingTerm: 'Annual', startDate: '2026-03-01' };
const committed = {
  id: 'c',
  term: '1-Year',
  endDate: '2027-03-01',
  allowsDecrease: false,
  allowsCancellation: false,
  hasCancellationFee: null,
};

const rules = [
  aRule(),
  fixed('20.00', { id: 'month', productId: 'premium', billingTerm: 'Monthly' }),
  fixed('264.00', { id: 'year', productId: 'premium', billingTerm: 'Annual' }),
  fixed('22.00', { id: 'phone', productId: 'phone', billingTerm: 'Monthly', validTo: '2026-03-16' }),
  fixed('25.00', { id: 'phone-later', productId: 'phone', billingTerm: 'Monthly', validFrom: '2026-03-16' }),
  fixed('0', {
    id: 'security',
    productId: 'security',
    billingTerm: 'Monthly',
    kind: 'graduated',
    unitPriceE8: null,
    tiers: [
      { upToE6: seats(10), unitPriceE8: usd('10.00'), flatMinor: 0n },
      { upToE6: null, unitPriceE8: usd('8.00'), flatMinor: 0n },
    ],
  }),
  aRule({ id: 'backup', productId: 'backup', markupPpm: 200_000, floorMarginE8: usd('3.00') }),
  aRule({ id: 'storage', productId: 'storage', minimumMinor: 50_00n }),
];

describe('the month worked by hand is what the product bills', () => {
  it('with terms, proration, usage, markups, tiers and a minimum', () => {
    const { lines, total, told } = workedInvoice('Northwind IT: Fabrikam', 'USD');
    const from = (effectiveFrom: string, effectiveTo: string | null, count: number) => ({
      effectiveFrom,
      effectiveTo,
      quantityE6: seats(count),
    });
    const { drafts, exceptions } = rate(
      ratingInput({
        period,
        customers: [customer('Fabrikam')],
        rules,
        subscriptions: [
          aSubscription({ ...seatsOf('backup', 'Backup'), quantityE6: seats(7), costE8: usd('12.34') }),
          aSubscription({ ...premium, ...from('2025-05-01', '2026-03-16', 10) }),
          aSubscription({ ...premium, ...from('2026-03-16', null, 15) }),
          aSubscription({ ...ofYear, ...from('2026-03-01', '2026-03-05', 20), commitment: committed }),
          aSubscription({ ...ofYear, ...from('2026-03-05', null, 15), commitment: committed }),
          aSubscription({ ...seatsOf('phone', 'Phone'), quantityE6: seats(10) }),
          aSubscription({
            ...seatsOf('security', 'Security'),
            costE8: usd('6.00'),
            ...from('2025-05-01', '2026-03-16', 8),
          }),
          aSubscription({ ...seatsOf('security', 'Security'), costE8: usd('6.00'), ...from('2026-03-16', null, 12) }),
          aSubscription({ ...seatsOf('press', 'Press'), quantityE6: seats(2), costE8: usd('15.00'), currency: 'EUR' }),
        ],
        usage: [
          someUsage({ ...used('compute', 'Compute'), partnerTotalE8: usd('86.456') }),
          someUsage({ ...used('storage', 'Storage'), partnerTotalE8: usd('12.34') }),
        ],
      }),
    );
    expect(drafts.map(said)).toEqual([page(lines, total.amountMinor)]);
    expect(
      exceptions.map(({ code, amount }) => `\`${code}\` ${amountText(amount?.minor ?? 0n, 'EUR')} ${amount?.currency}`),
    ).toEqual(told);
    isReckoned(lines);
  });

  it('with a correction of what is approved, on a credit memo', () => {
    const { lines, total } = workedInvoice('Northwind IT: Tailspin Toys', 'USD');
    const customers = [customer('Tailspin Toys')];
    const february = (cost: string) =>
      rate(
        ratingInput({
          period: monthOf('2026-02-01'),
          customers,
          rules,
          usage: [someUsage({ ...used('compute', 'Compute'), from: '2026-02-01', partnerTotalE8: usd(cost) })],
        }),
      );
    const approved = february('35.44');
    const { lines: billed, customerId, customerName } = required(approved.drafts[0], 'draft');
    const things = billed.map(
      ({ sourceKey, description, amountMinor, costMinor }) =>
        [
          thingOf(sourceKey),
          { lineId: sourceKey, description, amountMinor, costMinor, corrections: 0, isVoid: false, changedMinor: 0n },
        ] as const,
    );
    const invoice: Approved = {
      customerId,
      customerName,
      uses: approved.uses,
      isLeft: false,
      termKeys: [],
      things: new Map(things),
    };
    const now = february('1.00');
    const { correction } = correct(invoice, {
      rated: now,
      lines: now.drafts[0]?.lines ?? [],
      usedByOthers: new Set(),
      customer: customers[0],
      period: monthOf('2026-02-01'),
      currency: 'USD',
    });
    const { drafts } = rate(
      ratingInput({
        period,
        customers,
        rules,
        subscriptions: [
          aSubscription({ ...premium, effectiveFrom: '2026-03-15', startDate: '2026-03-15', quantityE6: seats(1) }),
        ],
      }),
    );
    const [draft] = correction ? withCorrection(drafts, correction) : [];
    expect(draft && said(draft)).toEqual(page(lines, total.amountMinor));
    expect([total.text, total.amountMinor < 0n]).toEqual(['Credit memo', true]);
    isReckoned(lines);
  });

  it('in a currency without smaller units', () => {
    const { lines, total } = workedInvoice('Northwind Tokyo: Blue Yonder', 'JPY');
    const yen = (text: string): bigint => priceFromText(text, 'JPY');
    const { drafts } = rate(
      ratingInput({
        period,
        currency: 'JPY',
        customers: [customer('Blue Yonder')],
        rules: [
          aRule({ markupPpm: 200_000 }),
          fixed('0', {
            id: 'seat',
            productId: 'seat',
            billingTerm: 'Monthly',
            unitPriceE8: yen('1000'),
            currency: 'JPY',
          }),
        ],
        subscriptions: [
          aSubscription({
            ...seatsOf('seat', 'Seat'),
            effectiveFrom: '2026-03-15',
            startDate: '2026-03-15',
            quantityE6: seats(1),
            costE8: yen('700'),
            currency: 'JPY',
          }),
        ],
        usage: [someUsage({ ...used('cloud', 'Cloud'), partnerTotalE8: yen('1234'), currency: 'JPY' })],
      }),
    );
    expect(drafts.map(said)).toEqual([page(lines, total.amountMinor)]);
    isReckoned(lines);
  });
});
