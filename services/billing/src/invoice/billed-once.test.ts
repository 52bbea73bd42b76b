import { describe, expect, it } from 'vitest';
import { isBilledElsewhere } from './billed-once.ts';
import type { Holder } from './settled-invoices.ts';

const period = { start: '2026-02-01', end: '2026-03-01' };

/** Whether a source of February is billed already by a line of Fabrikam's invoice of January. */
const isHeld = (sourceKey: string, held: string, description: string): boolean => {
  const holder: Holder = {
    sourceKey: held,
    customerId: 'fabrikam',
    customerName: 'Fabrikam',
    periodStart: '2026-01-01',
    description,
  };
  return isBilledElsewhere({ sourceKey, customerId: 'tailspin' }, { holders: new Map([[held, holder]]), period });
};

describe('what is billed under a key of an older form is not billed again', () => {
  it.each([
    ['a term', 'subscription:s1:term:2026-01-10', 'subscription:s1:term:2026-01-10', 'Suite, annual'],
    ['a term by its month', 'subscription:s1:term:2026-01-10', 'subscription:s1:2026-01-01', 'Suite, annual'],
    [
      'a stretch of a term that was billed whole',
      'subscription:s1:term:2026-01-10:2026-01-14',
      'subscription:s1:term:2026-01-10',
      'Suite, annual',
    ],
    [
      'a stretch of a month that was billed whole',
      'subscription:s1:2026-01-01:2026-01-16',
      'subscription:s1:2026-01-01',
      'Suite, monthly',
    ],
  ])('%s', (_title, sourceKey, held, description) => {
    expect(isHeld(sourceKey, held, description)).toBe(true);
  });

  it.each([
    [
      'a month beside a term of it',
      'subscription:s1:2026-01-01:2026-01-01',
      'subscription:s1:2026-01-01',
      'Suite, annual',
    ],
    [
      'a term after its days by the month',
      'subscription:s1:term:2026-01-16',
      'subscription:s1:2026-01-01',
      'Suite, monthly',
    ],
    [
      'seats that were added to a term',
      'subscription:s1:term:2026-01-10:added:2026-02-03',
      'subscription:s1:term:2026-01-10',
      'Suite, annual',
    ],
  ])('but %s is another thing', (_title, sourceKey, held, description) => {
    expect(isHeld(sourceKey, held, description)).toBe(false);
  });
});
