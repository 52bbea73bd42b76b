import type { KubeClient } from '../client/kube-client.ts';
import { keyText, type KubeObject, type Resource } from '../client/resource.ts';
import { isExpired, StatusError } from '../client/status-error.ts';
import { defaultMetrics, type RuntimeMetrics } from '../metrics/runtime-metrics.ts';
import { tellSafely } from '../tell-safely.ts';
import { ObjectCache, type Change, type Index, type ObjectLookup } from './object-cache.ts';

export interface ReflectorOptions<Kind extends KubeObject, Kept extends KubeObject = Kind> {
  client: KubeClient;
  resource: Resource<Kind>;
  /** All namespaces, unless one is named; `startReflectors` follows several. */
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  index?: Index<Kept>;
  /** Told of every change, in order. It should enqueue a key and nothing more; what it throws is reported and dropped. */
  onChange: (change: Change<Kept>) => void;
  onError: (error: unknown, retryInMs: number) => void;
  /** What of an object is remembered and told; by default all but what nobody reads. */
  keep?: ((object: Kind) => Kept) | undefined;
  random?: () => number;
  pace?: Pace;
  metrics?: RuntimeMetrics;
}

export interface Pace {
  /** The wait after a first failure; it doubles with each further one. */
  firstDelayMs: number;
  longestDelayMs: number;
  /** After so long without a byte a stream is dead, whatever TCP says. Bookmarks come about once a minute. */
  silenceMs: number;
}

export interface Reflector<Kind extends KubeObject> {
  cache: ObjectLookup<Kind>;
  hasSynced(): boolean;
  synced: Promise<void>;
  /** Milliseconds since the server last answered or refused us: longer than the pauses between tries means stuck. */
  stalledForMs(): number;
  /** Lists anew instead of trusting the events so far; done when what they missed has been told. */
  resync(): Promise<void>;
  /** False while it lists anew: until then its cache may have missed something. */
  isCurrent(): boolean;
  stop(): Promise<void>;
}

const pageLimit = '500';
const usualPace: Pace = { firstDelayMs: 800, longestDelayMs: 30_000, silenceMs: 90_000 };
const healthyMs = 120_000;
const shortestWatchMs = 5_000;

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

// Half of an object's bytes, and nobody reads them here.
const slim = <Kind extends KubeObject>(object: Kind): Kind => {
  delete object.metadata.managedFields;
  if (object.metadata.annotations) delete object.metadata.annotations[lastApplied];
  return object;
};

