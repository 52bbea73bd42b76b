import { OpenException } from '@legendops/kit/contract/open-exception';
import { problem } from '@legendops/kit/errors/problem';
import { outgoingHeaders } from '@legendops/kit/http/outgoing-headers';
import { jsonOf, readBounded } from '@legendops/kit/http/read-bounded';

/** An exception that is open on billing's worklist; undefined where there is none. Throws service.unavailable. */
export type OpenExceptionOf = (tenantId: string, exceptionId: string) => Promise<OpenException | undefined>;

const timeoutMs = 10_000;
const mostBytes = 64 * 1024;

export const billingExceptions =
  ({ url, token }: { url: string; token: () => Promise<string> }): OpenExceptionOf =>
  async (tenantId, exceptionId) => {
    const unavailable = () =>
      problem('service.unavailable', {
        detail: 'The exception could not be read; try again in a minute',
        headers: { 'retry-after': '5' },
      });
    const answer = await readBounded(`${url}/internal/v1/tenants/${tenantId}/exceptions/${exceptionId}`, {
      headers: outgoingHeaders(await token()),
      timeoutMs,
      mostBytes,
    }).catch(() => {
      throw unavailable();
    });
    if (answer.status === 404) return undefined;
    const found = OpenException.safeParse(jsonOf(answer));
    if (answer.status !== 200 || !found.success) throw unavailable();
    return found.data;
  };
