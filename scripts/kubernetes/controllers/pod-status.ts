import { isObject, listAt, objectAt, timestamp, type JsonObject, type KubeObject } from '../object/kube-object.ts';
import type { Exit } from './container-process.ts';

export type ContainerState =
  | { waiting: { reason: string; message?: string } }
  | { running: { startedAt: string } }
  | { terminated: JsonObject };

const firstContainer = (pod: KubeObject): JsonObject => objectAt(listAt(pod, 'spec', 'containers')[0]);

export const terminatedState = ({
  exit,
  startedAt,
  now,
  reason,
}: {
  exit: Exit;
  startedAt: string;
  now: Date;
  reason?: string;
}): ContainerState => ({
  terminated: {
    exitCode: exit.code,
    ...(exit.signal !== null && { signal: exit.signal === 'SIGKILL' ? 9 : 15 }),
    reason: reason ?? (exit.code === 0 ? 'Completed' : 'Error'),
    startedAt,
    finishedAt: timestamp(now),
  },
});

export type PodPicture = {
  phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  state: ContainerState;
  restarts: number;
  now: Date;
  reason?: string;
  message?: string;
};

/** A pod's status, of which all is said when the state of its one process is known. */
export const podStatusOf = (
  pod: KubeObject,
  { phase, state, restarts, now, reason, message }: PodPicture,
): JsonObject => {
  const { name, image } = firstContainer(pod);
  const before = objectAt(pod, 'status');
  const isReady = 'running' in state;
  const condition = (type: string, holds: boolean): JsonObject => {
    const status = holds ? 'True' : 'False';
    const old = listAt(before, 'conditions').find((each) => isObject(each) && each.type === type);
    const lastTransitionTime = isObject(old) && old.status === status ? old.lastTransitionTime : timestamp(now);
    return { type, status, lastProbeTime: null, lastTransitionTime };
  };
  return {
    ...before,
    phase,
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message }),
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', true),
      condition('ContainersReady', isReady),
      condition('Ready', isReady),
    ],
    hostIP: '127.0.0.1',
    podIP: '127.0.0.1',
    podIPs: [{ ip: '127.0.0.1' }],
    startTime: before.startTime ?? timestamp(now),
    containerStatuses: [
      { name, image, imageID: '', ready: isReady, started: isReady, restartCount: restarts, state, lastState: {} },
    ],
  };
};
