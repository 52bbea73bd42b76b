import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase('portal_db');
});
afterAll(() => database.close());

it('makes ids that sort as they were made, within one millisecond too', async () => {
  await database.administrator.query(`
    create temporary table made (n int, id uuid);
    do $$
      declare
        made_at timestamptz;
      begin
        for n in 1..500 loop
          insert into made values (n, app.uuid_v7());
          made_at := clock_timestamp();
          while clock_timestamp() = made_at loop end loop;
        end loop;
      end
    $$`);
  const { rows } = await database.administrator.query<{ n: number; id: string }>('select n, id from made order by id');
  expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
  expect(
    rows.filter(({ id }) => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
  ).toEqual([]);
});

it('makes ids that tell when they were made', async () => {
  const { rows } = await database.administrator.query<{ id: string; before: string; after: string }>(
    `select floor(extract(epoch from clock_timestamp()) * 1000)::bigint::text as before, app.uuid_v7() as id,
       floor(extract(epoch from clock_timestamp()) * 1000)::bigint::text as after`,
  );
  const { id, before, after } = rows[0] ?? { id: '', before: '', after: '' };
  const made = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
  expect(made).toBeGreaterThanOrEqual(Number(before));
  expect(made).toBeLessThanOrEqual(Number(after));
});
