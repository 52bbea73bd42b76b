import { z } from 'zod';
import { LocalDate } from './values.ts';

/** An invoice that SuperOps sends a customer by itself. */
export const SuperOpsInvoice = z.object({
  /** Digits, as SuperOps has them. */
  invoiceId: z.string(),
  number: z.string(),
  /** Null where SuperOps says something that is no day. */
  date: LocalDate.nullable(),
  /** As SuperOps calls it; a state that we do not know is one. */
  status: z.string(),
  /** Digits as SuperOps says them; it names no currency. */
  total: z.string().nullable(),
  /** The days that it may bill; null where it says no day, and may bill any. */
  bills: z.object({ from: LocalDate, until: LocalDate }).nullable(),
});

/**
 * What SuperOps invoices a customer by itself: all that may bill some days, and what has no day. `not-a-client`: a person has
 * named no client in SuperOps that the customer is, or no SuperOps is connected. `gone`: SuperOps has that client no more, or it
 * is one of another account than is connected. The newest first.
 */
export const SuperOpsInvoices = z.object({
  customer: z.enum(['client', 'not-a-client', 'gone']),
  data: z.array(SuperOpsInvoice),
  /** Invoices of which SuperOps said less than it has to. */
  unreadable: z.number().int(),
});

/** Whether an invoice that bills these days may bill some of others; the end is the first day after them. */
export const mayBill = (bills: SuperOpsInvoice['bills'], days: { from: string; until: string }): boolean =>
  bills === null || (bills.from < days.until && days.from < bills.until);

export type SuperOpsInvoice = z.infer<typeof SuperOpsInvoice>;
export type SuperOpsInvoices = z.infer<typeof SuperOpsInvoices>;
