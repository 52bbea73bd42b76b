import { expect, test } from 'vitest';
import type { JobName } from '../api/jobs.ts';
import { aTenant } from '../testing/a-tenant.ts';
import { desiredCronJob, tooSmallFor } from './billing.ts';

const config = {
  jobImages: { billing: 'legendops:1', portal: 'portal:1' },
  internalUrls: { billing: 'http://billing:8081', portal: 'http://portal:8081' },
  acceptNewerSchema: false,
};
const tenantId = '01980000-0000-7000-8000-000000000001';
const cronJob = (job: JobName = 'usageSync', tenant = aTenant()) => desiredCronJob(tenant, { tenantId, job, config });

test.each([
  ['usageSync', 'usage-sync', /^\d+ 4 \* \* \*$/],
  ['invoiceRun', 'invoice-run', /^\d+ 6 6 \* \*$/],
  ['reconcile', 'reconcile', /^\d+ 7 7 \* \*$/],
  ['psaSync', 'psa-sync', /^\d+ \* \* \* \*$/],
] as const)('%s is the CronJob %s in the tenant’s time zone', (job, name, schedule) => {
  const { metadata, spec } = cronJob(job);
  expect(metadata).toMatchObject({ name, namespace: 'tenant-northwind' });
  expect(spec.schedule).toMatch(schedule);
  expect(spec).toMatchObject({
    timeZone: 'America/New_York',
    suspend: false,
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: 3_600,
  });
  expect(JSON.stringify(spec)).toContain(`jobs/${name}.ts`);
});

test('a schedule that somebody gives is kept, also the one that every tenant had before it had its own', () => {
  const billing = { ...aTenant().spec.billing, psaSync: { schedule: '41 * * * *', suspend: false } };
  expect(cronJob('psaSync', aTenant({ spec: { billing } })).spec.schedule).toBe('41 * * * *');
});

test('another tenant starts at another minute, and each at its own in every pass', () => {
  const minuteOf = (id: string) => desiredCronJob(aTenant(), { tenantId: id, job: 'psaSync', config }).spec.schedule;
  expect(minuteOf(tenantId)).toBe(minuteOf(tenantId));
  expect(minuteOf(tenantId)).not.toBe(minuteOf('01980000-0000-7000-8000-000000000002'));
});

test('a job of portal is of its image, asks it alone and is told nothing of billing', () => {
  const text = JSON.stringify(cronJob('psaSync').spec);
  expect(text).toContain('"image":"portal:1","args":["services/portal/src/jobs/psa-sync.ts"]');
  expect(text).toContain('"audience":"legendops-portal"');
  expect(text).toContain('{"name":"PORTAL_INTERNAL_URL","value":"http://portal:8081"}');
  expect(text).not.toMatch(/billing:8081|CURRENCY/);
});

test('a job is told that a newer schema is accepted, and nothing of it by default', () => {
  const environmentOf = (acceptNewerSchema: boolean) =>
    JSON.stringify(desiredCronJob(aTenant(), { tenantId, job: 'usageSync', config: { ...config, acceptNewerSchema } }));
  expect(environmentOf(false)).not.toContain('ACCEPT_NEWER_SCHEMA');
  expect(environmentOf(true)).toContain('{"name":"ACCEPT_NEWER_SCHEMA","value":"true"}');
});

test('a job records traces where the platform has a collector for them', () => {
  const jobTraces = { url: 'http://alloy.monitoring.svc:4318/v1/traces', sampleRatio: 0.5, peers: [{}], ports: [4318] };
  const told = JSON.stringify(
    desiredCronJob(aTenant(), { tenantId, job: 'usageSync', config: { ...config, jobTraces } }),
  );
  expect(told).toContain('{"name":"TRACES_URL","value":"http://alloy.monitoring.svc:4318/v1/traces"}');
  expect(told).toContain('{"name":"TRACES_SAMPLE_RATIO","value":"0.5"}');
  expect(JSON.stringify(cronJob())).not.toContain('TRACES_');
});

test('a job’s image is fetched and its TLS believes as the platform’s own, and by default as anybody’s', () => {
  const given = {
    ...config,
    jobPullSecret: '{"auths":{"one.example":{"auth":"planted-secret"}}}',
    jobAuthorities: { 'one.pem': 'ONE' },
  };
  const told = JSON.stringify(desiredCronJob(aTenant(), { tenantId, job: 'usageSync', config: given }));
  expect(told).toContain('"imagePullSecrets":[{"name":"images"}]');
  expect(told).toContain('{"name":"SSL_CERT_DIR","value":"/var/run/legendops/trust"}');
  expect(told).toContain('{"name":"NODE_USE_SYSTEM_CA","value":"1"}');
  expect(told).toContain('{"name":"trust","mountPath":"/var/run/legendops/trust","readOnly":true}');
  expect(told).toContain('{"configMap":{"name":"trust"}}');
  expect(told).toContain('"name":"kube-root-ca.crt"');
  expect(told).not.toContain('planted');
  expect(JSON.stringify(cronJob())).not.toMatch(/imagePullSecrets|SSL_CERT_DIR|"trust"/);
});

test.each([
  ['Active', false, false],
  ['Active', true, true],
  ['Suspended', false, true],
] as const)('a tenant that is %s with suspend %s: suspended %s', (state, suspend, expected) => {
  const billing = { ...aTenant().spec.billing, usageSync: { schedule: '17 4 * * *', suspend } };
  expect(cronJob('usageSync', aTenant({ spec: { state, billing } })).spec.suspend).toBe(expected);
});

test('the pod meets the restricted standard, and its token is for the billing service alone', () => {
  expect(cronJob().spec).toMatchObject({
    jobTemplate: {
      spec: {
        podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [2, 3] } }] },
        template: {
          spec: {
            restartPolicy: 'Never',
            serviceAccountName: 'billing-job',
            automountServiceAccountToken: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                name: 'job',
                image: 'legendops:1',
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
                volumeMounts: [
                  { name: 'database', mountPath: '/var/run/legendops/database', readOnly: true },
                  { name: 'token', mountPath: '/var/run/legendops/token', readOnly: true },
                ],
              },
            ],
            volumes: [
              { name: 'database', secret: { secretName: 'database' } },
              {
                name: 'token',
                projected: { sources: [{ serviceAccountToken: { audience: 'legendops-billing', path: 'token' } }] },
              },
            ],
          },
        },
      },
    },
  });
});

test('the pod knows its tenant and where its credentials lie, and holds no secret in its text', () => {
  const text = JSON.stringify(cronJob().spec);
  expect(text).toContain(`{"name":"TENANT_ID","value":"${tenantId}"}`);
  expect(text).not.toMatch(/password/i);
});

test.each([
  ['500m', '256Mi', []],
  [1, 268_435_456, []],
  ['499m', '256Mi', ['cpu']],
  ['2', '256M', ['memory']],
  ['1m', '1', ['cpu', 'memory']],
])('a quota of %s and %s is too small in: %j', (cpu, memory, expected) => {
  const tenant = aTenant({ spec: { namespace: { quota: { cpu, memory, pods: 10 } } } });
  expect(tooSmallFor(tenant).map(({ field }) => field)).toEqual(expected);
});
