import { problem } from '@legendops/kit/errors/problem';
import { ForeignId } from '@legendops/kit/contract/values';
import { outgoingHeaders } from '@legendops/kit/http/outgoing-headers';
import { tracedFetch } from '@legendops/kit/http/traced-fetch';
import { z } from 'zod';

const Company = z.object({ id: ForeignId, name: z.string(), status: z.enum(['Active', 'Inactive', 'Deleted']) });
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
    const response = await tracedFetch(`${url}/internal/v1/tenants/${tenantId}/pax8-companies`, {
      headers: outgoingHeaders(await token()),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    }).catch(() => {
      throw problem('service.unavailable', { headers: { 'retry-after': '5' } });
    });
    const body: unknown = await response.json().catch(() => undefined);
    const companies = response.ok ? Companies.safeParse(body).data : undefined;
    if (companies) return companies.data;
    const refusal = PassedOn.safeParse(body).data;
    if (refusal) throw problem(refusal.code, { detail: 'Press “Connect Pax8” under “Connections”' });
    throw problem('vendor.unavailable', { detail: 'Pax8 could not be read; try again in a minute' });
  };
