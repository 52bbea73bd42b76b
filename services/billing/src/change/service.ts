import { allows, type Permission, type Role } from '@legendops/kit/contract/permissions';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { messageOf } from '@legendops/kit/errors/message-of';
import { problem } from '@legendops/kit/errors/problem';
import type { Log } from '@legendops/kit/log/logger';
import type { Changes, Topic } from '../contract.ts';
import { decodeSeen, encodeSeen } from './cursor.ts';
import { mostRows, type ChangeStore, type Seen, type TopicRow } from './store.ts';

export interface Waiting {
  scope: Scope;
  role: Role;
  after: string | undefined;
  waitMs: number;
  /** Aborts when nobody waits any more. */
  signal?: AbortSignal;
}

export interface ChangeService {
  /** What changed after a place; waits for the first change, at most so long. */
  after(waiting: Waiting): Promise<Changes>;
  /** Answers all who wait: the process is about to end. */
  letGo: () => void;
}

interface Waiter {
  role: Role;
  end: (changes: Changes) => void;
  fail: (error: unknown) => void;
}

/** All who wait with the same rows before them share one look at the database. */
interface Audience {
  scope: Scope;
  waiters: Set<Waiter>;
  /** What all of them have seen, or are being told. */
  seen: Seen | undefined;
}

const permissionFor: Record<Topic, Permission> = {
  invoices: 'invoice.read',
  runs: 'run.read',
  usage: 'usage.read',
  exceptions: 'run.read',
  connections: 'connection.read',
  'price-rules': 'price-rule.read',
  customers: 'customer.read',
  links: 'link.read',
};
const topics = Object.keys(permissionFor) as Topic[];

const seenIn = (rows: readonly TopicRow[]): Seen => ({
  snapshot: rows[0]?.snapshot ?? '',
  counts: Object.fromEntries(rows.flatMap(({ topic, count }) => (topic === '' ? [] : [[topic, count]]))),
});

/** The rows are named where they are few and all: a row that is gone can no longer be, and new ones are of version 1. */
const changedSince = (before: Seen, rows: readonly TopicRow[]): Changes['changed'] => {
  const now = new Map(rows.map((row) => [row.topic, row]));
  return topics.flatMap((topic): Changes['changed'] => {
    const { count = 0, changed = [] } = now.get(topic) ?? {};
    const difference = count - (before.counts[topic] ?? 0);
    if (changed.length === 0 && difference === 0) return [];
    const added = changed.filter(({ version }) => version === 1).length;
    const areNamed = changed.length <= mostRows && difference === added;
    return [{ topic, rows: areNamed ? changed : null }];
  });
};

// The place as well: whoever holds it can read it, and it has counts.
const forRole = (role: Role, { snapshot, counts }: Seen, changed: Changes['changed']): Changes => {
  const mayRead = (topic: Topic): boolean => allows(role, permissionFor[topic]);
  const told = topics.filter((topic) => mayRead(topic) && counts[topic] !== undefined);
  return {
    next: encodeSeen({ snapshot, counts: Object.fromEntries(told.map((topic) => [topic, counts[topic]])) }),
    changed: changed.filter(({ topic }) => mayRead(topic)),
  };
};

/**
 * Tells of changes without a listener in the database: one look a second for each tenant (and customer of guests) that
 * somebody waits for, one after another. However many portals are open, it is one connection, and a slow database is
 * looked at less often. The looks are bound by the scope of those who wait, as every read is.
 */
export const changeService = ({
  store,
  registry,
  log,
  everyMs,
}: {
  store: ChangeStore;
  registry: TenantRegistry;
  log: Log;
  everyMs: number;
}): ChangeService => {
  const audiences = new Map<string, Audience>();
  let looking = false;
  let ending = false;

  const look = async (audience: Audience): Promise<void> => {
    const { scope, seen: before, waiters } = audience;
    if (before === undefined) return;
    const tenant = await registry.find(scope.tenantId);
    if (tenant?.state !== 'active') throw problem('tenant.suspended');
    const rows = await store.since(scope, before.snapshot);
    audience.seen = seenIn(rows);
    const changed = changedSince(before, rows);
    for (const waiter of waiters) {
      const told = forRole(waiter.role, audience.seen, changed);
      if (told.changed.length > 0) waiter.end(told);
    }
  };

  const round = async (): Promise<void> => {
    for (const [key, audience] of audiences) {
      await look(audience).catch((error: unknown) => {
        for (const waiter of audience.waiters) waiter.fail(error);
      });
      if (audience.waiters.size === 0) audiences.delete(key);
    }
    if (audiences.size === 0) looking = false;
    else setTimeout(again, everyMs);
  };
  const again = (): void => {
    round().catch((error: unknown) => log.error({ err: error }, 'changes are no longer looked for'));
  };
  const lookFromNowOn = (): void => {
    if (looking) return;
    looking = true;
    setTimeout(again, everyMs);
  };

  const audienceOf = (scope: Scope): Audience => {
    const key = `${scope.tenantId} ${scope.customerId ?? ''}`;
    const known = audiences.get(key);
    if (known !== undefined) return known;
    const audience: Audience = { scope, waiters: new Set(), seen: undefined };
    audiences.set(key, audience);
    return audience;
  };

  const firstChange = ({ scope, role, waitMs, signal }: Waiting, before: Seen): Promise<Changes> =>
    new Promise((resolve, reject) => {
      const audience = audienceOf(scope);
      let timer: NodeJS.Timeout | undefined;
      const leave = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abandon);
        audience.waiters.delete(waiter);
      };
      const waiter: Waiter = {
        role,
        end: (changes) => {
          leave();
          resolve(changes);
        },
        fail: (error) => {
          leave();
          reject(error instanceof Error ? error : new Error(messageOf(error)));
        },
      };
      const abandon = (): void => waiter.fail(signal?.reason);
      signal?.addEventListener('abort', abandon);
      // Waiting first and looking for oneself then: no moment lies between the two in which a change is nobody's.
      audience.waiters.add(waiter);
      store.since(scope, before.snapshot).then((rows) => {
        const now = seenIn(rows);
        const told = forRole(role, now, changedSince(before, rows));
        if (told.changed.length > 0) return waiter.end(told);
        audience.seen ??= now;
        if (!audience.waiters.has(waiter)) return undefined;
        timer = setTimeout(() => waiter.end(forRole(role, audience.seen ?? now, [])), ending ? 0 : waitMs);
        return lookFromNowOn();
      }, waiter.fail);
    });

  return {
    after: async (waiting) => {
      waiting.signal?.throwIfAborted();
      if (waiting.after === undefined) return forRole(waiting.role, seenIn(await store.since(waiting.scope, null)), []);
      return firstChange(waiting, decodeSeen(waiting.after));
    },
    letGo: () => {
      ending = true;
      for (const { waiters, seen } of audiences.values())
        for (const waiter of waiters) if (seen !== undefined) waiter.end(forRole(waiter.role, seen, []));
    },
  };
};
