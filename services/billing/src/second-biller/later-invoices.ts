import { sql } from '@legendops/kit/db/sql';
import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import type { CodeOpenedBy } from '../exception/exception-kinds.ts';
import { recordExceptions } from '../exception/record-exceptions.ts';
import type { JobContext } from '../job/run-job.ts';
import { amountText } from '../rating/currency.ts';
import type { FoundException } from '../rating/rating-values.ts';
import type { Beside, Month } from './beside.ts';
import { monthsAhead, type TermLine } from './months-ahead.ts';
import { theirWords } from './their-words.ts';

const laterCode: CodeOpenedBy<'reconcile'> = 'invoice.superops-later';

// What is invoiced by the year comes so long after ours.
const lookBackDays = 400;

interface Posted {
  invoiceId: string;
  customerId: string;
  customerName: string;
  docNumber: string;
  currency: string;
  totalMinor: bigint;
  from: string;
  until: string;
  terms: TermLine[];
}

/** What an invoice of ours is asked about: its month, and those that its terms bill where no other one of ours is of them. */
const monthsOf = (one: Posted, own: ReadonlySet<string>, today: string): Month[] => [
  { from: one.from, until: one.until },
  ...monthsAhead(one, one.terms, today).filter(({ from }) => !own.has(from)),
];

/** What stands beside any of some months, once. */
const besideAll = (months: readonly Month[], ofMonth: ReadonlyMap<string, Beside>): Beside => {
  const beside = months.flatMap(({ from }) => ofMonth.get(from) ?? []);
  return {
    data: [...new Map(beside.flatMap(({ data }) => data).map((one) => [one.invoiceId, one])).values()],
    unreadable: Math.max(0, ...beside.map(({ unreadable }) => unreadable)),
  };
};

const subjectOf = ({ invoiceId }: Posted): string => `superops:${invoiceId}`;

const found = (one: Posted, beside: Beside): FoundException[] => {
  const theirs = theirWords(beside);
  if (theirs === undefined) return [];
  return [
    {
      subjectKey: subjectOf(one),
      code: laterCode,
      customerId: one.customerId,
      invoiceId: one.invoiceId,
      detail: `SuperOps invoices ${one.customerName}, too: ${theirs}. Ours is ${one.docNumber} over ${amountText(one.totalMinor, one.currency)} ${one.currency}`,
      nextStep:
        'Compare the two: if they bill one thing, void the one in SuperOps, or press “Void” on ours; if they bill different things, press “Dismiss”',
      amount: { minor: one.totalMinor, currency: one.currency },
    },
  ];
};

/** What keeps SuperOps from being asked is told where it is connected; the books were compared all the same. */
const orNotAsked = (error: unknown): JobFailure => {
  if (error instanceof JobFailure && error.kind !== 'suspended') return error;
  throw error;
};

// What keeps so many in a row from being asked is of none of them.
const mostInARow = 3;

/** One that is void, or posted anew, stands beside nothing. */
const settleVoid = ({ run }: JobContext): Promise<void> =>
  run.write(async (transaction) => {
    await transaction.change(sql`
      update billing.exceptions e set resolved_at = now()
      where e.resolved_at is null and e.code = ${laterCode} and not exists (
        select from billing.postings p
        where p.tenant_id = e.tenant_id and p.invoice_id = e.invoice_id and p.state = 'posted')`);
  });

const readPosted = ({ database, scope }: JobContext): Promise<Posted[]> =>
  database.read(
    scope,
    sql<Posted>`
      select i.id as "invoiceId", i.customer_id as "customerId", i.customer_name as "customerName", p.doc_number as "docNumber",
        i.currency, i.total_minor as "totalMinor", i.period_start as "from", i.period_end as "until",
        (select coalesce(jsonb_agg(jsonb_build_object('sourceKey', l.source_key,
            'description', coalesce(l.rated ->> 'description', l.description))), '[]')
          from billing.invoice_lines l
          where l.tenant_id = i.tenant_id and l.invoice_id = i.id and l.source_key like 'subscription:%:term:%') as terms
      from billing.postings p join billing.invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
      where p.state = 'posted' and i.kind = 'invoice' and p.created_at > now() - make_interval(days => ${lookBackDays}::integer)
      order by i.customer_id, i.period_start, i.id`,
  );

/** What is asked about the invoices of one customer, each month once, and what an answer comes to. */
const questionOf = (ofCustomer: readonly Posted[], today: string) => {
  const own = new Set(ofCustomer.map(({ from }) => from));
  const asked = ofCustomer.map((one) => ({ one, months: monthsOf(one, own, today) }));
  const months = [...new Map(asked.flatMap((each) => each.months).map((month) => [month.from, month])).values()];
  const exceptionsOf = (beside: readonly Beside[]): FoundException[] => {
    const ofMonth = new Map(months.flatMap(({ from }, at) => (beside[at] ? [[from, beside[at]]] : [])));
    return asked.flatMap((each) => found(each.one, besideAll(each.months, ofMonth)));
  };
  return { months, exceptionsOf };
};

/**
 * Asks what SuperOps has that may bill the months of invoices of ours that were sent, and tells it on the worklist with both amounts.
 * Before one is sent the posting asks by itself. One customer that cannot be read keeps none of the others from being asked.
 */
export const tellLaterInvoices = async (context: JobContext): Promise<{ superOpsToo: number; notAsked: number }> => {
  const { billing, scope, run, progress, now } = context;
  const today = now().toISOString().slice(0, 10);
  await settleVoid(context);
  const customers = [...Map.groupBy(await readPosted(context), ({ customerId }) => customerId).entries()];
  let [superOpsToo, notAsked, inARow] = [0, 0, 0];
  for (const [index, [customerId, ofCustomer]] of customers.entries()) {
    const { months, exceptionsOf } = questionOf(ofCustomer, today);
    const beside = await billing.invoicesBeside({ customerId, months }).catch(orNotAsked);
    if (beside instanceof JobFailure) {
      [notAsked, inARow] = [notAsked + 1, inARow + 1];
      progress(`SuperOps could not be asked about ${ofCustomer[0]?.customerName ?? customerId}: ${beside.message}`);
      if (beside.kind === 'retryable' && inARow < mostInARow) continue;
      notAsked += customers.length - index - 1;
      break;
    }
    inARow = 0;
    // Of a client that is gone nobody knows, and of a customer that is none any more nobody asked; what was told stands.
    if (beside.customer === 'gone') notAsked += 1;
    if (beside.customer !== 'client') continue;
    const exceptions = exceptionsOf(beside.months);
    superOpsToo += exceptions.length;
    await run.write((transaction) =>
      recordExceptions(transaction, scope, {
        exceptions,
        codes: [laterCode],
        checkedSubjects: ofCustomer.map(subjectOf),
        period: null,
        runId: run.id,
      }),
    );
  }
  if (notAsked > 0) progress(`SuperOps could not be asked about ${notAsked} of ${customers.length} customers`);
  return { superOpsToo, notAsked };
};
