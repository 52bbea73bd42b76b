import { platformDatabase, type PlatformDatabase } from '@legendops/kit/db/tenant-database';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { register } from 'prom-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measureBilling } from './billing-metrics.ts';
import { figureStore } from './store.ts';

let database: TestDatabase;
let platform: PlatformDatabase;
let tenants: string[];
beforeAll(async () => {
  database = await testDatabase('billing_db');
  platform = platformDatabase(database.pool('svc_billing'));
  const { administrator } = database;
  tenants = [await aTenant(administrator), await aTenant(administrator), await aTenant(administrator)];
  const suspended = await aTenant(administrator);
  await administrator.query(`update app.tenants set state = 'suspended' where id = $1`, [suspended]);
  const run = (tenant: string | undefined, job: string, state: string, ago: string, fence: number) =>
    administrator.query(
      `insert into billing.runs (tenant_id, job, fence, state, started_at, finished_at)
       values ($1, $2, $3, $4, now() - $5::interval, now() - $5::interval)`,
      [tenant, job, fence, state, ago],
    );
  await run(tenants[0], 'usage-sync', 'done', '3 days', 1);
  await run(tenants[0], 'usage-sync', 'done', '30 minutes', 2);
  await run(tenants[0], 'usage-sync', 'failed', '5 minutes', 3);
  await run(tenants[1], 'usage-sync', 'done', '25 hours', 1);
  await run(suspended, 'usage-sync', 'done', '40 days', 1);
  const { rows } = await administrator.query(`select id, tenant_id from billing.runs where tenant_id = $1`, [
    tenants[0],
  ]);
  const exception = (code: string, more: string) =>
    administrator.query(
      `insert into billing.exceptions (tenant_id, run_id, subject_key, code, detail, next_step, resolved_at, dismissed_at)
       values ($1, $2, $3, $4, 'secret detail', 'step', ${more})`,
      [tenants[0], rows[0].id, `${code} ${more}`, code],
    );
  await exception('price.missing', 'null, null');
  await exception('price.missing', 'now(), null');
  await exception('usage.stale', 'null, now()');
});
afterAll(() => database.close());

const scraped = async (name: string): Promise<string[]> => {
  await measureBilling(figureStore(platform), platform);
  const text = await register.getSingleMetricAsString(name);
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .toSorted();
};

const byBound = (a: string, b: string): number => bound(a) - bound(b);
const bound = (line: string): number => (line.startsWith('+Inf') ? Infinity : parseInt(line, 10));

describe('the figures of billing', () => {
  it('count the runs of a day by job and state', async () => {
    expect(await scraped('legendops_billing_runs_last_day')).toEqual([
      'legendops_billing_runs_last_day{billing_job="usage-sync",state="done"} 1',
      'legendops_billing_runs_last_day{billing_job="usage-sync",state="failed"} 1',
    ]);
  });

  it('say how old the newest success is as a distribution over active tenants', async () => {
    const lines = await scraped('legendops_billing_last_success_age_seconds_bucket');
    const ofSync = lines.filter((line) => line.includes('usage-sync')).map((line) => line.replace(/^.*le="/, ''));
    expect(ofSync.toSorted(byBound)).toEqual([
      '3600"} 1',
      '21600"} 1',
      '86400"} 1',
      '93600"} 2',
      '172800"} 2',
      '604800"} 2',
      '2678400"} 2',
      '3024000"} 2',
      '+Inf"} 2',
    ]);
    expect(await scraped('legendops_billing_tenants_without_success')).toContain(
      'legendops_billing_tenants_without_success{billing_job="usage-sync"} 1',
    );
  });

  it('count open exceptions by code; what is resolved or dismissed waits for nobody', async () => {
    expect(await scraped('legendops_billing_exceptions_open')).toEqual([
      'legendops_billing_exceptions_open{code="price.missing"} 1',
    ]);
  });

  it('say nought where nothing is open', async () => {
    expect(await scraped('legendops_billing_postings')).toEqual([
      'legendops_billing_postings{state="failed"} 0',
      'legendops_billing_postings{state="in-doubt"} 0',
      'legendops_billing_postings{state="posting"} 0',
    ]);
  });

  it('are as many series however many tenants there are', async () => {
    const series = async () =>
      (await register.metrics()).split('\n').filter((line) => line.startsWith('legendops_billing_')).length;
    await measureBilling(figureStore(platform), platform);
    const before = await series();
    await database.administrator.query(
      `insert into app.tenants (id, name, display_name, state, owner_uid)
       select gen_random_uuid(), 'many-' || n, 'Many', 'active', gen_random_uuid() from generate_series(1, 10000) n`,
    );
    await measureBilling(figureStore(platform), platform);
    expect(await series()).toBe(before);
    expect(await scraped('legendops_billing_tenants_without_success')).toContain(
      'legendops_billing_tenants_without_success{billing_job="reconcile"} 10003',
    );
  });

  it('see no text, no name and no amount of a tenant', async () => {
    for (const column of ['detail', 'subject_key', 'tenant_id'])
      await expect(
        platform.read('test', { text: `select ${column} from billing.exceptions`, values: [], name: column }),
      ).rejects.toMatchObject({ code: '42501' });
  });
});
