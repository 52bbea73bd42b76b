import { ours, type LifeRule } from './life-rule.ts';

const yearly = [{ each: '264.00' }];

/** What passes from one way of billing to another, and what no rule settles: told, and not billed. */
export const otherRules: readonly LifeRule[] = [
  {
    id: 'trial-converted',
    situation: 'A trial becomes something that is paid',
    rule: 'The trial is free. What follows counts from its own start, or from the day of the change where it has none.',
    source: `Pax8 API: Subscription.billingTerm Trial, status Trial and Converted; ${ours}`,
    examples: [
      {
        story: 'a trial from 1 January, 20 × 264.00 a year from 16 January under the same start',
        listed: [
          { from: '2026-01-01', seats: 20, billingTerm: 'Trial', status: 'Trial' },
          { from: '2026-01-16', seats: 20, billingTerm: 'Annual', status: 'Active' },
        ],
        prices: yearly,
        bills: { '2026-01': '5280.00', '2027-01': '5280.00' },
      },
      {
        story: 'a trial from 1 January, 10 × 20.00 a month from 16 January',
        listed: [
          { from: '2026-01-01', seats: 10, billingTerm: 'Trial', status: 'Trial' },
          { from: '2026-01-16', seats: 10, billingTerm: 'Monthly', status: 'Active' },
        ],
        prices: [{ each: '20.00' }],
        bills: { '2026-01': '103.23', '2026-02': '200.00' },
      },
    ],
  },
  {
    id: 'month-to-term',
    situation: 'What was billed by the month becomes a term',
    rule: 'The term begins on its own start, or on the day of the change where it has none; the month ends the day before.',
    source: `Pax8 API: Subscription.billingTerm, startDate; ${ours}`,
    examples: [
      {
        story: '1 × 264.00 a month, a year from 16 January',
        listed: [
          { from: '2025-12-01', seats: 1 },
          { from: '2026-01-16', seats: 1, billingTerm: 'Annual' },
        ],
        prices: yearly,
        bills: { '2025-12': '264.00', '2026-01': '391.74', '2027-01': '264.00' },
      },
    ],
  },
  {
    id: 'term-changed',
    situation: 'A term becomes another one or one of another product, or is billed by the month, in its middle',
    rule: 'The term that is paid stays. What takes its place is told with its worth; it is billed when the paid term is over.',
    source: `Pax8 API: PUT of a subscription changes its billingTerm; ${ours}`,
    examples: [
      {
        story: '1 × 264.00 a year from 10 January, three years from 1 May',
        listed: [
          { from: '2026-01-10', seats: 1, billingTerm: 'Annual' },
          { from: '2026-05-01', seats: 1, billingTerm: '3-Year' },
        ],
        prices: yearly,
        bills: { '2026-01': '264.00' },
        tells: { '2026-05': [['term.changed', '264.00']] },
      },
      {
        story: '1 × 264.00 a year from 10 January, of another product from 1 May',
        listed: [
          { from: '2026-01-10', seats: 1, billingTerm: 'Annual' },
          { from: '2026-05-01', seats: 1, productId: 'more' },
        ],
        prices: yearly,
        bills: { '2026-01': '264.00', '2027-01': '264.00' },
        tells: { '2026-05': [['term.changed', '264.00']] },
      },
      {
        story: '1 × 264.00 a year from 10 January, by the month from 1 May',
        listed: [
          { from: '2026-01-10', seats: 1, billingTerm: 'Annual' },
          { from: '2026-05-01', seats: 1, billingTerm: 'Monthly' },
        ],
        prices: yearly,
        bills: { '2026-01': '264.00', '2027-01': '187.35', '2027-02': '264.00' },
        tells: { '2026-05': [['term.changed', '264.00']] },
      },
    ],
  },
  {
    id: 'start-moved',
    situation: 'The start of a term moves after its month',
    rule: 'The term that is billed stays, and what Pax8 says now is told.',
    source: `Pax8 API: PUT of a subscription changes its startDate; ${ours}`,
    examples: [
      {
        story: '1 × 264.00 a year from 28 January, from 12 February as seen on 10 February',
        listed: [
          { from: '2026-01-28', seats: 1, billingTerm: 'Annual' },
          { from: '2026-02-10', seats: 1, startDate: '2026-02-12' },
        ],
        prices: yearly,
        bills: { '2026-01': '264.00' },
        tells: { '2026-02': [['start.moved', '264.00']] },
      },
    ],
  },
  {
    id: 'listed-late',
    situation: 'Pax8 lists something for the first time when its months were billed',
    rule: 'Nothing of those months is billed: what they would have been is told, with its worth. All that follows is billed.',
    source: ours,
    examples: [
      {
        story: '20 a year at cost 240.00 and 25 % from 10 January, first listed on 20 May',
        listed: [
          { from: '2026-01-10', seats: 20, billingTerm: 'Annual', costE8: 24_000_00000000n, listedOn: '2026-05-20' },
        ],
        prices: [{ markupPercent: 25 }],
        bills: { '2027-01': '6000.00' },
        tells: { '2026-05': [['subscription.late', '6000.00']] },
      },
      {
        story: '20 a month at cost 20.00 and 25 % from 10 October, first listed on 20 May: 354.84 and six months',
        listed: [{ from: '2025-10-10', seats: 20, costE8: 2_000_00000000n, listedOn: '2026-05-20' }],
        prices: [{ markupPercent: 25 }],
        bills: { '2026-05': '500.00', '2026-06': '500.00' },
        tells: { '2026-05': [['subscription.late', '3354.84']] },
      },
      {
        story: '20 × 22.00 a month from 28 January, first listed on 6 February: in time for its month',
        listed: [{ from: '2026-01-28', seats: 20, listedOn: '2026-02-06' }],
        prices: [{ each: '22.00' }],
        bills: { '2026-01': '56.77', '2026-02': '440.00' },
      },
    ],
  },
  {
    id: 'gone',
    situation: 'A term is gone from the list soon after its begin, without an end',
    rule: 'It is told and not billed, as long as its month is not over.',
    source: `Pax8 API: lists are pages without a snapshot, and may leave one out; ${ours}`,
    examples: [
      {
        story: '20 × 264.00 a year from 10 January, not listed from 13 January on',
        listed: [{ from: '2026-01-10', seats: 20, billingTerm: 'Annual', effectiveTo: '2026-01-13' }],
        prices: yearly,
        bills: {},
        tells: { '2026-01': [['subscription.gone', '5280.00']] },
        through: '2027-02',
      },
    ],
  },
  {
    id: 'gone-by-month',
    situation: 'Something that is billed by the month is gone from the list, without an end',
    rule: 'Its last days are told and not billed. What is back within 7 nights, as it was, was there all the time.',
    source: ours,
    examples: [
      {
        story: '10 × 20.00 a month from 1 March, not listed from 16 March on',
        listed: [{ from: '2026-03-01', seats: 10, effectiveTo: '2026-03-16' }],
        prices: [{ each: '20.00' }],
        bills: { '2026-03': '96.77' },
        tells: { '2026-03': [['subscription.gone', '103.23']] },
        through: '2026-05',
      },
      {
        story: 'the same, listed again from 18 March on',
        listed: [
          { from: '2026-03-01', seats: 10, effectiveTo: '2026-03-16' },
          { from: '2026-03-18', seats: 10 },
        ],
        prices: [{ each: '20.00' }],
        bills: { '2026-03': '200.00', '2026-04': '200.00' },
      },
      {
        story: 'the same, listed on 5 April as cancelled on 25 March',
        listed: [
          { from: '2026-03-01', seats: 10, effectiveTo: '2026-03-16' },
          { from: '2026-04-05', seats: 10, status: 'Cancelled', endDate: '2026-03-25' },
        ],
        prices: [{ each: '20.00' }],
        bills: { '2026-03': '161.29' },
        through: '2026-05',
      },
      {
        story: 'the same, listed again from 1 April on',
        listed: [
          { from: '2026-03-01', seats: 10, effectiveTo: '2026-03-16' },
          { from: '2026-04-01', seats: 10 },
        ],
        prices: [{ each: '20.00' }],
        bills: { '2026-03': '96.77', '2026-04': '200.00' },
        tells: { '2026-03': [['subscription.gone', '103.23']] },
      },
    ],
  },
  {
    id: 'cancelled-without-end',
    situation: 'Something is cancelled, and Pax8 does not say since when',
    rule: 'Its last days are told; what was before is billed.',
    source: `Pax8 API: Subscription.status Cancelled, endDate; ${ours}`,
    examples: [
      {
        story: '10 × 20.00 a month, cancelled as seen on 15 March',
        listed: [
          { from: '2026-02-01', seats: 10 },
          { from: '2026-03-15', seats: 10, status: 'Cancelled' },
        ],
        prices: [{ each: '20.00' }],
        bills: { '2026-02': '200.00', '2026-03': '90.32' },
        tells: { '2026-03': [['subscription.no-end', '200.00']] },
        through: '2026-05',
      },
    ],
  },
  {
    id: 'not-known',
    situation: 'A billing term or a state that is not known here',
    rule: 'It is told each month at its cost or its worth, and not billed.',
    source: `Pax8 API: Subscription.billingTerm, status; ${ours}`,
    examples: [
      {
        story: '10 at cost 16.00, billed every fortnight',
        listed: [{ from: '2026-02-01', seats: 10, billingTerm: 'Fortnightly', costE8: 1_600_00000000n }],
        prices: [{ each: '20.00' }],
        bills: {},
        tells: { '2026-02': [['term.unknown', '160.00']], '2026-03': [['term.unknown', '160.00']] },
      },
      {
        story: '10 × 20.00 a month, frozen',
        listed: [{ from: '2026-02-01', seats: 10, status: 'Frozen' }],
        prices: [{ each: '20.00' }],
        bills: {},
        tells: { '2026-02': [['status.unknown', '200.00']], '2026-03': [['status.unknown', '200.00']] },
      },
    ],
  },
];
