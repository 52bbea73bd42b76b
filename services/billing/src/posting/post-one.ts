import type { Scope } from '@legendops/kit/db/tenant-database';
import { minorDigits } from '@legendops/kit/contract/currency';
import type { BookSettings } from '../quickbooks/book-settings.ts';
import type { QuickBooksCompany } from '../quickbooks/quickbooks-company.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import type { TenantCompanies } from '../quickbooks/tenant-companies.ts';
import { amountText } from '../rating/currency.ts';
import { addDays } from '../rating/period.ts';
import {
  afterError,
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
import type { ClaimedPosting, PostingOutcome, PostingStore } from './store.ts';

const quickBooksDigits = 2;
// QuickBooks says 6140 for a number that it holds; one that a search does not show yet may still be ours.
const looksAfterDuplicate = 3;

interface Attempt {
  store: PostingStore;
  scope: Scope;
  posting: ClaimedPosting;
  company: QuickBooksCompany;
}

const look = async ({ store, scope, posting, company }: Attempt): Promise<Recognised | undefined> => {
  const remotes = await company.invoicesByNumber(posting.doc_numbers);
  return recognise(posting, remotes, await store.remoteCustomer(scope, posting.customer_id, posting.realm_id));
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
      date: addDays(posting.period_end, -1),
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

const isDuplicate = (error: unknown): error is QuickBooksError =>
  error instanceof QuickBooksError && error.kind === 'rejected' && error.code === '6140';

const afterDuplicate = async (attempt: Attempt, { code, message }: QuickBooksError): Promise<PostingOutcome> => {
  const { posting } = attempt;
  const unknown = () => afterError(new QuickBooksError('in-doubt', code, message), posting, { sent: true });
  try {
    const recognised = await look(attempt);
    if (recognised) return found(posting, recognised);
  } catch {
    return unknown();
  }
  return posting.attempt < looksAfterDuplicate ? unknown() : numberTaken(posting);
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
  let attempt: Attempt | undefined;
  let sent = false;
  try {
    const books = await companies.of(scope.tenantId, signal);
    if (books.realmId !== posting.realm_id) return otherCompany(posting);
    attempt = { store, scope, posting, company: books.company };
    // A crash after the call leaves `posting`, too; and a generation before this one may have arrived after all.
    if (maybeSent(posting) || posting.generation > 1) {
      const recognised = await look(attempt);
      if (recognised) return found(posting, recognised);
    }
    const settings = await books.settings();
    const refused = unfit(posting, settings);
    if (refused) return refused;
    const customerId = await remoteCustomerOf(attempt);
    if (customerId === undefined) return sharedCustomer(posting.customer_name);
    sent = true;
    return await send(attempt, { customerId, settings });
  } catch (error) {
    return attempt && sent && isDuplicate(error)
      ? afterDuplicate(attempt, error)
      : afterError(error, posting, { sent });
  }
};
