import { SuperOpsInvoices } from '@legendops/kit/contract/superops-invoices';
import { Id, LocalDate, Timestamp } from '@legendops/kit/contract/values';
import { z } from 'zod';
import { Vendor } from '../contract.ts';

/** What the jobs and this service say to each other. */

export const VendorAccessRequest = z.strictObject({
  vendor: Vendor,
  /** True after the vendor refused the last token. */
  renew: z.boolean().default(false),
});

export const VendorAccess = z.object({
  accessToken: z.string(),
  expiresAt: Timestamp,
  /** Where the vendor is. */
  url: z.string(),
  /** Pax8's alone: how many calls a minute its limit leaves to a job. */
  callsPerMinute: z.number().int().positive().nullable(),
  /** QuickBooks's alone. */
  realmId: z.string().nullable(),
});

export const ApprovedPostings = z.object({ requested: z.number().int() });

/** A month of ours: its first day, and the day after its last. */
const Month = z.strictObject({ from: LocalDate, until: LocalDate });

export const InvoicesBesideRequest = z.strictObject({ customerId: Id, months: z.array(Month).min(1).max(100) });

/** What SuperOps invoices a customer by itself, for each month in their order; without what a person has said of it. */
export const InvoicesBeside = SuperOpsInvoices.pick({ customer: true }).extend({
  months: z.array(SuperOpsInvoices.pick({ data: true, unreadable: true })),
});

export type InvoicesBesideRequest = z.infer<typeof InvoicesBesideRequest>;
export type InvoicesBeside = z.infer<typeof InvoicesBeside>;
export type VendorAccess = z.infer<typeof VendorAccess>;
