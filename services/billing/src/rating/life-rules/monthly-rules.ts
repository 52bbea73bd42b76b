import { addMonths } from '../period.ts';
import { committedTo, microsoft, ours, pax8, type LifeRule, type Listed } from './life-rule.ts';

const prices = [{ each: '22.00' }];
const monthly = (from: string, seats: number, more: Partial<Listed> = {}): Listed => ({ ...more, from, seats });
const committed = committedTo('2027-01-10', { decrease: false, cancel: false });
const cancelled = { status: 'Cancelled', endDate: '2026-03-15' };
const each = (from: string, to: string, amount: string): Record<string, string> => {
  const bills: Record<string, string> = {};
  for (let day = `${from}-01`; day.slice(0, 7) <= to; day = addMonths(day, 1)) bills[day.slice(0, 7)] = amount;
  return bills;
};

/** What is billed by the month: by days, and with a commitment not for fewer seats than were bought. */
export const monthlyRules: readonly LifeRule[] = [
  {
    id: 'month-by-days',
    situation: 'Billed by the month, without a commitment',
    rule: 'Each seat pays for the days on which it was there; a month is rounded once.',
    source: `Microsoft, new commerce: a charge is shared by the days of its cycle; ${ours}`,
    examples: [
      {
        story: '10 × 20.00 a month from 1 March, 15 from 16 March, 12 from 1 May',
        listed: [monthly('2026-03-01', 10), monthly('2026-03-16', 15), monthly('2026-05-01', 12)],
        prices: [{ each: '20.00' }],
        bills: { '2026-03': '251.61', '2026-04': '300.00', '2026-05': '240.00' },
      },
      {
        story: '10 × 20.00 a month from 15 January, cancelled on 14 March',
        listed: [monthly('2026-01-15', 10), monthly('2026-03-15', 10, { status: 'Cancelled', endDate: '2026-03-14' })],
        prices: [{ each: '20.00' }],
        bills: { '2026-01': '109.68', '2026-02': '200.00', '2026-03': '90.32' },
        through: '2026-06',
      },
      {
        story:
          '10 × 20.00 a month from 1 January, ended on 1 March: the first day of a month is the first one after it',
        listed: [
          monthly('2026-01-01', 10),
          monthly('2026-02-20', 10, { status: 'PendingCancel', endDate: '2026-03-01' }),
        ],
        prices: [{ each: '20.00' }],
        bills: { '2026-01': '200.00', '2026-02': '200.00' },
        through: '2026-06',
      },
    ],
  },
  {
    id: 'commitment-seats-returned-in-window',
    situation:
      'Committed, billed by the month: seats are returned within 7 days of the purchase, the renewal or their addition',
    rule: 'They pay for their days.',
    source: microsoft,
    examples: [
      {
        story: '20 × 22.00 from 1 March, 5 returned on 5 March: 440.00 − 95.81',
        listed: [
          monthly('2026-03-01', 20, { commitment: committedTo('2027-03-01', { decrease: false, cancel: false }) }),
          monthly('2026-03-05', 15),
        ],
        prices,
        bills: { '2026-03': '344.19', '2026-04': '330.00' },
      },
      {
        story: 'the 8th night cannot tell the last day of the window from the first after it: no credit, and told',
        listed: [
          monthly('2026-03-01', 20, { commitment: committedTo('2027-03-01', { decrease: false, cancel: false }) }),
          monthly('2026-03-09', 15),
        ],
        prices,
        bills: { '2026-03': '440.00', '2026-04': '440.00' },
        tells: { '2026-03': [['return.kept', '81.61']], '2026-04': [['return.kept', '110.00']] },
      },
    ],
  },
  {
    id: 'commitment-seats-returned-later',
    situation: 'Committed, billed by the month: seats are returned after that',
    rule: 'The seats that were bought are billed to the end of the commitment, unless Pax8 lets it decrease. Where it does not say, that is told.',
    source: `${microsoft}; ${pax8}`,
    examples: [
      {
        story: '20 × 22.00 from 10 January for a year, 15 from 19 February',
        listed: [monthly('2026-01-10', 20, { commitment: committed }), monthly('2026-02-19', 15)],
        prices,
        // 22 of 31 days, eleven months, 9 days of 20 and 22 of 15, the renewal.
        bills: {
          '2026-01': '312.26',
          ...each('2026-02', '2026-12', '440.00'),
          '2027-01': '361.94',
          '2027-02': '330.00',
        },
      },
      {
        story: 'the same with decrease allowed: by days',
        listed: [
          monthly('2026-01-10', 20, { commitment: committedTo('2027-01-10', { decrease: true, cancel: true }) }),
          monthly('2026-02-19', 15),
        ],
        prices,
        bills: { '2026-01': '312.26', '2026-02': '400.71', '2026-03': '330.00' },
      },
      {
        story: 'the same where Pax8 does not say',
        listed: [monthly('2026-01-10', 20, { commitment: committedTo('2027-01-10') }), monthly('2026-02-19', 15)],
        prices,
        bills: { '2026-01': '312.26', '2026-02': '440.00', '2026-03': '440.00' },
        tells: { '2026-02': [['return.kept', '39.29']], '2026-03': [['return.kept', '110.00']] },
      },
    ],
  },
  {
    id: 'commitment-seats-added',
    situation: 'Committed, billed by the month: seats are added',
    rule: 'They pay from their day on, and are committed to the same end.',
    source: pax8,
    examples: [
      {
        story: '20 × 22.00 from 10 January for a year, 25 from 1 March, 18 from 1 May',
        listed: [
          monthly('2026-01-10', 20, { commitment: committed }),
          monthly('2026-03-01', 25),
          monthly('2026-05-01', 18),
        ],
        prices,
        bills: {
          '2026-01': '312.26',
          '2026-02': '440.00',
          ...each('2026-03', '2026-12', '550.00'),
          '2027-01': '440.71',
          '2027-02': '396.00',
        },
      },
    ],
  },
  {
    id: 'commitment-cancelled',
    situation: 'Committed, billed by the month: it is cancelled before the end',
    rule: 'Within 7 days of the purchase, or where Pax8 allows it without a fee, it ends by days; where it must not be, it is billed to the end of the commitment. Where Pax8 does not say it ends by days, and what is left out is told each month.',
    source: `${microsoft}; ${pax8}`,
    examples: [
      {
        story: '20 × 22.00 from 10 January for a year, cancelled on 15 March, not allowed',
        listed: [monthly('2026-01-10', 20, { commitment: committed }), monthly('2026-03-16', 20, cancelled)],
        prices,
        bills: { '2026-01': '312.26', ...each('2026-02', '2026-12', '440.00'), '2027-01': '127.74' },
        through: '2027-03',
      },
      {
        story: 'the same, allowed',
        listed: [
          monthly('2026-01-10', 20, { commitment: committedTo('2027-01-10', { decrease: true, cancel: true }) }),
          monthly('2026-03-16', 20, cancelled),
        ],
        prices,
        bills: { '2026-01': '312.26', '2026-02': '440.00', '2026-03': '212.90' },
        through: '2027-03',
      },
      {
        story: 'the same where Pax8 does not say',
        listed: [
          monthly('2026-01-10', 20, { commitment: committedTo('2026-05-10') }),
          monthly('2026-03-16', 20, cancelled),
        ],
        prices,
        bills: { '2026-01': '312.26', '2026-02': '440.00', '2026-03': '212.90' },
        tells: {
          '2026-03': [['return.undecided', '227.10']],
          '2026-04': [['return.undecided', '440.00']],
          '2026-05': [['return.undecided', '127.74']],
        },
        through: '2026-07',
      },
    ],
  },
];
