import type { ActingScope } from '@legendops/kit/audit/audit';
import type { Scope } from '@legendops/kit/db/tenant-database';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { problem } from '@legendops/kit/errors/problem';
import type { Connection, Vendor } from '../contract.ts';
import { requestPax8Token, type Pax8Credentials } from '../pax8/access-token.ts';
import { pax8Client } from '../pax8/pax8-client.ts';
import { Pax8Error } from '../pax8/pax8-error.ts';
import type { QuickBooksOAuth } from '../quickbooks/oauth.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import type { TenantAccounts } from '../quickbooks/tenant-accounts.ts';
import { activeTenant } from '../vendor-access/active-tenant.ts';
import { patienceOfPerson } from '@legendops/kit/http/patience';
import type { VendorVault } from '../vault/vendor-vault.ts';
import { presentConnection } from './presenter.ts';
import type { Claim, ConnectionStore, Link } from './store.ts';

export interface ConnectionService {
  all(scope: Scope): Promise<Connection[]>;
  /** Stores the credentials once Pax8 has accepted them and no other tenant has this partner. */
  connectPax8(scope: ActingScope<'connection.made'>, credentials: Pax8Credentials): Promise<Connection>;
  /** Redeems what Intuit sent back, asks the account for its name, and then stores the tokens. */
  connectQuickBooks(
    scope: ActingScope<'connection.made'>,
    answer: { code: string; realmId: string },
  ): Promise<Connection>;
  /** Gives the account up, and its credentials with it. Throws connection.not-found. */
  disconnect(scope: ActingScope<'connection.removed' | 'pax8-webhook.turned-off'>, vendor: Vendor): Promise<void>;
}

interface Pax8Api {
  url: string;
  audience: string;
  callsPerMinute: number;
}

// No answer of Pax8's names the partner; each of its companies is of this partner alone, under whichever client id.
const companiesOf = async (pax8: Pax8Api, credentials: Pax8Credentials): Promise<string[]> => {
  try {
    const { accessToken } = await requestPax8Token(pax8, credentials);
    const client = pax8Client({ ...pax8, token: async () => accessToken, patience: patienceOfPerson() });
    return (await client.companies()).items.map(({ id }) => id);
  } catch (error) {
    if (error instanceof Pax8Error && (error.kind === 'refused' || error.kind === 'forbidden'))
      throw problem('connection.refused', { detail: 'Pax8 does not accept this client id and secret' });
    if (error instanceof Pax8Error)
      throw problem('vendor.unavailable', { detail: 'Pax8 could not be asked; try again in a minute' });
    throw error;
  }
};

export const connectionService = ({
  store,
  vault,
  registry,
  pax8,
  oauth,
  quickBooks,
  onBooksConnected,
  onDisconnecting,
}: {
  store: ConnectionStore;
  vault: VendorVault;
  registry: TenantRegistry;
  pax8: Pax8Api;
  oauth: QuickBooksOAuth;
  quickBooks: TenantAccounts;
  /** The books are connected: what they ask for is told before anything is posted to them. */
  onBooksConnected: (scope: Scope) => Promise<void>;
  /** While the credentials can still be used. */
  onDisconnecting: (scope: ActingScope<'pax8-webhook.turned-off'>, vendor: Vendor) => Promise<void>;
}): ConnectionService => {
  /** The account is this tenant's before its credentials are stored: of two who connect it at once, one is refused. */
  const connect = async (
    scope: ActingScope<'connection.made'>,
    link: Link,
    keepCredentials: () => Promise<void>,
  ): Promise<Connection> => {
    const claimed = await store.claim(scope, link.claims);
    try {
      await keepCredentials();
    } catch (error) {
      await store.release(scope, claimed);
      throw error;
    }
    return presentConnection(await store.connected(scope, link));
  };
  return {
    all: async (scope) => (await store.all(scope)).map(presentConnection),
    connectPax8: async (scope, credentials) => {
      const companies = await companiesOf(pax8, credentials);
      const claims: Claim[] = [
        { kind: 'pax8', accounts: [credentials.clientId] },
        { kind: 'pax8-company', accounts: companies },
      ];
      return connect(scope, { vendor: 'pax8', account: credentials.clientId, accountName: null, claims }, () =>
        vault.put(scope.tenantId, 'pax8', credentials),
      );
    },
    connectQuickBooks: async (scope, { code, realmId }) => {
      await activeTenant(registry, scope.tenantId);
      try {
        // The old connection stays whole until the new account has answered.
        const tokens = await oauth.redeem(code);
        const accountName = await quickBooks.nameOf(realmId, tokens);
        const claims: Claim[] = [{ kind: 'quickbooks', accounts: [realmId] }];
        const connection = await connect(scope, { vendor: 'quickbooks', account: realmId, accountName, claims }, () =>
          quickBooks.begin(scope.tenantId, realmId, tokens),
        );
        await onBooksConnected(scope);
        return connection;
      } catch (error) {
        if (error instanceof QuickBooksError) throw problem('connection.refused', { detail: error.message });
        throw error;
      }
    },
    disconnect: async (scope, vendor) => {
      await onDisconnecting(scope, vendor);
      if (!(await store.disconnect(scope, vendor))) throw problem('connection.not-found');
      await vault.forget(scope.tenantId, vendor);
    },
  };
};
