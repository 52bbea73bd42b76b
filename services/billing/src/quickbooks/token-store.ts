import { problem } from '@legendops/kit/errors/problem';
import type { Log } from '@legendops/kit/log/logger';
import type { VendorSecret, VendorVault } from '../vault/vendor-vault.ts';

export type QuickBooksSecret = VendorSecret['quickbooks'];

/** Where the pair of tokens of a tenant's books is kept. */
export interface TokenStore {
  /** Throws connection.missing when no books are connected. */
  load(tenantId: string): Promise<QuickBooksSecret>;
  /** Keeps a pair that came of trading `traded`; the vault has it in the end, even if it does not answer now. */
  keep(tenantId: string, next: QuickBooksSecret, traded: QuickBooksSecret): Promise<void>;
  /** Keeps the pair of a new connection, whatever was there before; rejects when the vault does not take it. */
  begin(tenantId: string, first: QuickBooksSecret): Promise<void>;
}

const attempts = 3;

/**
 * The refresh token dies with its use, so the pair that came back is the only good one: it stays here until the vault has
 * taken it. A pair that somebody else has replaced meanwhile is not written over.
 */
export const tokenStore = (
  vault: VendorVault,
  { log, pauseMs }: { log: Log; pauseMs: (attempt: number) => number },
): TokenStore => {
  const unsaved = new Map<string, { next: QuickBooksSecret; traded: string }>();

  const stored = async (tenantId: string): Promise<QuickBooksSecret> => {
    const secret = await vault.get(tenantId, 'quickbooks');
    if (!secret) throw problem('connection.missing', { detail: 'Connect QuickBooks under Connections' });
    return secret;
  };
  const save = async (tenantId: string, next: QuickBooksSecret): Promise<boolean> => {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      try {
        await vault.put(tenantId, 'quickbooks', next);
        return true;
      } catch (error) {
        log.warn({ err: error, tenantId, attempt }, "the vault did not take QuickBooks's new tokens");
        await new Promise((resolve) => setTimeout(resolve, pauseMs(attempt)));
      }
    }
    return false;
  };
  return {
    load: async (tenantId) => {
      const secret = await stored(tenantId);
      const waiting = unsaved.get(tenantId);
      if (!waiting) return secret;
      if (secret.refreshToken !== waiting.traded) {
        unsaved.delete(tenantId);
        return secret;
      }
      if (await save(tenantId, waiting.next)) unsaved.delete(tenantId);
      return waiting.next;
    },
    keep: async (tenantId, next, traded) => {
      // Should it die before the vault has them, a person connects again; until then nothing is lost.
      unsaved.set(tenantId, { next, traded: unsaved.get(tenantId)?.traded ?? traded.refreshToken });
      if (await save(tenantId, next)) unsaved.delete(tenantId);
    },
    begin: async (tenantId, first) => {
      await vault.put(tenantId, 'quickbooks', first);
      unsaved.delete(tenantId);
    },
  };
};
