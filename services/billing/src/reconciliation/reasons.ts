import type { VarianceReason } from './contract.ts';

/** What each difference means, and the one thing to do about it; said on the worklist and in the exported table. */
export const reasonTexts: Record<VarianceReason, { detail: string; nextStep: string }> = {
  unlinked: {
    detail: 'Pax8 bills it, and its company is no customer here',
    nextStep: 'Press “Import from Pax8” under “Customers”, then “Run” on the month under “Periods”',
  },
  'not-billed': {
    detail: 'Pax8 bills it, and no invoice of ours does',
    nextStep: 'See on the worklist why it was not billed; press “Run” on the month under “Periods” once that is done',
  },
  'billed-without-cost': {
    detail: 'An invoice of ours bills it, and Pax8 does not',
    nextStep:
      'Look at the subscription at Pax8: if it has ended, credit the customer; then, or if it goes on, press “Dismiss” on the worklist',
  },
  'currency-differs': {
    detail: 'Pax8 bills it in another currency than we do; nothing is converted',
    nextStep: 'Compare both amounts by hand, then press “Dismiss” on the worklist',
  },
  'cost-unknown': {
    detail: 'We billed it without knowing its cost',
    nextStep: 'Compare the price with what Pax8 has billed, then press “Dismiss” on the worklist',
  },
  'quantity-differs': {
    detail: 'Pax8 bills another quantity than we do',
    nextStep: 'Compare seats at Pax8; what its list of subscriptions says later is a correction of the next invoice',
  },
  'price-differs': {
    detail: 'Pax8 bills another cost than the one that our price was made of',
    nextStep: 'Ask Pax8 why its price has changed; press “Add rule” under “Prices” if yours is to follow it',
  },
  'changed-in-quickbooks': {
    detail: 'Its invoice was changed in QuickBooks after it was posted',
    nextStep: 'See the difference of that invoice on the worklist',
  },
  'not-posted': {
    detail: 'Its invoice is not in QuickBooks yet',
    nextStep: 'Press “Approve” on the invoice, then “Post to QuickBooks”',
  },
  'no-data': {
    detail: 'Pax8 has said nothing yet that it could be compared with',
    nextStep: 'Wait for the invoice of Pax8: final ones come on the 5th, usage is on the one of the next month',
  },
};

/** Of what Pax8 gives back and no invoice of ours passes on. */
export const creditText = {
  detail: 'Pax8 credits it, and no invoice of ours does',
  nextStep: 'Press “Add line” on the next draft to pass it on, or “Dismiss” to keep it',
};
