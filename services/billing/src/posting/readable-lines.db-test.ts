import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let posting: PostingWorld;
beforeEach(async () => {
  posting = await postingWorld();
});
afterEach(() => posting.world.close());

describe('an invoice in QuickBooks', () => {
  it('has quantity and unit price where they are exact, else the story and its amount as one', async () => {
    const { id, contentHash } = await posting.invoiceOf('Fabrikam');
    await posting.call('POST', `invoices/${id}/edits`, {
      act: 'add',
      contentHash,
      reason: 'Agreed',
      description: 'Visit on site',
      quantity: '1.5',
      unitPrice: '90',
    });
    await posting.post();
    await posting.world.post();
    expect(await posting.outcome()).toEqual(['posted', null]);
    const lines = posting.invoicesInQuickBooks()[0]?.['Line'] as {
      Description?: string;
      Amount: number;
      SalesItemLineDetail?: { Qty: number; UnitPrice: number };
    }[];
    const shown = lines.flatMap(({ Description, Amount, SalesItemLineDetail: detail }) =>
      detail ? [[Description, detail.Qty, detail.UnitPrice, Amount]] : [],
    );
    expect(shown).toEqual([
      // 45 × 13.0625 is 587.8125, and no amount of money.
      ['45 at 13.0625 × Productivity Suite, monthly, January 2026', 1, 587.81, 587.81],
      ['1728.912 × Compute hours, rg-main, January 2026', 1, 265.82, 265.82],
      ['Visit on site', 1.5, 90, 135],
    ]);
  });
});
