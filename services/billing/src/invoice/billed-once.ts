import type { Period } from '../rating/period.ts';
import type { Draft, RatingException } from '../rating/rated-values.ts';
import type { HeldKey } from './draft-store.ts';

/**
 * The draft without what another customer's approved invoice bills already: a subscription that moved between companies
 * after the approval. Each such line is told.
 */
export const withoutBilledElsewhere = (
  draft: Draft,
  { held, period }: { held: ReadonlyMap<string, HeldKey>; period: Period },
): { draft: Draft; exceptions: RatingException[] } => {
  const elsewhere = draft.lines.flatMap((line) => {
    const holder = held.get(line.sourceKey);
    return holder && holder.customerId !== draft.customerId ? [{ line, holder }] : [];
  });
  if (elsewhere.length === 0) return { draft, exceptions: [] };
  const moved = new Set(elsewhere.map(({ line }) => line));
  const lines = draft.lines.filter((line) => !moved.has(line));
  return {
    draft: { ...draft, lines, totalMinor: lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) },
    exceptions: elsewhere.map(({ line, holder }) => ({
      subjectKey: line.sourceKey,
      code: 'line.billed-elsewhere',
      customerId: draft.customerId,
      detail: `${line.description} of ${period.start.slice(0, 7)} is on the approved invoice of ${holder.customerName} already`,
      nextStep: `If ${draft.customerName} is to pay it, credit ${holder.customerName} in QuickBooks and bill it there`,
    })),
  };
};
