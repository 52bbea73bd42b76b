import { AmountMinor, Currency, LocalDate, Timestamp } from '@legendops/kit/contract/values';
import { lineOfText } from '@legendops/kit/contract/line-of-text';
import { Verdict } from '@legendops/kit/contract/verdict';
import { z } from 'zod';

/** Of a credit memo `paid` is that all of it was used. `overdue` may be paid in part. */
export const PaymentState = z.enum(['open', 'partly-paid', 'paid', 'overdue']).meta({ id: 'PaymentState' });

/** What is paid of an invoice or credit memo, as QuickBooks has it: its total is with the tax. */
export const Payment = z
  .object({
    state: PaymentState,
    currency: Currency,
    totalMinor: AmountMinor,
    paidMinor: AmountMinor,
    openMinor: AmountMinor,
    dueOn: LocalDate.nullable(),
  })
  .meta({ id: 'Payment' });

/**
 * The same beside an invoice in a list. Null of what is not in QuickBooks as it was posted, while nobody has looked there, and
 * to whom it is not told.
 */
export const paidInList = {
  paymentState: PaymentState.nullable(),
  paidMinor: AmountMinor.nullable(),
  openMinor: AmountMinor.nullable(),
  dueOn: LocalDate.nullable(),
};

/** What a person has changed of it in QuickBooks. */
export const DriftKind = z
  .enum(['deleted', 'voided', 'total', 'currency', 'customer', 'number', 'lines'])
  .meta({ id: 'DriftKind' });

export const Drift = z
  .object({
    kind: DriftKind,
    /** As it was posted, and as it is in QuickBooks. */
    was: z.string(),
    is: z.string(),
    nextStep: z.string(),
    /** Names what was seen: an answer about something else is refused. */
    seen: z.string(),
  })
  .meta({ id: 'Drift' });

/** A void that a person has asked for. */
export const Voiding = z
  .object({
    state: z.enum(['voiding', 'voided', 'failed']),
    reason: z.string(),
    /** Why it is not void yet, or was refused. */
    detail: z.string().nullable(),
    updatedAt: Timestamp,
  })
  .meta({ id: 'Voiding' });

/** What QuickBooks has of an invoice or credit memo that was posted. */
export const BookEntry = z
  .object({
    /** Null while nobody has looked, and of what is void or gone there. */
    payment: Payment.nullable(),
    /** Null where it is there as it was posted, or as a person has accepted it. */
    drift: Drift.nullable(),
    voiding: Voiding.nullable(),
    /** When it was looked at last. */
    seenAt: Timestamp.nullable(),
    acts: z.object({ void: Verdict, accept: Verdict, postAnew: Verdict }),
  })
  .meta({ id: 'BookEntry' });

export const VoidingRequest = z
  .strictObject({
    reason: lineOfText(500),
    /** Whether what it bills is billed anew, by the next run. */
    billsAnew: z.boolean(),
  })
  .meta({ id: 'VoidingRequest' });

export const Acceptance = z
  .strictObject({
    seen: z.string().max(2_000),
    /** Of what is void or deleted there: whether what it bills is billed anew, by the next run. */
    billsAnew: z.boolean().default(false),
  })
  .meta({ id: 'Acceptance' });

export const PostingAnew = z.strictObject({ seen: z.string().max(2_000) }).meta({ id: 'PostingAnew' });

export type PaymentState = z.infer<typeof PaymentState>;
export type Payment = z.infer<typeof Payment>;
export type DriftKind = z.infer<typeof DriftKind>;
export type Drift = z.infer<typeof Drift>;
export type Voiding = z.infer<typeof Voiding>;
export type BookEntry = z.infer<typeof BookEntry>;
export type VoidingRequest = z.infer<typeof VoidingRequest>;
export type Acceptance = z.infer<typeof Acceptance>;
