import { auditedIn } from '@legendops/kit/testing/audited-routes';
import type { TestAnswer } from '@legendops/kit/testing/test-api';
import { sampleAccount } from '../../../../scripts/doubles/superops/sample-account.ts';
import type { Account } from '../../../../scripts/doubles/superops/account.ts';
import { productId, seatsOf } from './seat-builders.ts';
import { superOpsWorld, type SuperOpsWorld } from './superops-world.ts';

const sample = {
  subdomain: 'northwind',
  clients: [{ name: 'Fabrikam', seats: { 'Productivity Suite': 38 } }, { name: 'Tailspin Toys' }],
};

/** What a contract has from which day on; the last two are what the sample's seats at Pax8 make of it. */
export const before = ['2026-01-01', '38'] as const;
export const both = [before, ['2026-11-01', '40'], ['2026-11-12', '45']];

/** A customer that is a client in SuperOps, has a contract there that is behind, and a product that is its item. */
export interface SeatWorld {
  world: SuperOpsWorld;
  /** As it was at first, here and there; the customer's id. */
  anew(): Promise<string>;
  account(): Account;
  clientId(name: string): string;
  itemId(): string;
  contractId(): string;
  /** Of the customer's contract. */
  changes(): [string, string][];
  /** November 2026 where no month is named. */
  prepare(period?: string): Promise<TestAnswer>;
  act(id: string, what: 'approval' | 'rejection' | 'sending', body?: object): Promise<TestAnswer>;
  /** A month that was compared and approved; its id. */
  approved(period?: string): Promise<string>;
  /** What the audit trail is told, by act. */
  written(act: string): Promise<Awaited<ReturnType<typeof auditedIn>>>;
}

export const seatWorld = async (): Promise<SeatWorld> => {
  const world = await superOpsWorld(sample);
  const account = (): Account => {
    const found = world.superops.account('northwind');
    if (!found) throw new Error('There is no account');
    return found;
  };
  const clientId = (name: string) => String(account().clients.find((client) => client.name === name)?.accountId);
  const itemId = () => String(account().catalogItems[0]?.itemId);
  const prepare = (period = '2026-11-01') => world.call('POST', 'seat-pushes', { body: { period } });
  const act: SeatWorld['act'] = (id, what, body) =>
    world.call('POST', `seat-pushes/${id}/${what}`, body ? { body } : {});
  return {
    world,
    account,
    clientId,
    itemId,
    prepare,
    act,
    contractId: () => String(account().contracts[0]?.contractId),
    anew: async () => {
      world.superops.faults.clear();
      world.superops.operationFaults.clear();
      world.superops.putAccount(sampleAccount(sample));
      await world.rows(`truncate portal.superops_clients, portal.superops_items, portal.superops_writes,
        portal.superops_connections, portal.seat_push_lines, portal.seat_pushes, portal.exception_tickets, portal.customers,
        app.outbox cascade`);
      await world.connect();
      const customerId = await world.customer('Fabrikam');
      await world.call('PUT', `client-links/${clientId('Fabrikam')}`, { body: { customerId } });
      const data = [seatsOf({ customerId })];
      world.pax8.months.clear();
      world.pax8.seats = { readAt: '2026-11-24T04:00:00Z', until: '2026-11-25', unreadable: 0, data };
      await world.call('PUT', `seat-items/${productId}`, { body: { itemId: itemId() } });
      return customerId;
    },
    changes: () => {
      interface Contract {
        billableContract: { changes: { effectiveDate: string; quantity: string }[] };
      }
      const contract = account().contracts[0]?.contract as Contract | undefined;
      return (contract?.billableContract.changes ?? []).map(({ effectiveDate, quantity }) => [effectiveDate, quantity]);
    },
    approved: async (period) => {
      const { id, contentHash } = (await prepare(period)).body;
      await act(id, 'approval', { contentHash });
      return id;
    },
    written: async (name) => (await auditedIn(world.database.administrator)).filter((entry) => entry.act === name),
  };
};
