import { describe, expect, it } from 'vitest';
import { silentLog } from '@legendops/kit/testing/silent-log';
import type { KnownLinks } from '../link/known-links.ts';
import type { TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import { poster } from './poster.ts';
import type { PostingStore } from './store.ts';

/** Postings of two tenants; the account of `slow` answers when it is let. */
const surroundings = () => {
  const open = new Map([
    ['slow-1', 'slow'],
    ['slow-2', 'slow'],
    ['quick-1', 'quick'],
  ]);
  const settled: string[] = [];
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const store = {
    due: async (busy: readonly string[]) =>
      [...open].flatMap(([id, tenantId]) => (busy.includes(tenantId) ? [] : [{ id, tenantId }])),
    claim: async (_scope: unknown, id: string) => ({ id, state: 'posting', attempt: 1, generation: 1 }),
    settle: async (_scope: unknown, { id }: { id: string }) => {
      open.delete(id);
      settled.push(id);
      return true;
    },
  } as unknown as PostingStore;
  const accounts = {
    of: async (tenantId: string) => {
      if (tenantId === 'slow') await gate;
      throw new QuickBooksError('unreachable', 'away', 'away');
    },
  } as unknown as TenantAccounts;
  return {
    open,
    settled,
    letGo: () => letGo(),
    poster: poster({
      store,
      links: {} as KnownLinks,
      accounts,
      approval: async () => undefined,
      secondBiller: async () => undefined,
      registry: { find: async () => undefined },
      log: silentLog,
    }),
  };
};

describe('the poster', () => {
  it('lets no slow account keep another tenant waiting, and begins nothing of theirs twice', async () => {
    const { poster: posting, open, settled, letGo } = surroundings();
    await posting.round();
    await expect.poll(() => settled).toEqual(['quick-1']);
    open.set('quick-2', 'quick');
    await posting.round();
    await expect.poll(() => settled).toEqual(['quick-1', 'quick-2']);
    letGo();
    await posting.idle();
    expect(settled).toEqual(['quick-1', 'quick-2', 'slow-1', 'slow-2']);
  });

  it('stops after the posting under way', async () => {
    const { poster: posting, settled, letGo } = surroundings();
    await posting.round();
    const stopped = posting.stop();
    letGo();
    await stopped;
    expect(settled).toEqual(expect.arrayContaining(['slow-1']));
    expect(settled).not.toContain('slow-2');
  });
});
