import type { Scope } from '@legendops/kit/db/tenant-database';
import { minorDigits } from '@legendops/kit/contract/currency';
import type { AccountSettings } from '../quickbooks/account-settings.ts';
import type { QuickBooksAccount, QuickBooksInvoice } from '../quickbooks/quickbooks-account.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import type { TenantAccount, TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import { amountText } from '../rating/currency.ts';
import { addDays } from '../rating/period.ts';
import {
  afterError,
  customerGone,
  maybeSent,
  numbersOff,
  numberTaken,
  otherAccount,
  otherCurrency,
  posted,
  sharedCustomer,
  tooManyDigits,
  unmarked,
} from './outcomes.ts';
import { recognise, unmarkedHolder } from './recognise.ts';
import type { ClaimedPosting } from './claimed-posting.ts';
import type { PostingOutcome, PostingStore } from './store.ts';

const quickBooksDigits = 2;

// The customer or the item that we named was merged away or made inactive.
const goneCodes = new Set(['610', '2500']);

interface Attempt {
  store: PostingStore;
  scope: Scope;
  posting: ClaimedPosting;
  account: QuickBooksAccount;
}

const dateOf = ({ period_end }: ClaimedPosting): string => addDays(period_end, -1);

/** What stands under every number that it was sent under, by whatever id is named, and its customer's invoices of its day. */
const look = async (
  { store, scope, posting, account }: Attempt,
  ids: readonly string[] = [],
): Promise<QuickBooksInvoice[]> => {
  const customerId = await store.quickBooksCustomer(scope, posting.customer_id, posting.realm_id);
  return [
    ...(await account.invoicesByNumber(posting.doc_numbers)),
    ...(await account.invoicesById(ids)),
    ...(customerId === undefined ? [] : await account.invoicesOf(customerId, dateOf(posting))),
  ];
};

/** The id of our customer in QuickBooks; undefined when that one is another customer's of ours already. */
const quickBooksCustomerOf = async ({ store, scope, posting, account }: Attempt): Promise<string | undefined> => {
  const { customer_id, customer_name, realm_id } = posting;
  const known = await store.quickBooksCustomer(scope, customer_id, realm_id);
  if (known !== undefined) return known;
  const quickBooksId = await account.ensureCustomer(customer_name);
  return (await store.rememberCustomer(scope, { customerId: customer_id, realmId: realm_id, quickBooksId }))
    ? quickBooksId
    : undefined;
};

const unfit = ({ currency }: ClaimedPosting, settings: AccountSettings): PostingOutcome | undefined => {
  if (!settings.customNumbers) return numbersOff;
  if (minorDigits(currency) > quickBooksDigits) return tooManyDigits(currency);
  // Without Multicurrency QuickBooks takes every amount for its own currency, whatever was meant.
  if (!settings.multiCurrency && settings.homeCurrency !== currency)
    return otherCurrency(currency, settings.homeCurrency);
  return undefined;
};

const send = async (
  { store, scope, posting, account }: Attempt,
  { customerId, settings }: { customerId: string; settings: AccountSettings },
): Promise<PostingOutcome> => {
  const lines = await store.lines(scope, posting.invoice_id);
  const quickBooksInvoice = await account.createInvoice(
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
  // An answer about anything but what was asked for proves nothing of it.
  if (recognise(posting, [quickBooksInvoice]) === undefined)
    throw new QuickBooksError('in-doubt', 'other-entity', 'QuickBooks answered with another invoice');
  return posted(posting, quickBooksInvoice);
};

const isRefusal = (error: unknown): error is QuickBooksError =>
  error instanceof QuickBooksError && error.kind === 'rejected';

/**
 * It has our number already. What is seen under it without our mark is somebody else's as long as this was the first try;
 * once an earlier one may have arrived only a person can tell it from ours without its note.
 */
const afterDuplicate = async (
  attempt: Attempt,
  { code, message, holder }: QuickBooksError,
): Promise<PostingOutcome> => {
  const { posting } = attempt;
  if (holder && holder.type !== 'Invoice') return numberTaken(posting);
  try {
    const seen = await look(attempt, holder ? [holder.id] : []);
    const ours = recognise(posting, seen);
    if (ours) return posted(posting, ours);
    const other = unmarkedHolder(posting, seen);
    if (other) return maybeSent(posting) ? unmarked(posting, other) : numberTaken(posting);
  } catch {
    // Not seen is not settled: it stays in doubt, as below.
  }
  return afterError(new QuickBooksError('in-doubt', code, message), posting, { sent: true });
};

const afterSend = async (attempt: Attempt, error: unknown, connected: TenantAccount): Promise<PostingOutcome> => {
  const { store, scope, posting } = attempt;
  if (!isRefusal(error)) return afterError(error, posting, { sent: true });
  if (error.code === '6140') return afterDuplicate(attempt, error);
  if (goneCodes.has(error.code)) {
    await store.forgetCustomer(scope, posting.customer_id, posting.realm_id);
    connected.forgetSettings();
    return customerGone(posting.customer_name);
  }
  return afterError(error, posting, { sent: true });
};

/**
 * One attempt at one posting, until `signal` ends it. What may have been sent before is looked up by its mark first;
 * only what is not there is sent again, with the same requestid, which makes a repetition the same invoice even where a
 * person has edited the mark away.
 */
export const postOne = async (
  { store, accounts }: { store: PostingStore; accounts: TenantAccounts },
  scope: Scope,
  posting: ClaimedPosting,
  signal: AbortSignal,
): Promise<PostingOutcome> => {
  try {
    const connected = await accounts.of(scope.tenantId, signal);
    const elsewhere = otherAccount(posting, connected.realmId);
    if (elsewhere) return elsewhere;
    const attempt: Attempt = { store, scope, posting, account: connected.account };
    if (maybeSent(posting) || posting.generation > 1) {
      const ours = recognise(posting, await look(attempt));
      if (ours) return posted(posting, ours);
    }
    const settings = await connected.settings();
    const refused = unfit(posting, settings);
    if (refused) {
      connected.forgetSettings();
      return refused;
    }
    const customerId = await quickBooksCustomerOf(attempt);
    if (customerId === undefined) return sharedCustomer(posting.customer_name);
    // From here on a crash leaves it to be looked for. Without the claim it is somebody else's to send.
    if (!(await store.markSent(scope, posting)))
      throw new QuickBooksError('unreachable', 'claim-lost', 'This attempt took longer than its claim');
    return await send(attempt, { customerId, settings }).catch((error: unknown) =>
      afterSend(attempt, error, connected),
    );
  } catch (error) {
    return afterError(error, posting, { sent: false });
  }
};
