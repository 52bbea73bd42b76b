import { createHash } from 'node:crypto';
import { Problem } from '@legendops/kit/errors/problem';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { openDrift } from '../book-entry/drift.ts';
import { permissionTo } from '../book-entry/policy.ts';
import { entryOfSale } from '../book-entry/record-entries.ts';
import type { QuickBooksAccount } from '../quickbooks/quickbooks-account.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import { restMs } from '../quickbooks/rest.ts';
import type { QuickBooksSale } from '../quickbooks/sale.ts';
import type { RightsOf } from '../member/rights.ts';
import type { TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import { voidRefusalText } from './refusals.ts';
import { askerLost } from './tell-failed.ts';
import type { ClaimedVoiding, VoidingOutcome } from './store.ts';

const retrySeconds = 30;
const longestRetrySeconds = 900;
const stale = '5010';

/** One request for one state of the document: repeated it is the same, of another state it is another. */
const requestIdOf = ({ tenantId }: Scope, { id }: ClaimedVoiding, { syncToken }: QuickBooksSale): string =>
  createHash('sha256').update(`voiding\n${tenantId}\n${id}\n${syncToken}`).digest('hex').slice(0, 32);

/** What a person changed there, or was paid, is not voided by who has not seen it. */
const refused = (voiding: ClaimedVoiding, sale: QuickBooksSale): VoidingOutcome | undefined => {
  const entry = entryOfSale(sale, voiding);
  const drift = openDrift(voiding, { ...entry, accepted: voiding.accepted });
  if (drift)
    return {
      state: 'failed',
      code: 'void-differs',
      detail: `In QuickBooks ${voiding.docNumber} is ${drift.is}, it was posted as ${drift.was}: put that right there, or make it void in QuickBooks itself`,
    };
  // Whether QuickBooks refuses it or leaves the payment without its invoice depends on how it is paid.
  return entry.open_minor !== null && entry.open_minor < entry.total_minor
    ? {
        state: 'failed',
        code: 'void-paid',
        detail:
          'Take its payments and credits off it in QuickBooks, then press “Void” once more: it is paid, at least in part',
      }
    : undefined;
};

// What is not sent yet is not done on the word of who may not give it any more.
const lostAsker: VoidingOutcome = {
  state: 'failed',
  code: askerLost,
  detail: 'Whoever asked for it may void invoices no more: press “Void” once more if it is to be void',
};

const isStale = (error: unknown): boolean => error instanceof QuickBooksError && error.code === stale;

/** As it is there at this moment. That it is gone is believed where a search does not show it, either. */
const readNow = async (account: QuickBooksAccount, id: string): Promise<QuickBooksSale | undefined> =>
  (await account.sale('invoice', id)) ?? (await account.salesById('invoice', [id]))[0];

/** Undefined where it was changed while it was voided, by a payment for example: it is to be looked at anew. */
const attempt = async (
  account: QuickBooksAccount,
  rightsOf: RightsOf,
  scope: Scope,
  voiding: ClaimedVoiding,
): Promise<VoidingOutcome | undefined> => {
  const before = await readNow(account, voiding.quickBooksId);
  // Voided by a try whose answer was lost, or by a person; deleted by a person.
  if (!before || before.isVoided) return { state: 'voided' };
  const refusal = refused(voiding, before);
  if (refusal) return refusal;
  if (!(await rightsOf(scope.tenantId))(voiding.asked_by, permissionTo.void)) return lostAsker;
  try {
    await account.voidInvoice(before, requestIdOf(scope, voiding, before));
  } catch (error) {
    if (isStale(error)) return undefined;
    throw error;
  }
  // The answer may be that of an earlier request: what counts is what is there.
  const after = await readNow(account, voiding.quickBooksId);
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
  { accounts, rightsOf }: { accounts: TenantAccounts; rightsOf: RightsOf },
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
      (await attempt(account, rightsOf, scope, voiding)) ??
      (await attempt(account, rightsOf, scope, voiding)) ?? {
        ...later,
        code: stale,
        detail: 'It is being changed in QuickBooks at this moment',
      }
    );
  } catch (error) {
    return afterError(error);
  }
};
