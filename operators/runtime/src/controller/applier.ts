import { isDeepStrictEqual } from 'node:util';
import type { KubeClient } from '../client/kube-client.ts';
import { keyText, type KubeObject, type ObjectKey, type Resource } from '../client/resource.ts';
import { digestOf } from '../digest.ts';
import { differences, isSpelling, type Difference } from './differences.ts';
import { foreignFields, leftFields } from './foreign-fields.ts';
import { ChangedByAdmission, ContestedObject } from './unsettled-object.ts';

export interface Applier {
  /**
   * Makes what we want stand in the cluster; false when it stood there already and nothing was written. `isNew` where it
   * cannot be there yet, as in a namespace of a moment ago: then nobody asks. Throws UnsettledObject where somebody fights
   * us, or admission makes something else of it.
   */
  ensure<Kind extends KubeObject>(
    resource: Resource<Kind>,
    desired: Kind,
    options?: { isNew: boolean },
  ): Promise<boolean>;
}

/** An object as a watch last showed it. An event brings another in its place, and the mark is gone. */
export interface Watched extends KubeObject {
  /** Digest of what we desired and found in this version. */
  inPlace?: number | undefined;
}

export interface ApplierOptions {
  client: KubeClient;
  fieldManager: string;
  /** What a watch shows of an object; undefined while it may have missed something. Without it every `ensure` reads. */
  watched?: ((resource: Resource, key: ObjectKey) => Watched | undefined) | undefined;
  now?: () => number;
}

// A person who edits by hand needs fewer tries to notice; a controller that fights us is stopped within a minute.
const mostRepairs = 5;
const windowMs = 10 * 60_000;

interface Written {
  /** Of what we desired then. */
  digest: number;
  /** What differed right after our write: nobody but admission, or the server's way to spell, can have made it so. */
  remained: readonly Difference[];
  repairedAt: readonly number[];
}

/** Whoever else owns fields of an object, by its managed fields. */
const othersIn = ({ metadata }: KubeObject, fieldManager: string): string => {
  const managers = ((metadata.managedFields ?? []) as { manager?: string; subresource?: string }[])
    .filter(({ manager, subresource }) => manager !== fieldManager && subresource === undefined)
    .map(({ manager }) => manager ?? 'unknown');
  return [...new Set(managers)].sort().join(', ') || 'somebody';
};

const isSameVersion = ({ metadata: one }: KubeObject, { metadata: other }: KubeObject): boolean =>
  one.uid === other.uid && one.resourceVersion === other.resourceVersion;

/** The object with our parts, such as its spec, exactly as we want them; its metadata and other parts as they are. */
const inParts = <Kind extends KubeObject>(actual: Kind, desired: Kind): Kind => ({
  ...actual,
  ...desired,
  metadata: {
    ...actual.metadata,
    labels: { ...actual.metadata.labels, ...desired.metadata.labels },
  },
});

/** Who fights us over the object, as a clause; who removes leaves no trace in what is gone. */
const fight = (actual: KubeObject | undefined, fieldManager: string): string =>
  actual
    ? `changed again and again by ${othersIn(actual, fieldManager)}`
    : 'removed again and again by somebody unknown';

/**
 * Server-side apply that writes only what differs, and reads only what a watch does not show unchanged since it was last
 * found right. It remembers for a while what it set right or made again, and nothing else: after a restart the first pass
 * writes at most once more, and the server makes that no change.
 */
export const createApplier = (options: ApplierOptions): Applier => {
  const { client, fieldManager, watched = () => undefined, now = Date.now } = options;
  /** By place and not by uid: what is made again is another object, and the fight over it the same. Oldest repair first. */
  const written = new Map<string, Written>();

  const forgetOld = (): void => {
    for (const [place, { repairedAt }] of written) {
      if (now() - (repairedAt.at(-1) ?? 0) <= windowMs) return;
      written.delete(place);
    }
  };

  const differing = (actual: KubeObject, desired: KubeObject): Difference[] => [
    ...differences(actual, desired),
    ...foreignFields(actual, desired, fieldManager),
    ...leftFields(actual, desired, fieldManager),
  ];

  const apply = <Kind extends KubeObject>(resource: Resource<Kind>, desired: Kind): Promise<Kind> =>
    client.apply(resource, desired, { fieldManager, force: true });
  const write = async <Kind extends KubeObject>(resource: Resource<Kind>, desired: Kind): Promise<Kind> => {
    const result = await apply(resource, desired);
    // What others put beside our fields stays through an apply; an update writes our parts as a whole.
    return differing(result, desired).length === 0
      ? result
      : client.update(resource, inParts(result, desired), { fieldManager });
  };

  /** Throws unless what remained after our write is the server's spelling. */
  const accept = (
    resource: Resource,
    desired: KubeObject,
    { remained, repairedAt }: Pick<Written, 'remained' | 'repairedAt'>,
  ): void => {
    const changed = remained.filter((difference) => !isSpelling(difference));
    if (changed.length === 0) return;
    const retryInMs = (repairedAt.at(-1) ?? now()) + windowMs - now();
    throw new ChangedByAdmission(resource, desired, { differences: changed, retryInMs });
  };

  const remember = (place: string, entry: Written): void => {
    forgetOld();
    written.delete(place);
    written.set(place, entry);
  };

  return {
    ensure: async (resource, desired, { isNew } = { isNew: false }) => {
      const place = `${resource.plural}/${keyText(desired.metadata)}`;
      if (isNew) {
        const remained = differing(await apply(resource, desired), desired);
        if (remained.length === 0) return true;
        const entry = { digest: digestOf(desired), remained, repairedAt: [now()] };
        remember(place, entry);
        accept(resource, desired, entry);
        return true;
      }
      const digest = digestOf(desired);
      if (watched(resource, desired.metadata)?.inPlace === digest) return false;
      const actual = await client.read(resource, desired.metadata);
      const remains = actual && differing(actual, desired);
      if (actual && remains?.length === 0) {
        const seen = watched(resource, desired.metadata);
        if (seen && isSameVersion(seen, actual)) seen.inPlace = digest;
        return false;
      }
      // A change of what we want begins anew.
      const last = written.get(place);
      const before = last?.digest === digest ? last : undefined;
      const recent = (before?.repairedAt ?? []).filter((at) => now() - at < windowMs);
      if (before && recent.length > 0 && isDeepStrictEqual(remains, before.remained)) {
        accept(resource, desired, before);
        return false;
      }
      if (recent.length >= mostRepairs) {
        throw new ContestedObject(
          `${resource.kind} ${keyText(desired.metadata)} is ${fight(actual, fieldManager)}; the operator has stopped setting it right`,
          (recent[0] ?? now()) + windowMs - now(),
        );
      }
      const entry = {
        digest,
        remained: differing(await write(resource, desired), desired),
        repairedAt: [...recent, now()],
      };
      remember(place, entry);
      accept(resource, desired, entry);
      return true;
    },
  };
};