/** Keeps a cache equal to the server: list in pages, watch, relist when the server has forgotten where we were. */
export const startReflector = <Kind extends KubeObject, Kept extends KubeObject = Kind>(
  options: ReflectorOptions<Kind, Kept>,
): Reflector<Kept> => {
  const { client, resource, namespace, random = Math.random, pace = usualPace, metrics = defaultMetrics } = options;
  // Without `keep` the two kinds are one.
  const { keep = (object: Kind) => object as KubeObject as Kept } = options;
  const cache = new ObjectCache<Kept>(options.index);
  const stopping = new AbortController();
  const synced = Promise.withResolvers<void>();
  const name = resource.plural;
  let hasSynced = false;
  let renewing = new AbortController();
  const askedToRenew: (() => void)[] = [];
  let triedAt = Date.now();
  let resourceVersion: string | undefined;

  const kept = (object: Kind): Kept => keep(slim(object));
  const heard = (): void => {
    triedAt = Date.now();
    metrics.reflectorLastEvent.set({ name }, triedAt / 1000);
  };
  const tellError = (error: unknown, retryInMs: number): void => tellSafely(() => options.onError(error, retryInMs));
  const tell = (changes: readonly Change<Kept>[]): void => {
    for (const change of changes) {
      try {
        options.onChange(change);
      } catch (error) {
        tellError(error, 0);
      }
    }
  };
  const query = (more: Record<string, string>): Record<string, string> => ({
    ...(options.labelSelector !== undefined && { labelSelector: options.labelSelector }),
    ...(options.fieldSelector !== undefined && { fieldSelector: options.fieldSelector }),
    ...more,
  });

  const relist = async (reason: string): Promise<void> => {
    metrics.reflectorRelists.inc({ name, reason });
    // Who asks from here on waits for the next list.
    renewing = new AbortController();
    const served = askedToRenew.length;
    const listed = new Set<string>();
    let next: string | undefined;
    let version = '';
    do {
      const page = await client.list(
        resource,
        query({ limit: pageLimit, ...(next !== undefined && { continue: next }) }),
        namespace,
      );
      // Page by page: a whole list beside the cache would be the most memory that is ever needed.
      for (const object of page.items.map(kept)) {
        listed.add(keyText(object.metadata));
        tell(cache.put(object));
      }
      next = page.continue;
      version = page.resourceVersion;
    } while (next !== undefined);
    heard();
    resourceVersion = version;
    tell(cache.removeAllBut(listed));
    if (!hasSynced) synced.resolve();
    hasSynced = true;
    for (const done of askedToRenew.splice(0, served)) done();
  };

  const follow = async (from: string): Promise<void> => {
    const timeoutSeconds = Math.floor(300 + random() * 300);
    const silent = new AbortController();
    let timer = setTimeout(() => silent.abort(), pace.silenceMs);
    const onBytes = (): void => {
      heard();
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), pace.silenceMs);
    };
    try {
      const signal = AbortSignal.any([stopping.signal, silent.signal, renewing.signal]);
      const asked = query({ resourceVersion: from, timeoutSeconds: String(timeoutSeconds) });
      for await (const event of client.watch(resource, { query: asked, namespace, signal, onBytes })) {
        resourceVersion = event.object.metadata.resourceVersion ?? resourceVersion;
        if (event.type === 'DELETED') tell(cache.remove(event.object));
        else if (event.type !== 'BOOKMARK') tell(cache.put(kept(event.object)));
      }
    } finally {
      clearTimeout(timer);
    }
  };

  const pause = async (ms: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    const onAbort = (): void => resolve();
    stopping.signal.addEventListener('abort', onAbort);
    await promise;
    clearTimeout(timer);
    // A listener for every pause would pile up over the years that this runs.
    stopping.signal.removeEventListener('abort', onAbort);
  };

  const run = async (): Promise<void> => {
    let delayMs = pace.firstDelayMs;
    let reason = 'start';
    const pauseAndSlowDown = async (waitMs: number): Promise<void> => {
      await pause(waitMs);
      delayMs = Math.min(delayMs * 2, pace.longestDelayMs);
    };
    while (!stopping.signal.aborted) {
      const began = Date.now();
      try {
        if (resourceVersion === undefined) await relist(reason);
        if (resourceVersion !== undefined) await follow(resourceVersion);
        // The server ends every watch in time; one that ends at once is a failure in disguise.
        if (Date.now() - began > shortestWatchMs) delayMs = pace.firstDelayMs;
        else await pauseAndSlowDown(delayMs * (0.5 + random()));
      } catch (error) {
        if (stopping.signal.aborted) return;
        triedAt = Date.now();
        if (renewing.signal.aborted) {
          resourceVersion = undefined;
          reason = 'resync';
          continue;
        }
        if (isExpired(error)) {
          resourceVersion = undefined;
          reason = 'expired';
        }
        if (Date.now() - began > healthyMs) delayMs = pace.firstDelayMs;
        const askedMs = error instanceof StatusError ? (error.retryAfterMs ?? 0) : 0;
        const waitMs = Math.max(delayMs * (0.5 + random()), askedMs);
        tellError(error, waitMs);
        await pauseAndSlowDown(waitMs);
      }
    }
  };
  const done = run();
  return {
    cache,
    hasSynced: () => hasSynced,
    synced: synced.promise,
    stalledForMs: () => Date.now() - triedAt,
    resync: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      askedToRenew.push(resolve);
      renewing.abort();
      return promise;
    },
    isCurrent: () => resourceVersion !== undefined && !renewing.signal.aborted,
    stop: async () => {
      stopping.abort();
      await done;
    },
  };
};
