import type { KubeClient } from './kube-client.ts';
import { keyText, type KubeObject, type ObjectKey, type Resource } from './resource.ts';

export interface OwnWrites {
  /** The same client; what its writes come to is remembered. */
  client: KubeClient;
  /** Whether this version of the object came of a write of this process, once those that are under way have ended. */
  isOurs: (resource: Resource, object: KubeObject) => Promise<boolean>;
}

// Their events come within moments, and what is forgotten too early costs one pass in which nothing is to do.
const remembered = 5_000;

const versionOf = ({ metadata }: KubeObject): string => `${metadata.uid}/${metadata.resourceVersion}`;
const placeOf = ({ plural }: Resource, key: ObjectKey): string => `${plural}/${keyText(key)}`;

/**
 * Tells the events of our own writes from those of others, so that a write does not bring the key back for a pass in which
 * nothing is to do. An event often overtakes the answer of its write: what is under way is waited for.
 */
export const rememberWrites = (client: KubeClient): OwnWrites => {
  const versions = new Set<string>();
  const underWay = new Map<string, Promise<unknown>>();

  const remember = (object: KubeObject): void => {
    versions.add(versionOf(object));
    // A set keeps its order: the oldest comes first.
    const [oldest] = versions;
    if (versions.size > remembered && oldest !== undefined) versions.delete(oldest);
  };
  const watched = async <Kind extends KubeObject>(place: string, write: () => Promise<Kind>): Promise<Kind> => {
    const writing = write().then((object) => {
      remember(object);
      return object;
    });
    underWay.set(place, writing);
    try {
      return await writing;
    } finally {
      if (underWay.get(place) === writing) underWay.delete(place);
    }
  };
  return {
    client: {
      ...client,
      create: (resource, object, options) =>
        watched(placeOf(resource, object.metadata), () => client.create(resource, object, options)),
      apply: (resource, object, options) =>
        watched(placeOf(resource, object.metadata), () => client.apply(resource, object, options)),
      update: (resource, object, options) =>
        watched(placeOf(resource, object.metadata), () => client.update(resource, object, options)),
      mergePatch: (resource, key, patch, options) =>
        watched(placeOf(resource, key), () => client.mergePatch(resource, key, patch, options)),
    },
    isOurs: async (resource, object) => {
      // Its failure is its caller's business.
      await underWay.get(placeOf(resource, object.metadata))?.catch(() => undefined);
      return versions.has(versionOf(object));
    },
  };
};
