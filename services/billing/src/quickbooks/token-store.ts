import type { Log } from '@legendops/kit/log/logger';
import { connectionMissing } from '../connection/vendors.ts';
import type { VendorSecret, VendorVault } from '../vault/vendor-vault.ts';

export type QuickBooksSecret = VendorSecret['quickbooks'];

/** Where the pair of tokens of a tenant's account is kept. */
export interface TokenStore {
  /** Throws connection.missing when no account is connected. */
  load(tenantId: string): Promise<QuickBooksSecret>;
  /** Keeps a pair that came of trading `traded`; the vault has it in the end, even if it does not answer now. */
  keep(tenantId: string, next: QuickBooksSecret, traded: QuickBooksSecret): Promise<void>;
  /** Keeps the pair of a new connection, whatever was there before; rejects when the vault does not take it. */
  begin(tenantId: string, first: QuickBooksSecret): Promise<void>;
}

const attempts = 3;

/** A pair that the vault does not have yet, and the refresh token that the vault has instead. */
interface Waiting {
  next: QuickBooksSecret;
  traded: string;
}

/**
 * The refresh token dies with its use, so the pair that came back is the only good one: it stays here until the vault has
 * taken it. A pair that somebody else has replaced meanwhile is not written over.
 */
export const tokenStore = (
  vault: Pick<VendorVault, 'get' | 'put'>,
  { log, pauseMs }: { log: Log; pauseMs: (attempt: number) => number },
): TokenStore => {
  const unsaved = new Map<string, Waiting>();

  const stored = async (tenantId: string): Promise<QuickBooksSecret> => {
    const secret = await vault.get(tenantId, 'quickbooks');
    if (!secret) throw connectionMissing('quickbooks');
    return secret;
  };
  /** Gives the vault the pair that waits, unless somebody has replaced what it came of; later, where the vault does not answer. */
  const save = async (tenantId: string, { next, traded }: Waiting): Promise<void> => {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      try {
        if ((await stored(tenantId)).refreshToken === traded) await vault.put(tenantId, 'quickbooks', next);
        unsaved.delete(tenantId);
        return;
      } catch (error) {
        log.warn({ err: error, tenantId, attempt }, "the vault did not take QuickBooks's new tokens");
        await new Promise((resolve) => setTimeout(resolve, pauseMs(attempt)));
      }
    }
  };
  return {
    load: async (tenantId) => {
      const waiting = unsaved.get(tenantId);
      if (waiting) await save(tenantId, waiting);
      return unsaved.has(tenantId) && waiting ? waiting.next : stored(tenantId);
    },
    keep: async (tenantId, next, traded) => {
      // Should the process die before the vault has it, a person connects again; until then nothing is lost.
      const waiting = { next, traded: unsaved.get(tenantId)?.traded ?? traded.refreshToken };
      unsaved.set(tenantId, waiting);
      await save(tenantId, waiting);
    },
    begin: async (tenantId, first) => {
      await vault.put(tenantId, 'quickbooks', first);
      unsaved.delete(tenantId);
    },
  };
};
