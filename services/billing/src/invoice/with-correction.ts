import type { Draft, DraftLine } from '../rating/rating-values.ts';

/** Lines that correct earlier months, of one customer. */
export interface CorrectionLines {
  customerId: string;
  customerName: string;
  lines: readonly DraftLine[];
}

const byKey = (a: DraftLine, b: DraftLine): number =>
  a.sourceKey < b.sourceKey ? -1 : a.sourceKey > b.sourceKey ? 1 : 0;

const sumOf = (lines: readonly DraftLine[]): bigint => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

/** The drafts with these lines after the customer's own, always in one order: only what changes makes a draft another one. */
export const withCorrection = (
  drafts: readonly Draft[],
  { customerId, customerName, lines }: CorrectionLines,
): Draft[] => {
  const before = drafts.find((draft) => draft.customerId === customerId);
  const own = before?.lines.filter(({ corrects }) => corrects === undefined) ?? [];
  const corrections = [...(before?.lines.filter(({ corrects }) => corrects !== undefined) ?? []), ...lines];
  const all = [...own, ...corrections.toSorted(byKey)];
  const draft: Draft = {
    customerId,
    customerName: before?.customerName ?? customerName,
    lines: all,
    totalMinor: sumOf(all),
  };
  return [...drafts.filter((one) => one !== before), draft];
};
