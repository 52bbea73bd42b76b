import { createHash } from 'node:crypto';
import type { KubeClient } from '../client/kube-client.ts';
import { keyText, type KubeObject, type Resource } from '../client/resource.ts';
import { contains } from './contains.ts';
import { hasForeignFields } from './foreign-fields.ts';

/** Somebody else changes an object of ours as often as we set it right; we stop, and say who. */
export class ContestedObject extends Error {
  override readonly name = 'ContestedObject';
  readonly retryInMs: number;

  constructor(message: string, retryInMs: number) {
    super(message);
    this.retryInMs = retryInMs;
  }
}

export interface Applier {
  /**
   * Makes what we want stand in the cluster; false when it stood there already and nothing was written. `isNew` where it
   * cannot be there yet, as in a namespace of a moment ago: then nobody asks.
   */
  ensure<Kind extends KubeObject>(
    resource: Resource<Kind>,
    wanted: Kind,
    options?: { isNew: boolean },
  ): Promise<boolean>;
}

export interface ApplierOptions {
  client: KubeClient;
  fieldManager: string;
  now?: () => number;
}

// A person who edits by hand needs fewer tries to notice; a controller that fights us is stopped within a minute.
const mostRepairs = 5;
const windowMs = 10 * 60_000;

interface Written {
  /** Of what we wanted then. */
  digest: string;
  /** The object as that write left it: what still differs there is how the server spells it. */
  resourceVersion: string | undefined;
  repairedAt: number[];
}

const digestOf = (wanted: unknown): string =>
  createHash('sha256').update(JSON.stringify(wanted)).digest('base64url').slice(0, 16);

/** Whoever else owns fields of an object, by its managed fields. */
const othersIn = ({ metadata }: KubeObject, fieldManager: string): string => {
  const managers = ((metadata.managedFields ?? []) as { manager?: string; subresource?: string }[])
    .filter(({ manager, subresource }) => manager !== fieldManager && subresource === undefined)
    .map(({ manager }) => manager ?? 'unknown');
  return [...new Set(managers)].sort().join(', ') || 'somebody';
};

/** The object with our parts, such as its spec, exactly as we want them; its metadata and other parts as they are. */
const inParts = <Kind extends KubeObject>(actual: Kind, wanted: Kind): Kind => ({
  ...actual,
  ...wanted,
  metadata: {
    ...actual.metadata,
    labels: { ...actual.metadata.labels, ...wanted.metadata.labels },
  },
});

/**
 * Server-side apply that writes only what differs. It remembers writes over objects that were there before, and nothing
 * else: after a restart the first pass writes at most once more, and the server makes that no change.
 */
export const createApplier = ({ client, fieldManager, now = Date.now }: ApplierOptions): Applier => {
  const written = new Map<string, Written>();

  const forgetOld = (): void => {
    for (const [key, { repairedAt }] of written) if (now() - (repairedAt.at(-1) ?? 0) > windowMs) written.delete(key);
  };

  /** The times of earlier repairs with this one; a change of what we want begins anew. */
  const repairs = (key: string, digest: string, actual: KubeObject, kind: string): number[] => {
    const before = written.get(key);
    if (before?.digest !== digest) return [now()];
    const recent = before.repairedAt.filter((at) => now() - at < windowMs);
    if (recent.length < mostRepairs) return [...recent, now()];
    throw new ContestedObject(
      `${kind} ${keyText(actual.metadata)} is changed again and again by ${othersIn(actual, fieldManager)}; the operator has stopped setting it right`,
      (recent[0] ?? now()) + windowMs - now(),
    );
  };

  const isInPlace = (actual: KubeObject, wanted: KubeObject): boolean =>
    contains(actual, wanted) && !hasForeignFields(actual, wanted, fieldManager);

  return {
    ensure: async (resource, wanted, { isNew } = { isNew: false }) => {
      const actual = isNew ? undefined : await client.read(resource, wanted.metadata);
      if (!actual) {
        await client.apply(resource, wanted, { fieldManager, force: true });
        return true;
      }
      if (isInPlace(actual, wanted)) return false;
      const key = `${resource.plural}/${keyText(actual.metadata)}/${actual.metadata.uid}`;
      const digest = digestOf(wanted);
      const before = written.get(key);
      if (before?.digest === digest && before.resourceVersion === actual.metadata.resourceVersion) return false;
      forgetOld();
      const repairedAt = repairs(key, digest, actual, resource.kind);
      let result = await client.apply(resource, wanted, { fieldManager, force: true });
      // What others put beside our fields stays through an apply; an update writes our parts as a whole.
      if (!isInPlace(result, wanted)) result = await client.update(resource, inParts(result, wanted), { fieldManager });
      written.set(key, { digest, resourceVersion: result.metadata.resourceVersion, repairedAt });
      return true;
    },
  };
};
