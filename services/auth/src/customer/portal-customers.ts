import { problem } from '@legendops/kit/errors/problem';
import { outgoingHeaders } from '@legendops/kit/http/outgoing-headers';
import { jsonOf, readBounded } from '@legendops/kit/http/read-bounded';
import { z } from 'zod';

/** Whether a tenant has this customer and works for it: nobody becomes a guest of another. */
export type IsActiveCustomer = (tenantId: string, customerId: string) => Promise<boolean>;

const State = z.object({ state: z.enum(['active', 'archived']) });
const Refusal = z.object({ code: z.literal('customer.not-found') });
const timeoutMs = 3_000;
const mostBytes = 16 * 1024;

/** Asks the portal service, whose customers they are: a copy of ours would be behind, and the answer is needed now. */
export const portalCustomers =
  ({ url, token }: { url: string; token: () => Promise<string> }): IsActiveCustomer =>
  async (tenantId, customerId) => {
    const unavailable = () => problem('service.unavailable', { headers: { 'retry-after': '5' } });
    const answer = await readBounded(`${url}/internal/v1/tenants/${tenantId}/customers/${customerId}`, {
      headers: outgoingHeaders(await token()),
      timeoutMs,
      mostBytes,
    }).catch(() => {
      throw unavailable();
    });
    // Another 404 would say that we asked at the wrong address, and nothing of the customer.
    if (answer.status === 404 && Refusal.safeParse(jsonOf(answer)).success) return false;
    const found = State.safeParse(jsonOf(answer));
    if (answer.status !== 200 || !found.success) throw unavailable();
    return found.data.state === 'active';
  };

export const requireCustomer = async (
  isActive: IsActiveCustomer,
  tenantId: string,
  customerId: string,
): Promise<void> => {
  if (!(await isActive(tenantId, customerId)))
    throw problem('customer.not-found', { detail: 'A guest belongs to an active customer of this organisation' });
};
