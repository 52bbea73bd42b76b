import { isDeepStrictEqual } from 'node:util';
import { deleteObject } from '../api/deletion.ts';
import { listAt, objectAt, timestamp, type JsonObject, type KubeObject, textOf } from '../object/kube-object.ts';
import type { ClusterState } from '../api/cluster-state.ts';
import type { Kind } from '../kinds/kind.ts';
import { recordEvent } from './events.ts';
import {
  conditionOf,
  countPods,
  endingOf,
  isFinished,
  judgeFailure,
  retryDelayMs,
  type Ending,
  type JobSpec,
  type PodCounts,
} from './job-state.ts';
import { controllerOf, keyOfText, keyText } from './object-keys.ts';
import { workLoop, type Controller } from './work-loop.ts';

const manager = 'kube-controller-manager';
const component = 'job-controller';

type Options = { firstRetryMs: number };

/** Runs Jobs to their end: makes pods, counts what became of them, tries again, gives up. */
export const jobController = (cluster: ClusterState, { firstRetryMs }: Options): Controller => {
  const { store, kinds, objects, now, log } = cluster;
  const jobs = kinds.ofResource('batch/jobs') as Kind;
  const podKind = kinds.ofResource('/pods') as Kind;

  const podsOf = ({ metadata }: KubeObject): KubeObject[] =>
    store.list('/pods', metadata.namespace).filter((pod) => controllerOf(pod, 'Job')?.uid === metadata.uid);

  const makePod = (job: KubeObject, { template }: JobSpec): void => {
    const { name, namespace = '', uid } = job.metadata;
    const pod = objects.create(
      podKind,
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          ...template.metadata,
          generateName: `${name}-`,
          ownerReferences: [
            { apiVersion: 'batch/v1', kind: 'Job', name, uid, controller: true, blockOwnerDeletion: true },
          ],
        },
        spec: template.spec,
      },
      { manager, namespace },
    );
    recordEvent(cluster, job, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${pod.metadata.name}`,
      component,
    });
  };

  const removePods = (pods: readonly KubeObject[]): void => {
    for (const pod of pods) deleteObject(cluster, podKind, pod.metadata, {});
  };

  const writeStatus = (job: KubeObject, status: JsonObject): void => {
    if (isDeepStrictEqual(status, job.status)) return;
    const { namespace, name } = job.metadata;
    objects.update(jobs, { namespace, name }, (live) => ({ ...live, status }), { manager, subresource: 'status' });
  };

  const condition = (type: string, reason: string, message: string): JsonObject => ({
    type,
    status: 'True',
    lastProbeTime: timestamp(now()),
    lastTransitionTime: timestamp(now()),
    reason,
    message,
  });

  const finish = (job: KubeObject, status: JsonObject, ending: Ending): void => {
    const { type, reason, message } = ending;
    const early = type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget';
    const { active: _, ...counts } = status;
    writeStatus(job, {
      ...counts,
      ready: 0,
      terminating: 0,
      ...(type === 'Complete' && { completionTime: timestamp(now()) }),
      conditions: [
        ...listAt(status, 'conditions'),
        condition(early, reason, message),
        condition(type, reason, message),
      ],
    });
    const isGood = type === 'Complete';
    recordEvent(cluster, job, {
      type: isGood ? 'Normal' : 'Warning',
      reason: isGood ? 'Completed' : reason,
      message: isGood ? 'Job completed' : message,
      component,
    });
  };

  /** A finished Job goes when its time to live is over. */
  const expire = (job: KubeObject): number | undefined => {
    const { ttlSecondsAfterFinished } = job.spec as JobSpec;
    const ended = conditionOf(job, 'Complete') ?? conditionOf(job, 'Failed');
    if (ttlSecondsAfterFinished === undefined || !ended) return undefined;
    const leftMs = Date.parse(String(ended.lastTransitionTime)) + ttlSecondsAfterFinished * 1000 - now().getTime();
    if (leftMs > 0) return Math.min(leftMs, 60_000);
    deleteObject(cluster, jobs, job.metadata, { propagationPolicy: 'Background' });
    return undefined;
  };

  const suspend = (job: KubeObject, counts: PodCounts): undefined => {
    removePods(counts.active);
    if (conditionOf(job, 'Suspended')) return;
    const { startTime: _, ...status } = objectAt(job, 'status');
    const conditions = listAt(status, 'conditions').filter((each) => objectAt(each).type !== 'Suspended');
    writeStatus(job, {
      ...status,
      conditions: [...conditions, condition('Suspended', 'JobSuspended', 'Job suspended')],
    });
  };

  const lastFailureMs = (pods: readonly KubeObject[]): number =>
    Math.max(
      0,
      ...pods.flatMap((pod) =>
        listAt(pod, 'status', 'containerStatuses').map((status) =>
          Date.parse(textOf(objectAt(status, 'state', 'terminated').finishedAt ?? pod.metadata.creationTimestamp)),
        ),
      ),
    );

  const reconcile = (key: string): number | undefined => {
    const job = store.get('batch/jobs', keyOfText(key));
    if (!job || job.metadata.deletionTimestamp !== undefined) return undefined;
    if (isFinished(job)) return expire(job);
    const spec = job.spec as JobSpec;
    const counts = countPods(podsOf(job));
    if (spec.suspend) return suspend(job, counts);

    const before = objectAt(job, 'status');
    const startTime = textOf(before.startTime, timestamp(now()));
    const counted = counts.failed.filter((pod) => judgeFailure(pod, spec).action !== 'Ignore').length;
    // Pods that someone removed have failed all the same.
    const failures = Math.max(counted, Number(before.failed ?? 0));
    const ending = endingOf({ spec, counts, failures, startedAt: new Date(startTime), now: now() });
    if (ending?.type === 'Failed') removePods(counts.active);

    const left = ending
      ? 0
      : Math.min(spec.parallelism, spec.completions - counts.succeeded.length) -
        counts.active.length -
        counts.terminating.length;
    const waitMs = lastFailureMs(counts.failed) + retryDelayMs(failures, firstRetryMs) - now().getTime();
    const created = left > 0 && waitMs <= 0 ? left : 0;
    const active = ending ? 0 : counts.active.length + created;
    const conditions = listAt(before, 'conditions').map((each) =>
      objectAt(each).type === 'Suspended' && objectAt(each).status === 'True'
        ? {
            ...objectAt(each),
            status: 'False',
            reason: 'JobResumed',
            message: 'Job resumed',
            lastTransitionTime: timestamp(now()),
          }
        : each,
    );
    const status = {
      startTime,
      ...(active > 0 && { active }),
      ...(counts.succeeded.length > 0 && { succeeded: counts.succeeded.length }),
      ...(failures > 0 && { failed: failures }),
      ready: counts.ready,
      terminating: counts.terminating.length,
      uncountedTerminatedPods: {},
      ...(conditions.length > 0 && { conditions }),
    };
    if (ending) {
      finish(job, status, ending);
      return 0;
    }
    writeStatus(job, status);
    for (let index = 0; index < created; index += 1) makePod(job, spec);
    const deadlineMs =
      spec.activeDeadlineSeconds === undefined
        ? []
        : [Date.parse(startTime) + spec.activeDeadlineSeconds * 1000 - now().getTime()];
    const waits = [...(left > 0 && waitMs > 0 ? [waitMs] : []), ...deadlineMs].filter((ms) => ms > 0);
    return waits.length > 0 ? Math.min(...waits, 60_000) + 5 : undefined;
  };

  const loop = workLoop({ name: component, log, reconcile });
  for (const job of store.list('batch/jobs')) loop.add(keyText(job.metadata));
  const unsubscribe = store.subscribe(({ resource, object, type }) => {
    if (resource === 'batch/jobs' && type !== 'DELETED') loop.add(keyText(object.metadata));
    const owner = resource === '/pods' ? controllerOf(object, 'Job') : undefined;
    if (owner) loop.add(keyText({ name: owner.name, namespace: object.metadata.namespace }));
  });
  return {
    stop: () => {
      unsubscribe();
      return loop.stop();
    },
  };
};
