import { sql } from '@legendops/kit/db/sql';
import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import type { CodeOpenedBy } from '../exception/exception-kinds.ts';
import { recordExceptions } from '../exception/record-exceptions.ts';
import type { JobContext } from '../job/run-job.ts';
import { amountText } from '../rating/currency.ts';
import type { FoundException } from '../rating/rating-values.ts';
import type { Beside } from './beside.ts';
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
}

const nothing: Beside = { data: [], unreadable: 0 };

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
const orNotAsked = (error: unknown): undefined => {
  if (error instanceof JobFailure && error.kind !== 'suspended') return undefined;
  throw error;
};

/**
 * Asks what SuperOps has invoiced customers of ours since our invoices were sent, and tells it on the worklist with both amounts.
 * Before one is sent the posting asks by itself.
 */
export const tellLaterInvoices = async ({
  billing,
  database,
  scope,
  run,
  progress,
}: JobContext): Promise<{ superOpsToo: number; notAsked: number }> => {
  const posted = await database.read(
    scope,
    sql<Posted>`
      select i.id as "invoiceId", i.customer_id as "customerId", i.customer_name as "customerName", p.doc_number as "docNumber",
        i.currency, i.total_minor as "totalMinor", i.period_start as "from", i.period_end as "until"
      from billing.postings p join billing.invoices i on i.tenant_id = p.tenant_id and i.id = p.invoice_id
      where p.state = 'posted' and i.kind = 'invoice' and p.created_at > now() - make_interval(days => ${lookBackDays}::integer)
      order by i.customer_id, i.period_start, i.id`,
  );
  const customers = [...Map.groupBy(posted, ({ customerId }) => customerId).entries()];
  let superOpsToo = 0;
  for (const [index, [customerId, ofCustomer]] of customers.entries()) {
    const months = [...new Map(ofCustomer.map(({ from, until }) => [from, { from, until }])).values()];
    const beside = await billing.invoicesBeside({ customerId, months }).catch(orNotAsked);
    if (beside === undefined) {
      progress(`SuperOps could not be asked about ${customers.length - index} of ${customers.length} customers`);
      return { superOpsToo, notAsked: customers.length - index };
    }
    // Of a client that is gone nobody knows; what was told of it stands.
    if (beside.customer === 'gone') continue;
    const ofMonth = new Map(months.map(({ from }, at) => [from, beside.months[at]]));
    const exceptions = ofCustomer.flatMap((one) => found(one, ofMonth.get(one.from) ?? nothing));
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
  return { superOpsToo, notAsked: 0 };
};
