import { problem } from '@legendops/kit/errors/problem';
import type { VendorVault } from '../vault/vendor-vault.ts';
import { requestPax8Token, type Pax8Token } from './access-token.ts';
import { Pax8Error } from './pax8-error.ts';

export interface Pax8Tokens {
  /** A token of the tenant's own credentials, valid for an hour at least. `renew` drops a token that Pax8 refused. */
  of(tenantId: string, options: { renew: boolean }): Promise<Pax8Token>;
  forget(tenantId: string): void;
}

const leftMs = 60 * 60_000;
// A refused token is not fetched again at once: a job that is refused over and over would hammer the vendor.
const renewAfterMs = 30_000;

/** Tokens by tenant, one fetch in flight each. Throws connection.missing and connection.refused as problems. */
export const pax8Tokens = ({
  vault,
  api,
  now = () => new Date(),
}: {
  vault: VendorVault;
  api: { url: string; audience: string };
  now?: () => Date;
}): Pax8Tokens => {
  const known = new Map<string, { token: Promise<Pax8Token>; fetchedAt: number }>();

  const fetchToken = async (tenantId: string): Promise<Pax8Token> => {
    const credentials = await vault.get(tenantId, 'pax8');
    if (!credentials) throw problem('connection.missing', { detail: 'Connect Pax8 under Connections' });
    try {
      return await requestPax8Token(api, credentials, now());
    } catch (error) {
      if (error instanceof Pax8Error && (error.kind === 'refused' || error.kind === 'forbidden'))
        throw problem('connection.refused', { detail: 'Pax8 refused the stored credentials; connect again' });
      if (error instanceof Pax8Error) throw problem('vendor.unavailable', { detail: 'Pax8 gave no token' });
      throw error;
    }
  };
  const isUsable = async (token: Promise<Pax8Token>): Promise<boolean> =>
    (await token).expiresAt.getTime() - now().getTime() > leftMs;

  return {
    of: async (tenantId, { renew }) => {
      const held = known.get(tenantId);
      const mayRenew = held !== undefined && now().getTime() - held.fetchedAt > renewAfterMs;
      if (held && !(renew && mayRenew) && (await isUsable(held.token).catch(() => false))) return held.token;
      const token = fetchToken(tenantId);
      token.catch(() => known.delete(tenantId));
      known.set(tenantId, { token, fetchedAt: now().getTime() });
      return token;
    },
    forget: (tenantId) => void known.delete(tenantId),
  };
};
