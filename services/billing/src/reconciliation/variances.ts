import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { codesOpenedBy, type CodeOpenedBy } from '../exception/exception-kinds.ts';
import { recordExceptions } from '../exception/record-exceptions.ts';
import type { JobContext } from '../job/run-job.ts';
import { addMonths, lookBackMonths, monthOf } from '../rating/period.ts';
import type { FoundException } from '../rating/rating-values.ts';
import { allThresholds, valueOf } from '../variance-threshold/threshold-rows.ts';
import { reaches, usualThreshold, type Threshold } from '../variance-threshold/threshold.ts';
import { comparedOf } from './compared.ts';
import type { VarianceReason } from './contract.ts';
import { creditText, reasonTexts } from './reasons.ts';

/**
 * What is told as what. The others are told elsewhere: what is not posted, or changed there, by its invoice; what Pax8 has said
 * nothing of yet is no finding.
 */
const codes = {
  unlinked: 'variance.unlinked',
  'not-billed': 'variance.not-billed',
  'billed-without-cost': 'variance.billed-without-cost',
  'currency-differs': 'variance.currency',
  'quantity-differs': 'variance.quantity',
  'price-differs': 'variance.price',
  'cost-unknown': 'variance.cost-unknown',
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
  /** All that is billed of the same customer or product, by whichever side bills more of each thing. */
  billed: string;
  /** What Pax8 charges takes money back. */
  is_credit: boolean;
  largest: string;
}

// A price that differs is its product's, everything else its customer's.
const isOfProduct = sql`reason in ('price-differs', 'cost-unknown')`;
const productOf = sql`coalesce(product_id, product_name)`;
const customerOf = sql`coalesce(customer_id::text, company_id::text, '')`;
const billed = sql`sum(greatest(abs(coalesce(cost, 0)), abs(coalesce(amount, 0))))`;

/**
 * The differences of a month by cause. What an invoice run has told already under its own name, a company that is no customer
 * or a line without a price, is not told twice; and before the month was run nothing of it could be billed.
 */
const causesOf = (period: string) => sql<CauseRow>`
  ${comparedOf(period)},
  weighed as (
    select c.*, ${billed} over (partition by ${productOf}, currency) as of_product,
      ${billed} over (partition by ${customerOf}, currency) as of_customer
    from compared c),
  caused as (
    select w.*, case when ${isOfProduct} then 'product:' || ${productOf} else 'customer:' || ${customerOf} end as cause,
      case when ${isOfProduct} then of_product else of_customer end as billed_beside,
      reason = 'not-billed' and cost < 0 as is_credit
    from weighed w
    where reason = any (${Object.keys(codes)}::text[])
      and (reason not in ('not-billed', 'unlinked') or exists (
        select from billing.periods p where p.period = ${period}::date and p.state in ('run', 'closed')))
      and not exists (
        select from billing.exceptions e
        where e.resolved_at is null and e.period = ${period}::date and reason in ('unlinked', 'not-billed')
          and e.subject_key in (w.thing, 'company:' || w.company_id)))
  select reason, cause, case when not ${isOfProduct} then min(customer_id::text) end as customer_id,
    case when ${isOfProduct} then min(product_name) else min(customer_name) end as name, currency,
    count(*)::integer as count, sum(stake)::text as stake, is_credit,
    max(billed_beside)::text as billed,
    (array_agg(product_name || case when ${isOfProduct} then ' of ' || customer_name else '' end
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

type ThresholdFor = (currency: string) => Threshold;

const readThresholds = async (database: TenantDatabase, scope: Scope): Promise<ThresholdFor> => {
  const kept = new Map((await database.read(scope, allThresholds)).map((row) => [row.currency, valueOf(row)]));
  return (currency) => kept.get(currency) ?? usualThreshold(currency);
};

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

/** However old they are: what was told stays until somebody looks again. */
const monthsTold = async (database: TenantDatabase, scope: Scope): Promise<string[]> =>
  (
    await database.read(
      scope,
      sql<{ period: string }>`
        select distinct period from billing.exceptions
        where resolved_at is null and code = any (${codesOpenedBy('variance')}) and period is not null`,
    )
  ).map(({ period }) => period);

const tellMonths = async (
  { run, scope, database }: JobContext,
  months: readonly string[],
): Promise<{ variances: number }> => {
  const thresholdFor = await readThresholds(database, scope);
  let variances = 0;
  for (const period of months) {
    const causes = (await database.read(scope, causesOf(period))).filter(({ stake, billed: of, currency }) =>
      reaches({ stakeMinor: BigInt(stake), ofMinor: BigInt(of) }, thresholdFor(currency)),
    );
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

/** Tells what differs, grouped by its cause, and takes back what does so no more: after each sync, which may have changed it. */
export const tellVariances = async (context: JobContext, today: string): Promise<{ variances: number }> => {
  const { database, scope } = context;
  const [looked, told] = [await monthsOf(database, scope, today), await monthsTold(database, scope)];
  return tellMonths(context, [...new Set([...looked, ...told])]);
};

/** Looks again at the months of which something is told: after an invoice run, which may have billed what was missing. */
export const retellVariances = async (context: JobContext): Promise<void> => {
  await tellMonths(context, await monthsTold(context.database, context.scope));
};
