import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Run, Vendor } from '@legendops/billing/contract';
import { jobNames, jobs } from '@legendops/tenant-operator/api/jobs';
import { vendors } from '@legendops/tenant-operator/api/vendors';

const root = join(import.meta.dirname, '../..');
const schema = readFileSync(join(root, 'db/billing_db/schema.sql'), 'utf8');
const cronJobs = jobNames.map((job) => jobs[job].cronJob);

test.each(cronJobs)(
  'the CronJob %s has an entry point in billing, and a run of it can be recorded and shown',
  (name) => {
    expect(existsSync(join(root, `services/billing/src/jobs/${name}.ts`))).toBe(true);
    expect(Run.shape.job.options).toContain(name);
    expect(/ job text not null check \(job in \(([^)]*)\)\)/.exec(schema)?.[1]).toContain(`'${name}'`);
  },
);

test('the operator knows the vendors that billing connects', () => {
  expect([...vendors].sort()).toEqual([...Vendor.options].sort());
});
