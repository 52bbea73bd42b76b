import { minorDigits } from '@legendops/kit/contract/currency';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { codesOpenedBy, type CodeOpenedBy } from '../exception/exception-kinds.ts';
import { recordExceptions } from '../exception/record-exceptions.ts';
import type { JobContext } from '../job/run-job.ts';
import { addMonths, lookBackMonths, monthOf } from '../rating/period.ts';
import type { FoundException } from '../rating/rating-values.ts';
import { comparedOf } from './compared.ts';
import type { VarianceReason } from './contract.ts';
import { creditText, reasonTexts } from './reasons.ts';

// What is smaller, all of one cause together, is on the page of the month alone: whole units of its currency.
const leastUnits = 5n;

/** What is told as what; the other reasons are told where they are found: by postings, invoice runs and the month's page. */
const codes = {
  unlinked: 'variance.unlinked',
  'not-billed': 'variance.not-billed',
  'billed-without-cost': 'variance.billed-without-cost',
  'currency-differs': 'variance.currency',
  'quantity-differs': 'variance.quantity',
  'price-differs': 'variance.price',
} as const satisfies Partial<Record<VarianceReason, CodeOpenedBy<'variance'>>>;
type Told = keyof typeof codes;

interface CauseRow {
  reason: Told;
  cause: string;
  /** The customer, where it is one's; else the product. */
  customer_id: string | null;
  name: string;
  currency: string;
  count: number;
  stake: string;
  /** What Pax8 charges takes money back. */
  is_credit: boolean;
  largest: string;
}

/**
 * The differences of a month by cause: a price that differs is its product's, everything else its customer's. What an
 * invoice run has told already under its own name, a company that is no customer or a line without a price, is not told
 * twice; and before the month was run nothing of it could be billed.
 */
const causesOf = (period: string) => sql<CauseRow>`
  ${comparedOf(period)},
  caused as (
    select c.*, case when reason = 'price-differs' then 'product:' || coalesce(product_id, product_name)
      else 'customer:' || coalesce(customer_id::text, company_id::text, '') end as cause,
      reason = 'not-billed' and cost < 0 as is_credit
    from compared c
    where reason in ('unlinked', 'not-billed', 'billed-without-cost', 'currency-differs', 'quantity-differs', 'price-differs')
      and (reason not in ('not-billed', 'unlinked') or exists (
        select from billing.periods p where p.period = ${period}::date and p.state in ('run', 'closed')))
      and not exists (
        select from billing.exceptions e
        where e.resolved_at is null and e.period = ${period}::date and reason in ('unlinked', 'not-billed')
          and e.subject_key in (c.thing, 'company:' || c.company_id)))
  select reason, cause, case when reason <> 'price-differs' then min(customer_id::text) end as customer_id,
    case when reason = 'price-differs' then min(product_name) else min(customer_name) end as name, currency,
    count(*)::integer as count, sum(stake)::text as stake, is_credit,
    (array_agg(product_name || case when reason = 'price-differs' then ' of ' || customer_name else '' end
      order by stake desc, key))[1] as largest
  from caused group by reason, cause, is_credit, currency`;

const exceptionOf = (period: string, row: CauseRow): FoundException => {
  const { reason, cause, customer_id: customerId, name, currency, count, stake, largest, is_credit: isCredit } = row;
  const { detail, nextStep } = isCredit ? creditText : reasonTexts[reason];
  const what = count === 1 ? largest : `${count} things, the largest ${largest}`;
  return {
    subjectKey: `variance:${cause}${isCredit ? ':credit' : ''}:${currency}`,
    code: codes[reason],
    customerId,
    detail: `${name || 'Pax8 itself'}, ${period.slice(0, 7)}: ${what}. ${detail}`,
    nextStep,
    amount: { minor: BigInt(stake), currency },
  };
};

const isTold = ({ stake, currency }: CauseRow): boolean =>
  BigInt(stake) >= leastUnits * 10n ** BigInt(minorDigits(currency));

/** The months that invoice runs look at, which are over; nobody looks at what was before the ledger. */
const monthsOf = async (database: TenantDatabase, scope: Scope, today: string): Promise<string[]> => {
  const thisMonth = monthOf(today).start;
  const [row] = await database.read(
    scope,
    sql<{ first: string | null }>`select min(period) as first from billing.periods`,
  );
  const first = row?.first ?? thisMonth;
  return Array.from({ length: lookBackMonths + 1 }, (_, index) => addMonths(thisMonth, -1 - index)).filter(
    (month) => month >= first,
  );
};

/** Tells what differs, grouped by its cause, and takes back what does so no more: after each sync, which may have changed it. */
export const tellVariances = async (context: JobContext, today: string): Promise<{ variances: number }> => {
  const { run, scope, database } = context;
  let variances = 0;
  for (const period of await monthsOf(database, scope, today)) {
    const causes = (await database.read(scope, causesOf(period))).filter(isTold);
    variances += causes.length;
    await run.write((transaction) =>
      recordExceptions(transaction, scope, {
        exceptions: causes.map((row) => exceptionOf(period, row)),
        codes: codesOpenedBy('variance'),
        period,
        runId: run.id,
      }),
    );
  }
  return { variances };
};
