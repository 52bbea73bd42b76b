import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import { codesOpenedBy, type CodeOpenedBy } from '../exception/exception-kinds.ts';
import { recordExceptions } from '../exception/record-exceptions.ts';
import { postedInvoices, type PostedInvoice } from '../invoice/settled-invoices.ts';
import { quickBooksCompany, type QuickBooksCompany, type RemoteInvoice } from '../quickbooks/quickbooks-company.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import { realmLimiter } from '../quickbooks/realm-limiter.ts';
import { minorDigits } from '@legendops/kit/contract/currency';
import { amountText } from '../rating/currency.ts';
import { parseScaled } from '../rating/decimal.ts';
import type { RatingException } from '../rating/rated-values.ts';
import type { JobContext } from '../job/run-job.ts';

const lookBackDays = 100;
const atOnce = 30;

const subjectOf = ({ docNumber }: PostedInvoice): string => `posted:${docNumber}`;

const compare = (posted: PostedInvoice, remotes: readonly RemoteInvoice[]): RatingException[] => {
  const { docNumber, remoteId, customerId, customerName, currency, totalMinor } = posted;
  const found = (
    code: CodeOpenedBy<'reconcile'>,
    detail: string,
    nextStep: string,
    minor?: bigint,
  ): RatingException[] => [
    {
      subjectKey: subjectOf(posted),
      code,
      customerId,
      detail: `${docNumber} of ${customerName} ${detail}`,
      nextStep,
      amount: minor === undefined ? undefined : { minor, currency },
    },
  ];
  const remote = remotes.find(({ id }) => id === remoteId);
  if (!remote && remotes.some((other) => other.docNumber === docNumber))
    return found('posted.other-id', 'is another invoice in QuickBooks now', 'Look at both in QuickBooks');
  if (!remote)
    return found(
      'posted.missing',
      'is no longer in QuickBooks',
      'Find out who deleted it; write it again if it was a mistake',
      totalMinor,
    );
  const difference = parseScaled(remote.total, minorDigits(currency)) - totalMinor;
  if (difference !== 0n)
    return found(
      'posted.total-differs',
      `says ${remote.total} ${currency} in QuickBooks and ${amountText(totalMinor, currency)} here`,
      'If it was voided or changed on purpose nothing is to do; else correct it in QuickBooks',
      difference < 0n ? -difference : difference,
    );
  if (remote.docNumber !== docNumber)
    return found(
      'posted.number-differs',
      `has the number ${remote.docNumber || '(none)'} in QuickBooks`,
      'Give it its number back in QuickBooks, so that both are found by it',
    );
  return [];
};

const companyOf = async ({ billing }: JobContext): Promise<{ realmId: string; company: QuickBooksCompany }> => {
  let access = await billing.vendorAccess('quickbooks', { renew: false });
  const { realmId, url } = access;
  if (realmId === null) throw new JobFailure('retryable', 'unexpected', 'The billing service named no company');
  const token = async ({ renew }: { renew: boolean }) => {
    if (renew) access = await billing.vendorAccess('quickbooks', { renew });
    return access.accessToken;
  };
  return { realmId, company: quickBooksCompany({ apiUrl: url, realmId, token, limiter: realmLimiter() }) };
};

/** The invoices by their ids, and where one is not there whatever has its number. */
const remotesOf = async (company: QuickBooksCompany, posted: readonly PostedInvoice[]): Promise<RemoteInvoice[]> => {
  const byId = await company.invoicesById(posted.map(({ remoteId }) => remoteId));
  const there = new Set(byId.map(({ id }) => id));
  const missing = posted.filter(({ remoteId }) => !there.has(remoteId));
  return [...byId, ...(await company.invoicesByNumber(missing.map(({ docNumber }) => docNumber)))];
};

const compareAll = async (context: JobContext): Promise<Record<string, number>> => {
  const { run, scope, database, progress } = context;
  const { realmId, company } = await companyOf(context);
  const posted = await postedInvoices(database, scope, { realmId, days: lookBackDays });
  const exceptions: RatingException[] = [];
  for (let from = 0; from < posted.length; from += atOnce) {
    const some = posted.slice(from, from + atOnce);
    const remotes = await remotesOf(company, some);
    for (const one of some) exceptions.push(...compare(one, remotes));
    progress(`compared ${Math.min(from + atOnce, posted.length)} of ${posted.length} posted invoices`);
  }
  const looked = posted.map(subjectOf);
  await run.write((transaction) =>
    recordExceptions(transaction, scope, {
      exceptions,
      codes: codesOpenedBy('reconcile'),
      looked,
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
