import { Problem } from '@legendops/kit/errors/problem';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import { namedRestMs, restMs } from '../quickbooks/rest.ts';
import type { QuickBooksSale } from '../quickbooks/sale.ts';
import { heldMinor, kindWords } from '../invoice/kind-words.ts';
import { amountText } from '../rating/currency.ts';
import type { Lapse } from '../invoice/lapsed-approval.ts';
import type { Needs } from '../link/needs.ts';
import { inDoubtSeconds } from './in-doubt.ts';
import type { PostingCode } from './posting-reasons.ts';
import { sameTotal } from './recognise.ts';
import { refusalText } from './refusals.ts';
import type { ClaimedPosting } from './claimed-posting.ts';
import type { PostingOutcome } from './store.ts';

const longestRetrySeconds = 900;

/** An attempt before this one may have reached QuickBooks, even where its process said nothing more. */
export const maybeSent = ({ sent_to }: ClaimedPosting): boolean => sent_to.length > 0;

/** A process died while it was on its way: for a while "not found" does not yet mean "not there". */
export const diedSending = ({ wait_seconds: retryInSeconds }: ClaimedPosting): PostingOutcome => ({
  state: 'in-doubt',
  code: 'sender-died' satisfies PostingCode,
  detail: 'The process that sent it ended in the middle of it',
  retryInSeconds,
});

const difference = (
  posting: ClaimedPosting,
  sale: QuickBooksSale,
): { code: PostingCode; detail: string } | undefined => {
  const { kind, currency, total_minor: totalMinor, doc_number } = posting;
  const what = kindWords[kind];
  if (!sameTotal(posting, sale))
    return {
      code: 'total-differs',
      detail: `QuickBooks says ${sale.total}${sale.tax === '0' ? '' : ` with ${sale.tax} of tax`}, ${what} ${doc_number} says ${amountText(heldMinor({ kind, totalMinor }), currency)} ${currency}: compare the two`,
    };
  if (sale.currency !== undefined && sale.currency !== currency)
    return {
      code: 'currency-differs',
      detail: `QuickBooks has ${what} ${doc_number} in ${sale.currency}, here it is in ${currency}: compare the two`,
    };
  if (posting.outgoing && sale.customerId !== undefined && sale.customerId !== posting.outgoing.customerId)
    return {
      code: 'customer-differs',
      detail: `QuickBooks has ${what} ${doc_number} for its customer ${sale.customerId}, it was for ${posting.outgoing.customerId}: compare the two`,
    };
  if (sale.docNumber !== doc_number)
    return {
      code: 'number-differs',
      detail: `QuickBooks gave ${what} ${doc_number} the number ${sale.docNumber || '(none)'}: turn on “Custom transaction numbers” there`,
    };
  return undefined;
};

/** It is there. Where it differs from what was sent, something is wrong with the account's settings: no more is sent there. */
export const posted = (posting: ClaimedPosting, sale: QuickBooksSale): PostingOutcome => {
  const differs = difference(posting, sale);
  return {
    state: 'posted',
    quickBooksId: sale.id,
    syncToken: sale.syncToken,
    code: differs?.code ?? null,
    detail: differs?.detail ?? null,
    pausesPosting: differs !== undefined,
  };
};

const failed = (code: PostingCode, detail: string) =>
  ({ state: 'failed', code, detail, refused: false }) as const satisfies PostingOutcome;

const codeOfNeeds = {
  customer: 'link-needed',
  item: 'item-needed',
  'tax-code': 'tax-code-needed',
  date: 'books-closed',
  'second-biller': 'superops-invoices-too',
} as const satisfies Record<Needs['what'], PostingCode>;

/** Somebody else's document has our number: ours cannot be there under it. */
export const numberTaken = ({ doc_number }: ClaimedPosting): PostingOutcome => ({
  state: 'failed',
  code: 'doc-number-taken' satisfies PostingCode,
  detail: `QuickBooks has something else with the number ${doc_number}; press “Post to QuickBooks” to take a new number`,
  refused: true,
});

/** Our number is held by what does not carry our fingerprint, after a try of ours that may have arrived. */
export const unmarked = ({ kind, doc_number }: ClaimedPosting, { id, total }: QuickBooksSale): PostingOutcome =>
  failed(
    'invoice-unmarked',
    `QuickBooks has ${kind === 'invoice' ? 'an' : 'a'} ${kindWords[kind]} ${doc_number} (id ${id}, total ${total}) without our note, so it is not taken for this one. Compare the two: if it is this one, press “Settle by hand”; if not, give the other one another number in QuickBooks, then press “Post to QuickBooks” here`,
  );

