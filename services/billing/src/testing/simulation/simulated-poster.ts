import { DatabaseUnavailable, OutcomeUnknown } from '@legendops/kit/db/database-error';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { tenantRegistry } from '@legendops/kit/db/tenant-registry';
import { silentLog } from '@legendops/kit/testing/silent-log';
import { knownLinks } from '../../link/known-links.ts';
import { poster } from '../../posting/poster.ts';
import { postingStore } from '../../posting/store.ts';
import type { QuickBooksOAuth } from '../../quickbooks/oauth.ts';
import { QuickBooksError } from '../../quickbooks/quickbooks-error.ts';
import { tenantAccounts, type TenantAccounts } from '../../quickbooks/tenant-accounts.ts';
import { tokenStore } from '../../quickbooks/token-store.ts';
import { leases } from '../../vendor-access/leases.ts';
import type { BillingWorld } from '../billing-world.ts';
import type { Operation } from './scheduler.ts';
import { watchedDatabase, type Mutant } from './watched-database.ts';

type Method = (...given: unknown[]) => Promise<unknown>;

/** Each call of it is an operation of the process. */
const watched = <Held extends object>(
  held: Held,
  { operation, name, failure }: { operation: Operation; name: string; failure: () => unknown },
): Held =>
  new Proxy(held, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function'
        ? (...given: unknown[]) =>
            operation(`${name} ${String(key)}`, () => (value as Method).apply(target, given), failure)
        : value;
    },
  });

const noAnswer = (): unknown => new QuickBooksError('in-doubt', 'no-answer', 'QuickBooks gave no answer');
const lost = (): unknown => new OutcomeUnknown('The connection was lost while the transaction was committing');
const away = (): unknown => new DatabaseUnavailable('There is no connection to the database');

/** A replica's poster that posts for one tenant alone, as a process of the scheduler's: what it reads and writes are operations. */
export const simulatedPoster = (world: BillingWorld, tenantId: string, mutant: Mutant | undefined) => {
  const pool = world.database.pool('svc_billing');
  const database = serviceDatabase(pool);
  const platform = platformDatabase(pool);
  const atOnce: Operation = (_name, effect) => effect();
  const sent = watchedDatabase(database, { operation: atOnce, seen: () => undefined, mutant });
  const store = postingStore(sent, platform);
  const own: typeof store = {
    ...store,
    due: async (busy) => (await store.due(busy)).filter((one) => one.tenantId === tenantId),
  };
  return async (operation: Operation): Promise<void> => {
    const real = tenantAccounts({
      tokens: tokenStore(world.vault, { log: silentLog, pauseMs: () => 1 }),
      leases: leases(database),
      oauth: {} as QuickBooksOAuth,
      apiUrl: world.quickbooks.url,
      limiter: { run: (_realm, work) => work() },
      onReconnect: async () => undefined,
    });
    const accounts: TenantAccounts = {
      ...real,
      of: async (...given) => {
        const connected = await real.of(...given);
        const named = { operation, name: 'QuickBooks', failure: noAnswer };
        return { ...connected, account: watched(connected.account, named), books: watched(connected.books, named) };
      },
    };
    const process = poster({
      store: watched(own, { operation, name: 'posting', failure: lost }),
      links: watched(knownLinks(database), { operation, name: 'links', failure: away }),
      accounts,
      approval: async () => undefined,
      secondBiller: async () => undefined,
      registry: watched(tenantRegistry(platform), { operation, name: 'registry', failure: away }),
      log: silentLog,
      now: () => world.clock.at ?? new Date(),
    });
    await process.round();
    await process.idle();
  };
};
