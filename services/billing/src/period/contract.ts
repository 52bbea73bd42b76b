import { lineOfText } from '@legendops/kit/contract/line-of-text';
import { AmountMinor, Currency, Id, LocalDate, Timestamp } from '@legendops/kit/contract/values';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';
import { InvoiceStatus, Money, PeriodState, Run } from '../contract.ts';

/** A month of the ledger: how it stands, what came of it, and the one next step. */
export const BilledPeriod = z
  .object({
    /** Its first day, and the first one after it. */
    period: LocalDate,
    end: LocalDate,
    state: PeriodState,
    /** Whether the next job takes it, without waiting for the run of the month. */
    isAsked: z.boolean(),
    /** On which day its first run finished. */
    runOn: LocalDate.nullable(),
    runs: z.number().int(),
    newestRun: Run.nullable(),
    invoices: z.array(z.object({ status: InvoiceStatus, count: z.number().int(), totals: z.array(Money) })),
    /** Drafts that persons hold. */
    held: z.object({ count: z.number().int(), totals: z.array(Money) }),
    /** What was found and is not billed. */
    unbilled: z.object({ count: z.number().int(), totals: z.array(Money) }),
    /** What a skipped or a closed month leaves. */
    leftOpen: z.array(Money),
    skipped: z.object({ reason: z.string(), at: Timestamp }).nullable(),
    /** Why it is not done; null where nothing is known to be missing. */
    missing: z.string().nullable(),
    nextStep: z.string().nullable(),
    acts: z.object({ run: Verdict, skip: Verdict }),
  })
  .meta({ id: 'BilledPeriod' });

/** All of them, the newest first. */
export const BilledPeriods = z.object({ data: z.array(BilledPeriod) }).meta({ id: 'BilledPeriods' });

/** What the run of a month would draft now, without what corrects other months. */
export const PeriodPreview = z
  .object({
    data: z.array(
      z.object({
        customerId: Id,
        customerName: z.string(),
        currency: Currency,
        totalMinor: AmountMinor,
        lines: z.number().int(),
      }),
    ),
    totals: z.array(Money),
    /** What would be told and not billed. */
    unbilled: z.object({ count: z.number().int(), totals: z.array(Money) }),
    /** Customers whose invoice of the month is approved: a run changes nothing of it. */
    approved: z.number().int(),
  })
  .meta({ id: 'PeriodPreview' });

/** The lines of one customer as they would be read. */
export const InvoicePreview = z
  .object({
    data: z.array(
      z.object({ description: z.string(), quantity: z.string(), unitPrice: z.string(), amountMinor: AmountMinor }),
    ),
  })
  .meta({ id: 'InvoicePreview' });

export const PeriodSkip = z.strictObject({ reason: lineOfText(200) }).meta({ id: 'PeriodSkip' });

export type BilledPeriod = z.infer<typeof BilledPeriod>;
export type BilledPeriods = z.infer<typeof BilledPeriods>;
export type PeriodPreview = z.infer<typeof PeriodPreview>;
export type InvoicePreview = z.infer<typeof InvoicePreview>;
