import { hostname } from 'node:os';
import { randomBytes } from 'node:crypto';
import type { KubeClient } from '../client/kube-client.ts';
import type { KubeObject, ObjectKey, Resource } from '../client/resource.ts';
import { isConflict, isNotFound, StatusError } from '../client/status-error.ts';
import { defaultMetrics, type RuntimeMetrics } from '../metrics/runtime-metrics.ts';
import { tellSafely } from '../tell-safely.ts';
import { settlesWithin } from '../settles-within.ts';

interface Lease extends KubeObject {
  spec: {
    holderIdentity?: string | null;
    leaseDurationSeconds?: number;
    acquireTime?: string;
    renewTime?: string;
    leaseTransitions?: number;
  };
}

const leases: Resource<Lease> = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  plural: 'leases',
  namespaced: true,
};

export interface ElectionOptions {
  client: KubeClient;
  key: ObjectKey;
  /** The lease was ours and no longer is: stop all work at once and exit. */
  onLost: (reason: string) => void;
  /** Told why the lease can neither be read nor written, at most once a minute. */
  onError?: (error: unknown) => void;
  /** Told who leads instead of us, once for each who does. */
  onWaiting?: (holder: string) => void;
  durationMs?: number;
  renewDeadlineMs?: number;
  retryMs?: number;
  identity?: string;
  metrics?: RuntimeMetrics;
}

export interface Election {
  /** Resolves when this process holds the lease. */
  elected: Promise<void>;
  isLeader(): boolean;
  /** Whether an attempt came to an answer within the last minute; for readiness. */
  takesPart(): boolean;
  /** Gives the lease back, so that the next one need not wait for it to run out. */
  release(): Promise<void>;
}

// Lease times have microseconds; Date has three digits less.
const microTime = (): string => new Date().toISOString().replace('Z', '000Z');
const monotonic = (): number => performance.now();

// Who may not touch the lease tries every two seconds; the log needs to hear of it less often.
const tellAgainMs = 60_000;
const outOfTouchMs = 60_000;

// Another one was faster, or our own write had been stored although its answer was lost: an answer, and no failure.
const isRace = (error: unknown): boolean => error instanceof StatusError && error.code === 409;

// A renewal that hangs longer is not waited for: the lease runs out by itself.
const longestReleaseMs = 5_000;

/**
 * One leader at a time, by a Lease (client-go's 15 s, 10 s, 2 s). Others' clocks are never compared with ours: a lease
 * is over when it has not changed for its duration as we saw it. It does not fence: every external write is safe twice.
 */
export const electLeader = (options: ElectionOptions): Election => {
  const {
    client,
    key,
    durationMs = 15_000,
    renewDeadlineMs = 10_000,
    retryMs = 2_000,
    metrics = defaultMetrics,
  } = options;
  const identity = options.identity ?? `${hostname()}_${randomBytes(8).toString('hex')}`;
  const elected = Promise.withResolvers<void>();
  let held: Lease | undefined;
  let seen: { version: string | undefined; at: number } | undefined;
  let renewedAt = 0;
  let answeredAt = Number.NEGATIVE_INFINITY;
  let toldAt = Number.NEGATIVE_INFINITY;
  let toldHolder: string | undefined;
  let leading = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let deadline: NodeJS.Timeout | undefined;

  const setLeading = (leads: boolean): void => {
    leading = leads;
    metrics.leaderStatus.set({ name: key.name }, leads ? 1 : 0);
  };
  setLeading(false);

  const desired = (existing: Lease | undefined): Lease => ({
    apiVersion: leases.apiVersion,
    kind: leases.kind,
    metadata: existing?.metadata ?? {
      name: key.name,
      ...(key.namespace !== undefined && { namespace: key.namespace }),
    },
    spec: {
      holderIdentity: identity,
      leaseDurationSeconds: Math.ceil(durationMs / 1000),
      acquireTime:
        existing?.spec.holderIdentity === identity ? (existing.spec.acquireTime ?? microTime()) : microTime(),
      renewTime: microTime(),
      leaseTransitions:
        (existing?.spec.leaseTransitions ?? 0) + (existing && existing.spec.holderIdentity !== identity ? 1 : 0),
    },
  });

  const lose = (reason: string): void => {
    if (!leading) return;
    setLeading(false);
    stopped = true;
    clearTimeout(deadline);
    tellSafely(() => options.onLost(reason));
  };

  const attempt = async (): Promise<boolean> => {
    const existing = held ?? (await client.read(leases, key));
    if (!existing) {
      held = await client.create(leases, desired(undefined));
      return true;
    }
    const { holderIdentity } = existing.spec;
    if (holderIdentity && holderIdentity !== identity) {
      lose('another process took the lease');
      const version = existing.metadata.resourceVersion;
      if (seen?.version !== version) seen = { version, at: monotonic() };
      const theirsMs = (existing.spec.leaseDurationSeconds ?? durationMs / 1000) * 1000;
      if (monotonic() - (seen?.at ?? monotonic()) < theirsMs) {
        if (toldHolder !== holderIdentity) tellSafely(() => options.onWaiting?.(holderIdentity));
        toldHolder = holderIdentity;
        return false;
      }
    }
    held = await client.update(leases, desired(existing));
    return true;
  };

  const tell = (error: unknown): void => {
    if (monotonic() - toldAt < tellAgainMs) return;
    toldAt = monotonic();
    tellSafely(() => options.onError?.(error));
  };

  // Who changed or removed the lease is not known before it is read again: it may be our own write whose answer was lost.
  const attemptOrForget = async (): Promise<boolean> => {
    try {
      const holds = await attempt();
      answeredAt = monotonic();
      return holds;
    } catch (error) {
      if (isRace(error)) answeredAt = monotonic();
      else tell(error);
      if (isConflict(error) || isNotFound(error)) held = undefined;
      return false;
    }
  };

  const round = async (): Promise<void> => {
    const began = monotonic();
    let holds = await attemptOrForget();
    if (!holds && leading && !held) holds = await attemptOrForget();
    if (stopped) return;
    if (holds) {
      // Counted from before the request: the lease may have been written at any time since.
      renewedAt = began;
      // A timer of its own: a renewal that never returns must end the leadership too.
      clearTimeout(deadline);
      deadline = setTimeout(
        () => lose('the lease could not be renewed in time'),
        renewDeadlineMs - (monotonic() - began),
      );
      if (!leading) {
        setLeading(true);
        elected.resolve();
      }
    }
    timer = setTimeout(() => next(), retryMs * (1 + Math.random() * 0.2));
  };
  let underWay = Promise.resolve();
  const next = (): void => {
    underWay = round();
  };
  next();

  const giveBack = async (): Promise<void> => {
    if (!held) return;
    await client.update(leases, {
      ...held,
      spec: { ...held.spec, holderIdentity: '', leaseDurationSeconds: 1, renewTime: microTime() },
    });
  };

  return {
    elected: elected.promise,
    // Also a process that was paused past the lease must not go on as leader before its next round.
    isLeader: () => leading && monotonic() - renewedAt < durationMs,
    takesPart: () => monotonic() - answeredAt < outOfTouchMs,
    release: async () => {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(deadline);
      // A renewal that is under way would come after, and the next leader would wait for the lease's whole duration.
      await settlesWithin(underWay, longestReleaseMs);
      if (!leading) return;
      setLeading(false);
      await giveBack().catch(() => undefined);
    },
  };
};
