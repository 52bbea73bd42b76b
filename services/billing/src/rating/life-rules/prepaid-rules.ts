import { committedTo, ourPrices, ours, type LifeRule, type Listed } from './life-rule.ts';

const annual = (from: string, seats: number, more: Partial<Listed> = {}): Listed => ({
  billingTerm: 'Annual',
  ...more,
  from,
  seats,
});
const prices = [{ each: '264.00' }];
const committed = committedTo('2027-01-10', { decrease: false, cancel: false });

const alignedTo = (endDate: string) => committedTo(endDate, { decrease: false, cancel: false });

/** What is paid in advance: a term is billed once, and its seats stay bought to its end. */
export const prepaidRules: readonly LifeRule[] = [
  {
    id: 'term-begun',
    situation: 'A term begins',
    rule: 'It is billed whole, once, in the month of its begin, with the seats and the cost that the night after it shows.',
    source: `Pax8 API: Subscription.billingTerm, startDate; ${ours}`,
    examples: [
      {
        story: '20 × 264.00 a year from 10 January',
        listed: [annual('2026-01-10', 20)],
        prices,
        bills: { '2026-01': '5280.00', '2027-01': '5280.00' },
      },
    ],
  },
  {
    id: 'term-price',
    situation: 'The price changed before a term began',
    rule: 'The price is the one in force on the day on which the term begins, whichever month bills it.',
    source: ourPrices,
    examples: [
      {
        story: '20 × 720.00 cost for three years from 20 January; markup 25 %, from 15 January 60 %',
        listed: [{ from: '2026-01-20', seats: 20, billingTerm: '3-Year', costE8: 72_000_00000000n }],
        prices: [{ markupPercent: 25 }, { markupPercent: 60, from: '2026-01-15' }],
        bills: { '2026-01': '23040.00' },
      },
    ],
  },
  {
    id: 'term-delivered-later',
    situation: 'What began was pending, and is delivered later',
    rule: 'The whole term is billed in the month in which it is delivered, at the price of its begin.',
    source: `Pax8 API: Subscription.status, not billed before its activation; ${ours}`,
    examples: [
      {
        story: '20 × 264.00 a year from 30 January, pending until 3 February',
        listed: [annual('2026-01-30', 20, { status: 'PendingManual' }), annual('2026-02-03', 20, { status: 'Active' })],
        prices,
        bills: { '2026-02': '5280.00' },
      },
    ],
  },
  {
    id: 'term-renewed',
    situation: 'A term is renewed',
    rule: 'The next term begins where the last one ended, counted from the first begin, with the seats of the night after it.',
    source: `Pax8 API: Commitment.autoRenew; ${ours}`,
    examples: [
      {
        story: '20 × 264.00 a year from 10 January, 15 from the night after the renewal',
        listed: [annual('2026-01-10', 20), annual('2027-01-11', 15)],
        prices,
        bills: { '2026-01': '5280.00', '2027-01': '3960.00' },
      },
    ],
  },
  {
    id: 'term-seats-added',
    situation: 'Seats are added to a term',
    rule: 'They end with the term, and pay its price for their share of its days, in the month in which they came.',
    source: `co-terminated, Microsoft and Pax8; ${ours}`,
    examples: [
      {
        story: '20 × 264.00 a year from 1 March, 5 more on 1 July: 243 of 365 days',
        listed: [annual('2026-03-01', 20), annual('2026-07-01', 25)],
        prices,
        bills: { '2026-03': '5280.00', '2026-07': '878.79', '2027-03': '6600.00' },
      },
      {
        story: 'twice: 5 on 1 July, 1 on 2 July',
        listed: [annual('2026-03-01', 20), annual('2026-07-01', 25), annual('2026-07-02', 26)],
        prices,
        bills: { '2026-03': '5280.00', '2026-07': '1053.83' },
      },
    ],
  },
  {
    id: 'term-aligned',
    situation: 'A term begins in the middle of a commitment that ends before it would',
    rule: 'It pays for its share of the days to the end of the commitment, and the next term begins there.',
    source: 'co-terminated, Microsoft and Pax8',
    examples: [
      {
        story: '20 × 264.00 a year from 10 March, committed to 31 December, 5 more on 1 July: 297 and 184 of 365 days',
        listed: [
          annual('2026-03-10', 20, { commitment: alignedTo('2026-12-31') }),
          annual('2026-07-01', 25),
          annual('2027-01-02', 25, { commitment: alignedTo('2027-12-31') }),
        ],
        prices,
        bills: { '2026-03': '4296.33', '2026-07': '665.42', '2027-01': '6600.00' },
        through: '2027-12',
      },
      {
        story:
          '1 × 264.00 a month, committed from 10 October for a year, paid in advance from 16 January: 267 of 365 days',
        listed: [{ from: '2025-10-10', seats: 1, commitment: alignedTo('2026-10-10') }, annual('2026-01-16', 1)],
        prices,
        bills: {
          '2025-10': '187.35',
          '2025-11': '264.00',
          '2025-12': '264.00',
          '2026-01': '320.86',
          '2026-10': '264.00',
        },
        through: '2027-02',
      },
    ],
  },
  {
    id: 'term-ended',
    situation: 'A term ends and is not renewed',
    rule: 'Nothing begins on the day of the end, whether Pax8 names the last day or the first one after it.',
    source: `Pax8 API: an end is the last day in some of its examples and the day after in others; ${ours}`,
    examples: ['2027-01-09', '2027-01-10'].map((endDate) => ({
      story: `20 × 264.00 a year from 10 January, ends on ${endDate}`,
      listed: [annual('2026-01-10', 20), annual('2026-12-01', 20, { status: 'PendingCancel', endDate })],
      prices,
      bills: { '2026-01': '5280.00' },
      through: '2027-02',
    })),
  },
  {
    id: 'term-begun-anew',
    situation: 'What had ended begins anew',
    rule: 'With a start of its own it is another term. Under the old start its seats are added to the term that is paid.',
    source: `Pax8 API: Subscription.startDate; ${ours}`,
    examples: [
      {
        story: '20 × 264.00 a year from 10 January, cancelled on 13 January, again from 20 February',
        listed: [
          annual('2026-01-10', 20, { commitment: committed }),
          annual('2026-01-14', 20, { status: 'Cancelled', endDate: '2026-01-13' }),
          annual('2026-02-20', 20, {
            status: 'Active',
            startDate: '2026-02-20',
            endDate: null,
            commitment: committedTo('2027-02-20'),
          }),
        ],
        prices,
        bills: { '2026-01': '57.86', '2026-02': '5280.00', '2027-02': '5280.00' },
      },
      {
        story: 'the same, restored under the old start: 324 of 365 days',
        listed: [
          annual('2026-01-10', 20, { commitment: committed }),
          annual('2026-01-14', 20, { status: 'Cancelled', endDate: '2026-01-13' }),
          annual('2026-02-20', 20, { status: 'Active', endDate: null }),
        ],
        prices,
        bills: { '2026-01': '57.86', '2026-02': '4686.90', '2027-01': '5280.00' },
      },
    ],
  },
  {
    id: 'term-bought-once',
    situation: 'Something is bought once',
    rule: 'It is billed once. What is added to it, or taken back within 7 days, has no rest to share out and is told.',
    source: `Pax8 API: Subscription.billingTerm One-Time; ${ours}`,
    examples: [
      {
        story: '2 × 90.00 once on 10 January, a third from 1 March',
        listed: [
          { from: '2026-01-10', seats: 2, billingTerm: 'One-Time' },
          { from: '2026-03-01', seats: 3 },
        ],
        prices: [{ each: '90.00' }],
        bills: { '2026-01': '180.00' },
        tells: { '2026-03': [['quantity.added', '90.00']] },
        through: '2027-02',
      },
      {
        story: '2 × 90.00 once on 10 January, cancelled on 12 January',
        listed: [
          { from: '2026-01-10', seats: 2, billingTerm: 'One-Time' },
          { from: '2026-01-13', seats: 2, status: 'Cancelled', endDate: '2026-01-12' },
        ],
        prices: [{ each: '90.00' }],
        bills: {},
        tells: { '2026-01': [['return.undecided', '180.00']] },
      },
    ],
  },
];
