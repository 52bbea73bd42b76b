import { describe, expect, it } from 'vitest';
import { jsonValue, sql } from './sql.ts';

describe('sql', () => {
  it('makes values parameters and fragments text', () => {
    const filter = sql`name = ${'a'}`;
    const statement = sql`select * from t where ${filter} and id = ${7} and ${sql`x = ${true}`}`;
    expect(statement.text).toBe('select * from t where name = $1 and id = $2 and x = $3');
    expect(statement.values).toEqual(['a', '7', 'true']);
  });

  it('names a statement by its text: other values have the same name, another text another one', () => {
    const one = (id: number) => sql`select ${id}`;
    expect(one(1).name).toBe(one(2).name);
    expect(sql`select 1`.name).not.toBe(sql`select 2`.name);
    expect(one(1).name.length).toBeLessThan(64);
  });

  it('turns every value into text, bytes or null', () => {
    const when = new Date(0);
    const { values } = sql`${null} ${undefined} ${10n} ${when} ${new Uint8Array([1])} ${['a', 'b"c', 'd\\e']}`;
    expect(values).toEqual([null, null, '10', when.toISOString(), Buffer.from([1]), '{"a","b\\"c","d\\\\e"}']);
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [{} as never], [Symbol('x') as never]])(
    'refuses %s before anything is sent',
    (value) => {
      expect(() => sql`select ${value}`).toThrow(TypeError);
    },
  );

  it('has no JSON form for what would lose digits', () => {
    expect(() => jsonValue({ amount: 1n })).toThrow(TypeError);
  });
});
