import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PageQuery } from '../contract/page.ts';
import { decodeCursor, encodeCursor, type KeyKind } from './keyset-cursor.ts';

const storable = (maxLength: number) =>
  fc.string({ unit: 'binary', maxLength }).filter((text) => text.isWellFormed() && !text.includes('\0'));

describe('a cursor', () => {
  it('is taken back whatever the name that it was made of', () => {
    const id = '0190a000-0000-7000-8000-000000000001';
    const names = ['"'.repeat(512), '\u{1f600}'.repeat(256), '\u0001'.repeat(512), '\uffff'.repeat(512)];
    for (const name of names) {
      const cursor = encodeCursor(`customers:${'s'.repeat(100)}`, [name, id]);
      expect(PageQuery.safeParse({ cursor }).success).toBe(true);
      expect(decodeCursor(`customers:${'s'.repeat(100)}`, cursor, ['text', 'id'])).toEqual([name, id]);
    }
    expect(() => encodeCursor('list', ['x'.repeat(6_000)])).toThrow('has 80');
  });

  it('stays short however much its list filters by, and belongs to that filter alone', () => {
    const filtered = (last: string) => `customers:${'x'.repeat(9_000)}${last}`;
    const cursor = encodeCursor(filtered('a'), ['k']);
    expect(cursor.length).toBeLessThan(100);
    expect(decodeCursor(filtered('a'), cursor, ['text'])).toEqual(['k']);
    expect(() => decodeCursor(filtered('b'), cursor, ['text'])).toThrow();
  });

  it.each<[KeyKind, string[], string[]]>([
    [
      'instant',
      ['2026-01-01T00:00:00Z', '2024-02-29T23:59:59.123456Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.9Z'],
      [
        '2026-01-01',
        '2026-01-01 00:00:00Z',
        '2026-01-01T00:00:00',
        '2026-01-01T00:00:00+99:99',
        '2026-01-01T00:00:00 Nowhere/None',
        '2026-02-30T00:00:00Z',
        '2026-13-01T00:00:00Z',
        '2026-01-01T24:00:00Z',
        '0000-01-01T00:00:00Z',
        '2026-01-01T00:00:00.1234567Z',
        '2026-01-01T00:60:00Z',
        'infinity',
        'now',
        '',
      ],
    ],
    ['date', ['2026-01-31', '2024-02-29'], ['2026-02-29', '0000-01-01', '2026-1-1', 'today', '2026-01-01T00:00:00Z']],
    ['id', ['0190a000-0000-7000-8000-000000000001'], ['', 'x', '0190A000-0000-7000-8000-000000000001', '{}']],
    ['text', ['', 'x', 'ä'], ['a\0b', '\ud800']],
  ])('has in the place of an %s nothing else', (kind, good, bad) => {
    const decode = (key: string) => decodeCursor('list', encodeCursor('list', [key]), [kind]);
    for (const key of good) expect(decode(key)).toEqual([key]);
    for (const key of bad) expect(() => decode(key)).toThrow(expect.objectContaining({ code: 'request.invalid' }));
  });

  it('comes back as the keys that it was made of', () => {
    fc.assert(
      fc.property(fc.array(storable(20), { minLength: 1, maxLength: 4 }), (keys) => {
        const kinds = keys.map(() => 'text' as const);
        expect(decodeCursor('list', encodeCursor('list', keys), kinds)).toEqual(keys);
      }),
    );
  });

  it('is refused by another list, another filter, another shape, and when it is garbage', () => {
    const cursor = encodeCursor('customers:a', ['1', '2']);
    expect(() => decodeCursor('customers:b', cursor, ['text', 'text'])).toThrow();
    expect(() => decodeCursor('customers:a', cursor, ['text', 'text', 'text'])).toThrow();
    fc.assert(
      fc.property(fc.string(), (text) => {
        const decode = (): unknown => decodeCursor('customers:a', text, ['text', 'text']);
        expect(decode).toThrow();
      }),
    );
  });
});
