import type { ConnectionState } from './postgres/registry.ts';

export interface Integrations {
  /**
   * The tenant's connections as last seen; `not yet` for one that came after the last look; undefined when nobody could
   * look for too long.
   */
  of(tenantId: string): readonly ConnectionState[] | 'not yet' | undefined;
  /** Looks, and goes on looking; resolves when they were seen for the first time, or could not be. */
  start(): Promise<void>;
  stop(): void;
}

export interface IntegrationsOptions {
  /** Of all tenants that there are, at once. */
  read: () => Promise<ReadonlyMap<string, readonly ConnectionState[]>>;
  everyMs: number;
  /** Told the tenants whose connections are others now. */
  onChange: (tenantIds: ReadonlySet<string>) => void;
  onError: (error: unknown) => void;
  now?: () => number;
}

// What was seen stays true for some missed looks; after that nobody knows.
const staleAfterLooks = 5;

type States = ReadonlyMap<string, readonly ConnectionState[]>;

const differing = (before: States, after: States): Set<string> => {
  const ids = [...new Set([...before.keys(), ...after.keys()])];
  // Who is new was taken to have none.
  return new Set(ids.filter((id) => JSON.stringify(before.get(id) ?? []) !== JSON.stringify(after.get(id) ?? [])));
};

/** Looks at all tenants' connections every so often, in one query. */
export const followIntegrations = (options: IntegrationsOptions): Integrations => {
  const { read, everyMs, onChange, onError, now = Date.now } = options;
  let known: States | undefined;
  let seenAt = now();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const look = async (): Promise<void> => {
    try {
      const found = await read();
      const changed = differing(known ?? new Map(), found);
      known = found;
      seenAt = now();
      if (changed.size > 0) onChange(changed);
    } catch (error) {
      onError(error);
    }
    if (!stopped) timer = setTimeout(() => void look(), everyMs);
  };
  return {
    of: (tenantId) => {
      if (!known || now() - seenAt > staleAfterLooks * everyMs) return undefined;
      return known.get(tenantId) ?? 'not yet';
    },
    start: look,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
};
