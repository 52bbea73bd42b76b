import { ownEntry } from '@legendops/kit/contract/own-entry';

/** The ways of billing that are known here, one spelling each. */
export type BillingTerm = 'Monthly' | 'Annual' | '2-Year' | '3-Year' | 'One-Time';

// Pax8 spells terms `2-Year` in subscriptions and `2 Year` in invoices, and both `One-Time` and `One-time`.
const spellings: Record<string, BillingTerm> = {
  Monthly: 'Monthly',
  Annual: 'Annual',
  '2-Year': '2-Year',
  '2 Year': '2-Year',
  '3-Year': '3-Year',
  '3 Year': '3-Year',
  'One-Time': 'One-Time',
  'One-time': 'One-Time',
};

/** A billing term in the one spelling that is used here; undefined for one that is not known, or that bills nothing. */
export const billingTermOf = (text: string): BillingTerm | undefined => ownEntry(spellings, text);
