import { Staff } from '@legendops/kit/contract/staff';
import { problem } from '@legendops/kit/errors/problem';
import { outgoingHeaders } from '@legendops/kit/http/outgoing-headers';
import { jsonOf, readBounded } from '@legendops/kit/http/read-bounded';

/** Who works for a tenant now. Throws service.unavailable where that cannot be learnt. */
export type StaffOf = (tenantId: string) => Promise<Staff['data']>;

const timeoutMs = 5_000;
const mostBytes = 4 * 1024 * 1024;

/** Asks the auth service, whose members they are: a copy of ours would write to people who have left. */
export const staffFrom =
  ({ url, token }: { url: string; token: () => Promise<string> }): StaffOf =>
  async (tenantId) => {
    const unavailable = () => problem('service.unavailable', { headers: { 'retry-after': '30' } });
    const answer = await readBounded(`${url}/internal/v1/tenants/${tenantId}/staff`, {
      headers: outgoingHeaders(await token()),
      timeoutMs,
      mostBytes,
    }).catch(() => {
      throw unavailable();
    });
    const found = Staff.safeParse(jsonOf(answer));
    if (answer.status !== 200 || !found.success) throw unavailable();
    return found.data.data;
  };
