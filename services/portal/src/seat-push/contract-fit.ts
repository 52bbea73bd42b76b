import { contractName, isCountedBySuperOps, itemOf } from '../client-contract/presenter.ts';
import { quantityOn, quantitySteps, type QuantityStep } from '../client-contract/quantity.ts';
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
  /** Its last day; null where it has none. */
  endsOn: string | null;
  /** What it has on a day. */
  heldOn: (day: string) => bigint;
  /** The days of its changes, in their order. */
  changeDays: readonly string[];
}

export type Fit = { contract: FitContract } | { reason: LineReason };

/** A contract that ends in the time that is compared. */
export interface EndedContract extends FitContract {
  endsOn: string;
}

/** What a contract says of itself; undefined where it says it so that nobody can read it. */
const readContract = (contract: Contract) => {
  const item = itemOf(contract);
  const startsOn = dayOf(contract.startDate);
  const endsOn = contract.endDate === null ? null : dayOf(contract.endDate);
  if (item === undefined || startsOn === null || (endsOn === null && contract.endDate !== null)) return undefined;
  const steps = quantitySteps(contract.contract.billableContract?.changes ?? []);
  return { item, startsOn, endsOn, steps };
};

const asFit = (
  contract: Contract,
  { item, startsOn, endsOn }: NonNullable<ReturnType<typeof readContract>>,
  steps: QuantityStep[],
) => ({
  contractId: contract.contractId,
  name: contractName(contract),
  itemId: item.itemId,
  itemName: item.name,
  startsOn,
  endsOn,
  heldOn: (on: string) => quantityOn(steps, on),
  changeDays: steps.map(({ from }) => from),
});

/** Whether a contract takes quantities of ours by a day, and why it does not. */
export const fitOf = (contract: Contract, day: string): Fit => {
  const read = readContract(contract);
  if (read === undefined) return { reason: 'contract-unreadable' };
  const { startsOn, endsOn, steps } = read;
  if (contract.contractStatus === 'DRAFT') return { reason: 'contract-draft' };
  if (contract.contractStatus === 'INACTIVE' || (endsOn !== null && endsOn < day)) return { reason: 'contract-ended' };
  if (startsOn > day) return { reason: 'contract-to-come' };
  // A state of next year says nothing of whether it is charged.
  if (contract.contractStatus !== 'ACTIVE') return { reason: 'contract-unreadable' };
  if (isCountedBySuperOps(contract)) return { reason: 'counted-by-superops' };
  if (steps === undefined) return { reason: 'contract-unreadable' };
  return { contract: asFit(contract, read, steps) };
};

/** A contract that charged until a day between two; undefined for any other, and for what cannot be read any more. */
export const endedBetween = (contract: Contract, first: string, last: string): EndedContract | undefined => {
  const read = readContract(contract);
  const isCharged = contract.contractStatus !== 'DRAFT' && !isCountedBySuperOps(contract);
  if (!isCharged || !read?.steps || read.endsOn === null) return undefined;
  const { endsOn } = read;
  if (endsOn < first || endsOn > last || endsOn < read.startsOn) return undefined;
  return { ...asFit(contract, read, read.steps), endsOn };
};

// What is not charged, or no more, does not stand beside what is.
const notCharged = new Set<LineReason>(['contract-draft', 'contract-ended', 'contract-to-come']);

/** The one contract that charges an item; never guessed where there are several. */
export const oneFit = (contracts: readonly Contract[], day: string): Fit => {
  const fits = contracts.map((contract) => fitOf(contract, day));
  const charged = fits.filter((fit) => !('reason' in fit && notCharged.has(fit.reason)));
  if (charged.length > 1) return { reason: 'several-contracts' };
  return charged[0] ?? fits[0] ?? { reason: 'no-contract' };
};
