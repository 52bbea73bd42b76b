import type { BillingTerm } from './billing-term.ts';
import type { Billed } from './price-lines.ts';
import type { FoundException } from './rating-values.ts';

/** A thing to bill before it has a customer and a price. */
export type Source = Billed & {
  companyId: string;
  productId: string;
  subjectKey: string;
  /** What a fixed price must be for. */
  billingTerm: BillingTerm | 'usage';
  /** The day whose price holds: what is paid in advance has that of the term's begin, all else that of its first day. */
  priceOn: string;
  /** The day on which a subscription began, whose setup is billed then; null for usage. */
  startedOn: string | null;
};

/** What belongs together: rated whole, or told whole. Each inner list is rounded as one thing. */
export interface Subject {
  subjectKey: string;
  productName: string;
  sources: () => { things: Source[][]; exceptions: FoundException[] };
}
