import type { Resource } from '@legendops/operator-runtime/client/resource';
import { passing, type Outside } from '@legendops/tenant-operator/only-leader';
import type { SqlClient } from '@legendops/tenant-operator/postgres/provisioners';
import { isRead } from '@legendops/tenant-operator/postgres/reads';

/** A named read of the operator's fence, whatever it is a read of. */
const isNamedRead = (part: keyof Outside, method: string): boolean =>
  passing[part].some((read: string) => read === method);

// No reads, and yet they change nothing by themselves; a transaction that ends without its commit leaves nothing either.
const withoutEffect = /^\s*(begin$|(re)?set statement_timeout|select app\.lock_logins)/;

export interface WriteLog {
  /** Every write so far: where to, and what. */
  all: string[];
  /** After so many further writes the operator is dead: nothing it asks for happens any more. */
  killAfter(count: number): void;
  readonly killed: boolean;
  /** Runs after every write, before the operator goes on. */
  afterEach?: (write: string) => Promise<void>;
}

const atOnce = new Set(['watch', 'close', 'listPropertiesOfSecretVersions']);

const sqlName = (text: string): string => /app\.\w+/.exec(text)?.[0] ?? text.trim().split(/\s+/).slice(0, 2).join(' ');

const never = new Set([
  'sql app.register_tenant',
  'sql app.set_directories',
  'sql app.invite_admins',
  // Told every minute whether or not there is a tenant.
  'sql app.see_cluster',
]);

/** Whether something changed by it for sure: registry functions write only where something differs; the rows tell. */
export const isWrite = (write: string): boolean => !never.has(write);

/** Counts what is written, statement by statement, and lets an operator die right after a write, before it learns of the outcome. */
export const watchedWrites = ({ kube, provisioners, secrets }: Outside): { outside: Outside; log: WriteLog } => {
  const all: string[] = [];
  let left = Number.POSITIVE_INFINITY;
  const log: WriteLog = {
    all,
    killAfter: (count) => {
      left = count;
    },
    get killed() {
      return left <= 0;
    },
  };
  const alive = (): void => {
    if (log.killed) throw new Error('The operator was killed');
  };
  const call = async (write: string | undefined, act: () => unknown): Promise<unknown> => {
    alive();
    const result: unknown = await act();
    if (write === undefined) return result;
    all.push(write);
    left -= 1;
    await log.afterEach?.(write);
    alive();
    return result;
  };
  const watched = <Part extends object>(
    part: Part,
    nameOf: (method: string, parameters: unknown[]) => string | undefined,
  ) =>
    new Proxy(part, {
      get: (target, name, receiver) => {
        const original: unknown = Reflect.get(target, name, receiver);
        if (typeof original !== 'function' || typeof name !== 'string') return original;
        // They answer at once, with a stream or with nothing to wait for.
        if (atOnce.has(name)) return original.bind(target);
        return (...parameters: unknown[]) =>
          call(nameOf(name, parameters), () => Reflect.apply(original, target, parameters));
      },
    });
  const watchedClient = (client: SqlClient): SqlClient =>
    watched(client, (method, [query]) => {
      const text = typeof query === 'object' && query !== null && 'text' in query ? query.text : query;
      if (method !== 'query' || typeof text !== 'string' || isRead(query) || withoutEffect.test(text)) return undefined;
      return `sql ${sqlName(text)}`;
    });
  return {
    outside: {
      kube: watched(kube, (method, [resource]) => {
        if (isNamedRead('kube', method)) return undefined;
        const { plural } = resource as Resource;
        // Events are told in passing, nobody waits for them and nothing depends on them.
        return plural === 'events' ? undefined : `kube ${method} ${plural}`;
      }),
      provisioners: {
        ...provisioners,
        on: async (provisioner, database, work) => {
          alive();
          return provisioners.on(provisioner, database, (client) => work(watchedClient(client)));
        },
      },
      secrets: watched(secrets, (method) => (isNamedRead('secrets', method) ? undefined : `vault ${method}`)),
    },
    log,
  };
};
