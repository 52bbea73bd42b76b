import { describe, expect, it } from 'vitest';
import { postingWorld } from '../testing/posting-world.ts';

describe('the posting day', () => {
  it.each([
    ['Asia/Tokyo', '2026-02-07T20:00:00Z', '2026-02-08'],
    ['America/Los_Angeles', '2026-02-07T05:00:00Z', '2026-02-06'],
  ])('is that of the provider in %s at %s', async (timeZone, at, day) => {
    const t = await postingWorld({ timeZone });
    try {
      await t.call('PUT', 'books', { invoiceDate: 'posting-day', closedBooks: 'ask' });
      t.world.clock.at = new Date(at);
      await t.posted();
      expect(t.invoicesInQuickBooks()).toMatchObject([{ TxnDate: day }]);
    } finally {
      await t.world.close();
    }
  });
});
