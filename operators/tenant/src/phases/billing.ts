import { isInvalid, StatusError } from '@legendops/operator-runtime/client/status-error';
import { jobNames, namespaceOf, type JobName, type Tenant } from '../api/tenant.ts';
import type { OperatorConfig } from '../config.ts';
import { done, needsSpec, type Phase } from '../scope.ts';
import { shared } from '../shared.ts';
import { childLabels, jobServiceAccount } from './namespace.ts';
import { cronJobs, type CronJob } from '../owned/resources.ts';
import { settleAll } from '../owned/settle-all.ts';

const type = 'BillingReady';

const databasePath = '/var/run/legendops/database';
const tokenPath = '/var/run/legendops/token';

const container = (
  tenant: Tenant,
  tenantId: string,
  job: string,
  config: Pick<OperatorConfig, 'jobImage' | 'billingInternalUrl'>,
) => ({
  name: 'job',
  image: config.jobImage,
  args: [`services/billing/src/jobs/${job}.ts`],
  env: [
    { name: 'TENANT_ID', value: tenantId },
    { name: 'TENANT_NAME', value: tenant.metadata.name },
    { name: 'DATABASE_SECRET_PATH', value: databasePath },
    { name: 'SERVICE_TOKEN_PATH', value: `${tokenPath}/token` },
    { name: 'BILLING_INTERNAL_URL', value: config.billingInternalUrl },
    { name: 'CURRENCY', value: tenant.spec.billing.currency },
    { name: 'TIME_ZONE', value: tenant.spec.billing.timeZone },
  ],
  resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  volumeMounts: [
    { name: 'database', mountPath: databasePath, readOnly: true },
    { name: 'token', mountPath: tokenPath, readOnly: true },
  ],
});

export const desiredCronJob = (
  tenant: Tenant,
  {
    tenantId,
    job,
    config,
  }: { tenantId: string; job: JobName; config: Pick<OperatorConfig, 'jobImage' | 'billingInternalUrl'> },
): CronJob => {
  const { schedule, suspend } = tenant.spec.billing[job];
  const name = jobNames[job];
  return {
    metadata: { name, namespace: namespaceOf(tenant), labels: childLabels(tenant) },
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
        metadata: { labels: childLabels(tenant) },
        spec: {
          backoffLimit: 3,
          activeDeadlineSeconds: 7_200,
          ttlSecondsAfterFinished: 604_800,
          // Exit codes of our jobs: 2 needs a person, 3 the tenant is suspended; trying again helps neither.
          podFailurePolicy: {
            rules: [{ action: 'FailJob', onExitCodes: { containerName: 'job', operator: 'In', values: [2, 3] } }],
          },
          template: {
            metadata: { labels: { ...childLabels(tenant), 'app.kubernetes.io/name': name } },
            spec: {
              restartPolicy: 'Never',
              serviceAccountName: jobServiceAccount,
              automountServiceAccountToken: false,
              securityContext: { runAsNonRoot: true, runAsUser: 65_532, seccompProfile: { type: 'RuntimeDefault' } },
              containers: [container(tenant, tenantId, name, config)],
              volumes: [
                { name: 'database', secret: { secretName: 'database' } },
                {
                  name: 'token',
                  projected: {
                    sources: [
                      {
                        serviceAccountToken: { audience: 'legendops-billing', expirationSeconds: 3_600, path: 'token' },
                      },
                    ],
                  },
                },
              ],
            },
          },
        },
      },
    },
  };
};

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

const zoneRefusal = (timeZone: string) =>
  needsSpec(type, 'UnknownTimeZone', `spec.billing.timeZone: there is no time zone ${timeZone}`);

// Names of zones are looked up by spelling there, and without case here: the API server has the last word.
const isAboutZone = ({ causes }: StatusError): boolean => causes.some(({ field }) => field?.endsWith('.timeZone'));

const refusalText = (job: JobName, error: StatusError): string => {
  const causes = error.causes.map(({ message }) => message).filter(Boolean);
  return `spec.billing.${job}: ${causes.join('; ') || error.message}`;
};

/** The tenant's CronJobs. A refusal names the field of the Tenant that caused it. */
export const billingPhase: Phase = async ({ tenant, tenantId, applier, config, isNewNamespace = false }) => {
  if (tenantId === undefined) throw new Error('The phase Registered comes first');
  const { timeZone } = tenant.spec.billing;
  if (!knownTimeZone(timeZone)) return [zoneRefusal(timeZone)];
  const refusals: { job: JobName; error: StatusError }[] = [];
  const ensure = async (job: JobName): Promise<void> => {
    try {
      await applier.ensure(cronJobs, desiredCronJob(tenant, { tenantId, job, config }), { isNew: isNewNamespace });
    } catch (error) {
      if (!(error instanceof StatusError) || !isInvalid(error)) throw error;
      refusals.push({ job, error });
    }
  };
  await settleAll((Object.keys(jobNames) as JobName[]).map((job) => () => ensure(job)));
  if (refusals.some(({ error }) => isAboutZone(error))) return [zoneRefusal(timeZone)];
  if (refusals.length > 0) {
    const said = refusals.map(({ job, error }) => refusalText(job, error)).join('; ');
    return [needsSpec(type, 'ScheduleRefused', said)];
  }
  return [
    done(type, 'CronJobsReady', tenant.spec.state === 'Suspended' ? 'The tenant is suspended: no job starts' : ''),
  ];
};
