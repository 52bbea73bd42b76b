import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSubscription, fixed, ratingInput } from '../testing/rating-builders.ts';
import { billableSegments } from './billable-segments.ts';
import { committedTo } from './life-rules/life-rule.ts';
import { addDays, addMonths, daysBetween, isAfterInvoices, monthOf, type Period } from './period.ts';
import { rate } from './rate.ts';
import type { DraftLine, SubscriptionVersion } from './rating-values.ts';

const begin = '2026-01-10';
const end = '2027-01-10';
const months: Period[] = Array.from({ length: 14 }, (_, n) => monthOf(addMonths('2026-01-01', n)));

type Change = [afterDays: number, seats: number];
// Each rates all months of a year.
const few = { numRuns: 40 };
interface Life {
  changes: Change[];
  billingTerm: string;
  allows: boolean | null;
  isCommitted: boolean;
  cancelledAfter: number | null;
}

/** Versions of a year from 10 January: seats that change on some days of it, and perhaps an end. */
const versionsOf = ({ changes, billingTerm, allows, isCommitted, cancelledAfter }: Life): SubscriptionVersion[] => {
  const common = {
    startDate: begin,
    billingTerm,
    commitment: isCommitted ? committedTo(end, { decrease: allows, cancel: allows }) : null,
  };
  const listed = [...new Map([[0, 10] as Change, ...changes])].map(([day, seats]) => ({
    ...common,
    effectiveFrom: addDays(begin, day),
    quantityE6: BigInt(seats) * 1_000_000n,
  }));
  const cancelled =
    cancelledAfter === null
      ? []
      : [
          {
            ...common,
            effectiveFrom: addDays(begin, cancelledAfter + 1),
            quantityE6:
              listed.findLast(({ effectiveFrom }) => effectiveFrom <= addDays(begin, cancelledAfter))?.quantityE6 ?? 0n,
            status: 'Cancelled',
            endDate: addDays(begin, cancelledAfter),
          },
        ];
  const all = [
    ...listed.filter(({ effectiveFrom }) => cancelled.every((one) => effectiveFrom < one.effectiveFrom)),
    ...cancelled,
  ].toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom));
  return all.map((one, index) => aSubscription({ ...one, effectiveTo: all[index + 1]?.effectiveFrom ?? null }));
};

const seats = fc.integer({ min: 1, max: 30 });
const day = fc.integer({ min: 2, max: 360 });
// Days of the year, and days around the ends of windows and of months.
const changes = fc.array(
  fc.tuple(fc.oneof(day, fc.constantFrom(7, 8, 21, 26, 28, 29, 31, 35, 41, 52, 57, 59)), seats),
  {
    maxLength: 6,
  },
);
const lives = fc.record<Life>({
  changes,
  billingTerm: fc.constantFrom('Monthly', 'Annual'),
  allows: fc.constantFrom(true, false, null),
  isCommitted: fc.boolean(),
  cancelledAfter: fc.option(fc.integer({ min: 1, max: 364 })),
});

/** Seats that are billed on each day of the year, by whichever month. */
const billedSeats = (versions: readonly SubscriptionVersion[]): bigint[] => {
  const days = Array.from({ length: daysBetween(begin, end) }, () => 0n);
  const found = months.map((month) => billableSegments(versions, month));
  for (const { from, to, quantityE6 } of found.flatMap(({ segments, charges }) => [
    ...segments,
    ...charges.flatMap(({ stretches }) => stretches),
  ]))
    for (let day = daysBetween(begin, from); day < Math.min(days.length, daysBetween(begin, to)); day += 1)
      days[day] = (days[day] ?? 0n) + quantityE6;
  return days;
};

const listedSeats = (versions: readonly SubscriptionVersion[], day: string): bigint =>
  versions.find(
    ({ effectiveFrom, effectiveTo, status }) =>
      status === 'Active' && effectiveFrom <= day && (effectiveTo === null || day < effectiveTo),
  )?.quantityE6 ?? 0n;

/** All of a line, how it came about as well. */
const saidOf = (line: DraftLine) => ({ ...line, steps: line.steps() });

const spaced = changes.map((some) => some.map(([day, seats]): Change => [Math.ceil(day / 10) * 10, seats]));

