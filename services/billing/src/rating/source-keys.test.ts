import { describe, expect, it } from 'vitest';
import { keysOf, saysTerm } from './source-keys.ts';
import { thingOf } from './use.ts';

describe('the keys under which the same may have been billed', () => {
  it.each<[string, string[]]>([
    ['subscription:s1:2026-01-01', ['subscription:s1:2026-01-01']],
    ['subscription:s1:2026-01-01:2026-01-16', ['subscription:s1:2026-01-01:2026-01-16', 'subscription:s1:2026-01-01']],
    ['subscription:s1:term:2026-01-10', ['subscription:s1:term:2026-01-10', 'subscription:s1:2026-01-01']],
    [
      'subscription:s1:term:2026-01-10:2026-01-14',
      ['subscription:s1:term:2026-01-10:2026-01-14', 'subscription:s1:term:2026-01-10', 'subscription:s1:2026-01-01'],
    ],
    ['subscription:s1:term:2026-01-10:added:2026-07-01', ['subscription:s1:term:2026-01-10:added:2026-07-01']],
    [
      'subscription:s1:term:2026-01-10:returned:2026-07-01:2026-07-04',
      [
        'subscription:s1:term:2026-01-10:returned:2026-07-01:2026-07-04',
        'subscription:s1:term:2026-01-10:returned:2026-07-01',
      ],
    ],
    ['usage:u1:p1:rg:Hour:USD:c1:2026-01-01', ['usage:u1:p1:rg:Hour:USD:c1:2026-01-01']],
  ])('%s', (sourceKey, expected) => {
    expect(keysOf(sourceKey).map((key) => key.sourceKey)).toEqual(expected);
    for (const key of expected) expect(thingOf(key)).toBe(thingOf(sourceKey));
  });

  it.each([
    ['Business Premium, monthly', false],
    ['Business Premium, annual', true],
    ['Business Premium, annual, monthly, 2026-01-01 to 2026-01-15', false],
    ['Business Premium, 3-year, 2026-01-10 to 2026-01-13', true],
    ['Backup, 2 year', true],
    ['Business Premium, annual, seats added, 2026-07-01 to 2027-02-28', true],
  ])('%s: a term %s', (description, expected) => {
    expect(saysTerm(description)).toBe(expected);
  });
});
