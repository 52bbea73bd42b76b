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

export const InvoicesBesideRequest = z.strictObject({
  customerId: Id,
  /** The first day, and the day after the last. */
  from: LocalDate,
  until: LocalDate,
  /** The months of ours that are compared, by their first days. */
  periods: z.array(LocalDate).max(100),
});

/** What SuperOps invoices a customer by itself. */
export const InvoicesBeside = SuperOpsInvoices.extend({
  /** The months of which a person has said that both invoice. */
  chosen: z.array(LocalDate),
});

export type InvoicesBesideRequest = z.infer<typeof InvoicesBesideRequest>;
export type InvoicesBeside = z.infer<typeof InvoicesBeside>;
export type VendorAccess = z.infer<typeof VendorAccess>;
