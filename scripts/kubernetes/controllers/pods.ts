import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { ownEntry } from '@legendops/kit/contract/own-entry';
import { deleteObject } from '../api/deletion.ts';
import { listAt, objectAt, timestamp, type JsonObject, type KubeObject } from '../object/kube-object.ts';
import type { ClusterState } from '../api/cluster-state.ts';
import type { Kind } from '../kinds/kind.ts';
import { ConfigMissing, environmentOf } from './container-environment.ts';
import { endLeftover, startProcess, type ContainerProcess } from './container-process.ts';
import { recordEvent, type Happening } from './events.ts';
import { keyOfText, keyText } from './object-keys.ts';
import { podStatusOf, terminatedState, type PodPicture } from './pod-status.ts';
import { MountPending, writeVolumes } from './pod-volumes.ts';
import { workLoop, type Controller } from './work-loop.ts';

export type Image = { command: string[]; directory: string; environment?: Record<string, string> };

type Options = { images: Readonly<Record<string, Image>>; directory: string };

type Running = {
  process: ContainerProcess;
  startedAt: string;
  renewal: NodeJS.Timeout | undefined;
  ended: Promise<void>;
};

const component = 'kubelet';
const mountRetryMs = 2_000;
// What a server that closes gives to processes; npm start must end soon.
const closeGraceMs = 5_000;
const firstRestartMs = 10_000;
const longestRestartMs = 300_000;

