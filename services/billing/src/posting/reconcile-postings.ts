import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import { codesOpenedBy, type CodeOpenedBy } from '../exception/exception-kinds.ts';
import { recordExceptions } from '../exception/record-exceptions.ts';
import { postedInvoices, type PostedInvoice } from '../invoice/settled-invoices.ts';
import { quickBooksAccount, type QuickBooksAccount } from '../quickbooks/quickbooks-account.ts';
import type { QuickBooksInvoice } from '../quickbooks/sent-invoice.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import { realmLimiter } from '../quickbooks/realm-limiter.ts';
import { minorDigits } from '@legendops/kit/contract/currency';
import { amountText } from '../rating/currency.ts';
import { parseScaled } from '../rating/decimal.ts';
import type { FoundException } from '../rating/rating-values.ts';
import type { JobContext } from '../job/run-job.ts';

const lookBackDays = 100;
const atOnce = 30;

const subjectOf = ({ docNumber }: PostedInvoice): string => `posted:${docNumber}`;

const compare = (posted: PostedInvoice, quickBooksInvoices: readonly QuickBooksInvoice[]): FoundException[] => {
  const { docNumber, quickBooksId, customerId, customerName, currency, totalMinor } = posted;
  const found = (
    code: CodeOpenedBy<'reconcile'>,
    detail: string,
    nextStep: string,
    minor?: bigint,
  ): FoundException[] => [
    {
      subjectKey: subjectOf(posted),
      code,
      customerId,
      detail: `${docNumber} of ${customerName} ${detail}`,
      nextStep,
      amount: minor === undefined ? undefined : { minor, currency },
    },
  ];
  const quickBooksInvoice = quickBooksInvoices.find(({ id }) => id === quickBooksId);
  if (!quickBooksInvoice && quickBooksInvoices.some((other) => other.docNumber === docNumber))
    return found('posted.other-id', 'is another invoice in QuickBooks now', 'Look at both in QuickBooks');
  if (!quickBooksInvoice)
    return found(
      'posted.missing',
      'is no longer in QuickBooks',
      'Find out who deleted it; write it again if it was a mistake',
      totalMinor,
    );
  const inMinor = (text: string): bigint => parseScaled(text, minorDigits(currency));
  const difference = inMinor(quickBooksInvoice.total) - inMinor(quickBooksInvoice.tax) - totalMinor;
  if (difference !== 0n)
    return found(
      'posted.total-differs',
      `says ${quickBooksInvoice.total} ${currency} in QuickBooks and ${amountText(totalMinor, currency)} here`,
      'If it was voided or changed on purpose nothing is to do; else correct it in QuickBooks',
      difference < 0n ? -difference : difference,
    );
  if (quickBooksInvoice.docNumber !== docNumber)
    return found(
      'posted.number-differs',
      `has the number ${quickBooksInvoice.docNumber || '(none)'} in QuickBooks`,
      'Give it its number back in QuickBooks, so that both are found by it',
    );
  return [];
};

const accountOf = async ({ billing }: JobContext): Promise<{ realmId: string; account: QuickBooksAccount }> => {
  let access = await billing.vendorAccess('quickbooks', { renew: false });
  const { realmId, url } = access;
  if (realmId === null) throw new JobFailure('retryable', 'unexpected', 'The billing service named no account');
  const token = async ({ renew }: { renew: boolean }) => {
    if (renew) access = await billing.vendorAccess('quickbooks', { renew });
    return access.accessToken;
  };
  return { realmId, account: quickBooksAccount({ apiUrl: url, realmId, token, limiter: realmLimiter() }) };
};

/** The invoices by their ids, and where one is not there whatever has its number. */
const quickBooksInvoicesOf = async (
  account: QuickBooksAccount,
  posted: readonly PostedInvoice[],
): Promise<QuickBooksInvoice[]> => {
  const byId = await account.invoicesById(posted.map(({ quickBooksId }) => quickBooksId));
  const there = new Set(byId.map(({ id }) => id));
  const missing = posted.filter(({ quickBooksId }) => !there.has(quickBooksId));
  return [...byId, ...(await account.invoicesByNumber(missing.map(({ docNumber }) => docNumber)))];
};

const compareAll = async (context: JobContext): Promise<Record<string, number>> => {
  const { run, scope, database, progress } = context;
  const { realmId, account } = await accountOf(context);
  const posted = await postedInvoices(database, scope, { realmId, days: lookBackDays });
  const exceptions: FoundException[] = [];
  for (let from = 0; from < posted.length; from += atOnce) {
    const some = posted.slice(from, from + atOnce);
    const quickBooksInvoices = await quickBooksInvoicesOf(account, some);
    for (const one of some) exceptions.push(...compare(one, quickBooksInvoices));
    progress(`compared ${Math.min(from + atOnce, posted.length)} of ${posted.length} posted invoices`);
  }
  const checkedSubjects = posted.map(subjectOf);
  await run.write((transaction) =>
    recordExceptions(transaction, scope, {
      exceptions,
      codes: codesOpenedBy('reconcile'),
      checkedSubjects,
      period: null,
      runId: run.id,
    }),
  );
  return { compared: posted.length, differences: exceptions.length };
};

/** Compares what was posted lately with QuickBooks; every difference becomes an exception that a person looks at. */
export const reconcilePostings = (context: JobContext): Promise<Record<string, number>> =>
  compareAll(context).catch((error: unknown) => {
    if (!(error instanceof QuickBooksError)) throw error;
    const kind = error.kind === 'token' ? 'needsPerson' : 'retryable';
    throw new JobFailure(kind, `quickbooks.${error.kind}`, error.message);
  });
