import type { Machine } from './machine.ts';
import { platformNamespace } from './platform.ts';

/** What the suite reads of a pod. */
export interface PodSeen {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    labels: Record<string, string>;
    deletionTimestamp?: string;
  };
  spec: { containers: { name: string; image: string }[] };
  status: {
    phase: string;
    podIP?: string;
    conditions?: { type: string; status: string }[];
    containerStatuses?: { restartCount: number; ready: boolean }[];
  };
}

export const podsIn = async ({ kubectl }: Machine, namespace: string): Promise<PodSeen[]> =>
  (JSON.parse(await kubectl(['-n', namespace, 'get', 'pods', '-o', 'json'])) as { items: PodSeen[] }).items;

export const partOf = ({ metadata }: PodSeen): string => metadata.labels['app.kubernetes.io/name'] ?? '';

/** Those that stay until somebody ends them: jobs' pods, and what is ending, are not. */
export const runningPods = async (machine: Machine, namespace: string): Promise<PodSeen[]> =>
  (await podsIn(machine, namespace)).filter(
    ({ metadata, status }) => metadata.deletionTimestamp === undefined && status.phase === 'Running',
  );

export const isReady = ({ status }: PodSeen): boolean =>
  (status.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True');

/** A ready pod of this part. */
export const runningPod = async (machine: Machine, namespace: string, part: string): Promise<PodSeen> => {
  const found = (await runningPods(machine, namespace)).find((pod) => partOf(pod) === part && isReady(pod));
  if (found === undefined) throw new Error(`There is no ready pod of ${part} in ${namespace}`);
  return found;
};

/** One of a Deployment of charts/legendops. */
export const podOf = (machine: Machine, part: string): Promise<PodSeen> => runningPod(machine, platformNamespace, part);

/** Runs a program of Node in a container that runs; what it prints is JSON. */
export const evaluateIn = async <T>({ kubectl }: Machine, pod: PodSeen, program: string): Promise<T> => {
  const { namespace, name } = pod.metadata;
  const printed = await kubectl(['-n', namespace, 'exec', name, '--', 'node', '--input-type=module', '-e', program]);
  return JSON.parse(printed) as T;
};
