import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import type { OwnWrites } from '@legendops/operator-runtime/client/own-writes';
import { metadataOf, type KubeObject, type Resource } from '@legendops/operator-runtime/client/resource';
import type { Change } from '@legendops/operator-runtime/reflector/object-cache';
import { startReflector, type Pace, type Reflector } from '@legendops/operator-runtime/reflector/reflector';
import { fieldManager, labels } from './api/tenant.ts';
import {
  cronJobs,
  limitRanges,
  namespaces,
  networkPolicies,
  resourceQuotas,
  secrets,
  serviceAccounts,
} from './phases/resources.ts';

interface Owned {
  resource: Resource;
  fieldSelector?: string;
}

/**
 * What is made for tenants. Metadata says whether somebody touched it, and spares memory: at 10,000 tenants these are
 * 120,000 objects. A quota has no generation and its status moves with every pod, so it comes as a whole. Secrets are
 * chosen by name: RBAC knows no labels, but it lets a role list and watch the one name `database` and no other.
 */
const owned: readonly Owned[] = [
  { resource: metadataOf(namespaces) },
  { resource: resourceQuotas },
  { resource: metadataOf(limitRanges) },
  { resource: metadataOf(networkPolicies) },
  { resource: metadataOf(serviceAccounts) },
  { resource: metadataOf(secrets), fieldSelector: 'metadata.name=database' },
  { resource: metadataOf(cronJobs) },
];

/** What differs when somebody changed the object, and not when only its status moved. */
const substance = ({ metadata, ...rest }: KubeObject & { spec?: unknown }): string =>
  JSON.stringify([
    metadata.labels,
    metadata.deletionTimestamp,
    rest.spec ?? metadata.generation ?? metadata.resourceVersion,
  ]);

/** Whether a change asks for another look at the tenant. What appears was made by us, or is found by the full pass. */
export const isTouched = ({ type, object, previous }: Change<KubeObject>): boolean =>
  type === 'deleted' || (type === 'updated' && previous !== undefined && substance(previous) !== substance(object));

// Twelve objects a tenant share their namespace and labels, and all tenants the objects' names.
const mostShared = 50_000;

const sharing = () => {
  const known = new Map<string, unknown>();
  return <T>(key: string, value: T): T => {
    const held = known.get(key);
    if (held !== undefined) return held as T;
    if (known.size >= mostShared) known.clear();
    known.set(key, value);
    return value;
  };
};

/** What a change is told by, and nothing else: at 10,000 tenants it is kept 120,000 times. */
export const keepSubstance = () => {
  const shared = sharing();
  return (object: KubeObject & { spec?: unknown }): KubeObject & { spec?: unknown } => {
    const { name, namespace, uid, resourceVersion, generation, deletionTimestamp, labels: given } = object.metadata;
    const metadata = {
      name: shared(name, name),
      ...(namespace !== undefined && { namespace: shared(namespace, namespace) }),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
      ...(generation !== undefined && { generation }),
      ...(deletionTimestamp !== undefined && { deletionTimestamp }),
      ...(given && { labels: shared(JSON.stringify(given), given) }),
    };
    return { metadata, ...(object.spec !== undefined && { spec: object.spec }) };
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

/** A watch for each kind of object that the operator makes. */
export const watchOwned = ({ kube, pace, isOurs, onTouched, onError }: WatchOwnedOptions): Reflector<KubeObject>[] => {
  const keep = keepSubstance();
  return owned.map(({ resource, fieldSelector }) =>
    startReflector({
      client: kube,
      resource,
      keep,
      ...(pace && { pace }),
      fieldSelector,
      labelSelector: `${labels.managedBy}=${fieldManager}`,
      onError: (error, retryInMs) => onError(resource.plural, error, retryInMs),
      onChange: (change) => {
        if (!isTouched(change)) return;
        // A label that was changed names another tenant now; the one that it named before has lost something.
        const names = new Set([tenantOf(change.object), change.previous && tenantOf(change.previous)]);
        const tell = (): void => {
          for (const name of names) if (name !== undefined) onTouched(name);
        };
        if (change.type === 'deleted') tell();
        else void isOurs(resource, change.object).then((ours) => !ours && tell());
      },
    }),
  );
};
