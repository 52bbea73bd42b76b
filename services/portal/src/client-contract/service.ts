import type { Scope } from '@legendops/kit/db/tenant-database';
import type { ClientLinkService } from '../client-link/service.ts';
import type { TenantSuperOps } from '../superops-connection/tenant-superops.ts';
import type { ClientContracts } from './contract.ts';
import { presentContract } from './presenter.ts';

/** The contracts of the client that a customer is. Empty, without a client, where it is none. */
export type ReadContracts = (scope: Scope, customerId: string) => Promise<ClientContracts>;

const none: ClientContracts = { client: null, data: [], unreadable: 0 };

export const readContracts =
  ({ superOps, links }: { superOps: TenantSuperOps; links: Pick<ClientLinkService, 'linkOf'> }): ReadContracts =>
  async (scope, customerId) => {
    const link = await links.linkOf(scope, customerId);
    if (link === undefined) return none;
    return superOps.useOf(scope, link.account, async (client) => {
      const own = await client.client(link.clientId);
      if (!own) return none;
      const { rows, unreadable } = await client.contractsOf(own);
      const data = rows
        .map(presentContract)
        .toSorted((one, other) => one.name.localeCompare(other.name) || one.contractId.localeCompare(other.contractId));
      return { client: { clientId: own.accountId, clientName: own.name }, data, unreadable };
    });
  };
