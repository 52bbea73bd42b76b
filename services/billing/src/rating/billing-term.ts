/** The ways of billing that are known here, one spelling each. */
export type BillingTerm = 'Monthly' | 'Annual' | '2-Year' | '3-Year' | 'One-Time';

// Pax8 spells terms `2-Year` in subscriptions and `2 Year` in invoices, and both `One-Time` and `One-time`.
const spellings = new Map<string, BillingTerm>([
  ['Monthly', 'Monthly'],
  ['Annual', 'Annual'],
  ['2-Year', '2-Year'],
  ['2 Year', '2-Year'],
  ['3-Year', '3-Year'],
  ['3 Year', '3-Year'],
  ['One-Time', 'One-Time'],
  ['One-time', 'One-Time'],
]);

/** How terms that are paid in advance may be spelt. */
export const prepaidSpellings: readonly string[] = [...spellings.keys()].filter(
  (spelling) => spellings.get(spelling) !== 'Monthly',
);

/** A billing term in the one spelling that is used here; undefined for one that is not known, or that bills nothing. */
export const billingTermOf = (text: string): BillingTerm | undefined => spellings.get(text);

/** The months of a term or of a commitment. What is bought once never begins again: it lasts for a century. */
const months: Record<BillingTerm, number> = { Monthly: 1, Annual: 12, '2-Year': 24, '3-Year': 36, 'One-Time': 1200 };

export const monthsOf = (text: string): number | undefined => {
  const term = billingTermOf(text);
  return term && months[term];
};

/** The months that a billing term pays in advance; undefined for one that is not prepaid. */
export const prepaidMonths = (text: string): number | undefined => {
  const term = billingTermOf(text);
  return term === undefined || term === 'Monthly' ? undefined : months[term];
};

export const isBoughtOnce = (text: string): boolean => billingTermOf(text) === 'One-Time';
