import type { PoolClient } from 'pg';
import type { Resource } from '@legendops/operator-runtime/client/resource';
import type { Outside } from '@legendops/tenant-operator/only-leader';

const kubeWrites = new Set(['create', 'apply', 'update', 'mergePatch', 'remove']);
const vaultWrites = new Set(['begin', 'markCurrent', 'disable', 'reopen', 'remove']);
// Statements that change nothing by themselves; a transaction that ends without its commit leaves nothing either.
const sqlReads =
  /^\s*(begin|(re)?set statement_timeout|select r\.|select exists|select clock_timestamp|select id from app.tenants_of_owner|select app\.lock_logins|select tenant_id::text)/;

export interface WriteLog {
  /** Every write so far: where to, and what. */
  all: string[];
  /** After so many further writes the operator is dead: nothing it asks for happens any more. */
  killAfter(count: number): void;
  readonly killed: boolean;
  /** Runs after every write, before the operator goes on. */
  afterEach?: (write: string) => Promise<void>;
}

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
export const watchedWrites = ({ kube, provisioners, vault }: Outside): { outside: Outside; log: WriteLog } => {
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
        if (name === 'watch' || name === 'close' || name === 'of' || name === 'release') return original.bind(target);
        return (...parameters: unknown[]) =>
          call(nameOf(name, parameters), () => Reflect.apply(original, target, parameters));
      },
    });
  const watchedClient = (client: PoolClient): PoolClient =>
    watched(client, (method, [query]) => {
      const text = typeof query === 'object' && query !== null && 'text' in query ? query.text : query;
      return method === 'query' && typeof text === 'string' && !sqlReads.test(text)
        ? `sql ${sqlName(text)}`
        : undefined;
    });
  return {
    outside: {
      kube: watched(kube, (method, [resource]) => {
        const { plural } = resource as Resource;
        // Events are told in passing, nobody waits for them and nothing depends on them.
        return kubeWrites.has(method) && plural !== 'events' ? `kube ${method} ${plural}` : undefined;
      }),
      provisioners: {
        ...provisioners,
        on: async (provisioner, database, work) => {
          alive();
          return provisioners.on(provisioner, database, (client) => work(watchedClient(client)));
        },
      },
      vault: watched(vault, (method) => (vaultWrites.has(method) ? `vault ${method}` : undefined)),
    },
    log,
  };
};
