import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, Resource } from '../client/resource.ts';
import { isNotFound } from '../client/status-error.ts';
import { tellSafely } from '../tell-safely.ts';
import { settlesWithin } from '../settles-within.ts';
import { ToldEvents } from './told-events.ts';

interface Event extends KubeObject {
  eventTime: string;
  action: string;
  type: 'Normal' | 'Warning';
  reason: string;
  note: string;
  regarding: {
    apiVersion: string;
    kind: string;
    name: string;
    uid?: string | undefined;
    namespace?: string | undefined;
  };
  reportingController: string;
  reportingInstance: string;
  series?: { count: number; lastObservedTime: string };
}

const events: Resource<Event> = { apiVersion: 'events.k8s.io/v1', kind: 'Event', plural: 'events', namespaced: true };

export interface Happening {
  type: 'Normal' | 'Warning';
  /** One word of a fixed set, for programs. */
  reason: string;
  /** What the controller was doing. */
  action: string;
  /** For people; never a secret, and without anything that differs each time, or it cannot be counted up. */
  note: string;
}

export interface EventRecorder {
  /** Tells where `kubectl describe` shows it. Best effort: what fails is reported and forgotten, nobody waits for it. */
  record(resource: Resource, object: KubeObject, happening: Happening): void;
  /** When everything that was recorded has been sent, or the budget is over: after an outage thousands may wait. */
  settled(budgetMs?: number): Promise<void>;
}

export interface RecorderOptions {
  client: KubeClient;
  controller: string;
  onError: (error: unknown) => void;
  now?: () => Date;
}

// As in client-go: the same again within six minutes counts up one event instead of making another.
const seriesMs = 6 * 60_000;
// One thing that flaps with ever new words must not fill the API server.
const mostOfOneObject = 25;
const longestNote = 1_024;
// Whoever stops has the lease to give back yet.
const settledMs = 2_000;

const microTime = (date: Date): string => date.toISOString().replace('Z', '000Z');

const clip = (note: string): string => {
  const bytes = Buffer.from(note);
  return bytes.length <= longestNote
    ? note
    : `${bytes
        .subarray(0, longestNote - 3)
        .toString()
        .replace(/\uFFFD+$/, '')}…`;
};

/** Events of a controller through events.k8s.io, repetitions counted as series. */
export const createEventRecorder = ({
  client,
  controller,
  onError,
  now = () => new Date(),
}: RecorderOptions): EventRecorder => {
  const told = new ToldEvents(seriesMs);
  let sending = Promise.resolve();

  const create = async (id: string, resource: Resource, { metadata }: KubeObject, said: Happening): Promise<void> => {
    const namespace = metadata.namespace ?? 'default';
    const at = now();
    const name = `${metadata.name.slice(0, 200)}.${randomBytes(8).toString('hex')}`;
    told.add(id, { uid: metadata.uid, key: { name, namespace }, count: 1, at: at.getTime() });
    await client.create(events, {
      apiVersion: events.apiVersion,
      kind: events.kind,
      metadata: { name, namespace },
      eventTime: microTime(at),
      ...said,
      note: clip(said.note),
      regarding: {
        apiVersion: resource.apiVersion,
        kind: resource.kind,
        name: metadata.name,
        uid: metadata.uid,
        namespace: metadata.namespace,
      },
      reportingController: controller,
      reportingInstance: `${controller}-${hostname()}`.slice(0, 128),
    });
  };

  const send = async (resource: Resource, object: KubeObject, said: Happening): Promise<void> => {
    const { uid } = object.metadata;
    const at = now();
    const id = ToldEvents.idOf(uid, said.type, said.reason, said.action, said.note);
    const before = told.again(id, at.getTime());
    if (!before) return told.countOf(uid) < mostOfOneObject ? create(id, resource, object, said) : undefined;
    const series = { count: before.count, lastObservedTime: microTime(at) };
    try {
      await client.mergePatch(events, before.key, { series });
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await create(id, resource, object, said);
    }
    return undefined;
  };

  return {
    record: (resource, object, happening) => {
      sending = sending
        .then(() => send(resource, object, happening))
        .catch((error: unknown) => tellSafely(() => onError(error)));
    },
    settled: async (budgetMs = settledMs) => {
      await settlesWithin(sending, budgetMs);
    },
  };
};
