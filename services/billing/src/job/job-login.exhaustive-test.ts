import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPool, type DatabasePool } from '@legendops/kit/db/pool';
import { jobDatabase, type TenantDatabase } from '@legendops/kit/db/tenant-database';
import { eventually } from '@legendops/kit/testing/eventually';
import { withJobSession } from '@legendops/kit/jobs/job-session';
import { beginRun } from '@legendops/kit/jobs/run-record';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';
import { draftInvoices } from '../invoice/draft-invoices.ts';
import { billingRuns } from './run-job.ts';

// What the login of a tenant's job can do with SQL of its own, where the rights by column are not the whole answer.

let t: PostingWorld;
let pool: DatabasePool;
let client: Awaited<ReturnType<typeof sessionOf>>;
const sessionOf = async (from: DatabasePool) => from.connect();
beforeEach(async () => {
  t = await postingWorld();
  pool = createPool({ connectionString: loginUrl(), max: 5 });
  client = await sessionOf(pool);
});
afterEach(async () => {
  client.release(true);
  await pool.end();
  await t.world.close();
});

const loginUrl = (): string => t.world.database.url(`t_${t.world.tenantId.replaceAll('-', '')}_a`, testPassword);

const approve = async (customer: string, contentHash?: string) => {
  const invoice = await t.invoiceOf(customer);
  return t.call('POST', `invoices/${invoice.id}/approval`, { contentHash: contentHash ?? invoice.contentHash });
};

describe('an invoice', () => {
  it.each([
    'update billing.invoices set total_minor = 1',
    "update billing.invoices set customer_name = 'Mallory'",
    'delete from billing.invoice_lines',
    'select billing.remove_draft_lines(id) from billing.invoices',
    `insert into billing.invoice_lines (tenant_id, invoice_id, position, source_key, description, quantity_e6,
       unit_price_e8, amount_minor, explanation)
     select tenant_id, id, 99, 'mine', 'Mine', 1, 1, 1, '{}' from billing.invoices`,
  ])('that is approved is refused: %s', async (statement) => {
    await approve('Fabrikam');
    await approve('Tailspin Toys');
    const before = await t.invoiceOf('Fabrikam');
    await expect(client.query(statement)).rejects.toMatchObject({ code: expect.stringMatching(/^(23001|42501)$/) });
    await client.query('select billing.remove_drafts(array(select id from billing.invoices))');
    expect(await t.invoiceOf('Fabrikam')).toEqual(before);
  });

  it.each([
    "status = 'approved', approved_hash = content_hash",
    "status = 'posting'",
    'approved_by = app.uuid_v7()',
    "content_hash = 'x', status = 'posted', approved_hash = 'x'",
  ])('is not approved by a job: %s', async (changes) => {
    await expect(client.query(`update billing.invoices set ${changes}`)).rejects.toMatchObject({ code: '42501' });
  });

  it('is not approved when its lines are others than the run wrote, and the hash is the same', async () => {
    const seen = await t.invoiceOf('Fabrikam');
    await client.query('begin');
    const {
      rows: [line],
    } = await client.query(
      'select description, quantity_e6, unit_price_e8, amount_minor, source_key, position from billing.invoice_lines where invoice_id = $1 order by position limit 1',
      [seen.id],
    );
    await client.query('select billing.remove_draft_lines($1)', [seen.id]);
    await client.query(
      `insert into billing.invoice_lines (tenant_id, invoice_id, position, source_key, description, quantity_e6,
         unit_price_e8, amount_minor, explanation)
       values (app.session_tenant(), $1, 1, $2, 'Something else', 1, 1, 999999, '{"steps": []}')`,
      [seen.id, line.source_key],
    );
    await client.query('commit');
    expect((await t.invoiceOf('Fabrikam')).lines).toMatchObject([{ description: 'Something else', costMinor: null }]);
    const answer = await approve('Fabrikam', seen.contentHash);
    expect(answer).toMatchObject({ status: 409, body: { code: 'invoice.changed' } });
    expect(await t.outcome()).toEqual(['draft', undefined]);
    await t.world.run({ name: 'invoice-run', work: draftInvoices });
    expect((await t.invoiceOf('Fabrikam')).lines).toEqual(
      seen.lines.map((line: object) => ({ ...line, id: expect.any(String) })),
    );
    expect((await approve('Fabrikam')).status).toBe(200);
  });

  it('waits with its lines for an approval that is under way, and keeps them', async () => {
    const { id } = await t.invoiceOf('Fabrikam');
    const { administrator } = t.world.database;
    await administrator.query('begin');
    await administrator.query(
      "update billing.invoices set status = 'approved', approved_hash = content_hash where id = $1",
      [id],
    );
    const removed = client.query('select billing.remove_draft_lines($1)', [id]);
    removed.catch(() => undefined);
    await administrator.query('commit');
    await expect(removed).rejects.toMatchObject({ code: '23001' });
  });
});

