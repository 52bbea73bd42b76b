import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Run, Vendor } from '@legendops/billing/contract';
import { readDatabaseSecret, readJobEnvironment } from '@legendops/billing/job/job-environment';
import { jobNames, jobs } from '@legendops/tenant-operator/api/jobs';
import { vendors } from '@legendops/tenant-operator/api/vendors';
import { desiredCronJob } from '@legendops/tenant-operator/phases/billing';
import { desiredDatabaseSecret } from '@legendops/tenant-operator/phases/credentials';
import { aTenant } from '@legendops/tenant-operator/testing/a-tenant';

const root = join(import.meta.dirname, '../..');
const schema = readFileSync(join(root, 'db/billing_db/schema.sql'), 'utf8');
const cronJobs = jobNames.map((job) => jobs[job].cronJob);
const entryPointOf = (name: string): string => join(root, `services/billing/src/jobs/${name}.ts`);
const tenantId = '0190f000-0000-7000-8000-00000000000a';

test.each(cronJobs)(
  'the CronJob %s has an entry point in billing, and a run of it can be recorded and shown',
  (name) => {
    expect(existsSync(entryPointOf(name))).toBe(true);
    expect(readFileSync(entryPointOf(name), 'utf8')).toContain(`runJob('${name}'`);
    expect(/ job text not null check \(job in \(([^)]*)\)\)/.exec(schema)?.[1]).toContain(`'${name}'`);
  },
);

test('every job of billing is a CronJob of every Tenant', () => {
  expect([...cronJobs].sort()).toEqual([...Run.shape.job.options].sort());
});

test.each(jobNames)('%s is told by its CronJob all that it must know, and nothing that it does not read', (job) => {
  const config = { jobImage: 'legendops', billingInternalUrl: 'http://billing:8081', acceptNewerSchema: true };
  const cronJob = desiredCronJob(aTenant(), { tenantId, job, config });
  const [, names = ''] = /"env":(\[.*?\])/.exec(JSON.stringify(cronJob)) ?? [];
  const told = Object.fromEntries(
    (JSON.parse(names) as { name: string; value: string }[]).map(({ name, value }) => [name, value]),
  );
  expect(readJobEnvironment(told)).toMatchObject({
    ...told,
    ACCEPT_NEWER_SCHEMA: true,
    DEADLINE_SECONDS: Number(told.DEADLINE_SECONDS),
  });
});

test('a job reads the Secret that the operator writes', async () => {
  const credential = { slot: 'b', password: 'p' } as Parameters<typeof desiredDatabaseSecret>[1]['credential'];
  const database = { host: 'db.example', port: 5432, name: 'billing_db', sslMode: 'verify-full' } as const;
  const { data = {} } = desiredDatabaseSecret(aTenant(), { tenantId, credential, database });
  const folder = mkdtempSync(join(tmpdir(), 'legendops-secret-'));
  try {
    for (const [name, value] of Object.entries(data)) writeFileSync(join(folder, name), Buffer.from(value, 'base64'));
    expect(await readDatabaseSecret(folder)).toBe(
      'postgres://t_0190f00000007000800000000000000a_b:p@db.example:5432/billing_db?sslmode=verify-full',
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the operator knows the vendors that billing connects', () => {
  expect([...vendors].sort()).toEqual([...Vendor.options].sort());
});
