import type { Scope } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import { comeAgainAfter } from '@legendops/kit/http/retry-after';
import { superOpsClient, type SuperOpsClient } from '../superops/superops-client.ts';
import type { SuperOpsAccess, SuperOpsAccount, SuperOpsOptions } from '../superops/superops-transport.ts';
import { SuperOpsError } from '../superops/superops-error.ts';
import type { SuperOpsState } from '../superops/contract.ts';
import { accountChanged } from './account-changed.ts';
import { failures, isFailure } from './failures.ts';
import type { ConnectionStore } from './store.ts';
import type { TokenVault } from './token-vault.ts';

/** A tenant's SuperOps, as whoever needs something of it has it. */
export interface TenantSuperOps {
  /** The account that is connected, in whatever state; undefined where none is. */
  find(scope: Scope): Promise<SuperOpsAccount | undefined>;
  /** The same; throws connection.missing where none is. */
  account(scope: Scope): Promise<SuperOpsAccount>;
  /**
   * Does work with the tenant's own token. What keeps it from working is kept as the connection's state, and thrown as a
   * problem that says what to do: connection.missing, connection.refused, connection.paused, vendor.unavailable.
   */
  use<T>(scope: Scope, work: Work<T>): Promise<T>;
  /**
   * The same for what was decided for one account, whose ids say nothing in another. Throws account.changed, before anything is
   * asked, where the token is of another one.
   */
  useOf<T>(scope: Scope, account: SuperOpsAccount, work: Work<T>): Promise<T>;
}

type Work<T> = (client: SuperOpsClient, account: SuperOpsAccount) => Promise<T>;

const isSame = (one: SuperOpsAccount, other: SuperOpsAccount): boolean =>
  one.region === other.region && one.subdomain === other.subdomain;

const missing = () => problem('connection.missing', { detail: 'Press “Connect SuperOps” under “Connections”' });

/** What SuperOps said, as a problem of ours; anything else stays as it is. */
export const asProblem = (error: unknown): unknown => {
  if (!(error instanceof SuperOpsError)) return error;
  const { kind } = error;
  if (isFailure(kind)) {
    const { state, reason, nextStep } = failures[kind];
    return problem(state === 'paused' ? 'connection.paused' : 'connection.refused', {
      detail: `${reason}. ${nextStep}`,
    });
  }
  if (kind === 'invalid') {
    const attributes = [...new Set(error.refused.flatMap((one) => one.attributes))].join(', ');
    return problem('ticket.refused', {
      detail: `It refuses ${attributes || 'what was sent'}: read the page again, choose anew, or write less`,
    });
  }
  if (kind === 'not-found') return problem('ticket.not-found');
  const headers = comeAgainAfter(error.retryAfterMs);
  if (kind === 'in-doubt')
    return problem('vendor.unavailable', {
      headers,
      detail: 'SuperOps did not say whether it has this. Press again: it is looked for first, and not made twice',
    });
  if (kind === 'nothing-made')
    return problem('vendor.unavailable', {
      detail: 'SuperOps has made nothing of this, and does not say why. Press again; if it stays so, do it in SuperOps',
    });
  if (kind === 'throttled')
    return problem('vendor.unavailable', {
      headers,
      detail: 'SuperOps takes no more requests this minute; try again in a minute',
    });
  return problem('vendor.unavailable', { headers, detail: 'SuperOps could not be asked; try again in a minute' });
};

export const tenantSuperOps = ({
  store,
  vault,
  api,
}: {
  store: Pick<ConnectionStore, 'find' | 'failed' | 'works'>;
  vault: Pick<TokenVault, 'get'>;
  api: SuperOpsOptions;
}): TenantSuperOps => {
  const find = async (scope: Scope): Promise<SuperOpsAccount | undefined> => {
    const connection = await store.find(scope);
    return connection && { region: connection.region, subdomain: connection.subdomain };
  };
  const account = async (scope: Scope): Promise<SuperOpsAccount & { state: SuperOpsState }> => {
    const connection = await store.find(scope);
    if (!connection) throw missing();
    return connection;
  };

  /** Of the account that is connected alone, whatever the vault has. */
  const accessOf = async (scope: Scope): Promise<SuperOpsAccess & { state: SuperOpsState }> => {
    const { region, subdomain, state } = await account(scope);
    const access = await vault.get(scope.tenantId);
    if (access?.region !== region || access.subdomain !== subdomain) throw missing();
    return { ...access, state };
  };

  const useAccess = async <T>(
    scope: Scope,
    access: SuperOpsAccess & { state: SuperOpsState },
    work: Work<T>,
  ): Promise<T> => {
    const tried = (of: SuperOpsAccess) => work(superOpsClient(of, api), { region: of.region, subdomain: of.subdomain });
    try {
      const result = await tried(access).catch(async (error: unknown) => {
        // Replaced meanwhile, by a person who connected it anew: the new token has not been refused.
        if (!(error instanceof SuperOpsError) || error.kind !== 'token') throw error;
        const now = await accessOf(scope);
        // What began in one account is not gone on with in another.
        if (!isSame(now, access)) throw accountChanged(access);
        if (now.token === access.token) throw error;
        return tried(now);
      });
      if (access.state !== 'connected') await store.works(scope, access);
      return result;
    } catch (error) {
      if (error instanceof SuperOpsError && isFailure(error.kind)) await store.failed(scope, access, error.kind);
      throw asProblem(error);
    }
  };
  return {
    find,
    account,
    use: async (scope, work) => useAccess(scope, await accessOf(scope), work),
    useOf: async (scope, of, work) => {
      const access = await accessOf(scope);
      if (!isSame(access, of)) throw accountChanged(of);
      return useAccess(scope, access, work);
    },
  };
};
