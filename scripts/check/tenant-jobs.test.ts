import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Run, Vendor } from '@legendops/billing/contract';
import { readJobEnvironment as readOfBilling } from '@legendops/billing/job/job-environment';
import { readDatabaseSecret } from '@legendops/kit/jobs/database-secret';
import { readJobEnvironment as readOfPortal } from '@legendops/portal/job/job-environment';
import { jobNames, jobs, type JobService } from '@legendops/tenant-operator/api/jobs';
import { vendors } from '@legendops/tenant-operator/api/vendors';
import { desiredCronJob } from '@legendops/tenant-operator/phases/billing';
import { desiredDatabaseSecret } from '@legendops/tenant-operator/phases/credentials';
import { aTenant } from '@legendops/tenant-operator/testing/a-tenant';

const root = join(import.meta.dirname, '../..');
const schemaOf = (service: JobService): string => readFileSync(join(root, `db/${service}_db/schema.sql`), 'utf8');
const readJobEnvironment = { billing: readOfBilling, portal: readOfPortal };
const entryPointOf = (service: JobService, name: string): string =>
  join(root, `services/${service}/src/jobs/${name}.ts`);
const tenantId = '0190f000-0000-7000-8000-00000000000a';

test.each(jobNames.map((job) => jobs[job]))(
  'the CronJob $cronJob has an entry point in $service, and a run of it can be recorded',
  ({ cronJob, service }) => {
    expect(existsSync(entryPointOf(service, cronJob))).toBe(true);
    expect(readFileSync(entryPointOf(service, cronJob), 'utf8')).toContain(`runJob('${cronJob}'`);
    expect(/ job text not null check \(job in \(([^)]*)\)\)/.exec(schemaOf(service))?.[1]).toContain(`'${cronJob}'`);
  },
);

test('every job of billing is a CronJob of every Tenant', () => {
  const ofBilling = jobNames.flatMap((job) => (jobs[job].service === 'billing' ? [jobs[job].cronJob] : []));
  expect([...ofBilling].sort()).toEqual([...Run.shape.job.options].sort());
});

test.each(jobNames)('%s is told by its CronJob all that it must know, and nothing that it does not read', (job) => {
  const config = {
    jobImages: { billing: 'legendops', portal: 'legendops' },
    internalUrls: { billing: 'http://billing:8081', portal: 'http://portal:8081' },
    acceptNewerSchema: true,
  };
  const cronJob = desiredCronJob(aTenant(), { tenantId, job, config });
  const [, names = ''] = /"env":(\[.*?\])/.exec(JSON.stringify(cronJob)) ?? [];
  // Node itself reads its options.
  const { NODE_OPTIONS: _node, ...told } = Object.fromEntries(
    (JSON.parse(names) as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
  );
  expect(readJobEnvironment[jobs[job].service](told)).toMatchObject({
    ...told,
    ACCEPT_NEWER_SCHEMA: true,
    DEADLINE_SECONDS: Number(told.DEADLINE_SECONDS),
  });
});

test('a job reads the Secret that the operator writes', async () => {
  const credential = { slot: 'b', password: 'p' } as Parameters<typeof desiredDatabaseSecret>[1]['credential'];
  const databases = {
    billing_db: { host: 'db.example', port: 5432, name: 'billing_db', sslMode: 'verify-full' },
    portal_db: { host: 'other.example', port: 6432, name: 'portal_db' },
  };
  const { data = {} } = desiredDatabaseSecret(aTenant(), { tenantId, credential, databases });
  const folder = mkdtempSync(join(tmpdir(), 'legendops-secret-'));
  try {
    for (const [name, value] of Object.entries(data)) writeFileSync(join(folder, name), Buffer.from(value, 'base64'));
    expect(await readDatabaseSecret(folder, 'billing_db')).toBe(
      'postgres://t_0190f00000007000800000000000000a_b:p@db.example:5432/billing_db?sslmode=verify-full',
    );
    expect(await readDatabaseSecret(folder, 'portal_db')).toBe(
      'postgres://t_0190f00000007000800000000000000a_b:p@other.example:6432/portal_db',
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the operator knows the vendors that billing connects', () => {
  expect([...vendors].sort()).toEqual([...Vendor.options].sort());
});
