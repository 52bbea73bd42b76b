import { sql } from '@legendops/kit/db/sql';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import type { Threshold } from './threshold.ts';
import type { ThresholdRow } from './threshold-rows.ts';

export const thresholdOf = (currency: string) => sql<ThresholdRow>`
  select currency, amount_minor, share_ppm from billing.variance_thresholds where currency = ${currency} for update`;

export const writeThreshold = (
  transaction: Transaction,
  { tenantId }: Scope,
  { currency, amountMinor, sharePpm }: Threshold & { currency: string },
): Promise<number> =>
  transaction.change(sql`
    insert into billing.variance_thresholds (tenant_id, currency, amount_minor, share_ppm)
    values (${tenantId}, ${currency}, ${amountMinor}, ${sharePpm})
    on conflict (tenant_id, currency) do update
      set amount_minor = excluded.amount_minor, share_ppm = excluded.share_ppm, updated_at = now()`);
