import { flag, secret, setting, wholeNumber } from '@legendops/kit/config/settings';

/** What App Configuration may tell billing, besides what every service is told. */
export const billingSettings = {
  pax8CallsPerMinute: setting('billing/pax8-calls-per-minute', wholeNumber(1, 1_000_000)),
  /** Off: events of Pax8 are answered and not read; the nightly sync reads everything by itself. */
  pax8Events: flag('billing.pax8-events'),
  quickBooksVerifier: secret('billing/quickbooks-verifier'),
};
