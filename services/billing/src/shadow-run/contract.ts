import { PageQuery, pageOf } from '@legendops/kit/contract/page';
import { AmountMinor, Currency, Id, LocalDate, Timestamp } from '@legendops/kit/contract/values';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';
import { InvoiceKind, Money } from '../contract.ts';

export const ShadowOutcome = z
  .enum(['matched', 'amount-differs', 'ours-only', 'theirs-only'])
  .meta({ id: 'ShadowOutcome' });

/** By what a line of ours and one of QuickBooks were taken for one: their words, the product's name, or the amount alone. */
export const PairedBy = z.enum(['words', 'product', 'amount']).meta({ id: 'PairedBy' });

const figures = {
  outcomes: z.array(
    z.object({
      outcome: ShadowOutcome,
      currency: Currency,
      count: z.number().int(),
      ourMinor: AmountMinor,
      theirMinor: AmountMinor,
    }),
  ),
  /** Customers that are compared. */
  customers: z.number().int(),
  /** What would be billed to customers who are not linked to QuickBooks: compared with nothing. */
  unlinked: z.object({ customers: z.number().int(), totals: z.array(Money) }),
  /** What could not be rated as it is. */
  unrated: z.object({ count: z.number().int(), totals: z.array(Money) }),
  /** Invoices and credit memos in QuickBooks of those who are no customers here. */
  otherInvoices: z.number().int(),
};
export const ShadowResult = z.object(figures).meta({ id: 'ShadowResult' });

/** A past month rated as it is today, and set against what is in QuickBooks. It changes neither. */
export const ShadowRun = z
  .object({
    id: Id,
    period: LocalDate,
    /** Between which days the invoices and credit memos of QuickBooks are dated, both included. */
    datedFrom: LocalDate,
    datedTo: LocalDate,
    createdAt: Timestamp,
    ...figures,
  })
  .meta({ id: 'ShadowRun' });
export const ShadowRuns = z
  .object({ data: z.array(ShadowRun), acts: z.object({ start: Verdict }) })
  .meta({ id: 'ShadowRuns' });

/** Without days those of the month: whoever writes invoices on the first of the next one says so. */
export const NewShadowRun = z
  .strictObject({ period: LocalDate, datedFrom: LocalDate.optional(), datedTo: LocalDate.optional() })
  .meta({ id: 'NewShadowRun' });

export const ShadowLine = z
  .object({
    id: z.string(),
    outcome: ShadowOutcome,
    customerId: Id,
    customerName: z.string(),
    currency: Currency,
    ours: z.object({ description: z.string(), amountMinor: AmountMinor }).nullable(),
    /** Amounts of a credit memo are below nothing. */
    theirs: z
      .object({ kind: InvoiceKind, docNumber: z.string(), description: z.string(), amountMinor: AmountMinor })
      .nullable(),
    pairedBy: PairedBy.nullable(),
  })
  .meta({ id: 'ShadowLine' });
export const ShadowLineQuery = PageQuery.extend({ outcome: ShadowOutcome.optional() });
export const ShadowLinePage = pageOf(ShadowLine).meta({ id: 'ShadowLinePage' });

export type ShadowOutcome = z.infer<typeof ShadowOutcome>;
export type PairedBy = z.infer<typeof PairedBy>;
export type ShadowResult = z.infer<typeof ShadowResult>;
export type ShadowRun = z.infer<typeof ShadowRun>;
export type ShadowRuns = z.infer<typeof ShadowRuns>;
export type NewShadowRun = z.infer<typeof NewShadowRun>;
export type ShadowLine = z.infer<typeof ShadowLine>;
export type ShadowLineQuery = z.infer<typeof ShadowLineQuery>;
