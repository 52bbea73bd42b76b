import { Timestamp } from '@legendops/kit/contract/values';
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

export type VendorAccess = z.infer<typeof VendorAccess>;
