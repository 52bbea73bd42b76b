import { expired } from '../object/api-error.ts';
import type { KubeObject } from '../object/kube-object.ts';
import type { Journal } from './journal.ts';

export type ObjectKey = { name: string; namespace?: string | undefined };

export type StoreEvent = {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  version: number;
  /** `group/plural`. */
  resource: string;
  object: KubeObject;
  previous: KubeObject | undefined;
};

export type ObjectStore = {
  version(): number;
  get(resource: string, key: ObjectKey): KubeObject | undefined;
  /** In the order of namespace and name. */
  list(resource: string, namespace?: string): KubeObject[];
  resources(): string[];
  put(resource: string, object: KubeObject): KubeObject;
  remove(resource: string, object: KubeObject): KubeObject;
  /** Events after a version; 410 Expired when some of them are forgotten. */
  since(version: number): StoreEvent[];
  subscribe(listener: (event: StoreEvent) => void): () => void;
  /** Forgets all past events. */
  compact(): void;
  isCompacted(version: number): boolean;
};

const keptEvents = 5_000;
const versionKey = 'resourceVersion';

// U+0000 sorts before all characters of names.
const keyOf = ({ name, namespace = '' }: ObjectKey): string => `${namespace}\0${name}`;

/** All objects, the counter of their versions and the last few thousand events. */
export const objectStore = (journal: Journal): ObjectStore => {
  const all = new Map<string, Map<string, KubeObject>>();
  const sorted = new Map<string, string[]>();
  const listeners = new Set<(event: StoreEvent) => void>();
  let events: StoreEvent[] = [];
  let version = Number(journal.initial.get(versionKey) ?? 100);
  // Events before this process are not known.
  let compactedAt = version;

  const objectsOf = (resource: string): Map<string, KubeObject> => {
    const known = all.get(resource);
    if (known) return known;
    const created = new Map<string, KubeObject>();
    all.set(resource, created);
    return created;
  };
  for (const [key, value] of journal.initial) {
    if (key === versionKey) continue;
    const [resource = '', ...rest] = key.split('\0');
    objectsOf(resource).set(rest.join('\0'), value as KubeObject);
  }
  const sortedKeys = (resource: string): string[] => {
    const known = sorted.get(resource);
    if (known) return known;
    const keys = [...objectsOf(resource).keys()].sort();
    sorted.set(resource, keys);
    return keys;
  };
  const record = (event: Omit<StoreEvent, 'version'>): void => {
    journal.append({ key: versionKey, value: version });
    events.push({ ...event, version });
    if (events.length > keptEvents * 1.2) {
      const dropped = events.length - keptEvents;
      compactedAt = events[dropped - 1]?.version ?? compactedAt;
      events = events.slice(dropped);
    }
    for (const listener of listeners) listener({ ...event, version });
  };
  const stamped = (object: KubeObject): KubeObject => {
    version += 1;
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
  };
  return {
    version: () => version,
    get: (resource, key) => all.get(resource)?.get(keyOf(key)),
    list: (resource, namespace) => {
      const objects = objectsOf(resource);
      const wanted = namespace === undefined ? undefined : `${namespace}\0`;
      return sortedKeys(resource).flatMap((key) =>
        wanted === undefined || key.startsWith(wanted) ? (objects.get(key) ?? []) : [],
      );
    },
    resources: () => [...all.keys()],
    put: (resource, unstamped) => {
      const object = stamped(unstamped);
      const key = keyOf(object.metadata);
      const objects = objectsOf(resource);
      const previous = objects.get(key);
      objects.set(key, object);
      if (!previous) sorted.delete(resource);
      journal.append({ key: `${resource}\0${key}`, value: object });
      record({ type: previous ? 'MODIFIED' : 'ADDED', resource, object, previous });
      return object;
    },
    remove: (resource, unstamped) => {
      const object = stamped(unstamped);
      const key = keyOf(object.metadata);
      const previous = objectsOf(resource).get(key);
      objectsOf(resource).delete(key);
      sorted.delete(resource);
      journal.append({ key: `${resource}\0${key}` });
      record({ type: 'DELETED', resource, object, previous });
      return object;
    },
    since: (from) => {
      if (from < compactedAt) throw expired(`too old resource version: ${from} (${compactedAt})`);
      return events.filter((event) => event.version > from);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    compact: () => {
      events = [];
      compactedAt = version;
    },
    isCompacted: (from) => from < compactedAt,
  };
};
