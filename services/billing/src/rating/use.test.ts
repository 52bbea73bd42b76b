import { describe, expect, it } from 'vitest';
import { isSameUse, type Use } from './use.ts';

const seats = (more: Partial<Use> = {}): Use => ({
  sourceKey: 'subscription:s1:2026-01-01',
  quantityE6: 10_000_000n,
  share: { days: 1, of: 1 },
  costMinor: 160_00n,
  ...more,
});
const hours = (more: Partial<Use> = {}): Use =>
  seats({ sourceKey: 'usage:u1:p1:rg:Hour:USD:c1:2026-01-01', costMinor: 86_46n, ...more });

describe('the same use', () => {
  it.each<[string, Use[], Use[], boolean]>([
    ['another quantity', [seats()], [seats({ quantityE6: 11_000_000n })], false],
    ['other days', [seats()], [seats({ share: { days: 16, of: 31 } })], false],
    ['a thing more', [seats()], [seats(), hours()], false],
    ['a thing of no quantity and no cost more', [seats()], [seats(), hours({ quantityE6: 0n, costMinor: 0n })], true],
    ['another cost of seats', [seats()], [seats({ costMinor: 170_00n })], true],
    ['a corrected cost of usage', [hours()], [hours({ costMinor: 80_00n })], false],
    ['a cost that is unknown', [hours()], [hours({ costMinor: null })], true],
    [
      'days that were cut in two',
      [seats({ share: { days: 31, of: 31 } })],
      [
        seats({ sourceKey: 'subscription:s1:2026-01-01:2026-01-01', share: { days: 15, of: 31 } }),
        seats({ sourceKey: 'subscription:s1:2026-01-01:2026-01-16', share: { days: 16, of: 31 } }),
      ],
      true,
    ],
    [
      'the key of a term of an older version',
      [seats()],
      [seats({ sourceKey: 'subscription:s1:term:2026-01-10' })],
      true,
    ],
    [
      'days of a term that was cut in two',
      [seats({ sourceKey: 'subscription:s1:term:2026-01-10' })],
      [
        seats({ sourceKey: 'subscription:s1:term:2026-01-10', share: { days: 4, of: 365 } }),
        seats({ sourceKey: 'subscription:s1:term:2026-01-10:2026-01-14', share: { days: 361, of: 365 } }),
      ],
      true,
    ],
    ['seats of a term that were returned', [seats()], [seats({ share: { days: 4, of: 365 } })], false],
    [
      'an older usage key without its unit, rounded once',
      [hours({ sourceKey: 'usage:u1:p1:rg:2026-01-01', quantityE6: 3n, costMinor: 1n })],
      [
        hours({ quantityE6: 1n, costMinor: 1n }),
        hours({ sourceKey: 'usage:u1:p1:rg:Gigabyte:USD:c1:2026-01-01', quantityE6: 2n, costMinor: 1n }),
      ],
      true,
    ],
  ])('%s', (_title, a, b, expected) => {
    expect([isSameUse(a, b), isSameUse(b, a)]).toEqual([expected, expected]);
  });
});
