import { contractName, isCountedBySuperOps, itemOf } from '../client-contract/presenter.ts';
import { quantityOn, quantitySteps } from '../client-contract/quantity.ts';
import { dayOf } from '../superops/instant.ts';
import type { Contract } from '../superops/objects.ts';
import type { LineReason } from './line-reasons.ts';

/** A contract that can be given a quantity of a day. */
export interface FitContract {
  contractId: string;
  name: string;
  itemId: string;
  itemName: string;
  startsOn: string;
  /** What it has on a day. */
  heldOn: (day: string) => bigint;
  /** The days of its changes, in their order. */
  changeDays: readonly string[];
}

export type Fit = { contract: FitContract } | { reason: LineReason };

/** Whether a contract takes quantities of ours by a day, and why it does not. */
export const fitOf = (contract: Contract, day: string): Fit => {
  const item = itemOf(contract);
  const startsOn = dayOf(contract.startDate);
  const endsOn = contract.endDate === null ? null : dayOf(contract.endDate);
  const steps = quantitySteps(contract.contract.billableContract?.changes ?? []);
  if (item === undefined || startsOn === null || (endsOn === null && contract.endDate !== null))
    return { reason: 'contract-unreadable' };
  if (contract.contractStatus === 'DRAFT') return { reason: 'contract-draft' };
  if (contract.contractStatus === 'INACTIVE' || (endsOn !== null && endsOn < day)) return { reason: 'contract-ended' };
  // A state of next year says nothing of whether it is charged.
  if (contract.contractStatus !== 'ACTIVE') return { reason: 'contract-unreadable' };
  if (isCountedBySuperOps(contract)) return { reason: 'counted-by-superops' };
  if (steps === undefined) return { reason: 'contract-unreadable' };
  return {
    contract: {
      contractId: contract.contractId,
      name: contractName(contract),
      itemId: item.itemId,
      itemName: item.name,
      startsOn,
      heldOn: (on) => quantityOn(steps, on),
      changeDays: steps.map(({ from }) => from),
    },
  };
};

// What is not charged, or no more, does not stand beside what is.
const notCharged = new Set<LineReason>(['contract-draft', 'contract-ended']);

/** The one contract that charges an item; never guessed where there are several. */
export const oneFit = (contracts: readonly Contract[], day: string): Fit => {
  const fits = contracts.map((contract) => fitOf(contract, day));
  const charged = fits.filter((fit) => !('reason' in fit && notCharged.has(fit.reason)));
  if (charged.length > 1) return { reason: 'several-contracts' };
  return charged[0] ?? fits[0] ?? { reason: 'no-contract' };
};
