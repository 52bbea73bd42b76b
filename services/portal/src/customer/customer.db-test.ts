import { describe, expect, it } from 'vitest';
import { problem } from '@legendops/kit/errors/problem';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { denyMatrix } from '@legendops/kit/testing/deny-matrix';
import { forgedCursors } from '@legendops/kit/testing/forged-cursors';
import { portalApp } from '../app.ts';
import { customers, portalSuite } from '../testing/portal-suite.ts';
import { unusedSuperOps } from '../testing/superops-world.ts';
import type { Pax8Company } from './pax8-companies.ts';

const { suite, portalOver, as, create } = portalSuite();

const app = portalApp({
  database: { read: unreachable, readAll: unreachable, write: unreachable },
  platform: { read: unreachable, write: unreachable },
  registry: { find: unreachable, findByName: unreachable },
  pax8Companies: unreachable,
  ...unusedSuperOps,
});
function unreachable(): never {
  throw new Error('Only the routes are wanted');
}

const thatIsNone = '0190f000-0000-7000-8000-00000000000f';
const imported = () => suite.api.call('POST', '/api/portal/v1/customer-imports', as());
const events = async () =>
  (
    await suite.database.administrator.query<{ entity_version: number; payload: { name: string } }>(
      "select entity_version, payload from app.outbox where topic = 'customers' order by seq",
    )
  ).rows;
const listed = async () =>
  (await suite.api.call('GET', customers, as())).body.data as { id: string; name: string; version: number }[];
const aCompany = (n: number, name: string): Pax8Company => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  name,
  status: 'Active',
});

describe('customers', () => {
  it('are created, read, renamed and archived, each change told to whoever follows', async () => {
    const { body } = await create('Fabrikam');
    const path = `${customers}/${body.id}`;
    const read = await suite.api.call('GET', path, as());
    expect([read.body, read.headers.get('etag')]).toEqual([body, '"v1"']);
    const renamed = await suite.api.call('PATCH', path, {
      ...as(),
      body: { name: 'Fabrikam Robotics' },
      headers: { 'if-match': '"v1"' },
    });
    expect(renamed.body).toMatchObject({ name: 'Fabrikam Robotics', version: 2 });
    const stale = await suite.api.call('PATCH', path, {
      ...as(),
      body: { state: 'archived' },
      headers: { 'if-match': '"v1"' },
    });
    expect([stale.status, stale.body.code]).toEqual([412, 'version.stale']);
    expect((await events()).map(({ entity_version, payload }) => [entity_version, payload.name])).toEqual([
      [1, 'Fabrikam'],
      [2, 'Fabrikam Robotics'],
    ]);
  });

  it('of a name that is there already are asked about first', async () => {
    const { body } = await create('Fabrikam');
    const again = await create('FABRIKAM');
    expect([again.status, again.body.code]).toEqual([409, 'customer.name-taken']);
    const meant = await suite.api.call('POST', customers, {
      ...as(),
      body: { name: 'Fabrikam', evenIfNameIsTaken: true },
      headers: { 'idempotency-key': 'two-of-them' },
    });
    expect(meant.status).toBe(201);
    const contoso = (await create('Contoso')).body;
    const rename = (more: object) =>
      suite.api.call('PATCH', `${customers}/${contoso.id}`, {
        ...as(),
        body: { name: 'Fabrikam', ...more },
        headers: { 'if-match': '"v1"' },
      });
    expect((await rename({})).body.code).toBe('customer.name-taken');
    expect((await rename({ evenIfNameIsTaken: true })).status).toBe(200);
    const spelled = await suite.api.call('PATCH', `${customers}/${body.id}`, {
      ...as(),
      body: { name: 'Fabrikam' },
      headers: { 'if-match': '"v1"' },
    });
    expect(spelled.status).toBe(200);
  });

  it('have a name of one line that can be seen, in one spelling; a name like an address of the web is one', async () => {
    for (const name of ['Con\ntoso', 'Con\u200btoso', '\u202eosotnoC', ' ', '—'])
      expect((await create(name)).body).toMatchObject({ code: 'request.invalid', errors: [{ pointer: '/body/name' }] });
    expect((await create(' Mu\u0308ller.com ')).body.name).toBe('Müller.com');
  });

  it('of another tenant do not exist: the answer is that of an id that does not exist', async () => {
    const { body } = await create('Secret', suite.other);
    const answers = [];
    for (const id of [body.id, thatIsNone]) {
      for (const [method, more] of [
        ['GET', {}],
        ['PATCH', { body: { name: 'x' }, headers: { 'if-match': '"v1"' } }],
      ] as const) {
        const answer = await suite.api.call(method, `${customers}/${id}`, { ...as(), ...more });
        answers.push([method, answer.status, { ...answer.body, requestId: '' }]);
      }
    }
    expect(answers.slice(0, 2)).toEqual(answers.slice(2));
    expect(answers[0]?.[1]).toBe(404);
    expect((await suite.api.call('GET', customers, as())).body.data).toEqual([]);
  });

  it('are one to a guest', async () => {
    const mine = await create('Mine');
    await create('Not mine');
    const guest = { actor: { tenantId: suite.tenantId, role: 'guest' as const, customerId: mine.body.id } };
    expect((await suite.api.call('GET', customers, guest)).body.data).toEqual([mine.body]);
  });
});

