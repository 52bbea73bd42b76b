import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { actingAs } from '@legendops/kit/audit/audit';
import { sql } from '@legendops/kit/db/sql';
import { ada, anEntry, auditWorld, type AuditWorld } from '../testing/audit-world.ts';

let world: AuditWorld;
beforeEach(async () => {
  world = await auditWorld();
});
afterEach(() => world.close());

const kept = async (tenantId = world.tenantId) => {
  const { rows } = await world.database.administrator.query<{ id: string; position: string; source: string }>(
    'select id, position::text, source from portal.audit_entries e where tenant_id = $1 order by e.position',
    [tenantId],
  );
  return rows;
};

describe('an act', () => {
  const act = (fails: boolean) =>
    serviceDatabase(world.database.pool('svc_portal')).write({ tenantId: world.tenantId }, async (transaction) => {
      await transaction.change(
        sql`insert into portal.customers (tenant_id, name) values (${world.tenantId}, 'Fabrikam')`,
      );
      const scope = actingAs<'customer.created'>({ tenantId: world.tenantId, author: ada });
      await scope.audit(transaction, { act: 'customer.created', subject: { type: 'customer', id: 'x', name: 'x' } });
      if (fails) throw new Error('undone');
    });
  const counts = async () =>
    (
      await world.database.administrator.query(
        `select (select count(*)::int from portal.customers) as customers,
           (select count(*)::int from app.outbox where payload->>'act' = 'customer.created') as entries`,
      )
    ).rows[0];

  it('and its entry are there both or neither', async () => {
    await expect(act(true)).rejects.toThrow('undone');
    expect(await counts()).toEqual({ customers: 0, entries: 0 });
    await act(false);
    expect(await counts()).toEqual({ customers: 1, entries: 1 });
  });
});

