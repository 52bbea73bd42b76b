import { required } from '@legendops/kit/testing/required';
import { describe, expect, it } from 'vitest';
import { committedTo } from '../rating/life-rules/life-rule.ts';
import { monthOf } from '../rating/period.ts';
import { rate } from '../rating/rate.ts';
import type { RatingInput } from '../rating/rating-values.ts';
import { thingOf } from '../rating/use.ts';
import { aSubscription, fixed, ratingInput, someUsage, usd } from '../testing/rating-builders.ts';
import { correct } from './corrections.ts';
import type { Approved } from './settled-invoices.ts';

const period = monthOf('2026-01-01');
const customer = { id: 'customer', name: 'Fabrikam', pax8CompanyId: 'company', state: 'active' } as const;

/** What was approved of this input: its lines, as they are stored. */
const approvedOf = (more: Partial<RatingInput>): Approved => {
  const { drafts, uses } = rate(ratingInput(more));
  const things: Approved['things'] = new Map();
  for (const { sourceKey, description, amountMinor, costMinor } of drafts[0]?.lines ?? []) {
    const before = things.get(thingOf(sourceKey));
    things.set(thingOf(sourceKey), {
      lineId: before?.lineId ?? sourceKey,
      description,
      amountMinor: (before?.amountMinor ?? 0n) + amountMinor,
      costMinor: (before?.costMinor ?? 0n) + (costMinor ?? 0n),
      corrections: 0,
      isVoid: false,
      changedMinor: 0n,
    });
  }
  return { customerId: customer.id, customerName: customer.name, uses, termKeys: [], things, isLeft: false };
};

const corrected = (
  before: Partial<RatingInput>,
  now: Partial<RatingInput>,
  { linked = true, usedByOthers = new Set() }: { linked?: boolean; usedByOthers?: ReadonlySet<string> } = {},
) => {
  const rated = rate(ratingInput(now));
  const { correction, exceptions } = correct(approvedOf(before), {
    rated,
    lines: rated.drafts.find(({ customerId }) => customerId === customer.id)?.lines ?? [],
    usedByOthers,
    customer: linked ? customer : undefined,
    period,
    currency: 'USD',
  });
  return {
    lines: (correction?.lines ?? []).map(({ sourceKey, amountMinor, costMinor }) => [
      sourceKey,
      amountMinor,
      costMinor,
    ]),
    told: exceptions.map(({ code, amount }) => [code, amount?.minor]),
    first: correction?.lines[0],
  };
};
const nothing = { lines: [], told: [], first: undefined };

describe('a correction', () => {
  it('of a usage day from 35.44 to 1.00 at 25 % is -43.05, with its cost', () => {
    const rules = ratingInput().rules;
    const { lines, first } = corrected(
      { usage: [someUsage({ partnerTotalE8: usd('35.44') })], rules },
      { usage: [someUsage({ partnerTotalE8: usd('1.00') })], rules },
    );
    expect(lines).toEqual([['correction:2026-01-01:customer:1:usage:u1:cloud', -43_05n, -34_44n]]);
    expect(first).toMatchObject({
      description: 'Correction of January 2026: Compute, rg',
      corrects: { period: '2026-01-01', lineId: expect.stringMatching(/^usage:u1:cloud:/) },
    });
    expect(first?.steps().at(-1)).toBe('1.25 USD now, 44.30 USD billed until now');
  });

  it('is made though earlier months of the same subscription were listed too late', () => {
    const first = aSubscription({ id: 's0', listedOn: '2025-12-01' });
    const late = aSubscription({ startDate: '2025-12-14', effectiveFrom: '2025-12-14', listedOn: '2026-01-20' });
    const input = { subscriptions: [first, late], firstPeriod: '2025-11-01' };
    expect(rate(ratingInput(input)).exceptions).toMatchObject([{ code: 'subscription.late' }]);
    const { lines } = corrected({ ...input, rules: [fixed('20.00')] }, { ...input, rules: [fixed('21.00')] });
    expect(lines.map(([key, amount]) => [key, amount])).toEqual([
      ['correction:2026-01-01:customer:1:subscription:s0', 10_00n],
      ['correction:2026-01-01:customer:1:subscription:s1', 10_00n],
    ]);
  });

  it('is none where nothing has changed, whatever became of the pieces', () => {
    const rules = [fixed('31.00')];
    const seats = aSubscription({ quantityE6: 1_000_000n });
    const pieces = [
      { ...seats, effectiveTo: '2026-01-11' },
      { ...seats, effectiveFrom: '2026-01-11', costE8: usd('17') },
    ];
    expect(corrected({ subscriptions: [seats], rules }, { subscriptions: pieces, rules })).toEqual(nothing);
  });

  it('takes all back of what was withdrawn, and bills what came late', () => {
    expect(corrected({ usage: [someUsage()] }, {}).lines).toEqual([
      ['correction:2026-01-01:customer:1:usage:u1:cloud', -108_07n, -86_46n],
    ]);
    const { first } = corrected({}, { usage: [someUsage()] });
    expect(first).toMatchObject({
      amountMinor: 108_07n,
      description: 'Billed late, of January 2026: Compute, rg',
      corrects: { period: '2026-01-01', lineId: null },
    });
  });

  it('follows a price that was changed with effect back in time', () => {
    const subscriptions = [aSubscription()];
    expect(
      corrected({ subscriptions, rules: [fixed('22.00')] }, { subscriptions, rules: [fixed('21.00')] }).lines,
    ).toEqual([['correction:2026-01-01:customer:1:subscription:s1', -10_00n, 0n]]);
  });

  it('is made of what a rule bills, though something else of it is a question to a person', () => {
    const commitment = committedTo('2026-05-01');
    const seats = { quantityE6: 20_000_000n, commitment };
    const subscriptions = [
      aSubscription({ ...seats, effectiveTo: '2026-01-19' }),
      aSubscription({ ...seats, quantityE6: 15_000_000n, effectiveFrom: '2026-01-19' }),
    ];
    const at = (price: string) => ({ subscriptions, rules: [fixed(price)] });
    expect(rate(ratingInput(at('22.00'))).exceptions.map(({ code }) => code)).toEqual(['return.kept']);
    expect(corrected(at('22.00'), at('21.00')).lines).toEqual([
      ['correction:2026-01-01:customer:1:subscription:s1', -20_00n, 0n],
    ]);
  });

  it('has a number of its own after another one', () => {
    const approved = approvedOf({ usage: [someUsage()] });
    const [[thing, billed] = ['', undefined]] = approved.things;
    if (!billed) throw new Error('One thing was expected');
    approved.things.set(thing, { ...billed, amountMinor: 100_00n, corrections: 2 });
    const rated = rate(ratingInput({ usage: [someUsage()] }));
    const lines = rated.drafts[0]?.lines ?? [];
    const { correction } = correct(approved, {
      rated,
      lines,
      usedByOthers: new Set(),
      customer,
      period,
      currency: 'USD',
    });
    expect(correction?.lines.map(({ sourceKey, amountMinor }) => [sourceKey, amountMinor])).toEqual([
      ['correction:2026-01-01:customer:3:usage:u1:cloud', 8_07n],
    ]);
  });
});

