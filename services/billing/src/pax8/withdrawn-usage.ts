import { sql } from '@legendops/kit/db/sql';
import type { Transaction } from '@legendops/kit/db/transaction';
import { divRound } from '../rating/decimal.ts';
import type { FoundException } from '../rating/rating-values.ts';
import type { SyncWindow } from './sync-window.ts';
import { supersedeUnlisted } from './usage-store.ts';

interface Mirrored {
  product_name: string;
  lines: number;
  cost_e8: string;
  currency: string;
}

const code = 'usage.withdrawn';
const subjectOf = (subscriptionId: string): string => `subscription:${subscriptionId}`;

/** When a sync first found what is told; undefined where it is not told yet. */
const toldAt = async (transaction: Transaction, subscriptionId: string): Promise<Date | undefined> => {
  const row = await transaction.row(sql<{ at: string }>`
    select r.started_at as at from billing.exceptions e join billing.runs r on r.tenant_id = e.tenant_id and r.id = e.run_id
    where e.code = ${code} and e.subject_key = ${subjectOf(subscriptionId)} and e.resolved_at is null limit 1`);
  return row && new Date(row.at);
};

/**
 * What to make of a subscription that lists no usage though the mirror has some: on the first day it is told and billed
 * still, vendors answer an empty list on a bad day, too; from the second day on it is believed, and gone.
 */
export const withdrawn = async (
  transaction: Transaction,
  {
    subscriptionId,
    window,
    dayOf,
    today,
  }: { subscriptionId: string; window: SyncWindow; dayOf: (instant: Date) => string; today: string },
): Promise<{ superseded: number; exceptions: FoundException[] }> => {
  const mirrored = await transaction.rows(sql<Mirrored>`
    select min(product_name) as product_name, count(*)::integer as lines, sum(partner_total_e8)::text as cost_e8, currency
    from billing.pax8_usage_lines
    where subscription_id = ${subscriptionId} and superseded_at is null
      and usage_date between ${window.from}::date and ${window.to}::date group by currency`);
  const [first] = mirrored;
  if (!first) return { superseded: 0, exceptions: [] };
  const told = await toldAt(transaction, subscriptionId);
  if (told && dayOf(told) < today)
    return {
      superseded: await supersedeUnlisted(transaction, { subscriptionId, summaryIds: [], window }),
      exceptions: [],
    };
  const lines = mirrored.reduce((sum, { lines: count }) => sum + count, 0);
  return {
    superseded: 0,
    exceptions: [
      {
        subjectKey: subjectOf(subscriptionId),
        code,
        customerId: null,
        detail: `Pax8 lists no usage of ${first.product_name} any more, of which it told ${lines} lines since ${window.from}; they are billed as they were`,
        nextStep: 'Look at Pax8 whether it was withdrawn: from tomorrow on the nightly reading believes it',
        amount:
          mirrored.length === 1
            ? { minor: divRound(BigInt(first.cost_e8), 100_000_000n), currency: first.currency }
            : undefined,
      },
    ],
  };
};