describe('entries', () => {
  it('are kept once however often a feed brings them, in the order of their feed', async () => {
    const [one, two, three] = [anEntry(world.tenantId), anEntry(world.tenantId), anEntry(world.tenantId)];
    await world.bring('billing', [one, two]);
    await world.bring('billing', [one, two, three]);
    await world.bring('billing', [two, two]);
    expect(await kept()).toEqual(
      [one, two, three].map(({ entityId }, index) => ({ id: entityId, position: `${index + 1}`, source: 'billing' })),
    );
  });

  it('of several feeds and replicas at once make one chain without a gap, each feed in its order', async () => {
    const tenants = [world.tenantId, world.other];
    const pages = (['billing', 'auth', 'catalog'] as const).map((source) => ({
      source,
      events: Array.from({ length: 40 }, (_, index) => anEntry(tenants[index % 2] ?? '')),
    }));
    const replicas = pages.flatMap((page) => [page, { ...page, events: page.events.slice(0, 25) }, page]);
    await Promise.all(replicas.map(({ source, events }) => world.bring(source, events)));
    for (const tenantId of tenants) {
      const rows = await kept(tenantId);
      expect(rows.map(({ position }) => Number(position))).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
      for (const { source, events } of pages)
        expect(rows.filter((row) => row.source === source).map(({ id }) => id)).toEqual(
          events.filter((event) => event.tenantId === tenantId).map(({ entityId }) => entityId),
        );
    }
    expect((await world.verify()).map(({ checked, broken }) => [checked, broken])).toEqual([
      [60, undefined],
      [60, undefined],
    ]);
  });

  it('that cannot be read leave one that says so; those of an organisation that is gone are left out', async () => {
    const nobody = '0190f000-0000-7000-8000-00000000000e';
    const odd = { ...anEntry(world.tenantId), payload: { act: 'x' } };
    await world.bring('auth', [odd, anEntry(nobody), anEntry(world.tenantId)]);
    const { rows } = await world.database.administrator.query(
      'select act, subject_id from portal.audit_entries order by position',
    );
    expect(rows).toEqual([
      { act: 'entry.unreadable', subject_id: odd.entityId },
      { act: 'invoice.approved', subject_id: expect.any(String) },
    ]);
    expect((await world.verify())[0]).not.toHaveProperty('broken');
  });

  it('are changed, removed and emptied by nobody, not even by the administrator', async () => {
    await world.bring('billing', [anEntry(world.tenantId)]);
    const statements = [
      "update portal.audit_entries set act = 'x'",
      'delete from portal.audit_entries',
      'truncate portal.audit_entries',
    ];
    for (const statement of statements)
      await expect(world.database.administrator.query(statement)).rejects.toThrow('never changed');
    const pool = world.database.pool('svc_portal');
    for (const statement of statements) {
      const [text] = [{ ...sql``, text: statement, name: '' }];
      await expect(
        serviceDatabase(pool).write({ tenantId: world.tenantId }, (transaction) => transaction.change(text)),
      ).rejects.toMatchObject({ code: '42501' });
      await expect(
        platformDatabase(pool).write('feed audit', (transaction) => transaction.change(text)),
      ).rejects.toMatchObject({ code: '42501' });
    }
    await expect(
      serviceDatabase(pool).write({ tenantId: world.tenantId }, (transaction) =>
        transaction.change(sql`insert into portal.audit_heads values (${world.other}, 1, '')`),
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('go with their organisation when that is deleted', async () => {
    await world.bring('billing', [anEntry(world.tenantId), anEntry(world.other)]);
    const { rows } = await world.database.administrator.query<{ owner_uid: string }>(
      'select owner_uid from app.tenants where id = $1',
      [world.tenantId],
    );
    const owner = rows[0]?.owner_uid;
    await world.database.administrator.query("select app.set_tenant_state($1, $2, 'deleting')", [
      world.tenantId,
      owner,
    ]);
    await world.database.administrator.query('select app.remove_tenant($1, $2)', [world.tenantId, owner]);
    expect([(await kept()).length, (await kept(world.other)).length]).toEqual([0, 1]);
  });
});

describe('a chain', () => {
  beforeEach(async () => {
    await world.bring(
      'billing',
      ['draft', 'approved', 'posting', 'posted'].map((after) =>
        anEntry(world.tenantId, { changes: [{ field: 'status', before: null, after }] }),
      ),
    );
    await world.bring('billing', [anEntry(world.other)]);
  });
  const northwind = async () => {
    const verified = await world.verify();
    expect(verified.find(({ name }) => name === 'tailspin')).toMatchObject({ checked: 1 });
    expect(verified.find(({ name }) => name === 'tailspin')).not.toHaveProperty('broken');
    return verified.find(({ name }) => name === 'northwind');
  };
  const ofTenant = () => `tenant_id = '${world.tenantId}'`;

  it('that nobody touched holds, and says how it ends', async () => {
    const verified = await northwind();
    expect(verified).toMatchObject({ checked: 4, end: { position: 4n } });
    expect(verified).not.toHaveProperty('broken');
  });

  it.each([
    ['who it was', "author_name = 'Eve'"],
    ['when it was', "happened_at = happened_at + interval '1 microsecond'"],
    ['what it was', "act = 'invoice.posted'"],
    ['to what', "subject_name = 'Tailspin Toys, 2026-01'"],
    ['what changed', 'changes = \'[{"field": "status", "before": null, "after": "void"}]\''],
    ['from where', "source = 'auth'"],
    ['its hash', "hash = '\\x00'"],
  ])('tells that %s was changed', async (_what, change) => {
    await world.forge(`update portal.audit_entries set ${change} where ${ofTenant()} and position = 2`);
    expect(await northwind()).toMatchObject({
      checked: 1,
      broken: { position: 2n, reason: expect.stringContaining('changed') },
    });
  });

  it('tells of a gap, and of one at its beginning', async () => {
    await world.forge(`delete from portal.audit_entries where ${ofTenant()} and position = 3`);
    expect((await northwind())?.broken).toEqual({ position: 3n, reason: 'entry 3 is missing' });
    await world.forge(`delete from portal.audit_entries where ${ofTenant()} and position < 3`);
    expect((await northwind())?.broken).toEqual({ position: 1n, reason: 'entries 1 to 3 are missing' });
  });

  it('tells of a gap that was closed by counting anew', async () => {
    await world.forge(`delete from portal.audit_entries where ${ofTenant()} and position = 2`);
    await world.forge(`update portal.audit_entries set position = position + 9 where ${ofTenant()} and position > 2`);
    await world.forge(`update portal.audit_entries set position = position - 10 where ${ofTenant()} and position > 10`);
    await world.forge(`update portal.audit_heads set position = 3 where ${ofTenant()}`);
    expect((await northwind())?.broken?.position).toBe(2n);
  });

  it('tells of two that changed places', async () => {
    await world.forge(
      `update portal.audit_entries set position = position + 10 where ${ofTenant()} and position in (2, 3)`,
    );
    await world.forge(`update portal.audit_entries set position = 3 where ${ofTenant()} and position = 12`);
    await world.forge(`update portal.audit_entries set position = 2 where ${ofTenant()} and position = 13`);
    expect((await northwind())?.broken).toMatchObject({ position: 2n });
  });

  it('tells of an end that was cut off, and of one that was put on', async () => {
    await world.forge(`delete from portal.audit_entries where ${ofTenant()} and position = 4`);
    expect((await northwind())?.broken).toEqual({
      position: 4n,
      reason: 'the chain ends after 3 entries, and its head says 4',
    });
    await world.forge(`update portal.audit_heads set position = 3 where ${ofTenant()}`);
    expect((await northwind())?.broken).toEqual({ position: 3n, reason: 'its head names another last entry' });
    await world.forge(`update portal.audit_heads h set hash = e.hash from portal.audit_entries e
      where h.${ofTenant()} and e.tenant_id = h.tenant_id and e.position = 3`);
    expect(await northwind()).not.toHaveProperty('broken');
    await world.forge(`insert into portal.audit_entries select tenant_id, app.uuid_v7(), 4, source, happened_at, act, author_kind,
      author_id, author_name, author_email, subject_type, subject_id, subject_name, changes, request_id, trace_id, hash
      from portal.audit_entries where ${ofTenant()} and position = 3`);
    expect((await northwind())?.broken).toMatchObject({
      position: 4n,
      reason: expect.stringContaining('past the head'),
    });
  });

  it('tells of an entry of another organisation', async () => {
    await world.forge(`delete from portal.audit_entries where ${ofTenant()} and position = 1`);
    await world.forge(`insert into portal.audit_entries select '${world.tenantId}', app.uuid_v7(), position, source, happened_at,
      act, author_kind, author_id, author_name, author_email, subject_type, subject_id, subject_name, changes, request_id, trace_id,
      hash from portal.audit_entries where tenant_id = '${world.other}'`);
    expect((await northwind())?.broken).toMatchObject({ position: 1n });
  });
});
