import type { Scope } from '@legendops/kit/db/tenant-database';
import { minorDigits } from '@legendops/kit/contract/currency';
import type { BookSettings } from '../quickbooks/book-settings.ts';
import type { QuickBooksCompany } from '../quickbooks/quickbooks-company.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import type { Books, TenantCompanies } from '../quickbooks/tenant-companies.ts';
import { amountText } from '../rating/currency.ts';
import { addDays } from '../rating/period.ts';
import {
  afterError,
  customerGone,
  found,
  maybeSent,
  numbersOff,
  numberTaken,
  otherCompany,
  otherCurrency,
  posted,
  sharedCustomer,
  tooManyDigits,
} from './outcomes.ts';
import { recognise, type Recognised } from './recognise.ts';
import type { ClaimedPosting } from './claimed-posting.ts';
import type { PostingOutcome, PostingStore } from './store.ts';

const quickBooksDigits = 2;

// The customer or the item that we named was merged away or made inactive.
const goneCodes = new Set(['610', '2500']);

interface Attempt {
  store: PostingStore;
  scope: Scope;
  posting: ClaimedPosting;
  company: QuickBooksCompany;
}

const dateOf = ({ period_end }: ClaimedPosting): string => addDays(period_end, -1);

/** By every number that it was sent under, by whatever id is named, and among its customer's invoices of its day. */
const look = async (
  { store, scope, posting, company }: Attempt,
  ids: readonly string[] = [],
): Promise<Recognised | undefined> => {
  const customerId = await store.remoteCustomer(scope, posting.customer_id, posting.realm_id);
  const remotes = [
    ...(await company.invoicesByNumber(posting.doc_numbers)),
    ...(await company.invoicesById(ids)),
    ...(customerId === undefined ? [] : await company.invoicesOf(customerId, dateOf(posting))),
  ];
  return recognise(posting, remotes, customerId);
};

/** The id of our customer in the books; undefined when that one is another customer's of ours already. */
const remoteCustomerOf = async ({ store, scope, posting, company }: Attempt): Promise<string | undefined> => {
  const { customer_id, customer_name, realm_id } = posting;
  const known = await store.remoteCustomer(scope, customer_id, realm_id);
  if (known !== undefined) return known;
  const remoteId = await company.ensureCustomer(customer_name);
  return (await store.rememberCustomer(scope, { customerId: customer_id, realmId: realm_id, remoteId }))
    ? remoteId
    : undefined;
};

const unfit = ({ currency }: ClaimedPosting, settings: BookSettings): PostingOutcome | undefined => {
  if (!settings.customNumbers) return numbersOff;
  if (minorDigits(currency) > quickBooksDigits) return tooManyDigits(currency);
  // Without Multicurrency QuickBooks takes every amount for its own currency, whatever was meant.
  if (!settings.multiCurrency && settings.homeCurrency !== currency)
    return otherCurrency(currency, settings.homeCurrency);
  return undefined;
};

const send = async (
  { store, scope, posting, company }: Attempt,
  { customerId, settings }: { customerId: string; settings: BookSettings },
): Promise<PostingOutcome> => {
  const lines = await store.lines(scope, posting.invoice_id);
  const remote = await company.createInvoice(
    {
      customerId,
      itemId: settings.itemId,
      docNumber: posting.doc_number,
      date: dateOf(posting),
      currency: settings.multiCurrency ? posting.currency : undefined,
      fingerprint: posting.invoice_id,
      lines: lines.map(({ description, amount_minor }) => ({
        description,
        amount: amountText(amount_minor, posting.currency),
      })),
    },
    posting.request_id,
  );
  return posted(posting, remote);
};

const isRefusal = (error: unknown): error is QuickBooksError =>
  error instanceof QuickBooksError && error.kind === 'rejected';

/** It has our number already. Only what can be seen to be somebody else's frees us to take another one. */
const afterDuplicate = async (
  attempt: Attempt,
  { code, message, holder }: QuickBooksError,
): Promise<PostingOutcome> => {
  const { posting } = attempt;
  if (holder && holder.type !== 'Invoice') return numberTaken(posting);
  try {
    const recognised = await look(attempt, holder ? [holder.id] : []);
    if (recognised) return found(posting, recognised);
  } catch {
    // Not seen is not settled: it stays in doubt, as below.
  }
  return afterError(new QuickBooksError('in-doubt', code, message), posting, { sent: true });
};

const afterSend = async (attempt: Attempt, error: unknown, books: Books): Promise<PostingOutcome> => {
  const { store, scope, posting } = attempt;
  if (!isRefusal(error)) return afterError(error, posting, { sent: true });
  if (error.code === '6140') return afterDuplicate(attempt, error);
  if (goneCodes.has(error.code)) {
    await store.forgetCustomer(scope, posting.customer_id, posting.realm_id);
    books.forgetSettings();
    return customerGone(posting.customer_name);
  }
  return afterError(error, posting, { sent: true });
};

/**
 * One attempt at one posting, until `signal` ends it. What may have been sent before is looked up by its numbers first;
 * only what is not there is sent again, with the same requestid, which makes a repetition the same invoice even then.
 */
export const postOne = async (
  { store, companies }: { store: PostingStore; companies: TenantCompanies },
  scope: Scope,
  posting: ClaimedPosting,
  signal: AbortSignal,
): Promise<PostingOutcome> => {
  try {
    const books = await companies.of(scope.tenantId, signal);
    const elsewhere = otherCompany(posting, books.realmId);
    if (elsewhere) return elsewhere;
    const attempt: Attempt = { store, scope, posting, company: books.company };
    if (maybeSent(posting) || posting.generation > 1) {
      const recognised = await look(attempt);
      if (recognised) return found(posting, recognised);
    }
    const settings = await books.settings();
    const refused = unfit(posting, settings);
    if (refused) {
      books.forgetSettings();
      return refused;
    }
    const customerId = await remoteCustomerOf(attempt);
    if (customerId === undefined) return sharedCustomer(posting.customer_name);
    // From here on a crash leaves it to be looked for. Without the claim it is somebody else's to send.
    if (!(await store.markSent(scope, posting)))
      throw new QuickBooksError('unreachable', 'claim-lost', 'This attempt took longer than its claim');
    return await send(attempt, { customerId, settings }).catch((error: unknown) => afterSend(attempt, error, books));
  } catch (error) {
    return afterError(error, posting, { sent: false });
  }
};
