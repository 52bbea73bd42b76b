import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { AmountMinor, Currency, ForeignId, Id, LocalDate } from '@legendops/kit/contract/values';
import { z } from 'zod';

/** Decimal text, of at most six digits after its point. */
const Quantity = z.string().regex(/^-?\d+(\.\d+)?$/);

/**
 * Why something of a month is not the same on all three sides. `no-data`: Pax8 has said nothing yet of what it is about, so
 * nobody can say.
 */
export const VarianceReason = z
  .enum([
    'unlinked',
    'not-billed',
    'billed-without-cost',
    'currency-differs',
    'cost-unknown',
    'quantity-differs',
    'price-differs',
    'changed-in-quickbooks',
    'not-posted',
    'no-data',
  ])
  .meta({ id: 'VarianceReason' });

/** What stands on Pax8's side: its final invoice, what it is going to bill, or nothing. */
export const VendorBasis = z.enum(['final', 'draft', 'none']).meta({ id: 'VendorBasis' });

const sums = {
  currency: Currency,
  /** What Pax8 has billed us. */
  costMinor: AmountMinor,
  /** What our invoices say, drafts among them, corrections of the month included. */
  billedMinor: AmountMinor,
  /** What of it is in QuickBooks, as it was posted. */
  inQuickBooksMinor: AmountMinor,
};

/** A month in short: totals by currency, never added up over currencies, and how many differences of each reason. */
export const Reconciliation = z
  .object({
    period: LocalDate,
    /** Seats are billed ahead, usage with the next month's invoice. */
    seats: VendorBasis,
    usage: VendorBasis,
    totals: z.array(
      z.object({
        ...sums,
        marginMinor: AmountMinor,
        atStakeMinor: AmountMinor,
        /** Seats that Pax8 bills and we do not. */
        unbilledSeats: Quantity,
        /** Things whose cost nobody knows: the margin leaves them out. */
        withoutCost: z.number().int(),
      }),
    ),
    differences: z.array(
      z.object({ reason: VarianceReason, currency: Currency, count: z.number().int(), atStakeMinor: AmountMinor }),
    ),
  })
  .meta({ id: 'Reconciliation' });

/** One subscription of one customer, or what Pax8 bills without one. */
export const ReconciledLine = z
  .object({
    id: z.string(),
    customerId: Id.nullable(),
    /** The company at Pax8 where it is no customer here. */
    customerName: z.string(),
    subscriptionId: ForeignId.nullable(),
    productName: z.string(),
    ...sums,
    /** What we took for its cost when we billed it; null where we did not know. */
    knownCostMinor: AmountMinor.nullable(),
    /** Null where nobody knows the cost. */
    marginMinor: AmountMinor.nullable(),
    invoicedQuantity: Quantity.nullable(),
    billedQuantity: Quantity.nullable(),
    /** Pax8's own list of subscriptions; it may lag behind its invoices. */
    reportedQuantity: Quantity.nullable(),
    /** Null where all three sides agree. */
    reason: VarianceReason.nullable(),
    atStakeMinor: AmountMinor,
  })
  .meta({ id: 'ReconciledLine' });
export const ReconciledLineQuery = PageQuery.extend({
  reason: VarianceReason.optional(),
  customerId: Id.optional(),
});
export const ReconciledLinePage = pageOf(ReconciledLine).meta({ id: 'ReconciledLinePage' });

export const Margin = z
  .object({
    /** The customer, or the product at Pax8; null for what has neither. */
    id: z.string().nullable(),
    name: z.string(),
    currency: Currency,
    billedMinor: AmountMinor,
    costMinor: AmountMinor,
    marginMinor: AmountMinor,
    withoutCost: z.number().int(),
  })
  .meta({ id: 'Margin' });
export const MarginQuery = PageQuery.extend({ by: z.enum(['customer', 'product']).default('customer') });
export const MarginPage = pageOf(Margin).meta({ id: 'MarginPage' });

export type VarianceReason = z.infer<typeof VarianceReason>;
export type VendorBasis = z.infer<typeof VendorBasis>;
export type Reconciliation = z.infer<typeof Reconciliation>;
export type ReconciledLine = z.infer<typeof ReconciledLine>;
export type ReconciledLineQuery = z.infer<typeof ReconciledLineQuery>;
export type Margin = z.infer<typeof Margin>;
export type MarginQuery = z.infer<typeof MarginQuery>;
