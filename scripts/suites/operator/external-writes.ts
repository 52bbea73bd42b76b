import type { SecretClient } from '@azure/keyvault-secrets';
import type { Resource } from '@legendops/operator-runtime/client/resource';
import { passing, type Outside } from '@legendops/tenant-operator/only-leader';
import type { SqlClient } from '@legendops/tenant-operator/postgres/provisioners';
import { isRead, reads } from '@legendops/tenant-operator/postgres/reads';

/** A named read of the operator's fence, whatever it is a read of. */
const isNamedRead = (part: keyof typeof passing, method: string): boolean =>
  passing[part].some((read: string) => read === method);

// No reads, and yet they change nothing by themselves.
const withoutEffect = /^(re)?set statement_timeout/;
// What the changes of a login begin with; one message is one transaction.
const lock = /^select app\.lock_logins\('[^']*'\); /;

export interface WriteLog {
  /** Every write so far that was answered: where to, and what. */
  all: string[];
  /** Every write that was sent; some go at once. */
  sent: string[];
  /** The writes and every named read, in their order; of an object of the cluster with its name. */
  asked: string[];
  /** After so many further writes the operator is dead: nothing it asks for happens any more. */
  killAfter(count: number): void;
  readonly killed: boolean;
  /** Runs after every write, before the operator goes on. */
  afterEach?: (write: string) => Promise<void>;
}

const atOnce = new Set(['watch', 'close', 'listPropertiesOfSecretVersions']);

const sqlName = (text: string): string =>
  /app\.\w+/.exec(text.replace(lock, ''))?.[0] ?? text.replace(lock, '').split(/\s+/).slice(0, 2).join(' ');

const readName = (text: string): string | undefined => Object.entries(reads).find(([, one]) => one === text)?.[0];

/** What is asked of the world outside; neither where it is of no interest. */
interface Asked {
  read?: string;
  write?: string;
  /** The object's name, where it is one of the cluster. */
  of?: string;
}

const nameOf = (object: unknown): string | undefined => {
  const { name, metadata } = Object(object) as { name?: string; metadata?: { name?: string } };
  return name ?? metadata?.name;
};

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
export const watchedWrites = ({ kube, provisioners, vaults }: Outside): { outside: Outside; log: WriteLog } => {
  const all: string[] = [];
  const sent: string[] = [];
  const asked: string[] = [];
  let left = Number.POSITIVE_INFINITY;
  const log: WriteLog = {
    all,
    sent,
    asked,
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
  const call = async ({ read, write, of }: Asked, act: () => unknown): Promise<unknown> => {
    alive();
    const withName = (what: string): string => (of === undefined ? what : `${what} ${of}`);
    if (read !== undefined) asked.push(withName(read));
    if (write !== undefined) sent.push(write);
    const result: unknown = await act();
    if (write === undefined) return result;
    asked.push(withName(write));
    all.push(write);
    left -= 1;
    await log.afterEach?.(write);
    alive();
    return result;
  };
  const watched = <Part extends object>(part: Part, asks: (method: string, parameters: unknown[]) => Asked) =>
    new Proxy(part, {
      get: (target, name, receiver) => {
        const original: unknown = Reflect.get(target, name, receiver);
        if (typeof original !== 'function' || typeof name !== 'string') return original;
        // They answer at once, with a stream or with nothing to wait for.
        if (atOnce.has(name)) return original.bind(target);
        return (...parameters: unknown[]) =>
          call(asks(name, parameters), () => Reflect.apply(original, target, parameters));
      },
    });
  const watchedClient = (client: SqlClient): SqlClient =>
    watched(client, (method, [query]) => {
      const text = typeof query === 'object' && query !== null && 'text' in query ? query.text : query;
      if (method !== 'query' || typeof text !== 'string' || withoutEffect.test(text)) return {};
      return isRead(query) ? { read: `sql ${readName(text)}` } : { write: `sql ${sqlName(text)}` };
    });
  const watchedVault = (client: SecretClient): SecretClient =>
    watched(client, (method) => ({
      [isNamedRead('vaults', method) ? 'read' : 'write']: `vault ${method}`,
    }));
  return {
    outside: {
      kube: watched(kube, (method, [resource, object]) => {
        const { plural } = resource as Resource;
        const of = nameOf(object);
        const named = `kube ${method} ${plural}`;
        if (isNamedRead('kube', method)) return { read: named, ...(of !== undefined && { of }) };
        // Events are told in passing, nobody waits for them and nothing depends on them.
        return plural === 'events' ? {} : { write: named, ...(of !== undefined && { of }) };
      }),
      provisioners: {
        ...provisioners,
        on: async (provisioner, database, work) => {
          alive();
          return provisioners.on(provisioner, database, (client) => work(watchedClient(client)));
        },
      },
      vaults: {
        operator: watchedVault(vaults.operator),
        billing: watchedVault(vaults.billing),
        portal: watchedVault(vaults.portal),
      },
    },
    log,
  };
};
