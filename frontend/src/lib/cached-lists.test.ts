import { beforeEach, describe, expect, it } from 'vitest';
import { QueryClient } from '@tanstack/react-query';
import { cachedLists } from './cached-lists.ts';

const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } });
const { dropRow, heldRow, putRow } = cachedLists(queryClient);
const path = '/invoices';
const aList = (filter: object, ...pages: object[][]) => {
  const key = [path, 'pages', filter, 50];
  queryClient.setQueryData(key, { pages: pages.map((data) => ({ data })), pageParams: pages.map(() => undefined) });
  return {
    rows: () => queryClient.getQueryData<{ pages: { data: unknown[] }[] }>(key)?.pages.map(({ data }) => data),
    isOld: () => queryClient.getQueryState(key)?.isInvalidated,
  };
};
const draft = (id: string) => ({ id, status: 'draft' });

beforeEach(() => queryClient.clear());

describe('putRow', () => {
  it('changes the one row, whatever page it is on, and takes no more of it than the list shows', () => {
    const list = aList({}, [draft('1'), draft('2')], [draft('3')]);
    putRow(path, { id: '3', status: 'approved', lines: ['more'] } as { id: string });
    expect(list.rows()).toEqual([[draft('1'), draft('2')], [{ id: '3', status: 'approved' }]]);
    expect(list.isOld()).toBe(false);
  });

  it('takes it out of a list whose filter no longer holds, and marks the list that it belongs to now', () => {
    const drafts = aList({ status: 'draft', customerId: undefined }, [draft('1'), draft('2')]);
    const approved = aList({ status: 'approved' }, []);
    const failed = aList({ status: 'failed' }, []);
    putRow(path, { id: '1', status: 'approved' } as { id: string });
    expect(drafts.rows()).toEqual([[draft('2')]]);
    expect([drafts.isOld(), approved.isOld(), failed.isOld()]).toEqual([false, true, false]);
  });

  it('leaves a search to the service', () => {
    const found = aList({ search: 'lit' }, [{ id: '1', name: 'Litware' }]);
    putRow(path, { id: '1', name: 'Contoso' } as { id: string });
    expect(found.rows()).toEqual([[{ id: '1', name: 'Contoso' }]]);
  });
});

it('drops a row from every list', () => {
  const all = aList({}, [draft('1'), draft('2')]);
  dropRow(path, '1');
  expect([all.rows(), heldRow(path, '1'), heldRow(path, '2')]).toEqual([[[draft('2')]], undefined, draft('2')]);
});