describe('the limit of customers', () => {
  it('holds for new, imported and restored ones, and archived ones do not count', async () => {
    const small = await aTenant(suite.database.administrator, { limits: { requestsPerMinute: 100_000, customers: 2 } });
    const [first] = [await create('One', small), await create('Two', small)];
    expect((await create('Three', small)).body).toMatchObject({ status: 409, code: 'customer.limit-reached' });
    suite.companies = [aCompany(1, 'Imported')];
    expect((await suite.api.call('POST', '/api/portal/v1/customer-imports', as(small))).body.code).toBe(
      'customer.limit-reached',
    );
    const change = (state: string, version: number) =>
      suite.api.call('PATCH', `${customers}/${first.body.id}`, {
        ...as(small),
        body: { state },
        headers: { 'if-match': `"v${version}"` },
      });
    expect((await change('archived', 1)).status).toBe(200);
    expect((await create('Three', small)).status).toBe(201);
    expect((await change('active', 2)).body.code).toBe('customer.limit-reached');
    expect((await suite.api.call('GET', customers, as(small))).body.data).toHaveLength(3);
  });

  it('holds however many are made at once', async () => {
    const small = await aTenant(suite.database.administrator, { limits: { requestsPerMinute: 100_000, customers: 3 } });
    suite.companies = [aCompany(1, 'Imported')];
    const answers = await Promise.all([
      ...Array.from({ length: 12 }, (_, n) => create(`Customer ${n}`, small)),
      suite.api.call('POST', '/api/portal/v1/customer-imports', as(small)),
    ]);
    expect(answers.filter(({ status }) => status < 300)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(10);
    expect((await suite.api.call('GET', customers, as(small))).body.data).toHaveLength(3);
  });

  it('that was lowered refuses new customers alone: an import that makes none goes on', async () => {
    const small = await aTenant(suite.database.administrator, { limits: { requestsPerMinute: 100_000, customers: 2 } });
    suite.companies = [aCompany(1, 'One'), aCompany(2, 'Two')];
    const again = () => suite.api.call('POST', '/api/portal/v1/customer-imports', as(small));
    await again();
    await suite.database.administrator.query(
      `update app.tenants set limits = limits || '{"customers": 1}' where id = $1`,
      [small],
    );
    expect((await again()).body).toEqual({ created: 0, renamed: 0, unchanged: 2 });
    suite.companies = [aCompany(1, 'One Ltd'), aCompany(2, 'Two')];
    expect((await again()).body).toEqual({ created: 0, renamed: 1, unchanged: 1 });
    suite.companies = [...suite.companies, aCompany(3, 'Three')];
    expect((await again()).body.code).toBe('customer.limit-reached');
  });

  it('is held on the one connection of the transaction', async () => {
    const pool = suite.database.pool('svc_portal');
    pool.options.max = 1;
    const narrow = await portalOver(pool);
    try {
      const body = { name: 'One' };
      const answer = await narrow.call('POST', customers, { ...as(), body, headers: { 'idempotency-key': 'narrow' } });
      expect(answer.status).toBe(201);
    } finally {
      await narrow.close();
    }
  });
});

describe('an import from Pax8', () => {
  it('makes, renames and leaves alone; repeated it does nothing', async () => {
    suite.companies = [aCompany(1, 'One'), aCompany(2, 'Two'), { ...aCompany(3, 'Gone'), status: 'Deleted' }];
    expect((await imported()).body).toEqual({ created: 2, renamed: 0, unchanged: 0 });
    expect((await imported()).body).toEqual({ created: 0, renamed: 0, unchanged: 2 });
    suite.companies = [aCompany(1, 'One Ltd'), aCompany(2, 'Two'), aCompany(4, '  ')];
    expect((await imported()).body).toEqual({ created: 1, renamed: 1, unchanged: 1 });
    expect(await events()).toHaveLength(4);
  });

  it('leaves the name that a person gave, and gives the others theirs again', async () => {
    suite.companies = [aCompany(1, 'Fabrikam Robotics'), aCompany(2, 'Two')];
    await imported();
    const rename = async (from: string, to: string) => {
      const { id, version } = (await listed()).find(({ name }) => name === from) ?? {};
      const headers = { 'if-match': `"v${version}"` };
      expect(
        (await suite.api.call('PATCH', `${customers}/${id}`, { ...as(), body: { name: to }, headers })).status,
      ).toBe(200);
    };
    await rename('Fabrikam Robotics', 'Fabrikam (HQ)');
    expect((await imported()).body).toEqual({ created: 0, renamed: 0, unchanged: 2 });
    suite.companies = [aCompany(1, 'Fabrikam Robotics Ltd'), aCompany(2, 'Two Ltd')];
    expect((await imported()).body).toEqual({ created: 0, renamed: 1, unchanged: 1 });
    expect((await listed()).map(({ name }) => name).toSorted()).toEqual(['Fabrikam (HQ)', 'Two Ltd']);
    // Whoever takes the name of Pax8 again follows it again.
    await rename('Fabrikam (HQ)', 'Fabrikam Robotics Ltd');
    suite.companies = [aCompany(1, 'Fabrikam'), aCompany(2, 'Two Ltd')];
    expect((await imported()).body).toEqual({ created: 0, renamed: 1, unchanged: 1 });
    expect((await listed()).map(({ name }) => name)).toContain('Fabrikam');
  });

  it('leaves out of a name what a name of ours may not be', async () => {
    suite.companies = [
      aCompany(1, ' Con\n\u200btoso\u202e '),
      aCompany(2, '\u200b'),
      aCompany(3, `${'x'.repeat(255)}😀`),
    ];
    await imported();
    expect((await listed()).map(({ name }) => name).sort()).toEqual([
      '00000000-0000-4000-8000-000000000002',
      'Con toso',
      'x'.repeat(255),
    ]);
  });

  it('takes an id of Pax8 as it is: a GUID of no version of RFC 9562', async () => {
    suite.companies = [{ ...aCompany(1, 'Odd'), id: 'aaaaaaaa-bbbb-0ccc-1ddd-eeeeeeeeeeee' }];
    await imported();
    expect(await listed()).toMatchObject([{ name: 'Odd', pax8CompanyId: suite.companies[0]?.id }]);
  });

  it('happens once however many people ask at once', async () => {
    suite.companies = Array.from({ length: 50 }, (_, n) => aCompany(n + 1, `Company ${n}`));
    const answers = await Promise.all(Array.from({ length: 5 }, imported));
    expect(answers.reduce((sum, { body }) => sum + body.created, 0)).toBe(50);
    expect(await events()).toHaveLength(50);
  });

  it('passes on what a person can do something about, and writes nothing', async () => {
    suite.companies = problem('connection.missing', { detail: 'Press “Connect Pax8” under “Connections”' });
    expect((await imported()).body).toMatchObject({
      status: 409,
      code: 'connection.missing',
      detail: 'Press “Connect Pax8” under “Connections”',
    });
    expect(await events()).toEqual([]);
  });
});

describe('who may', () => {
  denyMatrix('/api/portal', app.routes, () => suite);
  const lists = {
    '/v1/customers': { list: 'customers:newest:', by: 'instant' as const },
    '/v1/audit-entries': { list: 'audit-entries::::::', by: 'instant' as const },
  };
  forgedCursors('/api/portal', app.routes, lists, () => suite);
});
