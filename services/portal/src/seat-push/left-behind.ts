import { itemOf } from '../client-contract/presenter.ts';
import type { Contract } from '../superops/objects.ts';
import { changesOf } from './changes.ts';
import { fitOf } from './contract-fit.ts';
import type { PlannedLine, PlanInput } from './comparison.ts';

/**
 * Contracts that were given seats, and into which nothing at Pax8 counts any more: their product was linked to another item, or
 * their customer to another client. Whoever has the seats now is charged for them beside these. What such a contract is to have is a
 * person's to say: it may have been somebody else's before it was ours.
 */
export const leftBehind = (
  { given, contracts, clients, clientsThere, period }: PlanInput,
  isCounted: (contract: Contract) => boolean,
  lastDay: string,
): PlannedLine[] =>
  given.flatMap(({ contractId, itemId, itemName, customerId, customerName, products }) => {
    const contract = contracts.find((one) => one.contractId === contractId);
    const clientId = contract?.client?.accountId;
    // What charges something else by now was made into another contract in SuperOps.
    if (!contract || clientId === undefined || itemOf(contract)?.itemId !== itemId || isCounted(contract)) return [];
    const now = clients.get(customerId);
    // Nobody knows who the customer is; its counts say so.
    if (now !== undefined && !clientsThere.has(now)) return [];
    const fit = fitOf(contract, lastDay);
    if ('reason' in fit) return [];
    const [first] = changesOf(fit.contract, [{ from: period, quantityE6: 0n }], lastDay);
    if (!first) return [];
    const item = { itemId, name: itemName };
    const reason = now === clientId ? 'item-before' : 'client-before';
    return [{ ...first, customerId, customerName, products, clientId, item, reason }];
  });