describe('what is void and billed anew', () => {
  const subscriptions = [aSubscription()];
  /** Of 200.00 a person had made 180.00, and added a visit of 135.00. */
  const voided = (): Approved => {
    const approved = approvedOf({ subscriptions });
    const [rated] = [...approved.things.values()];
    const billed = { ...required(rated, 'seats'), amountMinor: 0n, costMinor: 0n, isVoid: true };
    const visit = { ...billed, lineId: 'visit', description: 'Visit on site', changedMinor: 135_00n };
    const things = new Map([
      ['subscription:s1', { ...billed, changedMinor: -20_00n }],
      ['manual:visit', visit],
    ]);
    return { ...approved, things };
  };
  const anew = (now: Partial<RatingInput>) => {
    const rated = rate(ratingInput(now));
    const { correction } = correct(voided(), {
      rated,
      lines: rated.drafts[0]?.lines ?? [],
      usedByOthers: new Set(),
      customer,
      period,
      currency: 'USD',
    });
    return correction?.lines.map(({ description, amountMinor }) => [description, amountMinor]);
  };
  const visitAnew = ['Billed anew, of January 2026: Visit on site', 135_00n];

  it('is what persons had made of it, and their own lines', () => {
    expect(anew({ subscriptions })).toEqual([
      visitAnew,
      ['Billed anew, of January 2026: Business Premium, monthly', 180_00n],
    ]);
  });

  it('follows what has changed since, and drops their change of what is there no more', () => {
    expect(anew({ subscriptions: [aSubscription({ quantityE6: 9_000_000n })] })).toContainEqual([
      'Billed anew, of January 2026: Business Premium, monthly',
      160_00n,
    ]);
    expect(anew({})).toEqual([visitAnew]);
  });
});

describe('is no credit but told', () => {
  const subscriptions = [aSubscription()];
  it('what was used otherwise and has no price now', () => {
    const now = { subscriptions: [aSubscription({ quantityE6: 9_000_000n })], rules: [] };
    expect(corrected({ subscriptions }, now)).toEqual({ ...nothing, told: [['invoice.differs', 200_00n]] });
  });

  it('what a customer has that is no longer linked to its company', () => {
    const now = { subscriptions, customers: [{ ...customer, pax8CompanyId: null }] };
    expect(corrected({ subscriptions }, now, { linked: false })).toEqual({
      ...nothing,
      told: [['invoice.differs', 200_00n]],
    });
  });
});

describe('is neither', () => {
  const subscriptions = [aSubscription()];
  it.each<[string, Partial<RatingInput>, ReadonlySet<string>]>([
    ['what was used as it is billed and has no price now', { subscriptions, rules: [] }, new Set()],
    ['what is told for itself', { subscriptions: [aSubscription({ status: 'Frozen' })] }, new Set()],
    ['what somebody else used, which is told', {}, new Set(['subscription:s1'])],
  ])('%s', (_title, now, usedByOthers) => {
    expect(corrected({ subscriptions }, now, { usedByOthers })).toEqual(nothing);
  });
});
