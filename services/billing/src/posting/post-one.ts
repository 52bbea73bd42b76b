import type { Scope } from '@legendops/kit/db/tenant-database';
import { Problem } from '@legendops/kit/errors/problem';
import type { QuickBooksCompany, RemoteInvoice } from '../quickbooks/quickbooks-company.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import type { TenantCompanies } from '../quickbooks/tenant-companies.ts';
import { minorDigits } from '@legendops/kit/contract/currency';
import { amountText } from '../rating/currency.ts';
import { parseScaled } from '../rating/decimal.ts';
import { addDays } from '../rating/period.ts';
import type { ClaimedPosting, PostingOutcome, PostingStore } from './store.ts';

// A request dies at QuickBooks after 120 s: before that, "not found" does not yet mean "not there".
const inDoubtSeconds = 130;
const longestRetrySeconds = 900;

const backoff = (attempts: number): number => Math.min(15 * 2 ** Math.min(attempts, 6), longestRetrySeconds);

const posted = (posting: ClaimedPosting, remote: RemoteInvoice): PostingOutcome => {
  const { currency } = posting;
  const differs = parseScaled(remote.total, minorDigits(currency)) !== posting.total_minor;
  return {
    state: 'posted',
    remoteId: remote.id,
    syncToken: remote.syncToken,
    code: differs ? 'total-differs' : null,
    detail: differs
      ? `QuickBooks says ${remote.total} ${currency}, this invoice ${amountText(posting.total_minor, currency)} ${currency}: compare the two`
      : null,
  };
};

// Our number is how an invoice is found again: where QuickBooks would ignore it nothing may be sent.
const numbersOff: PostingOutcome = {
  state: 'failed',
  code: 'custom-numbers-off',
  detail: 'Turn on "Custom transaction numbers" in QuickBooks (Account and settings, Sales), then post again',
};

const adopt = (posting: ClaimedPosting, remote: RemoteInvoice): PostingOutcome =>
  remote.fingerprint === posting.request_id
    ? posted(posting, remote)
    : {
        state: 'failed',
        code: 'doc-number-taken',
        detail: `QuickBooks has another invoice with the number ${posting.doc_number}; post again to take a new number`,
      };

const afterError = async (
  error: unknown,
  posting: ClaimedPosting,
  { company, sent }: { company: QuickBooksCompany | undefined; sent: boolean },
): Promise<PostingOutcome> => {
  if (error instanceof Problem)
    return { state: posting.state, code: error.code, detail: error.detail ?? error.title, retryInSeconds: 300 };
  if (!(error instanceof QuickBooksError)) throw error;
  const { kind, code, message } = error;
  if (kind === 'rejected' && code === '6140' && company) {
    const remote = await company.findInvoice(posting.doc_number);
    if (remote) return adopt(posting, remote);
  }
  if (kind === 'rejected') return { state: 'failed', code, detail: message };
  // Unanswered before the invoice itself was sent: nothing is in doubt about the invoice.
  if (kind === 'in-doubt' && sent) return { state: 'in-doubt', code, detail: message, retryInSeconds: inDoubtSeconds };
  if (kind === 'token')
    return {
      state: posting.state,
      code: 'reconnect',
      detail: 'QuickBooks no longer accepts this connection: connect it again under Connections',
      retryInSeconds: longestRetrySeconds,
    };
  return {
    state: posting.state,
    code,
    detail: message,
    retryInSeconds: kind === 'throttled' ? 60 : backoff(posting.attempts),
  };
};

/**
 * One attempt at one posting. What is in doubt is looked up by its number first; only what is not there is sent again,
 * with the same requestid, which makes a repetition the same invoice even then.
 */
export const postOne = async (
  { store, companies }: { store: PostingStore; companies: TenantCompanies },
  scope: Scope,
  posting: ClaimedPosting,
): Promise<PostingOutcome> => {
  let company: QuickBooksCompany | undefined;
  let sent = false;
  try {
    const books = await companies.of(scope.tenantId);
    if (books.realmId !== posting.realm_id)
      return {
        state: 'failed',
        code: 'other-company',
        detail: 'Another QuickBooks company was connected meanwhile; post again',
      };
    company = books.company;
    // A crash after the call leaves `posting`, too: every attempt but the first looks before it sends.
    if (posting.state === 'in-doubt' || posting.attempts > 0) {
      const found = await company.findInvoice(posting.doc_number);
      if (found) return adopt(posting, found);
    }
    const { itemId, multiCurrency, customNumbers } = await books.settings();
    if (!customNumbers) return numbersOff;
    const customerId = await remoteCustomerOf(store, company, scope, posting);
    const lines = await store.lines(scope, posting.invoice_id);
    sent = true;
    const remote = await company.createInvoice(
      {
        customerId,
        itemId,
        docNumber: posting.doc_number,
        date: addDays(posting.period_end, -1),
        currency: multiCurrency ? posting.currency : undefined,
        fingerprint: posting.request_id,
        lines: lines.map(({ description, amount_minor }) => ({
          description,
          amount: amountText(amount_minor, posting.currency),
        })),
      },
      posting.request_id,
    );
    return posted(posting, remote);
  } catch (error) {
    return afterError(error, posting, { company, sent });
  }
};

const remoteCustomerOf = async (
  store: PostingStore,
  company: QuickBooksCompany,
  scope: Scope,
  { customer_id, customer_name, realm_id }: ClaimedPosting,
): Promise<string> => {
  const known = await store.remoteCustomer(scope, customer_id, realm_id);
  if (known !== undefined) return known;
  const remoteId = await company.ensureCustomer(customer_name);
  await store.rememberCustomer(scope, customer_id, realm_id, remoteId);
  return remoteId;
};
