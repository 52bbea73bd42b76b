import { projectedToken } from '@legendops/kit/auth/projected-token';
import { outgoingHeaders } from '@legendops/kit/http/outgoing-headers';
import { retryAfterMs } from '@legendops/kit/http/retry-after';
import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import { z } from 'zod';
import type { Vendor } from '../contract.ts';
import type { Patience } from '@legendops/kit/http/patience';
import { ApprovedPostings, InvoicesBeside, VendorAccess, type InvoicesBesideRequest } from './vendor-access.ts';
import type { JobEnvironment } from './job-environment.ts';

/** What a job asks of the billing service, as its tenant. */
export interface BillingApi {
  vendorAccess(vendor: Vendor, options: { renew: boolean }): Promise<VendorAccess>;
  postApproved(): Promise<number>;
  /** What SuperOps invoices a customer, too. */
  invoicesBeside(about: InvoicesBesideRequest): Promise<InvoicesBeside>;
}

const timeoutMs = 30_000;
const attempts = 5;
// Overloaded, starting, or without an answer of a vendor: what was asked for can be asked again, and is the same.
const passing = new Set([429, 502, 503, 504]);

const refusal = async (response: Response): Promise<JobFailure> => {
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = z.object({ code: z.string(), detail: z.string().optional(), title: z.string() }).safeParse(body);
  const code = parsed.data?.code ?? `http-${response.status}`;
  const message = parsed.data?.detail ?? parsed.data?.title ?? `The billing service answered ${response.status}`;
  if (code === 'tenant.suspended') return new JobFailure('suspended', code, message);
  const personal = code.startsWith('connection.') || response.status === 403;
  return new JobFailure(personal ? 'needsPerson' : 'retryable', code, message);
};

export const billingApi = (
  {
    BILLING_INTERNAL_URL: url,
    SERVICE_TOKEN_PATH,
  }: Pick<JobEnvironment, 'BILLING_INTERNAL_URL' | 'SERVICE_TOKEN_PATH'>,
  patience: Patience,
): BillingApi => {
  const token = projectedToken(SERVICE_TOKEN_PATH);
  const ask = (path: string, body: unknown, bearer: string): Promise<Response> =>
    fetch(`${url}/internal/v1/${path}`, {
      method: 'POST',
      headers: { ...outgoingHeaders(bearer), ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
  const post = async (path: string, body?: unknown): Promise<unknown> => {
    for (let attempt = 1; ; attempt += 1) {
      const response = await ask(path, body, await token()).catch(() => undefined);
      if (response?.ok) return response.json();
      const failure = response
        ? await refusal(response)
        : new JobFailure('retryable', 'billing.unavailable', 'The billing service could not be reached');
      if (attempt === attempts || (response && !passing.has(response.status))) throw failure;
      const named = retryAfterMs(response?.headers.get('retry-after'), Date.now()) ?? 0;
      if (!(await patience.wait(Math.max(named, 1_000 * 2 ** attempt)))) throw failure;
    }
  };
  return {
    vendorAccess: async (vendor, { renew }) => VendorAccess.parse(await post('vendor-token', { vendor, renew })),
    invoicesBeside: async (about) => InvoicesBeside.parse(await post('superops-invoices', about)),
    postApproved: async () => ApprovedPostings.parse(await post('approved-postings')).requested,
  };
};
