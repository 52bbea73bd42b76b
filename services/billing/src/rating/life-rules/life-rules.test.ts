import { expect, it } from 'vitest';
import { amountText } from '../currency.ts';
import { addMonths, monthOf } from '../period.ts';
import { rate } from '../rate.ts';
import type { SubscriptionVersion } from '../rating-values.ts';
import { aRule, aSubscription, fixed, ratingInput } from '../../testing/rating-builders.ts';
import type { Example } from './life-rule.ts';
import { lifeRules } from './list.ts';

const versionsOf = ({ listed }: Example): SubscriptionVersion[] => {
  let before = aSubscription({ startDate: listed[0]?.from ?? '', costE8: null });
  return listed.map(({ from, seats, ...more }, index) => {
    before = { ...before, ...more };
    return {
      ...before,
      quantityE6: BigInt(seats) * 1_000_000n,
      effectiveFrom: from,
      effectiveTo: more.effectiveTo ?? listed[index + 1]?.from ?? null,
    };
  });
};

const rulesOf = ({ prices }: Example) =>
  prices.map(({ each, markupPercent = 0, from = '2000-01-01' }, index) => {
    const more = { id: `rule ${index}`, validFrom: from };
    return each === undefined ? aRule({ ...more, markupPpm: markupPercent * 10_000 }) : fixed(each, more);
  });

// Something else that Pax8 has listed for long: only beside it is a listing late.
const listedBefore = aSubscription({ id: 'trial', billingTerm: 'Trial', listedOn: '2025-06-01' });

const monthsOf = (example: Example): string[] => {
  const named = [...Object.keys(example.bills), ...Object.keys(example.tells ?? {}), example.through ?? ''];
  const last = named.toSorted().at(-1) ?? '';
  const months: string[] = [];
  for (let day = monthOf(example.listed[0]?.from ?? '').start; day.slice(0, 7) <= last; day = addMonths(day, 1))
    months.push(day.slice(0, 7));
  return months;
};

const cases = lifeRules.flatMap(({ id, examples }) =>
  examples.map((example) => ({ id, story: example.story, example })),
);

it.each(cases)('$id: $story', ({ example }) => {
  const bills: Record<string, string> = {};
  const tells: Record<string, unknown[]> = {};
  for (const month of monthsOf(example)) {
    const input = ratingInput({
      period: monthOf(`${month}-01`),
      firstPeriod: '2025-07-01',
      subscriptions: [listedBefore, ...versionsOf(example)],
      rules: rulesOf(example),
    });
    const { drafts, exceptions } = rate(input);
    const total = drafts[0]?.totalMinor;
    if (total !== undefined) bills[month] = amountText(total, 'USD');
    if (exceptions.length > 0)
      tells[month] = exceptions.map(({ code, amount }) => [code, amount && amountText(amount.minor, amount.currency)]);
  }
  expect({ bills, tells }).toEqual({ bills: example.bills, tells: example.tells ?? {} });
});

it('each rule has a name of its own, a source and examples, and every code of a subscription is in one', () => {
  expect(new Set(lifeRules.map(({ id }) => id)).size).toBe(lifeRules.length);
  expect(lifeRules.filter(({ examples }) => examples.length === 0)).toEqual([]);
  // What a vendor says, or the record of what was decided.
  expect(lifeRules.filter(({ source }) => !/Pax8|Microsoft|decisions\/0\d{3}-/.test(source))).toEqual([]);
  const told = cases.flatMap(({ example }) =>
    Object.values(example.tells ?? {}).flatMap((one) => one.map(([code]) => code)),
  );
  expect([...new Set(told)].toSorted()).toEqual([
    'quantity.added',
    'return.kept',
    'return.undecided',
    'start.moved',
    'status.unknown',
    'subscription.gone',
    'subscription.late',
    'subscription.no-end',
    'term.changed',
    'term.unknown',
  ]);
});
