import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { required } from '@legendops/kit/testing/required';
import { claimSeconds } from '../background/while-held.ts';
import type { OutgoingSale } from '../quickbooks/sale.ts';
import { postingWorld, type PostingWorld } from '../testing/posting-world.ts';

let t: PostingWorld;
beforeEach(async () => {
  t = await postingWorld();
  await t.post();
});
afterEach(() => t.world.close());

/** As if the process that has it had died a minute ago. */
const dies = () => t.world.rows("update billing.postings set claimed_until = now() - interval '15 seconds'");

describe('a claim', () => {
  it('of a process that is dead is free within a minute, and another one posts it', async () => {
    await t.claim(claimSeconds);
    await t.world.post();
    expect((await t.outcome())[0]).toBe('posting');
    const [row] = await t.world.rows<{ free: boolean }>(
      "select claimed_until < now() + interval '1 minute' as free from billing.postings",
    );
    expect(row?.free).toBe(true);
    await dies();
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks()).toHaveLength(1);
  });

  it('is kept by its process alone', async () => {
    const { store, scope, claimed } = await t.claim(claimSeconds);
    expect(await store.hold(scope, claimed, claimSeconds)).toBe(true);
    await dies();
    expect(await store.hold(scope, claimed, claimSeconds)).toBe(false);
    await t.world.post();
    expect(await store.hold(scope, claimed, claimSeconds)).toBe(false);
  });

  it('of a process that died while it was sending: it is looked for, and sent again only when it can be there no more', async () => {
    const { store, scope, claimed } = await t.claim(claimSeconds);
    const outgoing = { customerId: '1', date: '2026-01-31' } as OutgoingSale;
    expect(await store.markSent(scope, claimed, outgoing)).toBe(true);
    await t.world.rows('update billing.postings set outgoing = null');
    await dies();
    await t.world.post();
    expect(await t.outcome()).toEqual(['in-doubt', 'sender-died']);
    expect(t.invoicesInQuickBooks()).toEqual([]);
    const [row] = await t.world.rows<{ waits: boolean }>(
      "select next_attempt_at > now() + interval '1 minute' as waits from billing.postings",
    );
    expect(required(row, 'posting').waits).toBe(true);
    await t.world.post();
    expect(await t.outcome()).toEqual(['posted', null]);
    expect(t.invoicesInQuickBooks()).toHaveLength(1);
  });
});
