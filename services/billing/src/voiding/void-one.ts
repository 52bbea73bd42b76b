import { createHash } from 'node:crypto';
import { minorDigits } from '@legendops/kit/contract/currency';
import { Problem } from '@legendops/kit/errors/problem';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { QuickBooksAccount } from '../quickbooks/quickbooks-account.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import { restMs } from '../quickbooks/rest.ts';
import type { QuickBooksSale } from '../quickbooks/sale.ts';
import type { TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import { amountText } from '../rating/currency.ts';
import { parseScaled } from '../rating/decimal.ts';
import { voidRefusalText } from './refusals.ts';
import type { ClaimedVoiding, VoidingOutcome } from './store.ts';

const retrySeconds = 30;
const longestRetrySeconds = 900;
const stale = '5010';

/** One request for one state of the document: repeated it is the same, of another state it is another. */
const requestIdOf = ({ tenantId }: Scope, { id }: ClaimedVoiding, { syncToken }: QuickBooksSale): string =>
  createHash('sha256').update(`voiding\n${tenantId}\n${id}\n${syncToken}`).digest('hex').slice(0, 32);

/** What a person changed there is not voided by who has not seen it. */
const changed = (voiding: ClaimedVoiding, sale: QuickBooksSale): VoidingOutcome | undefined => {
  const { currency, total_minor, doc_number } = voiding;
  const minor = (text: string): bigint => parseScaled(text, minorDigits(currency));
  if (minor(sale.total) - minor(sale.tax) === total_minor) return undefined;
  return {
    state: 'failed',
    code: 'void-differs',
    detail: `QuickBooks says ${sale.total} for ${doc_number}, here it is ${amountText(total_minor, currency)} ${currency}: put that right, or make it void in QuickBooks itself`,
  };
};

const isStale = (error: unknown): boolean => error instanceof QuickBooksError && error.code === stale;

/** Undefined where it was changed while it was voided, by a payment for example: it is to be looked at anew. */
const attempt = async (
  account: QuickBooksAccount,
  scope: Scope,
  voiding: ClaimedVoiding,
): Promise<VoidingOutcome | undefined> => {
  const before = await account.sale('invoice', voiding.remote_id);
  // Voided by a try whose answer was lost, or by a person; deleted by a person.
  if (!before || before.isVoided) return { state: 'voided' };
  const refused = changed(voiding, before);
  if (refused) return refused;
  try {
    await account.voidInvoice(before, requestIdOf(scope, voiding, before));
  } catch (error) {
    if (isStale(error)) return undefined;
    throw error;
  }
  // The answer may be that of an earlier request: what counts is what is there.
  const after = await account.sale('invoice', voiding.remote_id);
  if (!after || after.isVoided) return { state: 'voided' };
  return { ...later, code: 'void-not-seen', detail: 'QuickBooks took the void and does not show it yet' };
};

const later = { state: 'voiding', retryInSeconds: retrySeconds } as const;

const afterError = (error: unknown): VoidingOutcome => {
  if (error instanceof Problem)
    return { ...later, code: error.code, detail: error.detail ?? error.title, retryInSeconds: longestRetrySeconds };
  if (!(error instanceof QuickBooksError)) throw error;
  const { kind, code, message } = error;
  if (kind === 'rejected') return { state: 'failed', code, detail: voidRefusalText(error) };
  if (kind === 'token' || kind === 'lapsed')
    return { ...later, code, detail: `${message}: see “Connections”`, retryInSeconds: longestRetrySeconds };
  const retryInSeconds = Math.max(retrySeconds, Math.ceil(restMs(error, 1) / 1_000));
  return { ...later, code, detail: message, retryInSeconds };
};

/** One attempt at one void. It looks first, and after: however often it is tried, the invoice is void once. */
export const voidOne = async (
  accounts: TenantAccounts,
  scope: Scope,
  voiding: ClaimedVoiding,
  signal: AbortSignal,
): Promise<VoidingOutcome> => {
  try {
    const { realmId, account } = await accounts.of(scope.tenantId, signal);
    if (realmId !== voiding.realm_id)
      return {
        state: 'failed',
        code: 'other-company',
        detail:
          'It is in another QuickBooks company than the one that is connected: press “Reconnect QuickBooks” under “Connections” for that one, or make it void there',
      };
    return (
      (await attempt(account, scope, voiding)) ??
      (await attempt(account, scope, voiding)) ?? {
        ...later,
        code: stale,
        detail: 'It is being changed in QuickBooks at this moment',
      }
    );
  } catch (error) {
    return afterError(error);
  }
};
