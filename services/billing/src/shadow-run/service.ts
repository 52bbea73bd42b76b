import type { ActingScope } from '@legendops/kit/audit/audit';
import type { Actor } from '@legendops/kit/auth/actor';
import { requireAllowed } from '@legendops/kit/auth/policy';
import type { Page } from '@legendops/kit/contract/page';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { RegisteredTenant } from '@legendops/kit/db/tenant-registry';
import { problem } from '@legendops/kit/errors/problem';
import { listPage } from '@legendops/kit/http/list-page';
import { readRatingInput } from '../invoice/draft-input.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import type { TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import { localDate, monthOf } from '../rating/period.ts';
import { rate } from '../rating/rate.ts';
import { compareMonth } from './compare-month.ts';
import type { NewShadowRun, ShadowLine, ShadowLineQuery, ShadowRun, ShadowRuns } from './contract.ts';
import { shadowRunAsCsv } from './csv.ts';
import { daysOf, refusesStart, shadowRunActs } from './policy.ts';
import { presentShadowLine, presentShadowRun } from './presenter.ts';
import { insertShadowRun, type ShadowRunStore } from './store.ts';

export interface ShadowRunService {
  /** Rates a month and reads QuickBooks; nothing is kept where either fails, and neither is changed. */
  start(scope: ActingScope<'shadow-run.made'>, actor: Actor, asked: OfTenant<NewShadowRun>): Promise<ShadowRun>;
  /** The newest first. */
  list(scope: Scope, actor: Actor): Promise<ShadowRuns>;
  get(scope: Scope, id: string): Promise<ShadowRun>;
  lines(scope: Scope, id: string, query: ShadowLineQuery): Promise<Page<ShadowLine>>;
  asCsv(scope: Scope, id: string): Promise<{ period: string; text: string }>;
}

type OfTenant<Asked> = Asked & { tenant: Pick<RegisteredTenant, 'currency' | 'timeZone'> };

const orUnavailable = (error: unknown): never => {
  if (error instanceof QuickBooksError)
    throw problem('vendor.unavailable', { detail: `${error.message}; try again in a minute` });
  throw error;
};

export const shadowRunService = ({
  store,
  database,
  accounts,
  now,
}: {
  store: ShadowRunStore;
  database: TenantDatabase;
  accounts: Pick<TenantAccounts, 'of'>;
  now: () => Date;
}): ShadowRunService => {
  const get = async (scope: Scope, id: string): Promise<ShadowRun> => {
    const row = await store.get(scope, id);
    if (row === undefined) throw problem('shadow-run.not-found');
    return presentShadowRun(row);
  };
  return {
    get,
    start: async (scope, actor, asked) => {
      const { currency, timeZone } = asked.tenant;
      requireAllowed(refusesStart(asked, localDate(now(), timeZone)));
      const { from, to } = daysOf(asked);
      const { realmId, account, books } = await accounts.of(scope.tenantId);
      const sales = await account.salesDated(from, to).catch(orUnavailable);
      const { homeCurrency = currency } = await books.facts().catch(orUnavailable);
      const period = monthOf(asked.period);
      const rated = rate({ ...(await readRatingInput(database, scope, period)), period, currency });
      const links = await store.links(scope, realmId);
      const { lines, result } = compareMonth({ rated, currency, homeCurrency, links, sales });
      const row = await database.write(scope, async (transaction) => {
        const kept = await insertShadowRun(transaction, scope, {
          period: period.start,
          datedFrom: from,
          datedTo: to,
          realmId,
          memberId: actor.memberId,
          at: now(),
          result,
          lines,
        });
        const name = period.start.slice(0, 7);
        await scope.audit(transaction, {
          act: 'shadow-run.made',
          subject: { type: 'shadow-run', id: kept.id, name },
          changes: [],
        });
        return kept;
      });
      return presentShadowRun(row);
    },
    list: async (scope, actor) => ({
      data: (await store.newest(scope)).map(presentShadowRun),
      acts: shadowRunActs(actor),
    }),
    lines: async (scope, id, { outcome, ...query }) => {
      await get(scope, id);
      return listPage(query, {
        list: `shadow-lines:${id}:${outcome ?? ''}`,
        by: ['text'],
        read: (place) => store.lines(scope, { ...place, id, outcome }),
        keys: (row) => [row.place],
        present: presentShadowLine,
      });
    },
    asCsv: async (scope, id) => {
      const { period } = await get(scope, id);
      return { period, text: shadowRunAsCsv(period, (await store.all(scope, id)).map(presentShadowLine)) };
    },
  };
};
