import type { LinkKind } from '@legendops/billing/link/contract';

/** What stands on invoices, beside the customer. */
export type RuleKind = Exclude<LinkKind, 'customer'>;

export const ruleKinds: readonly RuleKind[] = ['tax-code', 'item', 'terms'];

export const kindWords: Record<LinkKind, string> = {
  customer: 'Customer',
  'tax-code': 'Tax code',
  item: 'Item',
  terms: 'Terms',
};
