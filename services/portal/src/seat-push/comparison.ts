import type { Pax8Seats } from '@legendops/kit/contract/pax8-seats';
import type { Contract } from '../superops/objects.ts';
import type { PlannedChange } from './changes.ts';
import type { LineReason } from './line-reasons.ts';

/** A change that is to be sent, or what keeps a count from being one. */
export interface PlannedLine {
  customerId: string;
  customerName: string;
  products: string;
  clientId: string;
  contract: PlannedChange['contract'] | null;
  item: { itemId: string; name: string } | null;
  effectiveOn: string;
  beforeE6: bigint | null;
  quantityE6: bigint;
  reason: LineReason | null;
}

/** A contract that was given a customer's seats of an item at some time, as a person had approved it. */
export interface GivenContract {
  contractId: string;
  itemId: string;
  itemName: string;
  customerId: string;
  customerName: string;
  products: string;
}

/** What a month is compared with. */
export interface PlanInput {
  /** The first day of the month. */
  period: string;
  seats: Pax8Seats;
  /** Of the months after it that have begun. */
  later: readonly Pax8Seats[];
  /** By customer. */
  clients: ReadonlyMap<string, string>;
  clientsThere: ReadonlySet<string>;
  /** By product. */
  items: ReadonlyMap<string, { itemId: string; itemName: string }>;
  itemsThere: ReadonlySet<string>;
  contracts: readonly Contract[];
  /** Contracts that have been given seats. */
  given: readonly GivenContract[];
  /** Contracts that SuperOps has, and of which nobody knows whose they are. */
  unreadableContracts: number;
}
