import { problem } from '@legendops/kit/errors/problem';
import { currentContext } from '@legendops/kit/log/request-context';
import { z } from 'zod';

const Company = z.object({ id: z.guid(), name: z.string().min(1), status: z.enum(['Active', 'Inactive', 'Deleted']) });
const Companies = z.object({ data: z.array(Company) });

export type Pax8Company = z.infer<typeof Company>;

/** The tenant's companies at Pax8, as they are now. */
export type Pax8Companies = (tenantId: string) => Promise<Pax8Company[]>;

const timeoutMs = 25_000;

// The codes that a person can do something about; anything else is an outage to them.
const PassedOn = z.object({ code: z.enum(['connection.missing', 'connection.refused']) });

/** Asks the billing service, which alone holds the tenant's credentials at Pax8. */
export const billingPax8Companies =
  ({ url, token }: { url: string; token: () => Promise<string> }): Pax8Companies =>
  async (tenantId) => {
    const { traceparent } = currentContext();
    const response = await fetch(`${url}/internal/v1/tenants/${tenantId}/pax8-companies`, {
      headers: { authorization: `Bearer ${await token()}`, ...(traceparent !== undefined && { traceparent }) },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(() => {
      throw problem('service.unavailable', { headers: { 'retry-after': '5' } });
    });
    if (response.ok) return Companies.parse(await response.json()).data;
    const refusal = PassedOn.safeParse(await response.json().catch(() => undefined)).data;
    if (refusal) throw problem(refusal.code, { detail: 'Connect Pax8 under Connections' });
    throw problem('vendor.unavailable', { detail: 'Pax8 could not be read; try again in a minute' });
  };
