import { SuperOpsInvoices } from '@legendops/kit/contract/superops-invoices';
import { problem } from '@legendops/kit/errors/problem';
import { outgoingHeaders } from '@legendops/kit/http/outgoing-headers';
import { jsonOf, readBounded } from '@legendops/kit/http/read-bounded';
import { z } from 'zod';

/**
 * What SuperOps invoices a customer by itself that may bill the days from one until before another. Throws connection.missing,
 * connection.refused and connection.paused where a person has to do something, service.unavailable where nobody has.
 */
export type SuperOpsInvoicesOf = (
  tenantId: string,
  asked: { customerId: string; from: string; until: string },
) => Promise<SuperOpsInvoices>;

const PassedOn = z.object({
  code: z.enum(['connection.missing', 'connection.refused', 'connection.paused']),
  detail: z.string().optional(),
});

// SuperOps is asked three times at most, each for twenty seconds.
const timeoutMs = 65_000;
const mostBytes = 4 * 1024 * 1024;

/** Asks the portal service, which alone holds the tenant's token of SuperOps and knows who is who there. */
export const portalSuperOps =
  ({ url, token }: { url: string; token: () => Promise<string> }): SuperOpsInvoicesOf =>
  async (tenantId, { customerId, from, until }) => {
    const unavailable = () =>
      problem('service.unavailable', { detail: 'SuperOps could not be asked whether it invoices this customer, too' });
    const answer = await readBounded(
      `${url}/internal/v1/tenants/${tenantId}/customers/${customerId}/superops-invoices?from=${from}&until=${until}`,
      { headers: outgoingHeaders(await token()), timeoutMs, mostBytes },
    ).catch(() => {
      throw unavailable();
    });
    const found = SuperOpsInvoices.safeParse(jsonOf(answer));
    if (answer.status === 200 && found.success) return found.data;
    const refusal = PassedOn.safeParse(jsonOf(answer)).data;
    if (!refusal) throw unavailable();
    throw problem(refusal.code, refusal.detail === undefined ? {} : { detail: refusal.detail });
  };