describe('the seats that are billed, day by day', () => {
  it.each(['Monthly', 'Annual'])('%s, decrease allowed: those that are listed', (billingTerm) => {
    fc.assert(
      fc.property(changes, (some) => {
        const versions = versionsOf({
          changes: some,
          billingTerm,
          allows: true,
          isCommitted: true,
          cancelledAfter: null,
        });
        const billed = billedSeats(versions);
        expect(billed).toEqual(billed.map((_, after) => listedSeats(versions, addDays(begin, after))));
      }),
      few,
    );
  });

  it.each([
    ['Monthly', false],
    ['Annual', false],
    ['Monthly', null],
    ['Annual', null],
  ])('%s, decrease %s and no change within a window: the most that were listed so far', (billingTerm, allows) => {
    fc.assert(
      fc.property(spaced, (some) => {
        const versions = versionsOf({ changes: some, billingTerm, allows, isCommitted: true, cancelledAfter: null });
        let most = 0n;
        const billed = billedSeats(versions);
        const expected = billed.map((_, after) => {
          const listed = listedSeats(versions, addDays(begin, after));
          most = listed > most ? listed : most;
          return most;
        });
        expect(billed).toEqual(expected);
      }),
      few,
    );
  });
});

it('no day on which seats are listed is neither billed nor told', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const versions = versionsOf(life);
      const short = billedSeats(versions).flatMap((billed, after) =>
        billed < listedSeats(versions, addDays(begin, after)) ? [addDays(begin, after)] : [],
      );
      expect(short).toEqual([]);
    }),
    few,
  );
});

it('the parts of a term that is kept whole sum to its price', () => {
  fc.assert(
    fc.property(spaced, fc.bigInt(1n, 10n ** 13n), (some, unitPriceE8) => {
      const versions = versionsOf({
        changes: some.map(([after]): Change => [after, 10]),
        billingTerm: 'Annual',
        allows: false,
        isCommitted: true,
        cancelledAfter: null,
      });
      const totals = months
        .slice(0, 12)
        .map((period) =>
          rate(ratingInput({ period, subscriptions: versions, rules: [fixed('1.00', { unitPriceE8 })] })),
        )
        .flatMap(({ drafts }) => drafts.map(({ totalMinor }) => totalMinor));
      const whole = (unitPriceE8 * 10n * 2n + 100_000_000n) / 200_000_000n;
      expect(totals.reduce((sum, total) => sum + total, 0n)).toBe(whole);
    }),
  );
});

it('a month that is rated again, whatever was seen since, gives its old result', () => {
  fc.assert(
    fc.property(lives, ({ cancelledAfter: _none, ...life }) => {
      const versions = versionsOf({ ...life, cancelledAfter: null });
      for (const month of months) {
        const known = versions.filter(({ effectiveFrom }) => !isAfterInvoices(month, effectiveFrom));
        const then = known.map((version, index) => ({
          ...version,
          effectiveTo: index === known.length - 1 ? null : version.effectiveTo,
        }));
        const keys = (all: readonly SubscriptionVersion[]) => {
          const { drafts, exceptions } = rate(ratingInput({ period: month, subscriptions: all }));
          return { lines: drafts.flatMap(({ lines }) => lines.map(saidOf)), exceptions };
        };
        if (then.length > 0) expect(keys(versions)).toEqual(keys(then));
      }
    }),
  );
});

it('the order in which things arrive does not matter', () => {
  fc.assert(
    fc.property(fc.array(lives, { minLength: 1, maxLength: 4 }), fc.infiniteStream(fc.nat()), (some, random) => {
      const all = some.flatMap((life, n) => versionsOf(life).map((version) => ({ ...version, id: `s${n}` })));
      const shuffled = all
        .map((version) => ({ version, at: random.next().value ?? 0 }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ version }) => version);
      for (const period of months.slice(0, 4)) {
        const rated = (subscriptions: readonly SubscriptionVersion[]) => {
          const { drafts, exceptions } = rate(ratingInput({ period, subscriptions }));
          const bySubject = exceptions.toSorted((a, b) =>
            `${a.subjectKey} ${a.code}`.localeCompare(`${b.subjectKey} ${b.code}`),
          );
          return { lines: drafts.flatMap(({ lines }) => lines.map(saidOf)), exceptions: bySubject };
        };
        expect(rated(shuffled)).toEqual(rated(all));
      }
    }),
  );
});
