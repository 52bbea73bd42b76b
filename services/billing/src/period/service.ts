import type { ActingScope } from '@legendops/kit/audit/audit';
import type { Actor } from '@legendops/kit/auth/actor';
import { requireAllowed } from '@legendops/kit/auth/policy';
import type { AuditSubject } from '@legendops/kit/contract/audit-payload';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { RegisteredTenant } from '@legendops/kit/db/tenant-registry';
import { problem } from '@legendops/kit/errors/problem';
import { amountText } from '../rating/currency.ts';
import { localDate, monthOf } from '../rating/period.ts';
import type { BilledPeriod } from './contract.ts';
import { ledgerAt } from './ledger.ts';
import { monthWorth } from './month-worth.ts';
import { refusesRun, refusesSkip, type Reader } from './policy.ts';
import { presentPeriod } from './presenter.ts';
import { askForPeriod, lockPeriod, skipPeriod, type PeriodStore } from './store.ts';

export interface OfPeriod {
  period: string;
  tenant: Pick<RegisteredTenant, 'currency' | 'timeZone'>;
}

export interface PeriodService {
  /** Every month since the first, the newest first. */
  all(scope: Scope, reader: Reader, tenant: OfPeriod['tenant']): Promise<BilledPeriod[]>;
  /** Leaves a month out that was not run; done twice for one reason it is done once. */
  skip(scope: ActingScope<'period.skipped'>, actor: Actor, asked: OfPeriod & { reason: string }): Promise<BilledPeriod>;
  /** Asks for the run of a month: of a due one, of one that was skipped or closed, or anew. */
  run(scope: ActingScope<'period.run-requested'>, actor: Actor, asked: OfPeriod): Promise<BilledPeriod>;
}

const subjectOf = (period: string): AuditSubject => ({
  type: 'period',
  id: period.slice(0, 7),
  name: period.slice(0, 7),
});

export const periodService = ({
  store,
  database,
  now,
}: {
  store: PeriodStore;
  database: TenantDatabase;
  now: () => Date;
}): PeriodService => {
  const today = ({ timeZone }: OfPeriod['tenant']): string => localDate(now(), timeZone);
  const all: PeriodService['all'] = async (scope, reader, tenant) => {
    const facts = await store.all(scope);
    return ledgerAt(facts.rows, today(tenant))
      .map((month) => presentPeriod(month, facts, reader))
      .toReversed();
  };
  const get = async (scope: Scope, actor: Actor, { period, tenant }: OfPeriod): Promise<BilledPeriod> => {
    const found = (await all(scope, actor, tenant)).find((one) => one.period === period);
    if (found === undefined) throw problem('period.not-found');
    return found;
  };
  const requireMonth = async (scope: Scope, { period, tenant }: OfPeriod): Promise<{ isOver: boolean }> => {
    const month = ledgerAt(await store.ledger(scope), today(tenant)).find((one) => one.period === period);
    if (month === undefined) throw problem('period.not-found');
    return { isOver: month.state !== 'open' };
  };
  return {
    all,
    skip: async (scope, actor, asked) => {
      const { period, reason, tenant } = asked;
      const { isOver } = await requireMonth(scope, asked);
      const leftOpen = await monthWorth(database, scope, { period: monthOf(period), currency: tenant.currency });
      await database.write(scope, async (transaction) => {
        const row = await lockPeriod(transaction, scope, period);
        if (row.state === 'skipped' && row.reason === reason) return;
        requireAllowed(refusesSkip({ state: isOver ? row.state : 'open', invoices: row.invoices }));
        await skipPeriod(transaction, { period, reason, memberId: actor.memberId, at: now(), leftOpen });
        await scope.audit(transaction, {
          act: 'period.skipped',
          subject: subjectOf(period),
          changes: [
            { field: 'reason', before: null, after: reason },
            ...leftOpen.map(({ amountMinor, currency }) => ({
              field: 'left',
              before: null,
              after: `${amountText(BigInt(amountMinor), currency)} ${currency}`,
            })),
          ],
        });
      });
      return get(scope, actor, asked);
    },
    run: async (scope, actor, asked) => {
      const { period } = asked;
      const { isOver } = await requireMonth(scope, asked);
      await database.write(scope, async (transaction) => {
        const row = await lockPeriod(transaction, scope, period);
        if (row.askedAt !== null) return;
        requireAllowed(refusesRun({ state: isOver ? row.state : 'open', isAsked: false }));
        await askForPeriod(transaction, { period, memberId: actor.memberId, at: now() });
        await scope.audit(transaction, {
          act: 'period.run-requested',
          subject: subjectOf(period),
          changes: [{ field: 'state', before: row.state, after: row.state === 'run' ? 'run' : 'due' }],
        });
      });
      return get(scope, actor, asked);
    },
  };
};
