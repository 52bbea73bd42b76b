import { jsonValue, sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { Money } from '../contract.ts';
import { ledgerRows, periodColumns, readPeriods, type PeriodFacts, type PeriodRow } from './period-rows.ts';

export interface PeriodStore {
  all(scope: Scope): Promise<PeriodFacts>;
  ledger(scope: Scope): Promise<PeriodRow[]>;
}

export const periodStore = (database: TenantDatabase): PeriodStore => ({
  all: (scope) => readPeriods(database, scope),
  ledger: (scope) => database.read(scope, ledgerRows),
});

/** The row of a month of the ledger, which a run that writes its drafts holds as well. */
export const lockPeriod = async (
  transaction: Transaction,
  { tenantId }: Scope,
  period: string,
): Promise<PeriodRow & { invoices: number }> => {
  await transaction.change(sql`
    insert into billing.periods (tenant_id, period) values (${tenantId}, ${period}) on conflict (tenant_id, period) do nothing`);
  const row = await transaction.one(
    sql<PeriodRow>`select ${periodColumns} from billing.periods where period = ${period} for update`,
  );
  const { count } = await transaction.one(
    sql<{ count: number }>`select count(*)::integer as count from billing.invoices where period_start = ${period}`,
  );
  return { ...row, invoices: count };
};

export const skipPeriod = (
  transaction: Transaction,
  {
    period,
    reason,
    memberId,
    at,
    leftOpen,
  }: { period: string; reason: string; memberId: string; at: Date; leftOpen: Money[] },
): Promise<number> =>
  transaction.change(sql`
    update billing.periods set state = 'skipped', reason = ${reason}, decided_by = ${memberId},
      decided_at = ${at.toISOString()}, left_open = ${jsonValue(leftOpen)}::jsonb, asked_at = null, asked_by = null
    where period = ${period}`);

/** The next job takes it; one that was skipped or closed is due again. */
export const askForPeriod = (
  transaction: Transaction,
  { period, memberId, at }: { period: string; memberId: string; at: Date },
): Promise<number> =>
  transaction.change(sql`
    update billing.periods set asked_at = ${at.toISOString()}, asked_by = ${memberId},
      state = case when state = 'run' then 'run' else 'due' end, reason = null, decided_by = null, decided_at = null,
      left_open = '[]'
    where period = ${period}`);
