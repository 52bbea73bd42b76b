import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';

interface LimitRow {
  currency: string;
  limit_minor: bigint;
}

export const allLimits = sql<LimitRow>`select currency, limit_minor from billing.approval_limits order by currency`;

export const limitOf = (currency: string) =>
  sql<LimitRow>`select currency, limit_minor from billing.approval_limits where currency = ${currency} for update`;

export const writeLimit = (
  transaction: Transaction,
  { tenantId }: Scope,
  { currency, limit }: { currency: string; limit: bigint | null },
): Promise<number> =>
  transaction.change(
    limit === null
      ? sql`delete from billing.approval_limits where currency = ${currency}`
      : sql`
          insert into billing.approval_limits (tenant_id, currency, limit_minor) values (${tenantId}, ${currency}, ${limit})
          on conflict (tenant_id, currency) do update set limit_minor = excluded.limit_minor, updated_at = now()`,
  );
