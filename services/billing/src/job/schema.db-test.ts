import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { startCollector } from '@legendops/kit/testing/collector';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';

// The job as the process that it is in its pod: what it says, and its exit code.
const root = join(import.meta.dirname, '../../../..');
let database: TestDatabase;
let folder: string;
let login: string;
let environment: Record<string, string>;

beforeAll(async () => {
  database = await testDatabase('billing_db');
  const tenantId = await aTenant(database.administrator, { name: 'northwind', state: 'suspended' });
  login = `t_${tenantId.replaceAll('-', '')}_a`;
  await database.administrator.query(
    `create role ${login} login password '${testPassword}'; grant tenant_job to ${login}`,
  );
  folder = await mkdtemp(join(tmpdir(), 'legendops-job-'));
  const { hostname, port, pathname } = new URL(database.url(login));
  const secret = { host: hostname, port, dbname: pathname.slice(1), username: login, password: testPassword };
  for (const [name, value] of Object.entries(secret)) await writeFile(join(folder, name), value);
  environment = {
    PATH: process.env.PATH ?? '',
    TENANT_ID: tenantId,
    TENANT_NAME: 'northwind',
    DATABASE_SECRET_PATH: folder,
    SERVICE_TOKEN_PATH: join(folder, 'token'),
    BILLING_INTERNAL_URL: 'http://127.0.0.1:9',
    CURRENCY: 'USD',
    TIME_ZONE: 'UTC',
  };
});
afterAll(async () => {
  await database.administrator.query(`drop role ${login}`);
  await database.close();
  await rm(folder, { recursive: true });
});

beforeEach(() => database.administrator.query("delete from migrations.own where name like '9999%'"));

const run = async (job: string, more: Record<string, string> = {}) => {
  const child = spawn(process.execPath, [`services/billing/src/jobs/${job}.ts`], {
    cwd: root,
    env: { ...environment, ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const lines = (await text(child.stdout)).trim().split('\n');
  return { exitCode: await ended, said: lines.map((line) => (JSON.parse(line) as { msg: string }).msg) };
};
const runs = async (): Promise<unknown> =>
  (await database.administrator.query('select count(*)::int as count from billing.runs')).rows;

describe.each(['usage-sync', 'invoice-run', 'reconcile'])('the job %s', (job) => {
  it('ends with one line where the schema is older than it needs, and has written nothing', async () => {
    await database.administrator.query("update migrations.own set name = '9999_x' where name = '0016_figures'");
    try {
      expect(await run(job)).toEqual({
        exitCode: 2,
        said: ['billing_db lacks own/0016_figures: its migrations come with `helm upgrade`'],
      });
    } finally {
      await database.administrator.query("update migrations.own set name = '0016_figures' where name = '9999_x'");
    }
    expect(await runs()).toEqual([{ count: 0 }]);
  });

  it('ends with one line where the schema is newer than it knows, unless a person goes back', async () => {
    await database.administrator.query("insert into migrations.own (name, run_on) values ('9999_later', now())");
    expect(await run(job)).toEqual({
      exitCode: 2,
      said: [
        'billing_db is of a newer release, which added own/9999_later: deploy that one, or set ACCEPT_NEWER_SCHEMA to go back',
      ],
    });
    // Past the schema, the next thing that it looks at refuses it.
    expect(await run(job, { ACCEPT_NEWER_SCHEMA: 'true' })).toEqual({
      exitCode: 3,
      said: ['The tenant is suspended: no job runs'],
    });
    expect(await runs()).toEqual([{ count: 0 }]);
  });
});

it('tells a collector of the run and its statements before it ends, and of its end by a code', async () => {
  const collector = await startCollector();
  const traced = { TRACES_URL: collector.url, TRACES_SAMPLE_RATIO: '1' };
  expect(await run('usage-sync', traced)).toMatchObject({ exitCode: 3 });
  const job = collector.span('usage-sync');
  expect(job).toMatchObject({
    service: 'usage-sync',
    failed: true,
    attributes: { 'legendops.tenant.id': environment.TENANT_ID, 'error.type': 'tenant.suspended' },
  });
  expect(collector.span('SELECT app.tenants')).toMatchObject({ traceId: job.traceId, parentSpanId: job.spanId });
  expect(Buffer.concat(collector.bodies).toString('latin1')).not.toContain(testPassword);
  await collector.close();
});

it('ends as it does without one when a collector is away', async () => {
  const away = { TRACES_URL: 'http://127.0.0.1:9/v1/traces', TRACES_SAMPLE_RATIO: '1' };
  const { exitCode, said } = await run('reconcile', away);
  expect(exitCode).toBe(3);
  expect(said).toEqual(['The tenant is suspended: no job runs', expect.stringContaining('traces were not taken')]);
});
