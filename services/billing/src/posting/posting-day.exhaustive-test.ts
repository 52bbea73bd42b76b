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

it('nothing falls due before it is posted, also by terms that end on a day of the month', async () => {
  const t = await postingWorld();
  try {
    t.putCompany({ terms: [{ Id: '5', Name: 'On the 15th', DayOfMonthDue: 15, Active: true }] });
    await t.call('PUT', 'links', { kind: 'terms', quickBooksId: '5' });
    t.world.clock.at = new Date('2026-02-07T12:00:00Z');
    await t.posted();
    t.world.clock.at = new Date('2026-03-03T12:00:00Z');
    await t.posted('Tailspin Toys');
    expect(t.invoicesInQuickBooks().map(({ TxnDate, DueDate }) => [TxnDate, DueDate])).toEqual([
      ['2026-01-31', '2026-02-15'],
      ['2026-01-31', '2026-03-03'],
    ]);
  } finally {
    await t.world.close();
  }
});
