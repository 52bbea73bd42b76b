import { committedTo, microsoft, pax8, type LifeRule, type Listed } from './life-rule.ts';

const annual = (from: string, seats: number, more: Partial<Listed> = {}): Listed => ({
  billingTerm: 'Annual',
  ...more,
  from,
  seats,
});
const prices = [{ each: '264.00' }];
const committed = committedTo('2027-01-10', { decrease: false, cancel: false });
const freely = committedTo('2027-01-10', { decrease: true, cancel: true });

/** What is given back of something that is paid in advance, by seats or whole. */
export const returnRules: readonly LifeRule[] = [
  {
    id: 'term-seats-returned-in-window',
    situation: 'Seats are returned within 7 days of the begin, the renewal or their addition',
    rule: 'They pay for the days on which they were there. Where Pax8 names no commitment, it is told what is not billed.',
    source: microsoft,
    examples: [
      {
        story: '20 × 264.00 a year from 10 January with a commitment, 15 from 14 January',
        listed: [annual('2026-01-10', 20, { commitment: committed }), annual('2026-01-14', 15)],
        prices,
        bills: { '2026-01': '3974.47' },
      },
      {
        story: 'the same without a commitment that Pax8 names',
        listed: [annual('2026-01-10', 20), annual('2026-01-14', 15)],
        prices,
        bills: { '2026-01': '3974.47' },
        tells: { '2026-01': [['return.undecided', '1305.53']] },
      },
      {
        story: 'added on 1 July to a term from 10 January, returned on 6 July',
        listed: [
          annual('2026-01-10', 20, { commitment: committed }),
          annual('2026-07-01', 25),
          annual('2026-07-06', 20),
        ],
        prices,
        bills: { '2026-01': '5280.00', '2026-07': '18.08' },
      },
    ],
  },
  {
    id: 'term-seats-returned-later',
    situation: 'Seats are returned after that',
    rule: 'Without a right to it there is no credit: they stay billed to the end of the term. With it, their share of the rest is credited in the month in which they went.',
    source: `${microsoft}; ${pax8}`,
    examples: [
      {
        story: '20 × 264.00 a year from 10 January, decrease not allowed, 15 from 19 February',
        listed: [annual('2026-01-10', 20, { commitment: committed }), annual('2026-02-19', 15)],
        prices,
        bills: { '2026-01': '5280.00', '2027-01': '3960.00' },
      },
      {
        story: 'the same with decrease allowed: 325 of 365 days of 5 seats come back',
        listed: [annual('2026-01-10', 20, { commitment: freely }), annual('2026-02-19', 15)],
        prices,
        bills: { '2026-01': '5280.00', '2026-02': '-1175.34', '2027-01': '3960.00' },
      },
      {
        story: 'the same where Pax8 does not say: no credit, and told',
        listed: [annual('2026-01-10', 20, { commitment: committedTo('2027-01-10') }), annual('2026-02-19', 15)],
        prices,
        bills: { '2026-01': '5280.00', '2027-01': '3960.00' },
        tells: { '2026-02': [['return.kept', '1175.34']] },
      },
    ],
  },
  {
    id: 'term-cancelled-in-window',
    situation: 'A term is cancelled within 7 days of its begin',
    rule: 'It pays for its days. Where Pax8 names no commitment, it is told what is not billed.',
    source: microsoft,
    examples: [
      {
        story: '20 × 264.00 a year from 10 January with a commitment, cancelled on 13 January: 4 of 365 days',
        listed: [
          annual('2026-01-10', 20, { commitment: committed }),
          annual('2026-01-14', 20, { status: 'Cancelled', endDate: '2026-01-13' }),
        ],
        prices,
        bills: { '2026-01': '57.86' },
        through: '2027-01',
      },
      {
        story: 'the same without a commitment that Pax8 names',
        listed: [annual('2026-01-10', 20), annual('2026-01-14', 20, { status: 'Cancelled', endDate: '2026-01-13' })],
        prices,
        bills: { '2026-01': '57.86' },
        tells: { '2026-01': [['return.undecided', '5222.14']] },
        through: '2027-01',
      },
      {
        story: '20 × 264.00 a year from 30 January, cancelled on 5 February as seen on 20 February: credited there',
        listed: [
          annual('2026-01-30', 20, { commitment: committedTo('2027-01-30', { decrease: false, cancel: false }) }),
          annual('2026-02-20', 20, { status: 'Cancelled', endDate: '2026-02-05' }),
        ],
        prices,
        bills: { '2026-01': '5280.00', '2026-02': '-5178.74' },
        through: '2027-02',
      },
    ],
  },
  {
    id: 'term-cancelled-later',
    situation: 'A term is cancelled after that',
    rule: 'Where it must not be, it stays billed to its end; where it may be without a fee, its rest is credited in the month in which it went. Where Pax8 does not say: what is billed stays, what is not is billed by its days, and the rest is told.',
    source: pax8,
    examples: [
      {
        story: '20 × 264.00 a year from 10 January, cancelled on 5 March, not allowed',
        listed: [
          annual('2026-01-10', 20, { commitment: committed }),
          annual('2026-03-06', 20, { status: 'Cancelled', endDate: '2026-03-05' }),
        ],
        prices,
        bills: { '2026-01': '5280.00' },
        through: '2027-01',
      },
      {
        story: 'the same, allowed: 310 of 365 days come back',
        listed: [
          annual('2026-01-10', 20, { commitment: freely }),
          annual('2026-03-06', 20, { status: 'Cancelled', endDate: '2026-03-05' }),
        ],
        prices,
        bills: { '2026-01': '5280.00', '2026-03': '-4484.38' },
        through: '2027-01',
      },
      {
        story: 'the same, where Pax8 does not say',
        listed: [annual('2026-01-10', 20), annual('2026-03-06', 20, { status: 'Cancelled', endDate: '2026-03-05' })],
        prices,
        bills: { '2026-01': '5280.00' },
        tells: { '2026-03': [['return.kept', '4484.38']] },
        through: '2027-01',
      },
      {
        story: 'cancelled on 25 January, before the month was billed: 16 of 365 days',
        listed: [annual('2026-01-10', 20), annual('2026-01-26', 20, { status: 'Cancelled', endDate: '2026-01-25' })],
        prices,
        bills: { '2026-01': '231.45' },
        tells: { '2026-01': [['return.undecided', '5048.55']] },
        through: '2027-01',
      },
    ],
  },
];
