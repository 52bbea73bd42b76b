import { createHash } from 'node:crypto';
import { problem } from '@legendops/kit/errors/problem';
import { comeAgainAfter } from '@legendops/kit/http/retry-after';
import { connectionMissing } from '../connection/vendors.ts';
import type { VendorVault } from '../vault/vendor-vault.ts';
import { requestPax8Token, type Pax8Credentials, type Pax8Token } from './access-token.ts';
import { Pax8Error } from './pax8-error.ts';

export interface Pax8Tokens {
  /** A token of the tenant's own credentials, valid for an hour at least. `renew` drops a token that Pax8 refused. */
  of(tenantId: string, options: { renew: boolean }): Promise<Pax8Token>;
}

const leftMs = 60 * 60_000;
// A refused token is not fetched again at once: a job that is refused over and over would hammer the vendor.
const renewAfterMs = 30_000;

// Another replica may have connected another account: a token is good for the credentials that it came from alone.
const fingerprintOf = ({ clientId, clientSecret }: Pax8Credentials): string =>
  createHash('sha256')
    .update(JSON.stringify([clientId, clientSecret]))
    .digest('base64url');

/** Tokens by tenant, one fetch in flight each. Throws connection.missing and connection.refused as problems. */
export const pax8Tokens = ({
  vault,
  api,
  onReconnect,
  now = () => new Date(),
}: {
  vault: Pick<VendorVault, 'get'>;
  api: { url: string; audience: string };
  /** Pax8 no longer accepts the credentials: a person has to connect again. */
  onReconnect: (tenantId: string, clientId: string) => Promise<void>;
  now?: () => Date;
}): Pax8Tokens => {
  const known = new Map<string, { token: Promise<Pax8Token>; fetchedAt: number; fingerprint: string }>();

  const fetchToken = async (tenantId: string, credentials: Pax8Credentials): Promise<Pax8Token> => {
    try {
      return await requestPax8Token(api, credentials, now());
    } catch (error) {
      if (error instanceof Pax8Error && (error.kind === 'refused' || error.kind === 'forbidden')) {
        await onReconnect(tenantId, credentials.clientId);
        throw problem('connection.refused', {
          detail: 'Pax8 refused the stored credentials; press “Connect Pax8” under “Connections”',
        });
      }
      if (error instanceof Pax8Error)
        throw problem('vendor.unavailable', {
          detail: 'Pax8 gave no token',
          headers: comeAgainAfter(error.retryAfterMs),
        });
      throw error;
    }
  };
  const isUsable = async (token: Promise<Pax8Token>): Promise<boolean> =>
    (await token).expiresAt.getTime() - now().getTime() > leftMs;

  return {
    of: async (tenantId, { renew }) => {
      const credentials = await vault.get(tenantId, 'pax8');
      if (!credentials) throw connectionMissing('pax8');
      const fingerprint = fingerprintOf(credentials);
      const held = known.get(tenantId);
      if (held?.fingerprint === fingerprint) {
        const drops = renew && now().getTime() - held.fetchedAt > renewAfterMs;
        if (!drops && (await isUsable(held.token).catch(() => false))) return held.token;
      }
      const token = fetchToken(tenantId, credentials);
      token.catch(() => known.delete(tenantId));
      known.set(tenantId, { token, fetchedAt: now().getTime(), fingerprint });
      return token;
    },
  };
};
