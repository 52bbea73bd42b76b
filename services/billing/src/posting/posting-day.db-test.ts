import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
beforeEach(async () => {
  t = await postingWorld();
  await t.call('PUT', 'books', { invoiceDate: 'posting-day', closedBooks: 'ask' });
});
afterEach(() => t.world.close());

describe('the posting day', () => {
  it.each([
    ['Asia/Tokyo', '2026-02-07T20:00:00Z', '2026-02-08'],
    ['America/Los_Angeles', '2026-02-07T05:00:00Z', '2026-02-06'],
    ['UTC', '2026-02-07T23:59:00Z', '2026-02-07'],
  ])('is that of the provider in %s at %s', async (timeZone, at, day) => {
    await t.world.rows("update app.tenants set settings = settings || jsonb_build_object('timeZone', $1::text)", [
      timeZone,
    ]);
    t.world.clock.at = new Date(at);
    await t.posted();
    expect(t.invoicesInQuickBooks()).toMatchObject([{ TxnDate: day }]);
  });
});
