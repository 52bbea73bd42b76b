import { followSource, type PolledSource } from '@legendops/operator-runtime/polling/polled-source';
import type { Log } from '@legendops/kit/log/logger';
import type { ConnectionState, Registry } from './postgres/registry.ts';

interface SourceEntry<Value> {
  /** For the log, when nobody could look. */
  what: string;
  /** What a tenant is taken for that was not seen before. */
  unseen: Value;
  read: (registry: Registry, tenantIds: readonly string[]) => Promise<ReadonlyMap<string, Value>>;
}

const source = <Value>(entry: SourceEntry<Value>): SourceEntry<Value> => entry;

/** What no watch tells of: asked for all tenants in one query a minute, and a tenant is passed over when its answer changed. */
const sources = {
  connections: source<readonly ConnectionState[]>({
    what: 'the connections of tenants',
    unseen: [],
    read: (registry, tenantIds) => registry.integrationStates(tenantIds),
  }),
};

type Sources = typeof sources;
type ValueOf<Entry> = Entry extends SourceEntry<infer Value> ? Value : never;

/** Each by tenant id, as last seen. */
export type Polled = { [Name in keyof Sources]: Pick<PolledSource<ValueOf<Sources[Name]>>, 'of'> };

export interface FollowOptions {
  registry: Registry;
  /** Of all tenants that there are. */
  tenantIds: () => readonly string[];
  everyMs: number;
  /** Told the tenants of which something changed. */
  onChange: (tenantIds: ReadonlySet<string>) => void;
  log: Log;
}

export interface FollowedSources {
  polled: Polled;
  /** Resolves when each was seen for the first time, or could not be. */
  start(): Promise<void>;
  stop(): void;
}

export const followSources = ({ registry, tenantIds, everyMs, onChange, log }: FollowOptions): FollowedSources => {
  const follow = ({ what, unseen, read }: SourceEntry<unknown>): PolledSource<unknown> =>
    followSource({
      read: () => read(registry, tenantIds()),
      unseen,
      everyMs,
      onChange,
      onError: (error) => log.warn({ err: error }, `${what} could not be looked at`),
    });
  const followed = Object.entries(sources).map(([name, entry]) => [name, follow(entry)] as const);
  return {
    polled: Object.fromEntries(followed) as unknown as Polled,
    start: async () => {
      await Promise.all(followed.map(([, one]) => one.start()));
    },
    stop: () => followed.forEach(([, one]) => one.stop()),
  };
};
