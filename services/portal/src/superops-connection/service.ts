import type { ActingScope } from '@legendops/kit/audit/audit';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import type { SuperOpsConnection, SuperOpsCredentials } from '../superops/contract.ts';
import { superOpsClient } from '../superops/superops-client.ts';
import type { SuperOpsOptions } from '../superops/superops-transport.ts';
import { SuperOpsError } from '../superops/superops-error.ts';
import { failures, isFailure } from './failures.ts';
import type { ConnectionRow, ConnectionStore } from './store.ts';
import { asProblem, type TenantSuperOps } from './tenant-superops.ts';
import type { TokenVault } from './token-vault.ts';

export interface SuperOpsConnectionService {
  find(scope: Scope): Promise<SuperOpsConnection | null>;
  /** Keeps the token once SuperOps has accepted it and no other tenant has this account. */
  connect(scope: ActingScope<'connection.made'>, credentials: SuperOpsCredentials): Promise<SuperOpsConnection>;
  /** Asks SuperOps whether it works by now, and keeps what it says. */
  check(scope: Scope): Promise<SuperOpsConnection>;
  /** Gives the account up, and its token with it. Throws connection.not-found. */
  disconnect(scope: ActingScope<'connection.removed'>): Promise<void>;
}

const present = (row: ConnectionRow): SuperOpsConnection => ({
  id: row.id,
  region: row.region,
  subdomain: row.subdomain,
  state: row.state,
  failure: row.failure && failures[row.failure].reason,
  nextStep: row.failure && failures[row.failure].nextStep,
  version: row.version,
  updatedAt: row.updated_at,
});

// Nothing is connected yet that could be paused: whatever SuperOps has against it, these credentials are refused.
const refusedCredentials = (error: unknown): unknown => {
  if (!(error instanceof SuperOpsError) || !isFailure(error.kind)) return asProblem(error);
  const { reason, nextStep } = failures[error.kind];
  return problem('connection.refused', { detail: `${reason}. ${nextStep}` });
};

export const superOpsConnectionService = ({
  store,
  vault,
  api,
  superOps,
}: {
  store: ConnectionStore;
  vault: TokenVault;
  api: SuperOpsOptions;
  superOps: TenantSuperOps;
}): SuperOpsConnectionService => {
  const found = async (scope: Scope): Promise<SuperOpsConnection> => {
    const row = await store.find(scope);
    if (!row) throw problem('connection.not-found');
    return present(row);
  };
  return {
    find: async (scope) => {
      const row = await store.find(scope);
      return row ? present(row) : null;
    },
    connect: async (scope, credentials) => {
      await superOpsClient(credentials, api)
        .verify()
        .catch((error: unknown) => {
          throw refusedCredentials(error);
        });
      return present(await store.connect(scope, credentials, () => vault.put(scope.tenantId, credentials)));
    },
    check: async (scope) => {
      try {
        await superOps.use(scope, (client) => client.verify());
      } catch (error) {
        // What ends a connection is its state by now, which is the answer.
        const row = await store.find(scope);
        if (!row?.failure) throw error;
      }
      return found(scope);
    },
    disconnect: async (scope) => {
      if (!(await store.disconnect(scope))) throw problem('connection.not-found');
      await vault.forget(scope.tenantId);
    },
  };
};
