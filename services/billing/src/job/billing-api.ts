import type { Patience } from '@legendops/kit/http/patience';
import { askService } from '@legendops/kit/jobs/ask-service';
import type { Vendor } from '../contract.ts';
import type { JobEnvironment } from './job-environment.ts';
import { ApprovedPostings, InvoicesBeside, VendorAccess, type InvoicesBesideRequest } from './vendor-access.ts';

/** What a job asks of the billing service, as its tenant. */
export interface BillingApi {
  vendorAccess(vendor: Vendor, options: { renew: boolean }): Promise<VendorAccess>;
  postApproved(): Promise<number>;
  /** What SuperOps invoices a customer, too. */
  invoicesBeside(about: InvoicesBesideRequest): Promise<InvoicesBeside>;
}

// The service waits for SuperOps as long as portal may take to ask it.
const superOpsMs = 80_000;

export const billingApi = (
  {
    BILLING_INTERNAL_URL: url,
    SERVICE_TOKEN_PATH: tokenPath,
  }: Pick<JobEnvironment, 'BILLING_INTERNAL_URL' | 'SERVICE_TOKEN_PATH'>,
  patience: Patience,
): BillingApi => {
  const ask = askService({ service: 'billing', url, tokenPath }, patience);
  return {
    vendorAccess: async (vendor, { renew }) => VendorAccess.parse(await ask('vendor-token', { vendor, renew })),
    invoicesBeside: async (about) =>
      InvoicesBeside.parse(await ask('superops-invoices', about, { timeoutMs: superOpsMs })),
    postApproved: async () => ApprovedPostings.parse(await ask('approved-postings')).requested,
  };
};
