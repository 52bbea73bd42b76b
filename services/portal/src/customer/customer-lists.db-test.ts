import { describe, expect, it } from 'vitest';
import { customers, portalSuite } from '../testing/portal-suite.ts';

const { suite, as, create } = portalSuite();

describe('customers', () => {
  it('are listed newest first, page by page, each once, found by words of a name', async () => {
    for (let n = 0; n < 25; n += 1) await create(`${n % 2 === 0 ? 'Even' : 'Odd'} ${n}`);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await suite.api.call(
        'GET',
        `${customers}?limit=10${cursor === '' ? '' : `&cursor=${cursor}`}`,
        as(),
      );
      seen.push(...page.body.data.map(({ name }: { name: string }) => name));
      cursor = page.body.page.next as string | null;
    }
    expect([seen.length, new Set(seen).size, seen[0]]).toEqual([25, 25, 'Even 24']);
    const found = await suite.api.call('GET', `${customers}?search=oDD&limit=200`, as());
    expect(found.body.data).toHaveLength(12);
    const words = await suite.api.call('GET', `${customers}?search=${encodeURIComponent('1 od')}&limit=200`, as());
    expect(words.body.data.map(({ name }: { name: string }) => name)).toEqual([
      'Odd 21',
      'Odd 19',
      'Odd 17',
      'Odd 15',
      'Odd 13',
      'Odd 11',
      'Odd 1',
    ]);
    const foreign = await suite.api.call('GET', `${customers}?search=even&limit=5`, as());
    const mixed = await suite.api.call('GET', `${customers}?search=odd&cursor=${foreign.body.page.next}`, as());
    expect(mixed.body.errors[0].pointer).toBe('/query/cursor');
  });

  it('are found in whatever spelling and with whatever blanks a name is searched', async () => {
    await create('Mu\u0308ller\u00a0 Söhne');
    for (const search of ['müller söhne', 'Mu\u0308ller', 'so\u0308hne\u00a0mu\u0308ll']) {
      const { body } = await suite.api.call('GET', `${customers}?search=${encodeURIComponent(search)}`, as());
      expect(body.data.map(({ name }: { name: string }) => name)).toEqual(['Müller Söhne']);
    }
  });

  it.each([
    ['ÉCLAIR Traiteur', 'éclair'],
    ['Öz Ştefan', 'öz ştefan'],
    ['Öz Ştefan', 'ŞTEFAN'],
    ['Дом и Сад', 'дом САД'],
    ['ΑΘΗΝΑ Foods', 'αθηνα'],
  ])('%s is found by %s, whatever the locale of the server', async (name, search) => {
    await create(name);
    await create('Another');
    const { body } = await suite.api.call('GET', `${customers}?search=${encodeURIComponent(search)}`, as());
    expect(body.data.map((found: { name: string }) => found.name)).toEqual([name]);
  });

  it('of one name in another case are told apart in every script', async () => {
    await create('Ödön Éva Дом');
    expect((await create('ÖDÖN éva ДОМ')).body.code).toBe('customer.name-taken');
  });

  it('are found by their name in the index of their names, under the rights of a service', async () => {
    await suite.database.administrator.query(
      `insert into portal.customers (tenant_id, name) select $1, 'Customer ' || n from generate_series(1, 2000) n`,
      [suite.tenantId],
    );
    await suite.database.administrator.query('analyze portal.customers');
    const client = await suite.database.pool('svc_portal').connect();
    await client.query(`begin; set local role app_service; set local app.tenant_id = '${suite.tenantId}'`);
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain select id from portal.customers
       where search_name collate "C" = lower('CUSTOMER 7'::text collate pg_catalog.pg_c_utf8) collate "C"`,
    );
    await client.query('rollback');
    client.release();
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Cond: .*search_name/);
  });

  it('are listed by name as well, page by page, whatever is in a name', async () => {
    const names = ['b', 'A', "% _ \\ ' 0", 'Ärzte', 'a 2', 'Z'.repeat(256), '漢字'.repeat(128)];
    for (const name of names) await create(name);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await suite.api.call('GET', `${customers}?order=name&limit=2${cursor && `&cursor=${cursor}`}`, as());
      seen.push(...page.body.data.map(({ name }: { name: string }) => name));
      cursor = page.body.page.next as string | null;
    }
    expect(seen).toEqual(["% _ \\ ' 0", 'A', 'a 2', 'b', 'Z'.repeat(256), 'Ärzte', '漢字'.repeat(128)]);
    const odd = await suite.api.call('GET', `${customers}?order=name&search=${encodeURIComponent('_ %')}`, as());
    expect(odd.body.data).toHaveLength(1);
  });

  it('are found by their ids, as many as are there', async () => {
    const [one, two] = [(await create('One')).body.id, (await create('Two')).body.id];
    await create('Three');
    const found = await suite.api.call(
      'GET',
      `${customers}?ids=${one},${two},0190f000-0000-7000-8000-00000000000f`,
      as(),
    );
    expect(found.body.data.map(({ name }: { name: string }) => name)).toEqual(['Two', 'One']);
    for (const ids of ['', 'x', `${one},`, '-'.repeat(36)])
      expect((await suite.api.call('GET', `${customers}?ids=${ids}`, as())).status).toBe(400);
  });
});
