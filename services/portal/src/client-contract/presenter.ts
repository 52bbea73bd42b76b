import { asLineOfText } from '@legendops/kit/contract/line-of-text';
import { dayOf } from '../superops/instant.ts';
import type { Contract } from '../superops/objects.ts';
import type { ClientContract } from './contract.ts';
import { quantitySteps, quantityText } from './quantity.ts';

/** The item that a contract charges; undefined where it charges none by a count. */
export const itemOf = ({ contract: { billableContract } }: Contract): { itemId: string; name: string } | undefined => {
  const { itemId, name } = billableContract?.chargeItem ?? {};
  return itemId === undefined ? undefined : { itemId, name: name ?? itemId };
};

export const isCountedBySuperOps = ({ contract: { billableContract } }: Contract): boolean =>
  billableContract?.quantityCalculationType !== undefined && billableContract.quantityCalculationType !== 'FIXED';

const longestName = 256;

export const contractName = (contract: Contract): string =>
  asLineOfText(contract.contract.name ?? '', longestName) ||
  asLineOfText(itemOf(contract)?.name ?? '', longestName) ||
  contract.contractId;

export const presentContract = (contract: Contract): ClientContract => ({
  contractId: contract.contractId,
  name: contractName(contract),
  status: contract.contractStatus,
  startsOn: dayOf(contract.startDate),
  endsOn: dayOf(contract.endDate),
  item: itemOf(contract) ?? null,
  isCountedBySuperOps: isCountedBySuperOps(contract),
  quantities:
    quantitySteps(contract.contract.billableContract?.changes ?? [])?.map(({ from, quantityE6 }) => ({
      from,
      quantity: quantityText(quantityE6),
    })) ?? null,
});
