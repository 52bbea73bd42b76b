import { isObject, listAt, objectAt, type JsonObject, type KubeObject } from '../object/kube-object.ts';

/** A condition that holds. */
export const conditionOf = (object: KubeObject, type: string): JsonObject | undefined =>
  listAt(object, 'status', 'conditions').find(
    (condition): condition is JsonObject =>
      isObject(condition) && condition.type === type && condition.status === 'True',
  );

export const isFinished = (job: KubeObject): boolean =>
  conditionOf(job, 'Complete') !== undefined || conditionOf(job, 'Failed') !== undefined;

export type JobSpec = {
  parallelism: number;
  completions: number;
  backoffLimit: number;
  suspend?: boolean;
  activeDeadlineSeconds?: number;
  ttlSecondsAfterFinished?: number;
  template: { metadata?: JsonObject; spec: JsonObject };
  podFailurePolicy?: { rules: FailureRule[] };
};

type FailureRule = {
  action: 'FailJob' | 'Ignore' | 'Count' | 'FailIndex';
  onExitCodes?: { containerName?: string; operator: 'In' | 'NotIn'; values: number[] };
};

export type PodCounts = {
  active: KubeObject[];
  succeeded: KubeObject[];
  failed: KubeObject[];
  terminating: KubeObject[];
  ready: number;
};

const phaseOf = (pod: KubeObject): unknown => objectAt(pod, 'status').phase;

export const countPods = (pods: readonly KubeObject[]): PodCounts => {
  const isLeaving = ({ metadata }: KubeObject): boolean => metadata.deletionTimestamp !== undefined;
  const running = pods.filter((pod) => phaseOf(pod) !== 'Succeeded' && phaseOf(pod) !== 'Failed');
  return {
    active: running.filter((pod) => !isLeaving(pod)),
    terminating: running.filter(isLeaving),
    succeeded: pods.filter((pod) => phaseOf(pod) === 'Succeeded'),
    failed: pods.filter((pod) => phaseOf(pod) === 'Failed'),
    ready: running.filter((pod) => phaseOf(pod) === 'Running' && !isLeaving(pod)).length,
  };
};

type Exit = { container: string; code: number };

const exitsOf = (pod: KubeObject): Exit[] =>
  listAt(pod, 'status', 'containerStatuses').flatMap((status) => {
    const { exitCode } = objectAt(status, 'state', 'terminated');
    return typeof exitCode === 'number' && exitCode !== 0
      ? [{ container: String(objectAt(status).name), code: exitCode }]
      : [];
  });

const matches = ({ onExitCodes }: FailureRule, { container, code }: Exit): boolean => {
  if (!onExitCodes) return false;
  if (onExitCodes.containerName !== undefined && onExitCodes.containerName !== container) return false;
  return onExitCodes.values.includes(code) === (onExitCodes.operator === 'In');
};

export type Verdict = { action: FailureRule['action']; message: string };

/** What the Job's policy says of a pod that failed: the first rule that matches decides. */
export const judgeFailure = (pod: KubeObject, { podFailurePolicy }: JobSpec): Verdict => {
  for (const [index, rule] of (podFailurePolicy?.rules ?? []).entries()) {
    const exit = exitsOf(pod).find((each) => matches(rule, each));
    if (exit) {
      const { namespace = '', name } = pod.metadata;
      const message = `Container ${exit.container} for pod ${namespace}/${name} failed with exit code ${exit.code} matching ${rule.action} rule at index ${index}`;
      return { action: rule.action, message };
    }
  }
  return { action: 'Count', message: '' };
};

export type Ending = { type: 'Complete' | 'Failed'; reason: string; message: string };

type Situation = { spec: JobSpec; counts: PodCounts; failures: number; startedAt: Date | undefined; now: Date };

/** Whether the Job is over, and why. */
export const endingOf = ({ spec, counts, failures, startedAt, now }: Situation): Ending | undefined => {
  for (const pod of counts.failed) {
    const { action, message } = judgeFailure(pod, spec);
    if (action === 'FailJob') return { type: 'Failed', reason: 'PodFailurePolicy', message };
  }
  if (failures > spec.backoffLimit)
    return { type: 'Failed', reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' };
  const { activeDeadlineSeconds } = spec;
  if (
    startedAt &&
    activeDeadlineSeconds !== undefined &&
    now.getTime() - startedAt.getTime() >= activeDeadlineSeconds * 1000
  )
    return { type: 'Failed', reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' };
  if (counts.succeeded.length >= spec.completions)
    return { type: 'Complete', reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' };
  return undefined;
};

const longestDelayMs = 360_000;

/** How long to wait after the last failure before the next pod: it doubles with every failure, up to six minutes. */
export const retryDelayMs = (failures: number, firstMs: number): number =>
  failures === 0 ? 0 : Math.min(firstMs * 2 ** (failures - 1), longestDelayMs);