/** Runs pods as processes of this machine: one process per pod, that of its first container. */
export const podController = (cluster: ClusterState, { images, directory }: Options): Controller => {
  const { store, kinds, objects, now, log } = cluster;
  const pods = kinds.ofResource('/pods') as Kind;
  const running = new Map<string, Running>();
  const restarts = new Map<string, number>();
  let isClosing = false;

  const folderOf = (pod: KubeObject): string => join(directory, pod.metadata.uid ?? '');
  const keyOf = ({ metadata: { name, namespace } }: KubeObject) => ({ name, namespace });
  const current = (pod: KubeObject): KubeObject | undefined => {
    const found = store.get('/pods', keyOf(pod));
    return found?.metadata.uid === pod.metadata.uid ? found : undefined;
  };
  const happened = (pod: KubeObject, type: Happening['type'], reason: string, message: string): void =>
    recordEvent(cluster, pod, { type, reason, message, component });

  const show = (pod: KubeObject, picture: Omit<PodPicture, 'now' | 'restarts'>): void => {
    const live = current(pod);
    if (!live) return;
    const status = podStatusOf(live, { ...picture, now: now(), restarts: restarts.get(pod.metadata.uid ?? '') ?? 0 });
    if (isDeepStrictEqual(status, live.status)) return;
    objects.update(pods, keyOf(pod), (object) => ({ ...object, status }), {
      manager: component,
      subresource: 'status',
    });
  };

  const wait = (pod: KubeObject, reason: string, message: string): void => {
    show(pod, { phase: 'Pending', state: { waiting: { reason, message } } });
    happened(pod, 'Warning', reason === 'ErrImagePull' ? 'Failed' : 'FailedMount', message);
  };

  const bind = (pod: KubeObject): KubeObject => {
    if (objectAt(pod, 'spec').nodeName !== undefined) return pod;
    const bound = store.put('/pods', { ...pod, spec: { ...objectAt(pod, 'spec'), nodeName: 'local' } });
    happened(bound, 'Normal', 'Scheduled', `Successfully assigned ${keyText(pod.metadata)} to local`);
    return bound;
  };

  const start = async (unbound: KubeObject): Promise<number | undefined> => {
    const pod = bind(unbound);
    const { uid = '' } = pod.metadata;
    const container = objectAt(listAt(pod, 'spec', 'containers')[0]);
    const image = ownEntry(images, String(container.image));
    if (!image) {
      wait(pod, 'ErrImagePull', `No image ${String(container.image)} is known on this machine`);
      return undefined;
    }
    const volumesDirectory = join(folderOf(pod), 'volumes');
    try {
      mkdirSync(volumesDirectory, { recursive: true, mode: 0o700 });
      const renewMs = await writeVolumes(cluster, pod, volumesDirectory);
      const environment = environmentOf(cluster, { pod, container, volumesDirectory });
      const latest = current(pod);
      if (isClosing || !latest || latest.metadata.deletionTimestamp !== undefined) return 0;
      run(pod, { image, container, environment, renewMs });
      return undefined;
    } catch (error) {
      if (!(error instanceof MountPending) && !(error instanceof ConfigMissing)) throw error;
      wait(
        pod,
        error instanceof ConfigMissing ? 'CreateContainerConfigError' : 'ContainerCreating',
        `MountVolume.SetUp failed: ${error.message}`,
      );
      log(`pod ${keyText(pod.metadata)} (${uid}) waits: ${error.message}`);
      return mountRetryMs;
    }
  };

  type Launch = {
    image: Image;
    container: JsonObject;
    environment: Record<string, string>;
    renewMs: number | undefined;
  };

  const run = (pod: KubeObject, { image, container, environment, renewMs }: Launch): void => {
    const { uid = '' } = pod.metadata;
    const texts = (field: string): string[] => listAt(container, field).map(String);
    const prefix = texts('command');
    const process = startProcess({
      command: [...(prefix.length > 0 ? prefix : image.command), ...texts('args')],
      directory: image.directory,
      environment: { ...image.environment, ...environment },
      logPath: cluster.podLogPath(uid),
      pidPath: join(folderOf(pod), 'pid'),
      now,
    });
    const startedAt = timestamp(now());
    const renew = (): void =>
      void writeVolumes(cluster, pod, join(folderOf(pod), 'volumes')).catch((error: unknown) =>
        log(`pod ${keyText(pod.metadata)}: its token was not renewed: ${String(error)}`),
      );
    const renewal = renewMs === undefined ? undefined : setInterval(renew, Math.min(renewMs, 2 ** 31 - 1));
    const untilEnd = async (): Promise<void> => {
      const exit = await process.exited;
      clearInterval(renewal);
      running.delete(uid);
      if (!isClosing) finish(pod, terminatedState({ exit, startedAt, now: now() }), exit.code);
    };
    const ended = untilEnd();
    running.set(uid, { process, startedAt, renewal, ended });
    show(pod, { phase: 'Running', state: { running: { startedAt } } });
    happened(pod, 'Normal', 'Started', `Container started: ${String(container.name)}`);
  };

  const finish = (pod: KubeObject, state: PodPicture['state'], code: number): void => {
    const live = current(pod);
    if (!live) return void forget(pod);
    const policy = objectAt(live, 'spec').restartPolicy;
    const isLeaving = live.metadata.deletionTimestamp !== undefined;
    if (!isLeaving && (policy === 'Always' || (policy === 'OnFailure' && code !== 0))) {
      restart(live, code);
      return;
    }
    show(live, { phase: code === 0 ? 'Succeeded' : 'Failed', state });
    if (isLeaving) deleteObject(cluster, pods, keyOf(live), { gracePeriodSeconds: 0 });
  };

  const restart = (pod: KubeObject, code: number): void => {
    const { uid = '' } = pod.metadata;
    const count = (restarts.get(uid) ?? 0) + 1;
    restarts.set(uid, count);
    const message = `back-off restarting failed container after exit code ${code}`;
    show(pod, { phase: 'Pending', state: { waiting: { reason: 'CrashLoopBackOff', message } } });
    loop.add(keyText(pod.metadata), Math.min(firstRestartMs * 2 ** (count - 1), longestRestartMs));
  };

  const endedThenForgotten = async (own: Running | undefined, pod: KubeObject): Promise<void> => {
    await own?.ended;
    await forget(pod);
  };
  const forget = (pod: KubeObject): Promise<void> => rm(folderOf(pod), { recursive: true, force: true });

  const reconcile = async (key: string): Promise<number | undefined> => {
    const pod = store.get('/pods', keyOfText(key));
    if (!pod) return undefined;
    const own = running.get(pod.metadata.uid ?? '');
    const { phase } = objectAt(pod, 'status');
    if (pod.metadata.deletionTimestamp !== undefined) {
      if (own) own.process.terminate((pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000);
      else if (!pod.metadata.finalizers?.length) deleteObject(cluster, pods, keyOf(pod), { gracePeriodSeconds: 0 });
      return undefined;
    }
    if (own || phase !== 'Pending') return undefined;
    const isWaiting = objectAt(objectAt(listAt(pod, 'status', 'containerStatuses')[0]), 'state', 'waiting').reason;
    // Its timer brings it here again.
    if (isWaiting === 'CrashLoopBackOff' && !restartsDue.delete(key)) {
      restartsDue.add(key);
      return undefined;
    }
    return isWaiting === 'ErrImagePull' ? undefined : start(pod);
  };
  const restartsDue = new Set<string>();

  /** Pods that ran when the server before this one stopped have no process any more. */
  const recover = (): void => {
    for (const pod of store.list('/pods')) {
      endLeftover(join(folderOf(pod), 'pid'));
      if (objectAt(pod, 'status').phase !== 'Running') continue;
      const message = 'The local platform stopped while the pod ran';
      const exit = { code: 137, signal: 'SIGKILL' as const };
      const startedAt = String(objectAt(pod, 'status').startTime);
      show(pod, {
        phase: 'Failed',
        reason: 'NodeShutdown',
        message,
        state: terminatedState({ exit, startedAt, now: now() }),
      });
    }
  };

  const loop = workLoop({ name: component, log, reconcile });
  recover();
  for (const pod of store.list('/pods')) loop.add(keyText(pod.metadata));
  const unsubscribe = store.subscribe(({ resource, object, type }) => {
    if (resource !== '/pods') return;
    if (type !== 'DELETED') {
      loop.add(keyText(object.metadata));
      return;
    }
    const own = running.get(object.metadata.uid ?? '');
    own?.process.terminate(closeGraceMs);
    void endedThenForgotten(own, object);
  });
  return {
    stop: async () => {
      isClosing = true;
      unsubscribe();
      await loop.stop();
      for (const { process } of running.values()) process.terminate(closeGraceMs);
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
};
