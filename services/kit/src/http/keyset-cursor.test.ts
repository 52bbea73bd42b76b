import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, toPage } from './keyset-cursor.ts';

describe('a cursor', () => {
  it('comes back as the keys that it was made of', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), (keys) => {
        expect(decodeCursor('list', encodeCursor('list', keys), keys.length)).toEqual(keys);
      }),
    );
  });

  it('is refused by another list, another filter, another shape, and when it is garbage', () => {
    const cursor = encodeCursor('customers:a', ['1', '2']);
    expect(() => decodeCursor('customers:b', cursor, 2)).toThrow();
    expect(() => decodeCursor('customers:a', cursor, 3)).toThrow();
    fc.assert(
      fc.property(fc.string(), (text) => {
        const decode = (): unknown => decodeCursor('customers:a', text, 2);
        expect(decode).toThrow();
      }),
    );
  });

  it('walks a whole list, each row once, whatever the page size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9 }), (total, limit) => {
        const rows = Array.from({ length: total }, (_, n) => String(n).padStart(3, '0'));
        const read = (cursor: string | undefined) => {
          const after = decodeCursor('l', cursor, 1)?.[0] ?? '';
          const some = rows.filter((row) => row > after).slice(0, limit + 1);
          return toPage({ rows: some, limit, list: 'l', keys: (row) => [row], present: (row) => row });
        };
        const seen: string[] = [];
        let page = read(undefined);
        seen.push(...page.data);
        while (page.page.next !== null) {
          page = read(page.page.next);
          seen.push(...page.data);
        }
        expect(seen).toEqual(rows);
      }),
    );
  });
});
