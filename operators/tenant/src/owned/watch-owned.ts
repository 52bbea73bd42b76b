import { isDeepStrictEqual } from 'node:util';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { OwnWrites } from '@legendops/operator-runtime/client/own-writes';
import {
  keyText,
  metadataOf,
  type KubeObject,
  type ObjectKey,
  type Resource,
} from '@legendops/operator-runtime/client/resource';
import { digestOf } from '@legendops/operator-runtime/digest';
import type { Watched } from '@legendops/operator-runtime/controller/applier';
import type { Change, ObjectLookup } from '@legendops/operator-runtime/reflector/object-cache';
import { startReflector, type Pace, type Reflector } from '@legendops/operator-runtime/reflector/reflector';
import { fieldManager, labels } from '../api/tenant.ts';
import { failingJobs, type FailingJob, type RunHealth } from '../job-health.ts';
import { ownedKindNames, ownedKinds, type OwnedKind } from './owned-kinds.ts';
import { cronJobs, namespaces } from './resources.ts';
import { shared } from '../shared.ts';

/** What is kept of an object that we made, in few words: at 10,000 tenants it is kept 90,000 times. */
export interface Kept extends Watched {
  /** Digest of what differs when somebody changed the object, and not when only its status moved. */
  substance: number;
  /** Of a CronJob: how its runs go. */
  health?: RunHealth | undefined;
}

const substanceOf = ({ metadata, spec }: KubeObject & { spec?: unknown }): number =>
  digestOf([metadata.labels, metadata.deletionTimestamp, spec ?? metadata.generation ?? metadata.resourceVersion]);

/** Whether a change asks for another look at the tenant. What appears was made by us, or is found by the full pass. */
export const isTouched = ({ type, object, previous }: Change<Kept>): boolean =>
  type === 'deleted' ||
  (type === 'updated' &&
    (previous?.substance !== object.substance || !isDeepStrictEqual(previous.health, object.health)));

/** Keeps what a change is told by. */
export const keepSubstance = () => {
  const textOf = shared((text) => text);
  const labelsOf = shared((tenant) => ({ [labels.tenant]: tenant }));
  return (object: KubeObject & { spec?: unknown }): Kept => {
    const { name, namespace, uid = '', resourceVersion = '', labels: given } = object.metadata;
    const tenant = given?.[labels.tenant];
    const metadata = {
      name: textOf(name),
      uid,
      resourceVersion,
      ...(namespace !== undefined && { namespace: textOf(namespace) }),
      ...(tenant !== undefined && { labels: labelsOf(tenant) }),
    };
    return { metadata, substance: substanceOf(object), inPlace: undefined };
  };
};

const tenantOf = ({ metadata }: KubeObject): string | undefined => metadata.labels?.[labels.tenant];

export interface WatchOwnedOptions {
  kube: KubeClient;
  pace?: Pace | undefined;
  /** Whether a version came of our own write, whose answer we have seen. */
  isOurs: OwnWrites['isOurs'];
  /** Told the name of the tenant whose object was changed or removed. */
  onTouched: (tenant: string) => void;
  onError: (kind: string, error: unknown, retryInMs: number) => void;
}

export interface OwnedWatches {
  reflectors: Reflector<Kept>[];
  /** What is known of an object of ours; undefined while its watch may have missed something. */
  watched(resource: Resource, key: ObjectKey): Kept | undefined;
  /** Of the CronJobs in this namespace, as far as their watch has come. */
  failingJobs(namespace: string): FailingJob[];
  /** All of ours in a namespace, desired or not; undefined likewise. */
  inNamespace(kind: OwnedKind, namespace: string): readonly Kept[] | undefined;
}

type Followed = Pick<OwnedKind, 'resource' | 'watches' | 'fieldSelector' | 'healthOf'> &
  Partial<Pick<OwnedKind, 'names'>>;

const followed: readonly Followed[] = [
  { resource: namespaces, watches: 'metadata' },
  ...ownedKindNames.map((name): OwnedKind => ownedKinds[name]),
];

/** A watch for each kind of object that the operator makes. */
export const watchOwned = ({ kube, pace, isOurs, onTouched, onError }: WatchOwnedOptions): OwnedWatches => {
  const keep = keepSubstance();
  const byPlural = new Map<string, Reflector<Kept>>();
  for (const { resource, watches, fieldSelector, names, healthOf: ofRuns } of followed) {
    const onChange = (change: Change<Kept>): void => {
      // A run that is under way says nothing: what was known before it stands until it ends.
      if (change.object.health === 'running') change.object.health = change.previous?.health ?? 'succeeding';
      if (!isTouched(change)) {
        // Its status moved: what was in place is so still.
        change.object.inPlace = change.previous?.inPlace;
        return;
      }
      // A label that was changed names another tenant now; the one that it named before has lost something.
      const names = new Set([tenantOf(change.object), change.previous && tenantOf(change.previous)]);
      const tell = (): void => {
        for (const name of names) if (name !== undefined) onTouched(name);
      };
      if (change.type === 'deleted') tell();
      else void isOurs(resource, change.object).then((ours) => !ours && tell());
    };
    const reflector = startReflector<KubeObject, Kept>({
      client: kube,
      resource: watches === 'metadata' ? metadataOf(resource) : resource,
      keep: ofRuns ? (object) => ({ ...keep(object), health: ofRuns(object) }) : keep,
      // What has one of the usual names is found by it: of 90,000 objects a group is remembered for the odd ones alone.
      ...(names && {
        index: ({ metadata }: Kept) => (names.includes(metadata.name) ? [] : [metadata.namespace ?? '']),
      }),
      ...(pace && { pace }),
      fieldSelector,
      labelSelector: `${labels.managedBy}=${fieldManager}`,
      onError: (error, retryInMs) => onError(resource.plural, error, retryInMs),
      onChange,
    });
    byPlural.set(resource.plural, reflector);
  }
  const currentCache = ({ plural }: Resource): ObjectLookup<Kept> | undefined => {
    const reflector = byPlural.get(plural);
    return reflector?.isCurrent() ? reflector.cache : undefined;
  };
  return {
    reflectors: [...byPlural.values()],
    watched: (resource, key) => currentCache(resource)?.get(keyText(key)),
    inNamespace: ({ resource, names }, namespace) => {
      const cache = currentCache(resource);
      return (
        cache && [
          ...names.flatMap((name) => cache.get(keyText({ name, namespace })) ?? []),
          ...cache.inGroup(namespace),
        ]
      );
    },
    failingJobs: (namespace) =>
      failingJobs((name) => byPlural.get(cronJobs.plural)?.cache.get(keyText({ name, namespace }))?.health),
  };
};
