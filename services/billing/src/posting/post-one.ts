import type { Scope } from '@legendops/kit/db/tenant-database';
import { minorDigits } from '@legendops/kit/contract/currency';
import { goneCustomer } from '../link/customer-of.ts';
import type { StandingApproval } from '../invoice/lapsed-approval.ts';
import type { KnownLinks } from '../link/known-links.ts';
import type { SecondBiller } from '../second-biller/second-biller.ts';
import { isNeeded, type Needs } from '../link/needs.ts';
import { goneItem } from '../link/sale-rules.ts';
import type { BookFacts } from '../quickbooks/book-facts.ts';
import { QuickBooksError, type NumberHolder } from '../quickbooks/quickbooks-error.ts';
import type { OutgoingSale, QuickBooksSale } from '../quickbooks/sale.ts';
import type { TenantAccount, TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import { addDays } from '../rating/period.ts';
import type { ClaimedPosting } from './claimed-posting.ts';
import {
  afterError,
  approvalLapsed,
  diedSending,
  maybeSent,
  numbersOff,
  numberTaken,
  otherAccount,
  otherCurrency,
  posted,
  stillInBooks,
  tooManyDigits,
  unmarked,
  waitsFor,
} from './outcomes.ts';
import { prepare } from './prepare.ts';
import { recognise, unmarkedHolder } from './recognise.ts';
import type { PostingOutcome, PostingStore } from './store.ts';

const quickBooksDigits = 2;

// What we named was merged away or made inactive.
const goneCodes = new Set(['610', '2500']);

const askAgainMs = 20_000;

export interface Posting {
  store: PostingStore;
  links: KnownLinks;
  accounts: TenantAccounts;
  approval: StandingApproval;
  secondBiller: SecondBiller;
  /** The tenant's own day. */
  today: string;
}

interface Attempt extends Omit<Posting, 'approval' | 'secondBiller'> {
  scope: Scope;
  posting: ClaimedPosting;
  connected: TenantAccount;
}

/** To whom and of which day it may be there: as it was sent, and what was sent before that was kept as by the link. */
const placesOf = async ({ links, scope, posting }: Attempt): Promise<{ customerId: string; date: string }[]> => {
  if (posting.sent_as.length > 0) return posting.sent_as;
  const link = await links.customer(scope, {
    realmId: posting.realm_id,
    customerId: posting.customer_id,
    currency: posting.currency,
  });
  return link?.remote_id ? [{ customerId: link.remote_id, date: addDays(posting.period_end, -1) }] : [];
};

/** What stands under every number that it was sent under, by whatever id is named, and its customer's of its kind and day. */
const look = async (attempt: Attempt, ids: readonly string[] = []): Promise<QuickBooksSale[]> => {
  const { posting, connected } = attempt;
  const { account } = connected;
  const { kind, doc_numbers } = posting;
  const found = [...(await account.salesByNumber(kind, doc_numbers)), ...(await account.salesById(kind, ids))];
  for (const { customerId, date } of await placesOf(attempt))
    found.push(...(await account.salesOf(kind, customerId, date)));
  return found;
};

/** Of this invoice, under an id that was void or deleted when a person asked for another one. */
const writtenAgain = async ({ posting, connected }: Attempt): Promise<QuickBooksSale | undefined> =>
  (await connected.account.salesById(posting.kind, posting.void_ids)).find(
    ({ fingerprint, isVoided }) => fingerprint === posting.invoice_id && !isVoided,
  );

const unfit = ({ currency }: ClaimedPosting, facts: BookFacts): PostingOutcome | undefined => {
  if (!facts.customNumbers) return numbersOff;
  if (minorDigits(currency) > quickBooksDigits) return tooManyDigits(currency);
  // Without Multicurrency QuickBooks takes every amount for its own currency, whatever was meant.
  if (!facts.multiCurrency && facts.homeCurrency !== currency) return otherCurrency(currency, facts.homeCurrency);
  return undefined;
};

const send = async ({ connected, posting }: Attempt, outgoing: OutgoingSale): Promise<PostingOutcome> => {
  const sale = await connected.account.createSale(posting.kind, outgoing, posting.request_id);
  // An answer about anything but what was asked for proves nothing of it.
  if (recognise(posting, [sale]) === undefined)
    throw new QuickBooksError('in-doubt', 'other-entity', 'QuickBooks answered with another invoice');
  return posted({ ...posting, outgoing }, sale);
};

const isRefusal = (error: unknown): error is QuickBooksError =>
  error instanceof QuickBooksError && error.kind === 'rejected';

// Of whichever spelling: the number is one of all kinds of documents.
const isOfKind = ({ type }: NumberHolder, { kind }: ClaimedPosting): boolean =>
  type.toLowerCase() === (kind === 'credit-memo' ? 'creditmemo' : 'invoice');

/**
 * It has our number already. What is seen under it without our fingerprint is somebody else's as long as this was the first try;
 * once an earlier one may have arrived only a person can tell it from ours without its note.
 */
const afterDuplicate = async (
  attempt: Attempt,
  { code, message, holder }: QuickBooksError,
): Promise<PostingOutcome> => {
  const { posting } = attempt;
  if (holder && !isOfKind(holder, posting)) return numberTaken(posting);
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

/** Which of what we named is gone; undefined where all of it is there, and something else was meant. */
const goneOf = async (
  { links, scope, posting, connected }: Attempt,
  outgoing: OutgoingSale,
): Promise<Needs | undefined> => {
  const { books, realmId } = connected;
  const isGone = (id: string, listed: readonly { id: string; isActive: boolean }[]): boolean =>
    !listed.some((one) => one.id === id && one.isActive);
  const customers = await books.customers();
  if (isGone(outgoing.customerId, customers)) {
    await links.gone(scope, realmId, { kind: 'customer', quickBooksId: outgoing.customerId });
    const name = customers.find(({ id }) => id === outgoing.customerId)?.name ?? outgoing.customerId;
    return goneCustomer(posting.customer_name, name);
  }
  const items = await books.items();
  const item = outgoing.lines.find(({ itemId }) => isGone(itemId, items));
  if (!item) return undefined;
  await links.gone(scope, realmId, { kind: 'item', quickBooksId: item.itemId });
  return goneItem(items.find(({ id }) => id === item.itemId)?.name ?? item.itemId);
};

const afterSend = async (attempt: Attempt, outgoing: OutgoingSale, error: unknown): Promise<PostingOutcome> => {
  const { posting, connected } = attempt;
  if (!isRefusal(error)) return afterError(error, posting, { sent: true });
  // It knows better than what was read of its books.
  connected.forgetBooks();
  if (error.code === '6140') return afterDuplicate(attempt, error);
  const gone = goneCodes.has(error.code) ? await goneOf(attempt, outgoing).catch(() => undefined) : undefined;
  return gone ? { ...waitsFor(gone), refused: true } : afterError(error, posting, { sent: true });
};

/** As it was sent before, or as it is to be sent now. */
const outgoingOf = async (attempt: Attempt): Promise<OutgoingSale | Needs> => {
  const { store, links, scope, posting, connected, today } = attempt;
  if (posting.outgoing) return posting.outgoing;
  const lines = await store.lines(scope, posting.invoice_id);
  return prepare({ links, scope, posting, connected, lines, today });
};

/**
 * One attempt at one posting, until `signal` ends it. What may have been sent before is looked up by its fingerprint first;
 * only what is not there is sent again, with the same requestid, which makes a repetition the same invoice even where a
 * person has edited the note away.
 */
export const postOne = async (
  { approval, secondBiller, ...doing }: Posting,
  scope: Scope,
  posting: ClaimedPosting,
  signal: AbortSignal,
): Promise<PostingOutcome> => {
  try {
    const { store } = doing;
    const connected = await doing.accounts.of(scope.tenantId, signal);
    const elsewhere = otherAccount(posting, connected.realmId);
    if (elsewhere) return elsewhere;
    const attempt: Attempt = { ...doing, scope, posting, connected };
    if (maybeSent(posting) || posting.generation > 1) {
      const ours = recognise(posting, await look(attempt));
      if (ours) return posted(posting, ours);
      if (posting.wait_seconds > 0) return diedSending(posting);
    }
    const again = await writtenAgain(attempt);
    if (again) return stillInBooks(again);
    const refused = unfit(posting, await connected.books.facts());
    if (refused) {
      connected.forgetBooks();
      return refused;
    }
    // Both are asked before it is sent for the first time: what may be there already is found, or sent as it was.
    const lapse = maybeSent(posting) ? undefined : await approval(scope, posting);
    if (lapse) return approvalLapsed(lapse);
    const billedToo = posting.outgoing ? undefined : await secondBiller(scope, posting);
    if (billedToo) return waitsFor(billedToo);
    const first = await outgoingOf(attempt);
    // A person may have put it right in QuickBooks since its books were read; the others of a batch ask nothing again.
    const isOld = { olderThanMs: posting.generation > 1 ? 0 : askAgainMs };
    const outgoing = isNeeded(first) && connected.forgetBooks(isOld) ? await outgoingOf(attempt) : first;
    if (isNeeded(outgoing)) return waitsFor(outgoing);
    // From here on a crash leaves it to be looked for. Without the claim it is somebody else's to send.
    if (!(await store.markSent(scope, posting, outgoing)))
      throw new QuickBooksError('unreachable', 'claim-lost', 'This attempt took longer than its claim');
    return await send(attempt, outgoing).catch((error: unknown) => afterSend(attempt, outgoing, error));
  } catch (error) {
    return afterError(error, posting, { sent: false });
  }
};
