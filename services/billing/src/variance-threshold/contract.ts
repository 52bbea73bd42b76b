import { AmountMinor, Currency } from '@legendops/kit/contract/values';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';

/**
 * From what on a difference between Pax8, our invoices and QuickBooks is told on the worklist: from an amount on, or from a
 * share of what is billed of the same customer or product in the month, whichever it reaches first.
 */
export const VarianceThreshold = z
  .object({
    currency: Currency,
    amountMinor: AmountMinor,
    /** Decimal text; null where the amount alone decides. */
    percent: z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .nullable(),
  })
  .meta({ id: 'VarianceThreshold' });
/** The tenant's own currency is among them always, by what is usual where nobody has said otherwise. */
export const VarianceThresholds = z
  .object({ data: z.array(VarianceThreshold), acts: z.object({ change: Verdict }) })
  .meta({ id: 'VarianceThresholds' });
export const NewVarianceThreshold = z
  .strictObject({
    currency: Currency,
    amountMinor: z.string().regex(/^\d{1,18}$/),
    percent: z
      .string()
      .regex(/^\d{1,3}(\.\d{1,4})?$/)
      .nullable(),
  })
  .meta({ id: 'NewVarianceThreshold' });

export type VarianceThreshold = z.infer<typeof VarianceThreshold>;
export type VarianceThresholds = z.infer<typeof VarianceThresholds>;
export type NewVarianceThreshold = z.infer<typeof NewVarianceThreshold>;
