import type { ExceptionCode } from '../exception/exception-kinds.ts';
import type { BillingTerm } from './billing-term.ts';
import type { Period } from './period.ts';
import type { Proration } from './proration.ts';
import type { Use } from './use.ts';

/** What the rating core takes and gives: plain values, no clock, no database. Units as in the database's column names. */

export interface CustomerValue {
  id: string;
  name: string;
  pax8CompanyId: string | null;
  state: 'active' | 'archived';
}

/** What Pax8 says of a commitment: how long seats stay bought, and what may be given back before. Null is not said. */
export interface Commitment {
  id: string;
  term: string | null;
  endDate: string | null;
  allowsDecrease: boolean | null;
  allowsCancellation: boolean | null;
  hasCancellationFee: boolean | null;
}

/** What held of a subscription from one day to another, the end excluded; null while it still holds. */
export interface SubscriptionVersion {
  id: string;
  effectiveFrom: string;
  effectiveTo: string | null;
  companyId: string;
  productId: string;
  productName: string;
  quantityE6: bigint;
  status: string;
  billingTerm: string;
  startDate: string;
  endDate: string | null;
  /** Null when Pax8 did not say. */
  costE8: bigint | null;
  currency: string;
  /** Null where there is none, or where Pax8 says nothing of it. */
  commitment: Commitment | null;
  /** The day on which Pax8 listed the subscription first; null where nobody wrote it down. */
  listedOn: string | null;
}

/** Usage of one summary, product and unit, summed over the days of a period in which its price is one. */
export interface UsageTotal {
  /** The first of these days. */
  from: string;
  summaryId: string;
  companyId: string;
  productId: string;
  productName: string;
  resourceGroup: string;
  unitOfMeasure: string;
  quantityE6: bigint;
  partnerTotalE8: bigint;
  currency: string;
}

/** Units up to a quantity, the end included; null for the last tier, which has none. */
export interface PriceTier {
  upToE6: bigint | null;
  unitPriceE8: bigint;
  /** Once, when the tier is reached. */
  flatMinor: bigint;
}

export interface PriceRuleValue {
  id: string;
  customerId: string | null;
  productId: string | null;
  /** What the price is for; null for any, and for prices from before they named it. */
  billingTerm: BillingTerm | 'usage' | null;
  /**
   * `markup`: cost × (1 + markup). `margin`: cost / (1 - margin). `fixed`: a price a unit. `flat`: one price whatever the
   * quantity. `volume`: all units at the price of the tier that is reached. `graduated`: each tier's units at its own.
   */
  kind: 'markup' | 'margin' | 'fixed' | 'flat' | 'volume' | 'graduated' | 'free';
  markupPpm: number | null;
  marginPpm: number | null;
  /** Of one unit, or of all where the kind is flat. */
  unitPriceE8: bigint | null;
  tiers: readonly PriceTier[] | null;
  discountPpm: number;
  /** The least price of a unit, and the least that it brings above its cost. */
  floorPriceE8: bigint | null;
  floorMarginE8: bigint | null;
  /** Whether the amount is rounded once, or the price of each unit. */
  rounding: 'line' | 'unit';
  /** The least that a customer pays for a month of all that this rule prices. */
  minimumMinor: bigint | null;
  /** Once, when a subscription begins. */
  setupMinor: bigint | null;
  currency: string | null;
  validFrom: string;
  validTo: string | null;
}

export interface RatingInput {
  period: Period;
  /** The first day of the first month that was ever billed here; null where none was. */
  firstPeriod: string | null;
  currency: string;
  proration: Proration;
  companies: readonly { id: string; name: string }[];
  customers: readonly CustomerValue[];
  /** Every version, those of one subscription together and in their order. */
  subscriptions: readonly SubscriptionVersion[];
  usage: readonly UsageTotal[];
  rules: readonly PriceRuleValue[];
  /** Under which keys approved invoices of this period bill terms: they stay this period's. */
  billedHere?: ReadonlySet<string>;
}

/** What the rating says of a line. */
export interface RatedContent {
  description: string;
  quantityE6: bigint;
  unitPriceE8: bigint;
  amountMinor: bigint;
}

export interface DraftLine {
  /** Names what is billed; the ledger takes each key once. */
  sourceKey: string;
  description: string;
  quantityE6: bigint;
  unitPriceE8: bigint;
  amountMinor: bigint;
  costMinor: bigint | null;
  /** How much of the period is billed, as a fraction. */
  share: Use['share'];
  /** Null for what no rule of the price book made. */
  ruleId: string | null;
  /** The month that it corrects, and the line, where one billed the thing then. */
  corrects?: { period: string; lineId: string | null };
  /** What the rating says, where a person has changed it; null for a line of the person's own. */
  rated?: RatedContent | null;
  /** How the amount came about, one sentence a step; told when the line is written, not for each that is rated. */
  steps: () => string[];
}

export interface Draft {
  customerId: string;
  customerName: string;
  lines: DraftLine[];
  totalMinor: bigint;
}

export interface CustomerUse extends Use {
  customerId: string;
  /** False for what could not be billed as it is. */
  isPriced: boolean;
}

/** Something that cannot be billed as it is, and the one thing to do about it. */
export interface FoundException {
  /** Whose exception: a company, a subscription, a usage summary. */
  subjectKey: string;
  code: ExceptionCode;
  customerId: string | null;
  /** Of an invoice that was posted, where its next step is taken on it. */
  invoiceId?: string | undefined;
  detail: string;
  nextStep: string;
  /** The money in question: what Pax8 charges for what is not billed, or what is billed wrong; undefined where nobody can say. */
  amount?: { minor: bigint; currency: string } | undefined;
  /** What is not billed, or not well; where it is one line's. */
  sourceKey?: string;
}
