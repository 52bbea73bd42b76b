import { expect, it } from 'vitest';
import { encodeCursor, type KeyKind } from '../http/keyset-cursor.ts';
import type { Route } from '../http/route.ts';
import type { TestApi } from './test-api.ts';

const id = '0190f000-0000-7000-8000-00000000000f';
const good: Record<KeyKind, string> = {
  instant: '2026-01-01T00:00:00.123456Z',
  date: '2026-01-01',
  id,
  integer: '1',
  text: 'a',
};
const impossible = [
  '2026-01-01T00:00:00+99:99',
  '2026-01-01T00:00:00 Nowhere/None',
  '2026-02-30T00:00:00Z',
  '2026-02-30',
  '0000-01-01T00:00:00Z',
  '294277-01-01T00:00:00Z',
  'infinity',
  'epoch',
  'now',
  '1',
  '',
  'a\0b',
  '\ud800',
];

/**
 * How a list names itself in its cursors, and what its rows are ordered by: first, and the rest, which is their id where nothing
 * else is said. `at` is the path of one that is there, where the route's has parameters.
 */
export type CursorList = { list: string; by: KeyKind; rest?: readonly KeyKind[]; at?: string };

const isPaged = ({ query }: Route): boolean =>
  query !== undefined && query.safeParse({ cursor: 'x' }).success && !query.safeParse({ curser: 'x' }).success;

/**
 * Every list × cursors that were never ours: 400 each, and nothing but 200 for one that could be. A list that is not named
 * here fails. Registers tests; call it in a describe.
 */
export const forgedCursors = (
  prefix: string,
  routes: readonly Route[],
  lists: Readonly<Record<string, CursorList>>,
  context: () => { api: TestApi; tenantId: string },
): void => {
  const paged = routes.filter(isPaged).map(({ path }) => path);

  it('are told of every list', () => expect(Object.keys(lists).toSorted()).toEqual(paged.toSorted()));

  it.each(paged)('are refused by %s', async (path) => {
    const { list, by, rest: kinds = ['id'], at = path }: CursorList = lists[path] ?? { list: '', by: 'text' };
    const rest = kinds.map((kind) => good[kind]);
    const answer = async (keys: string[]) => {
      const { api, tenantId } = context();
      const query = new URLSearchParams({ cursor: encodeCursor(list, keys) }).toString();
      const { status, body } = await api.call('GET', `${prefix}${at}?${query}`, { actor: { tenantId } });
      return [status, body.code];
    };
    expect(await answer([good[by], ...rest])).toEqual([200, undefined]);
    if (kinds.at(-1) === 'id') expect(await answer([good[by], 'no id'])).toEqual([400, 'request.invalid']);
    expect(await answer([good[by], ...rest].slice(1))).toEqual([400, 'request.invalid']);
    for (const key of impossible)
      if (by !== 'text' || key === 'a\0b' || key === '\ud800')
        expect([key, ...(await answer([key, ...rest]))]).toEqual([key, 400, 'request.invalid']);
  });
};