it('of a job does not change how a run ended, or say that a person has dismissed an exception', async () => {
  await expect(client.query("update billing.runs set state = 'failed'")).rejects.toMatchObject({ code: '23001' });
  await client.query(
    `insert into billing.exceptions (tenant_id, run_id, subject_key, code, detail, next_step)
     select tenant_id, id, 'mine', 'mine', 'Mine', 'Mine' from billing.runs limit 1`,
  );
  await expect(
    client.query('update billing.exceptions set dismissed_at = now(), dismissed_by = app.uuid_v7()'),
  ).rejects.toMatchObject({ code: '23001' });
});

describe('a run', () => {
  const scope = () => ({ tenantId: t.world.tenantId });

  it('is refused while the session of another is open, and follows when that is gone, however it went', async () => {
    const database = jobDatabase(pool, t.world.tenantId);
    const begin = (session: number) =>
      beginRun(billingRuns, { database, scope: scope() }, { job: 'reconcile', session, now: () => new Date() });
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    const first = await begin(rows[0]?.pid ?? 0);
    await withJobSession(pool, async (session) => {
      await expect(begin(session)).rejects.toMatchObject({ code: 'already-running', kind: 'retryable' });
      await first.write(async () => undefined);
      await t.world.database.administrator.query('select pg_terminate_backend($1, 10000)', [rows[0]?.pid]);
      const second = await begin(session);
      await expect(first.write(async () => undefined)).rejects.toMatchObject({ code: 'superseded' });
      await second.end('done', { counts: {} });
    });
  });

  it('of a process that is lost or stopped is free once that has been silent, one that lives is not', async () => {
    const isAlive = async (session: number) =>
      (await client.query<{ alive: boolean }>('select billing.is_own_session($1) as alive', [session])).rows[0]?.alive;
    const silent = { beatMs: 1_000_000, silentMs: 300 };
    const living = { beatMs: 50, silentMs: 300 };
    await withJobSession(
      pool,
      (alive) =>
        withJobSession(
          pool,
          async (lost) => {
            expect([await isAlive(alive), await isAlive(lost)]).toEqual([true, true]);
            await eventually('the silent session is gone', async () => !(await isAlive(lost)));
            expect(await isAlive(alive)).toBe(true);
          },
          silent,
        ),
      living,
    );
  });

  it('begins once where another one was begun after it had looked', async () => {
    const database = jobDatabase(pool, t.world.tenantId);
    await withJobSession(pool, async (session) => {
      const begin = (more: Partial<TenantDatabase> = {}) =>
        beginRun(
          billingRuns,
          { database: { ...database, ...more }, scope: scope() },
          { job: 'invoice-run', session, now: () => new Date() },
        );
      // The other one begins between the look of the first and its own row.
      const late: TenantDatabase['write'] = (ofTenant, work) =>
        database.write(ofTenant, (transaction) =>
          work({
            ...transaction,
            rows: async (statement) => {
              const found = await transaction.rows(statement);
              await begin();
              return found;
            },
          }),
        );
      await expect(begin({ write: late })).rejects.toMatchObject({ code: 'already-running' });
    });
  });

  it('begins once where two begin at the same time', async () => {
    const database = jobDatabase(pool, t.world.tenantId);
    await withJobSession(pool, async (session) => {
      const begun = await Promise.allSettled(
        [1, 2].map(() =>
          beginRun(billingRuns, { database, scope: scope() }, { job: 'reconcile', session, now: () => new Date() }),
        ),
      );
      expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(begun.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'already-running' } });
    });
  });

  it('is not kept alive by a session of another tenant, nor told of one', async () => {
    const { rows } = await client.query<{ own: boolean; others: number }>(
      `select billing.is_own_session(pg_backend_pid()) as own,
         (select count(*)::int from generate_series(1, 100000) pid
          where pid <> pg_backend_pid() and billing.is_own_session(pid)) as others`,
    );
    expect(rows).toEqual([{ own: true, others: 0 }]);
  });
});
