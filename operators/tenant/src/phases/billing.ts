import { exitCodes } from '@legendops/kit/jobs/job-outcome';
import { isInvalid, StatusError } from '@legendops/operator-runtime/client/status-error';
import { jobNames, jobs, type JobEntry, type JobName, type JobService } from '../api/jobs.ts';
import { ownSchedule } from '../api/own-schedule.ts';
import { isLessQuantity } from '../api/quantity.ts';
import type { Tenant } from '../api/tenant.ts';
import type { OperatorConfig } from '../config.ts';
import { say } from '../outcome.ts';
import type { Desired } from '../owned/owned-kinds.ts';
import { ownedLabels, ownedObject } from '../owned/owned-object.ts';
import { pruneUndesired } from '../owned/prune-undesired.ts';
import { cronJobs, type CronJob } from '../owned/resources.ts';
import { settleAll } from '../owned/settle-all.ts';
import { definePhase } from '../phase.ts';
import { shared } from '../shared.ts';
import { pullSecretName, trustName } from './job-copies.ts';
import { jobServiceAccount } from './namespace.ts';

const databasePath = '/var/run/legendops/database';
const tokenPath = '/var/run/legendops/token';
const trustPath = '/var/run/legendops/trust';
// Jobs wait for vendors until shortly before it, and then say so.
const deadlineSeconds = 7_200;
// Trying again helps neither.
const finalExitCodes: number[] = [exitCodes.needsPerson, exitCodes.suspended];

const jobResources = { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } };

type JobConfig = Pick<
  OperatorConfig,
  'jobImages' | 'internalUrls' | 'acceptNewerSchema' | 'jobTraces' | 'jobPullSecret' | 'jobAuthorities'
>;

/** As services have them (charts/legendops): the cluster's authority, which every namespace has, and those of the trust bundle. */
const trustVolume = {
  name: 'trust',
  projected: {
    sources: [
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'kubernetes.pem' }] } },
      { configMap: { name: trustName } },
    ],
  },
};
const trustVariables = [
  { name: 'NODE_USE_SYSTEM_CA', value: '1' },
  { name: 'SSL_CERT_DIR', value: trustPath },
];

const traceVariables = ({ url, sampleRatio }: NonNullable<OperatorConfig['jobTraces']>) => [
  { name: 'TRACES_URL', value: url },
  { name: 'TRACES_SAMPLE_RATIO', value: String(sampleRatio) },
];

/** What the jobs of a service are told besides what all are. */
const environmentOf: Record<JobService, (tenant: Tenant, config: JobConfig) => { name: string; value: string }[]> = {
  billing: ({ spec }, { internalUrls }) => [
    { name: 'BILLING_INTERNAL_URL', value: internalUrls.billing },
    { name: 'CURRENCY', value: spec.billing.currency },
    { name: 'TIME_ZONE', value: spec.billing.timeZone },
  ],
  portal: (_tenant, { internalUrls }) => [{ name: 'PORTAL_INTERNAL_URL', value: internalUrls.portal }],
};

const container = (tenant: Tenant, tenantId: string, { cronJob, service }: JobEntry, config: JobConfig) => ({
  name: 'job',
  image: config.jobImages[service],
  args: [`services/${service}/src/jobs/${cronJob}.ts`],
  env: [
    { name: 'TENANT_ID', value: tenantId },
    { name: 'TENANT_NAME', value: tenant.metadata.name },
    { name: 'DATABASE_SECRET_PATH', value: databasePath },
    { name: 'SERVICE_TOKEN_PATH', value: `${tokenPath}/token` },
    ...environmentOf[service](tenant, config),
    { name: 'DEADLINE_SECONDS', value: String(deadlineSeconds) },
    // Garbage of a large month is collected sooner: with it a run of 50,000 lines holds 178 MiB, without it 276.
    { name: 'NODE_OPTIONS', value: '--max-semi-space-size=4' },
    ...(config.jobTraces ? traceVariables(config.jobTraces) : []),
    ...(config.jobAuthorities ? trustVariables : []),
    ...(config.acceptNewerSchema ? [{ name: 'ACCEPT_NEWER_SCHEMA', value: 'true' }] : []),
  ],
  resources: jobResources,
  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  volumeMounts: [
    { name: 'database', mountPath: databasePath, readOnly: true },
    { name: 'token', mountPath: tokenPath, readOnly: true },
    ...(config.jobAuthorities ? [{ name: 'trust', mountPath: trustPath, readOnly: true }] : []),
  ],
});

