import { Pax8Seats } from '@legendops/kit/contract/pax8-seats';
import { problem } from '@legendops/kit/errors/problem';
import { outgoingHeaders } from '@legendops/kit/http/outgoing-headers';
import { jsonOf, readBounded } from '@legendops/kit/http/read-bounded';

/** The seats of a month until today, by its first day; of this month where none is named. Throws service.unavailable. */
export type Pax8SeatsOf = (tenantId: string, asked: { month?: string }) => Promise<Pax8Seats>;

const timeoutMs = 25_000;
const mostBytes = 32 * 1024 * 1024;

/** Asks the billing service, which reads Pax8 every night. */
export const billingPax8Seats =
  ({ url, token }: { url: string; token: () => Promise<string> }): Pax8SeatsOf =>
  async (tenantId, { month }) => {
    const unavailable = () =>
      problem('service.unavailable', {
        detail: 'The seats at Pax8 could not be read; try again in a minute',
        headers: { 'retry-after': '5' },
      });
    const query = month === undefined ? '' : `?month=${month}`;
    const answer = await readBounded(`${url}/internal/v1/tenants/${tenantId}/pax8-seats${query}`, {
      headers: outgoingHeaders(await token()),
      timeoutMs,
      mostBytes,
    }).catch(() => {
      throw unavailable();
    });
    const seats = Pax8Seats.safeParse(jsonOf(answer));
    if (answer.status !== 200 || !seats.success) throw unavailable();
    return seats.data;
  };
