import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listPage } from './list-page.ts';

it('walks a whole list, each row once, whatever the page size', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9 }), async (total, limit) => {
      const rows = Array.from({ length: total }, (_, n) => String(n).padStart(3, '0'));
      const read = (cursor: string | undefined) =>
        listPage(
          { limit, cursor },
          {
            list: 'l',
            by: ['text'],
            read: async ({ after: [after = ''] = [] }) => rows.filter((row) => row > after).slice(0, limit + 1),
            keys: (row) => [row],
            present: (row) => row,
          },
        );
      const seen: string[] = [];
      let page = await read(undefined);
      seen.push(...page.data);
      while (page.page.next !== null) {
        page = await read(page.page.next);
        seen.push(...page.data);
      }
      expect(seen).toEqual(rows);
    }),
  );
});

it('refuses the cursor of another list before anything is read', async () => {
  const list = (name: string) => ({
    list: name,
    by: ['text' as const],
    read: async () => ['a', 'b'],
    keys: (row: string) => [row],
    present: (row: string) => row,
  });
  const { page } = await listPage({ limit: 1 }, list('one'));
  await expect(listPage({ limit: 1, cursor: page.next ?? '' }, list('another'))).rejects.toMatchObject({
    code: 'request.invalid',
  });
});