export const desiredCronJob = (
  tenant: Tenant,
  { tenantId, job, config }: { tenantId: string; job: JobName; config: JobConfig },
): CronJob => {
  const { schedule = ownSchedule(tenantId, job), suspend } = tenant.spec.billing[job];
  const { cronJob: name, service } = jobs[job];
  return ownedObject(tenant, 'cronJobs', name, {
    spec: {
      schedule,
      timeZone: tenant.spec.billing.timeZone,
      suspend: suspend || tenant.spec.state === 'Suspended',
      concurrencyPolicy: 'Forbid',
      // Without it a controller that was away for 100 starts stops scheduling for good.
      startingDeadlineSeconds: 3_600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        metadata: { labels: ownedLabels(tenant) },
        spec: {
          backoffLimit: 3,
          activeDeadlineSeconds: deadlineSeconds,
          ttlSecondsAfterFinished: 604_800,
          podFailurePolicy: {
            rules: [
              { action: 'FailJob', onExitCodes: { containerName: 'job', operator: 'In', values: finalExitCodes } },
            ],
          },
          template: {
            metadata: { labels: { ...ownedLabels(tenant), 'app.kubernetes.io/name': name } },
            spec: {
              restartPolicy: 'Never',
              serviceAccountName: jobServiceAccount,
              automountServiceAccountToken: false,
              ...(config.jobPullSecret !== undefined && { imagePullSecrets: [{ name: pullSecretName }] }),
              securityContext: { runAsNonRoot: true, runAsUser: 65_532, seccompProfile: { type: 'RuntimeDefault' } },
              containers: [container(tenant, tenantId, jobs[job], config)],
              volumes: [
                { name: 'database', secret: { secretName: 'database' } },
                {
                  name: 'token',
                  projected: {
                    sources: [
                      {
                        serviceAccountToken: {
                          audience: `legendops-${service}`,
                          expirationSeconds: 3_600,
                          path: 'token',
                        },
                      },
                    ],
                  },
                },
                ...(config.jobAuthorities ? [trustVolume] : []),
              ],
            },
          },
        },
      },
    },
  });
};

/** What of the quota is less than the pod of one job may use: Kubernetes would refuse every pod, and tell the Job alone. */
export const tooSmallFor = ({ spec }: Tenant): { field: 'cpu' | 'memory'; is: string; needs: string }[] =>
  (['cpu', 'memory'] as const).flatMap((field) => {
    const is = String(spec.namespace.quota[field]);
    const needs = jobResources.limits[field];
    return isLessQuantity(is, needs) ? [{ field, is, needs }] : [];
  });

// Looked up once each, which takes half a millisecond: there are some hundreds.
const knownTimeZone = shared((timeZone: string): boolean => {
  // Node also takes an offset such as +05, which names no place and no summer time.
  if (!/^[A-Za-z]/.test(timeZone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
});

// Names of zones are looked up by spelling there, and without case here: the API server has the last word.
const isAboutZone = ({ causes }: StatusError): boolean => causes.some(({ field }) => field?.endsWith('.timeZone'));

const messageOf = (error: StatusError): string =>
  error.causes
    .map(({ message }) => message)
    .filter(Boolean)
    .join('; ') || error.message;

/** The tenant's CronJobs. A refusal names the field of the Tenant that caused it. */
export const billingPhase = definePhase({
  name: 'Billing',
  conditions: ['BillingReady'],
  needs: ['registration', 'namespace'],
  finds: [],
  run: async (scope) => {
    const { tenant, registration, namespace, applier, config } = scope;
    const { timeZone } = tenant.spec.billing;
    if (!knownTimeZone(timeZone)) return { outcomes: [say('BillingReady', 'UnknownTimeZone', timeZone)] };
    const { tenantId } = registration;
    const desired = jobNames.map((job) => [job, desiredCronJob(tenant, { tenantId, job, config })] as const);
    const refusals: { job: JobName; error: StatusError }[] = [];
    const ensure = async (job: JobName, cronJob: CronJob): Promise<void> => {
      try {
        await applier.ensure(cronJobs, cronJob, namespace);
      } catch (error) {
        if (!(error instanceof StatusError) || !isInvalid(error)) throw error;
        refusals.push({ job, error });
      }
    };
    await settleAll(desired.map((each) => () => ensure(...each)));
    if (refusals.some(({ error }) => isAboutZone(error)))
      return { outcomes: [say('BillingReady', 'UnknownTimeZone', timeZone)] };
    if (refusals.length > 0) {
      const said = refusals.map(({ job, error }) => ({ job, message: messageOf(error) }));
      return { outcomes: [say('BillingReady', 'ScheduleRefused', said)] };
    }
    const all: Desired<'billing'> = { cronJobs: desired.map(([, cronJob]) => cronJob) };
    if (!namespace.isNew) await pruneUndesired(scope, all);
    const tooSmall = tooSmallFor(tenant);
    if (tooSmall.length > 0) return { outcomes: [say('BillingReady', 'QuotaTooSmall', tooSmall)] };
    return { outcomes: [say('BillingReady', 'CronJobsReady', tenant.spec.state)] };
  },
});
