import type { Scope } from '@legendops/kit/db/tenant-database';
import type { TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { problem } from '@legendops/kit/errors/problem';
import type { Connection } from '../contract.ts';
import { requestPax8Token, type Pax8Credentials } from '../pax8/access-token.ts';
import { Pax8Error } from '../pax8/pax8-error.ts';
import type { QuickBooksOAuth } from '../quickbooks/oauth.ts';
import { QuickBooksError } from '../quickbooks/quickbooks-error.ts';
import type { TenantCompanies } from '../quickbooks/tenant-companies.ts';
import { activeTenant } from '../vendor-access/active-tenant.ts';
import type { VendorVault } from '../vault/vendor-vault.ts';
import { presentConnection } from './presenter.ts';
import type { ConnectionStore } from './store.ts';

export interface ConnectionService {
  all(scope: Scope): Promise<Connection[]>;
  /** Stores the credentials once Pax8 has accepted them. */
  connectPax8(scope: Scope, credentials: Pax8Credentials): Promise<Connection>;
  /** Redeems what Intuit sent back, asks the books for their name, and then stores the tokens. */
  connectQuickBooks(scope: Scope, answer: { code: string; realmId: string }): Promise<Connection>;
}

export const connectionService = ({
  store,
  vault,
  registry,
  pax8,
  oauth,
  companies,
}: {
  store: ConnectionStore;
  vault: VendorVault;
  registry: TenantRegistry;
  pax8: { url: string; audience: string };
  oauth: QuickBooksOAuth;
  companies: TenantCompanies;
}): ConnectionService => ({
  all: async (scope) => (await store.all(scope)).map(presentConnection),
  connectPax8: async (scope, credentials) => {
    await requestPax8Token(pax8, credentials).catch((error: unknown) => {
      if (error instanceof Pax8Error && (error.kind === 'refused' || error.kind === 'forbidden'))
        throw problem('connection.refused', { detail: 'Pax8 does not accept this client id and secret' });
      if (error instanceof Pax8Error)
        throw problem('vendor.unavailable', { detail: 'Pax8 could not be asked; try again in a minute' });
      throw error;
    });
    await vault.put(scope.tenantId, 'pax8', credentials);
    return presentConnection(await store.connected(scope, 'pax8', credentials.clientId, ''));
  },
  connectQuickBooks: async (scope, { code, realmId }) => {
    await activeTenant(registry, scope.tenantId);
    try {
      // The old connection stays whole until the new books have answered.
      const name = await companies.begin(scope.tenantId, realmId, await oauth.redeem(code));
      return presentConnection(await store.connected(scope, 'quickbooks', realmId, name));
    } catch (error) {
      if (error instanceof QuickBooksError) throw problem('connection.refused', { detail: error.message });
      throw error;
    }
  },
});
