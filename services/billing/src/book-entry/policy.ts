import type { Actor } from '@legendops/kit/auth/actor';
import { presentVerdict, refusedToRole, type Refusal } from '@legendops/kit/auth/policy';
import type { Permission } from '@legendops/kit/contract/permissions';
import type { BookEntry } from './contract.ts';
import { openDrift } from './drift.ts';
import { isGone } from './drift-steps.ts';
import type { BookEntryRow } from './store.ts';

export const permissionTo = {
  void: 'invoice.void',
  accept: 'invoice.void',
  postAnew: 'invoice.void',
} as const satisfies Record<string, Permission>;

const wrongState = (detail: string): Refusal => ({ code: 'invoice.wrong-state', detail });

/** What differs now and nobody has accepted; undefined of what is not in QuickBooks. */
export const driftIn = ({ invoice, posted, entry }: BookEntryRow) =>
  invoice.status === 'posted' && posted && entry ? openDrift(posted, entry) : undefined;

const isPaid = ({ entry }: BookEntryRow): boolean =>
  entry?.state === 'there' && entry.open_minor !== null && entry.open_minor < entry.total_minor;

export const refusesVoid = (row: BookEntryRow): Refusal => {
  const { invoice, posted, voiding } = row;
  if (invoice.status === 'voided') return wrongState('It is void already');
  if (invoice.status !== 'posted' || !posted) return wrongState('It is not in QuickBooks');
  if (voiding?.state === 'voiding') return wrongState('It is being voided: this page follows it');
  // QuickBooks voids none for a program.
  if (invoice.kind === 'credit-memo')
    return wrongState('Make this credit memo void in QuickBooks; it is noticed here, and you press “Confirm change”');
  if (driftIn(row)) return wrongState('It was changed in QuickBooks: see to that first');
  if (isPaid(row)) return wrongState('It is paid, at least in part: take the payments off it in QuickBooks first');
  return undefined;
};

export const refusesAcceptance = (row: BookEntryRow): Refusal =>
  driftIn(row) ? undefined : wrongState('It is in QuickBooks as it was posted: there is nothing to accept');

export const refusesPostingAnew = (row: BookEntryRow): Refusal => {
  const drift = driftIn(row);
  if (!drift) return refusesAcceptance(row);
  return isGone(drift.kind)
    ? undefined
    : wrongState('It is still in QuickBooks: make it void there first, or press “Confirm change”');
};

export const entryActs = (actor: Actor, row: BookEntryRow): BookEntry['acts'] => ({
  void: presentVerdict(refusedToRole(actor, permissionTo.void) ?? refusesVoid(row)),
  accept: presentVerdict(refusedToRole(actor, permissionTo.accept) ?? refusesAcceptance(row)),
  postAnew: presentVerdict(refusedToRole(actor, permissionTo.postAnew) ?? refusesPostingAnew(row)),
});
