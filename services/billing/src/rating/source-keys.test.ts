import { describe, expect, it } from 'vitest';
import { keysOf } from './source-keys.ts';
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
});
