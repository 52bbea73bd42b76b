import { isDeepStrictEqual } from 'node:util';
import { deleteObject } from '../api/deletion.ts';
import { objectAt, timestamp, type JsonObject, type KubeObject, textOf } from '../object/kube-object.ts';
import type { ClusterState } from '../api/cluster-state.ts';
import type { Kind } from '../kinds/kind.ts';
import { cronSchedule, dueStart, type Schedule } from './cron-schedule.ts';
import { recordEvent } from './events.ts';
import { conditionOf, isFinished } from './job-state.ts';
import { controllerOf, keyOfText, keyText } from './object-keys.ts';
import { workLoop, type Controller } from './work-loop.ts';

const tickMs = 1_000;
const manager = 'kube-controller-manager';
const component = 'cronjob-controller';

type CronSpec = {
  schedule: string;
  timeZone?: string;
  suspend?: boolean;
  concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace';
  startingDeadlineSeconds?: number;
  successfulJobsHistoryLimit?: number;
  failedJobsHistoryLimit?: number;
  jobTemplate: { metadata?: JsonObject; spec: JsonObject };
};

/** Starts Jobs when their time has come and keeps the last few of them. */
export const cronJobController = (cluster: ClusterState): Controller => {
  const { store, kinds, objects, now, log } = cluster;
  const cronJobs = kinds.ofResource('batch/cronjobs') as Kind;
  const jobs = kinds.ofResource('batch/jobs') as Kind;
  const schedules = new Map<string, Schedule>();
  /** Of each CronJob the start, in milliseconds, that was last told to wait: told once, however often it is looked at. */
  const waiting = new Map<string, number>();

  const scheduleOf = ({ schedule, timeZone }: CronSpec): Schedule => {
    const key = `${timeZone ?? ''} ${schedule}`;
    const known = schedules.get(key) ?? cronSchedule(schedule, timeZone);
    schedules.set(key, known);
    return known;
  };

  const jobsOf = ({ metadata }: KubeObject): KubeObject[] =>
    store.list('batch/jobs', metadata.namespace).filter((job) => controllerOf(job, 'CronJob')?.uid === metadata.uid);

  const specOf = (cronJob: KubeObject): CronSpec => cronJob.spec as CronSpec;

  const dueOf = (cronJob: KubeObject) => {
    const spec = specOf(cronJob);
    const { lastScheduleTime } = objectAt(cronJob, 'status');
    const since = new Date(textOf(lastScheduleTime ?? cronJob.metadata.creationTimestamp));
    return dueStart(scheduleOf(spec), { since, now: now(), deadlineSeconds: spec.startingDeadlineSeconds });
  };

  const reference = ({ metadata }: KubeObject): JsonObject => ({
    kind: 'Job',
    namespace: metadata.namespace,
    name: metadata.name,
    uid: metadata.uid,
    apiVersion: 'batch/v1',
    resourceVersion: metadata.resourceVersion,
  });

  const writeStatus = (cronJob: KubeObject, started: Date | undefined): void => {
    const { namespace, name } = cronJob.metadata;
    const own = jobsOf(cronJob);
    const active = own.filter((job) => !isFinished(job)).map(reference);
    const successes = own.flatMap((job) =>
      conditionOf(job, 'Complete') ? [String(objectAt(job, 'status').completionTime)] : [],
    );
    const { lastScheduleTime, lastSuccessfulTime } = objectAt(cronJob, 'status');
    const last = started ? timestamp(started) : lastScheduleTime;
    const success = [...successes, ...(typeof lastSuccessfulTime === 'string' ? [lastSuccessfulTime] : [])]
      .sort()
      .at(-1);
    const status = {
      ...(active.length > 0 && { active }),
      ...(last !== undefined && { lastScheduleTime: last }),
      ...(success !== undefined && { lastSuccessfulTime: success }),
    };
    if (isDeepStrictEqual(status, cronJob.status)) return;
    objects.update(cronJobs, { namespace, name }, (live) => ({ ...live, status }), { manager, subresource: 'status' });
  };

  const pruneHistory = (cronJob: KubeObject): void => {
    const { successfulJobsHistoryLimit = 3, failedJobsHistoryLimit = 1 } = specOf(cronJob);
    const limits = { Complete: successfulJobsHistoryLimit, Failed: failedJobsHistoryLimit };
    for (const [type, limit] of Object.entries(limits)) {
      const finished = jobsOf(cronJob)
        .filter((job) => conditionOf(job, type) && job.metadata.deletionTimestamp === undefined)
        .sort((a, b) => String(objectAt(a, 'status').startTime).localeCompare(String(objectAt(b, 'status').startTime)));
      for (const job of finished.slice(0, Math.max(0, finished.length - limit)))
        deleteObject(cluster, jobs, job.metadata, { propagationPolicy: 'Background' });
    }
  };

  const startJob = (cronJob: KubeObject, at: Date): void => {
    const { name, namespace = '', uid } = cronJob.metadata;
    const { jobTemplate } = specOf(cronJob);
    const jobName = `${name}-${Math.floor(at.getTime() / 60_000)}`;
    if (store.get('batch/jobs', { namespace, name: jobName })) return;
    const template = objectAt(jobTemplate, 'metadata');
    objects.create(
      jobs,
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: {
          name: jobName,
          namespace,
          labels: objectAt(template, 'labels'),
          annotations: {
            ...objectAt(template, 'annotations'),
            'batch.kubernetes.io/cronjob-scheduled-timestamp': timestamp(at),
          },
          ownerReferences: [
            { apiVersion: 'batch/v1', kind: 'CronJob', name, uid, controller: true, blockOwnerDeletion: true },
          ],
        },
        spec: jobTemplate.spec,
      },
      { manager, namespace },
    );
    recordEvent(cluster, cronJob, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created job ${jobName}`,
      component,
    });
  };

  const tellWaiting = (cronJob: KubeObject, at: Date): void => {
    const { uid = '' } = cronJob.metadata;
    if (waiting.get(uid) === at.getTime()) return;
    waiting.set(uid, at.getTime());
    const message = 'Not starting job because prior execution is running and concurrency policy is Forbid';
    recordEvent(cluster, cronJob, { type: 'Normal', reason: 'JobAlreadyActive', message, component });
  };

  const start = (cronJob: KubeObject): Date | undefined => {
    const spec = specOf(cronJob);
    const due = spec.suspend ? undefined : dueOf(cronJob);
    if (!due) return undefined;
    if (due.isTooLate) {
      const message = `Missed scheduled time to start a job: ${due.at.toUTCString()}`;
      recordEvent(cluster, cronJob, { type: 'Warning', reason: 'MissSchedule', message, component });
      return due.at;
    }
    const active = jobsOf(cronJob).filter((job) => !isFinished(job));
    if (active.length > 0 && spec.concurrencyPolicy === 'Forbid') {
      tellWaiting(cronJob, due.at);
      // The start stays due: it is made when the running one ends, if that is before the deadline.
      return undefined;
    }
    if (spec.concurrencyPolicy === 'Replace')
      for (const job of active) deleteObject(cluster, jobs, job.metadata, { propagationPolicy: 'Background' });
    startJob(cronJob, due.at);
    return due.at;
  };

  const reconcile = (key: string): undefined => {
    const cronJob = store.get('batch/cronjobs', keyOfText(key));
    if (!cronJob || cronJob.metadata.deletionTimestamp !== undefined) return;
    const started = start(cronJob);
    pruneHistory(cronJob);
    writeStatus(cronJob, started);
  };

  const loop = workLoop({ name: component, log, reconcile });
  const unsubscribe = store.subscribe(({ resource, object, type }) => {
    if (resource === 'batch/cronjobs' && type === 'DELETED') waiting.delete(object.metadata.uid ?? '');
    else if (resource === 'batch/cronjobs') loop.add(keyText(object.metadata));
    const owner = resource === 'batch/jobs' ? controllerOf(object, 'CronJob') : undefined;
    if (owner) loop.add(keyText({ name: owner.name, namespace: object.metadata.namespace }));
  });
  // Looking is cheap, and a clock that was set or a machine that slept needs no care of its own.
  const ticker = setInterval(() => {
    for (const cronJob of store.list('batch/cronjobs'))
      if (!specOf(cronJob).suspend && dueOf(cronJob)) loop.add(keyText(cronJob.metadata));
  }, tickMs);
  return {
    stop: () => {
      clearInterval(ticker);
      unsubscribe();
      return loop.stop();
    },
  };
};
