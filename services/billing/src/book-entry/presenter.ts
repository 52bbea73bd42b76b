import type { Actor } from '@legendops/kit/auth/actor';
import type { BookEntry, Drift } from './contract.ts';
import { tagOf } from './drift.ts';
import { driftSteps } from './drift-steps.ts';
import { paymentOf } from './payment.ts';
import { driftIn, entryActs } from './policy.ts';
import type { BookEntryRow } from './store.ts';

const presentDrift = (row: BookEntryRow): Drift | null => {
  const drift = driftIn(row);
  if (!drift || !row.entry) return null;
  const { kind, was, is } = drift;
  return { kind, was, is, nextStep: driftSteps[kind].nextStep, seen: tagOf(row.entry) };
};

export const presentEntry = (row: BookEntryRow, actor: Actor, today: string): BookEntry => {
  const { invoice, entry, voiding } = row;
  return {
    payment: (invoice.status === 'posted' && entry && paymentOf(entry, { currency: invoice.currency, today })) || null,
    drift: presentDrift(row),
    voiding: voiding
      ? { state: voiding.state, reason: voiding.reason, detail: voiding.detail, updatedAt: voiding.updated_at }
      : null,
    seenAt: entry?.seen_at ?? null,
    acts: entryActs(actor, row),
  };
};