/** What was void or deleted there is so no more: written once more it would be there twice. */
export const stillInBooks = ({ id, docNumber, total }: QuickBooksSale): PostingOutcome =>
  failed(
    'still-in-books',
    `It is in QuickBooks once more as ${docNumber || 'a document without a number'} (id ${id}, total ${total}), which was void or deleted there: make that void, then press “Post to QuickBooks” here`,
  );

// Our number is how an invoice is found again: where QuickBooks would ignore it nothing may be sent.
export const numbersOff = failed(
  'custom-numbers-off',
  'Turn on “Custom transaction numbers” in QuickBooks (Account and settings, Sales), then press “Post to QuickBooks” here',
);

export const otherCurrency = (currency: string, home: string | undefined): PostingOutcome =>
  failed(
    'currency-differs',
    `The books are kept in ${home ?? 'an unknown currency'}, this invoice is in ${currency}; turn on “Multicurrency” in QuickBooks, or press “Reconnect QuickBooks” under “Connections” for books in ${currency}`,
  );

export const tooManyDigits = (currency: string): PostingOutcome =>
  failed(
    'currency-unsupported',
    `QuickBooks keeps two decimals, ${currency} needs three: write this invoice by hand there, then press “Take back” and “Reject draft” here`,
  );

/** Nothing is sent until a person has said it: it waits on the worklist, and what is said posts it again. */
export const waitsFor = (needs: Needs) => ({
  ...failed(codeOfNeeds[needs.what], `${needs.detail}. ${needs.nextStep}`),
  needs,
});

/** Nothing is sent on the word of who may not give it any more. */
export const approvalLapsed = (lapse: Lapse) => ({ ...failed('approval-lapsed', lapse.detail), lapse });

/** Another account is connected than the one that this may be in, or was meant for. Undefined where it is that one. */
export const otherAccount = (posting: ClaimedPosting, connectedRealmId: string): PostingOutcome | undefined => {
  const elsewhere = posting.sent_to.find(({ realmId }) => realmId !== connectedRealmId);
  if (elsewhere)
    return {
      state: 'in-doubt',
      code: 'other-company' satisfies PostingCode,
      detail: `This invoice may be in the company ${elsewhere.name || elsewhere.realmId}: press “Reconnect QuickBooks” under “Connections” for that one to find out`,
      retryInSeconds: longestRetrySeconds,
    };
  return posting.realm_id === connectedRealmId
    ? undefined
    : failed(
        'other-company',
        'Another QuickBooks company was connected meanwhile; press “Post to QuickBooks” to use it',
      );
};

/** An attempt that ended by an error; `sent` when the invoice itself was on its way. Rethrows what is not a vendor's. */
export const afterError = (error: unknown, posting: ClaimedPosting, { sent }: { sent: boolean }): PostingOutcome => {
  const later = (code: string, detail: string, retryInSeconds: number): PostingOutcome => ({
    state: posting.state,
    code,
    detail,
    retryInSeconds,
    // A gateway that refuses does not pass on; what was in doubt before is so still.
    refused: sent && posting.state === 'posting',
  });
  if (error instanceof Problem) return later(error.code, error.detail ?? error.title, 300);
  if (!(error instanceof QuickBooksError)) throw error;
  const { kind, code, message } = error;
  if (kind === 'rejected') {
    // Refused before anything was sent: whether an earlier attempt arrived is as open as it was.
    if (!sent && maybeSent(posting))
      return { state: 'in-doubt', code, detail: refusalText(error), retryInSeconds: longestRetrySeconds };
    return { state: 'failed', code, detail: refusalText(error), refused: sent };
  }
  if (kind === 'in-doubt' && sent) {
    const retryInSeconds = Math.max(inDoubtSeconds, Math.ceil(namedRestMs(error) / 1_000));
    return { state: 'in-doubt', code, detail: message, retryInSeconds };
  }
  if (kind === 'lapsed')
    return later(
      'subscription-lapsed' satisfies PostingCode,
      'The QuickBooks subscription has ended: renew it, then press “Reconnect QuickBooks” under “Connections”',
      longestRetrySeconds,
    );
  if (kind === 'token')
    return later(
      'reconnect' satisfies PostingCode,
      'QuickBooks no longer accepts this connection: press “Connect QuickBooks” under “Connections”',
      longestRetrySeconds,
    );
  return later(code, message, Math.ceil(restMs(error, posting.attempt) / 1_000));
};
