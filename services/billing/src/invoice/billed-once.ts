import { termSaid } from '../rating/line-words.ts';
import type { Period } from '../rating/period.ts';
import type { Draft, FoundException } from '../rating/rating-values.ts';
import { keysOf } from '../rating/source-keys.ts';
import type { Holder } from './settled-invoices.ts';

export type Holders = ReadonlyMap<string, Holder>;

// A month's key was a term's as well, before terms had names: then the line's words tell.
const holderOf = (holders: Holders, sourceKey: string): Holder | undefined => {
  for (const key of keysOf(sourceKey)) {
    const holder = holders.get(key.sourceKey);
    if (holder && (key.sourceKey === sourceKey || (termSaid(holder.description) !== undefined) === key.ofTerm))
      return holder;
  }
  return undefined;
};

export const isBilledElsewhere = (
  { sourceKey, customerId }: { sourceKey: string; customerId: string },
  { holders, period }: { holders: Holders; period: Period },
): boolean => {
  const holder = holderOf(holders, sourceKey);
  return holder !== undefined && (holder.customerId !== customerId || holder.periodStart !== period.start);
};

/**
 * The draft without what another invoice bills already: a subscription that moved between companies after the approval,
 * or a term that another month has. Where another customer pays, it is told.
 */
export const withoutBilledElsewhere = (
  draft: Draft,
  where: { holders: Holders; period: Period; currency: string },
): { draft: Draft; exceptions: FoundException[] } => {
  const { customerId, customerName } = draft;
  const lines = draft.lines.filter(({ sourceKey }) => !isBilledElsewhere({ sourceKey, customerId }, where));
  const exceptions = draft.lines.flatMap(({ sourceKey, description, amountMinor }): FoundException[] => {
    const holder = holderOf(where.holders, sourceKey);
    if (!holder || holder.customerId === customerId) return [];
    return [
      {
        subjectKey: sourceKey,
        code: 'line.billed-elsewhere',
        customerId,
        detail: `${description} of ${where.period.start.slice(0, 7)} is on the invoice of ${holder.customerName} for ${holder.periodStart.slice(0, 7)} already`,
        nextStep: `If ${customerName} is to pay it, credit ${holder.customerName} in QuickBooks and bill it there; then, or if not, press “Dismiss”`,
        amount: { minor: amountMinor, currency: where.currency },
      },
    ];
  });
  return {
    draft: { ...draft, lines, totalMinor: lines.reduce((sum, line) => sum + line.amountMinor, 0n) },
    exceptions,
  };
};
