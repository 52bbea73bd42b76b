import type { SeatCount, SeatStep } from '@legendops/kit/contract/pax8-seats';
import type { PlanInput } from '../seat-push/comparison.ts';
import { planOf } from '../seat-push/plan.ts';
import type { Contract } from '../superops/objects.ts';

/** Values for comparing seats with contracts: a customer that has 45 of a product since the middle of November 2026. */

export const productId = '0190d000-0000-7000-8000-000000000001';

export const steps = (...pairs: [string, string][]): SeatStep[] => pairs.map(([from, seats]) => ({ from, seats }));

export const seatsOf = (more: Partial<SeatCount> = {}): SeatCount => ({
  customerId: '0190c000-0000-7000-8000-000000000001',
  customerName: 'Fabrikam',
  productId,
  productName: 'Productivity Suite',
  steps: steps(['2026-11-01', '40'], ['2026-11-12', '45']),
  isCertain: true,
  ...more,
});

type Recurring = NonNullable<NonNullable<Contract['contract']['billableContract']>['recurringContract']>;

type Change = [day: string, quantity: string, operation?: string];

export const aContract = ({
  contractId = '71',
  clientId = '1',
  itemId = '9',
  calculation = 'FIXED',
  changes = [['2026-01-01', '40']],
  contractType = 'USAGE',
  frequencyType = 'RECURRING',
  recurring = {},
  ...more
}: Partial<Pick<Contract, 'contractId' | 'contractStatus' | 'startDate' | 'endDate'>> & {
  clientId?: string;
  itemId?: string;
  calculation?: string;
  contractType?: string;
  frequencyType?: string;
  /** How it is billed; null where it does not say. */
  recurring?: Partial<Recurring> | null;
  changes?: Change[];
} = {}): Contract => ({
  contractId,
  client: { accountId: clientId },
  startDate: '2026-01-01',
  endDate: null,
  contractStatus: 'ACTIVE',
  ...more,
  contract: {
    name: 'Suite by the seat',
    contractType,
    billableContract: {
      chargeItem: { itemId, name: 'Productivity Suite' },
      quantityCalculationType: calculation,
      changes: changes.map(([effectiveDate, quantity, quantityChangeOperation = 'BASELINE'], index) => ({
        changeId: String(index + 1),
        effectiveDate,
        endDate: null,
        quantity,
        quantityChangeOperation,
      })),
      frequencyType,
      recurringContract: recurring && {
        recurringMode: 'ARREAR',
        frequencyDurationUnit: 'MONTH',
        frequencyInterval: 1,
        billingOffset: 0,
        ...recurring,
      },
    },
  },
});

/** Sets that customer's seats against its one contract. */
export const planOfSeats = ({ data = [seatsOf()], ...more }: Partial<PlanInput> & { data?: SeatCount[] } = {}) =>
  planOf({
    seats: { readAt: '2026-11-24T04:00:00Z', until: '2026-11-25', data, unreadable: 0 },
    later: [],
    period: '2026-11-01',
    given: [],
    clients: new Map([[seatsOf().customerId, '1']]),
    clientsThere: new Set(['1']),
    items: new Map([[productId, { itemId: '9', itemName: 'Productivity Suite' }]]),
    itemsThere: new Set(['9']),
    contracts: [aContract()],
    unreadableContracts: 0,
    ...more,
  });
