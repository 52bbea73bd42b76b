import { describe, expect, test } from 'vitest';
import { isInvalid, StatusError } from '@legendops/operator-runtime/client/status-error';
import { jobNames, jobs } from '@legendops/tenant-operator/api/jobs';
import { cronJobs, namespaces } from '@legendops/tenant-operator/owned/resources';
import type { World } from './operator-world.ts';
import type { InWorld, Spec } from './tenants-in-world.ts';

const billing = (changes: Spec): Spec => ({ billing: { currency: 'USD', ...changes } });
const long = (length: number) => 'x'.repeat(length);

const badSpecs: [what: string, field: string, spec: Spec][] = [
  ['no display name', 'spec.displayName', { displayName: undefined }],
  ['an empty display name', 'spec.displayName', { displayName: '' }],
  ['a display name of 129 characters', 'spec.displayName', { displayName: long(129) }],
  ['a display name with a space before', 'spec.displayName', { displayName: ' x' }],
  ['a display name with a line break', 'spec.displayName', { displayName: 'a\nb' }],
  ['a display name that is a number', 'spec.displayName', { displayName: 7 }],
  ['no billing', 'spec.billing', { billing: undefined }],
  ['no currency', 'spec.billing.currency', { billing: {} }],
  ['a currency in small letters', 'spec.billing.currency', { billing: { currency: 'usd' } }],
  ['a time zone with a space', 'spec.billing.timeZone', billing({ timeZone: 'Europe / Berlin' })],
  ['a schedule of four fields', 'spec.billing.usageSync.schedule', billing({ usageSync: { schedule: '1 2 3 4' } })],
  ['a schedule with a word', 'spec.billing.reconcile.schedule', billing({ reconcile: { schedule: '@daily' } })],
  ['a directory that is no id', 'spec.directories[0]', { directories: ['northwind'] }],
  [
    'six directories',
    'spec.directories',
    { directories: Array.from({ length: 6 }, (_, i) => `aaaaaaaa-0000-4000-8000-00000000010${i}`) },
  ],
  [
    'a directory twice',
    'spec.directories',
    { directories: Array.from({ length: 2 }, () => 'aaaaaaaa-0000-4000-8000-000000000200') },
  ],
  ['an administrator without a name', 'spec.admins[0].name', { admins: [{ email: 'a@b.example' }] }],
  ['an administrator without an address', 'spec.admins[0].email', { admins: [{ email: 'a', name: 'A' }] }],
  ['a state that does not exist', 'spec.state', { state: 'Paused' }],
  ['a policy that does not exist', 'spec.deletionPolicy', { deletionPolicy: 'Purge' }],
  ['no customers', 'spec.limits.customers', { limits: { customers: 0 } }],
  ['half a customer', 'spec.limits.customers', { limits: { customers: 1.5 } }],
  ['a quota of nothing', 'spec.namespace.quota.cpu', { namespace: { quota: { cpu: '0' } } }],
  ['a negative quota', 'spec.namespace.quota.memory', { namespace: { quota: { memory: '-1Gi' } } }],
  ['a rotation each minute', 'spec.credentials.rotateEvery', { credentials: { rotateEvery: '1m' } }],
  ['a grace of two days', 'spec.credentials.grace', { credentials: { grace: '48h' } }],
  ['a grace that is no duration', 'spec.credentials.grace', { credentials: { grace: 'soon' } }],
  ['a field that does not exist', 'spec.displayname', { displayname: 'x' }],
];

const badNames: [name: string, why: string][] = [
  ['a'.repeat(41), '40 characters'],
  ['with.dot', 'DNS label'],
  ['7-begins-with-a-digit', 'begins with a letter'],
];

export const refusalCases = (world: () => World, t: InWorld): void => {
  const refusalOf = async (name: string, spec: Spec): Promise<StatusError> => {
    const error = await t.apply(name, spec).then(
      () => new Error('It was admitted'),
      (reason: unknown) => reason,
    );
    if (error instanceof StatusError) return error;
    throw error;
  };

  describe('what is wrong is refused at the door', () => {
    test.each(badSpecs)('%s names %s', async (_what, field, spec) => {
      const error = await refusalOf('refused', spec);
      // Server-side apply answers 500 for a field that the schema does not have.
      expect([400, 422, 500]).toContain(error.code);
      // A field in the spec of a message ends where its name ends.
      expect(error.message).toMatch(new RegExp(`${field.replaceAll(/[.[\]]/g, '\\$&')}(?![\\w.])`));
      expect(await t.read('refused')).toBeUndefined();
    });

    test.each(badNames)('the name %s', async (name, why) => {
      const error = await refusalOf(name, {});
      expect(isInvalid(error)).toBe(true);
      expect(error.message).toContain(why);
    });

    test('the currency cannot be changed, since invoices exist in it', async () => {
      await t.apply('currency', {});
      expect((await refusalOf('currency', billing({ currency: 'EUR' }))).message).toMatch(
        /spec\.billing\.currency.*immutable/s,
      );
    });
  });

  describe('what only shows later is a condition that names its field', () => {
    test.each([
      ['cron-minute', 'spec.billing.usageSync', { usageSync: { schedule: '61 4 * * *' } }, 'ScheduleRefused'],
      ['cron-word', 'spec.billing.invoiceRun', { invoiceRun: { schedule: '0 4 * FOO *' } }, 'ScheduleRefused'],
      ['zone-unknown', 'spec.billing.timeZone', { timeZone: 'Mars/Olympus' }, 'UnknownTimeZone'],
      ['zone-offset', 'spec.billing.timeZone', { timeZone: '+05' }, 'UnknownTimeZone'],
    ])('%s: %s', async (name, field, change, reason) => {
      await t.apply(name, billing(change));
      const condition = await t.reason(name, 'BillingReady', reason);
      expect(condition).toMatchObject({ status: 'False', message: expect.stringContaining(field) });
      expect((await t.reason(name, 'Ready', reason)).message).toContain(field);
      expect(t.conditionOf(await t.read(name), 'DatabaseReady')?.status).toBe('True');
      await t.apply(name, {});
      await t.ready(name);
    });

    test('one bad schedule does not keep the other jobs away', async () => {
      await t.apply('siblings', billing({ usageSync: { schedule: '61 4 * * *' } }));
      await t.reason('siblings', 'BillingReady', 'ScheduleRefused');
      for (const job of jobNames.filter((one) => one !== 'usageSync'))
        expect(
          await world().kube.read(cronJobs, { name: jobs[job].cronJob, namespace: 'tenant-siblings' }),
        ).toBeDefined();
    });

    test('a namespace that was there before is never adopted', async () => {
      await world().kube.create(namespaces, { metadata: { name: 'tenant-foreign' } });
      await t.apply('foreign', {});
      expect(await t.reason('foreign', 'NamespaceReady', 'NamespaceTaken')).toMatchObject({ status: 'False' });
      const namespace = await world().kube.read(namespaces, { name: 'tenant-foreign' });
      expect(namespace?.metadata.labels).not.toHaveProperty('platform.legendops.io/tenant');
      await t.remove('foreign');
      await t.gone('foreign');
      expect(await world().kube.read(namespaces, { name: 'tenant-foreign' })).toMatchObject({
        metadata: { uid: namespace?.metadata.uid },
      });
    });
  });
};
