import type { InvoiceKind } from '../contract.ts';

/** What a person calls it. */
export const kindWords = { invoice: 'invoice', 'credit-memo': 'credit memo' } as const satisfies Record<
  InvoiceKind,
  string
>;

/** Its amount as QuickBooks has it: what a credit memo gives back is above nothing there, too. */
export const heldMinor = ({ kind, totalMinor }: { kind: InvoiceKind; totalMinor: bigint }): bigint =>
  kind === 'credit-memo' ? -totalMinor : totalMinor;
