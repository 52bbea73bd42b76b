import { eventually } from '@legendops/kit/testing/eventually';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { KubeObject, Resource } from '@legendops/operator-runtime/client/resource';

interface CronJob extends KubeObject {
  spec: { jobTemplate: { metadata?: { labels?: Record<string, string> }; spec: unknown } };
}
interface Job extends KubeObject {
  spec: unknown;
  status?: { conditions?: { type: string; status: string; reason?: string; message?: string }[] };
}

const cronJobs: Resource<CronJob> = { apiVersion: 'batch/v1', kind: 'CronJob', plural: 'cronjobs', namespaced: true };
const jobs: Resource<Job> = { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs', namespaced: true };

const withinMs = 120_000;

const endOf = (job: Job | undefined) =>
  job?.status?.conditions?.find(({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'));

/**
 * `kubectl create job --from=cronjob/<cronJob>` in the tenant's namespace, and the wait for its end. One of this name that
 * is there already, of a start that was interrupted, is waited for; only if it failed there is a new one.
 */
export const runJob = async (
  client: KubeClient,
  { tenant, cronJob, name }: { tenant: string; cronJob: string; name: string },
): Promise<void> => {
  const namespace = `tenant-${tenant}`;
  const template = await client.read(cronJobs, { namespace, name: cronJob });
  if (!template) throw new Error(`There is no CronJob ${cronJob} in ${namespace}`);
  const { metadata, spec } = template.spec.jobTemplate;
  const before = await client.read(jobs, { namespace, name });
  const isSpent = endOf(before)?.type === 'Failed';
  if (isSpent) await client.remove(jobs, { namespace, name }, { uid: before?.metadata.uid ?? '' });
  if (!before || isSpent)
    await client.create(jobs, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name, namespace, ...(metadata?.labels && { labels: metadata.labels }) },
      spec,
    });
  const look = async () => endOf(await client.read(jobs, { namespace, name }));
  const { type, reason, message } = await eventually(`Job ${namespace}/${name} ends`, look, { withinMs, everyMs: 200 });
  if (type === 'Failed') throw new Error(`Job ${namespace}/${name} failed: ${reason ?? ''} ${message ?? ''}`);
};
