import { projectedToken } from '@legendops/kit/auth/projected-token';
import { outgoingHeaders } from '@legendops/kit/http/outgoing-headers';
import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import { z } from 'zod';
import type { Vendor } from '../contract.ts';
import { ApprovedPostings, VendorAccess } from './vendor-access.ts';
import type { JobEnvironment } from './job-environment.ts';

/** What a job asks of the billing service, as its tenant. */
export interface BillingApi {
  vendorAccess(vendor: Vendor, options: { renew: boolean }): Promise<VendorAccess>;
  postApproved(): Promise<number>;
}

const timeoutMs = 30_000;

const refusal = async (response: Response): Promise<JobFailure> => {
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = z.object({ code: z.string(), detail: z.string().optional(), title: z.string() }).safeParse(body);
  const code = parsed.data?.code ?? `http-${response.status}`;
  const message = parsed.data?.detail ?? parsed.data?.title ?? `The billing service answered ${response.status}`;
  if (code === 'tenant.suspended') return new JobFailure('suspended', code, message);
  const personal = code.startsWith('connection.') || response.status === 403;
  return new JobFailure(personal ? 'needsPerson' : 'retryable', code, message);
};

export const billingApi = ({
  BILLING_INTERNAL_URL: url,
  SERVICE_TOKEN_PATH,
}: Pick<JobEnvironment, 'BILLING_INTERNAL_URL' | 'SERVICE_TOKEN_PATH'>): BillingApi => {
  const token = projectedToken(SERVICE_TOKEN_PATH);
  const post = async (path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/internal/v1/${path}`, {
      method: 'POST',
      headers: {
        ...outgoingHeaders(await token()),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(() => {
      throw new JobFailure('retryable', 'billing.unavailable', 'The billing service could not be reached');
    });
    if (!response.ok) throw await refusal(response);
    return response.json();
  };
  return {
    vendorAccess: async (vendor, { renew }) => VendorAccess.parse(await post('vendor-token', { vendor, renew })),
    postApproved: async () => ApprovedPostings.parse(await post('approved-postings')).requested,
  };
};
