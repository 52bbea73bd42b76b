import type { ActingScope } from '@legendops/kit/audit/audit';
import type { TenantDatabase } from '@legendops/kit/db/tenant-database';
import { Problem, problem } from '@legendops/kit/errors/problem';
import { itemOf } from '../client-contract/presenter.ts';
import { quantityOf, quantityOn, quantitySteps, quantityText } from '../client-contract/quantity.ts';
import { fingerprintOf, type WriteOnce } from '../service-desk/write-once.ts';
import type { TenantSuperOps } from '../superops-connection/tenant-superops.ts';
import { dayOf } from '../superops/instant.ts';
import type { Contract } from '../superops/objects.ts';
import type { SuperOpsClient } from '../superops/superops-client.ts';
import type { SuperOpsAccount } from '../superops/superops-transport.ts';
import { SuperOpsError } from '../superops/superops-error.ts';
import { fitOf } from './contract-fit.ts';
import type { LineReason } from './line-reasons.ts';
import type { LineRow, SeatPushStore } from './store.ts';

/** A change of a contract, all that it takes to send it. */
export interface Change {
  lineId: string;
  customerId: string;
  customerName: string;
  clientId: string;
  contractId: string;
  contractName: string;
  itemId: string;
  effectiveOn: string;
  beforeE6: bigint;
  quantityE6: bigint;
}

/** Under which a change is sent; the store knows by it which may have arrived. */
const keyOf = ({ lineId }: Change): string => `seat-push:${lineId}`;

/** Of a line that waits; undefined for any other. */
export const changeOf = (line: LineRow): Change | undefined => {
  const { state, client_id, contract_id, contract_name, item_id, before_e6 } = line;
  if (state !== 'waiting' || client_id === null || contract_id === null || item_id === null || before_e6 === null)
    return undefined;
  return {
    lineId: line.id,
    customerId: line.customer_id,
    customerName: line.customer_name,
    clientId: client_id,
    contractId: contract_id,
    contractName: contract_name ?? contract_id,
    itemId: item_id,
    effectiveOn: line.effective_on,
    beforeE6: before_e6,
    quantityE6: line.quantity_e6,
  };
};

/** What was approved cannot be done any more as it was seen. */
class Refused extends Error {
  override readonly name = 'Refused';
  readonly reason: LineReason;

  constructor(reason: LineReason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Whether a contract has the very change: nobody else writes a baseline of that day and quantity. One that another change of the
 * day has replaced is an older one.
 */
const isWritten = (contract: Contract | undefined, { effectiveOn, quantityE6 }: Change): boolean => {
  const changes = contract?.contract.billableContract?.changes ?? [];
  const steps = quantitySteps(changes);
  if (steps === undefined || quantityOn(steps, effectiveOn) !== quantityE6) return false;
  return changes.some(
    (change) =>
      change.quantityChangeOperation === 'BASELINE' &&
      dayOf(change.effectiveDate) === effectiveOn &&
      quantityOf(change.quantity) === quantityE6,
  );
};

/** Whether it is there already; throws where the contract is another one than was approved. */
const isThere = (contract: Contract, change: Change): boolean => {
  if (contract.client?.accountId !== change.clientId || itemOf(contract)?.itemId !== change.itemId)
    throw new Refused('changed-since');
  const fit = fitOf(contract, change.effectiveOn);
  if ('reason' in fit) throw new Refused(fit.reason);
  const { heldOn, changeDays } = fit.contract;
  const held = heldOn(change.effectiveOn);
  if (held === change.quantityE6) return true;
  if (changeDays.some((day) => day > change.effectiveOn)) throw new Refused('later-change');
  if (held !== change.beforeE6) throw new Refused('changed-since');
  return false;
};

const current = async (client: SuperOpsClient, { contractId, clientId }: Change): Promise<Contract> => {
  const contract = await client.contract(contractId);
  if (contract) return contract;
  throw new Refused((await client.client(clientId)) ? 'contract-gone' : 'client-gone');
};

/** What a failure means for this change alone; undefined for what keeps every other one from being sent, too. */
const reasonOf = (error: unknown): LineReason | undefined => {
  if (error instanceof Refused) return error.reason;
  const isAboutIt = error instanceof SuperOpsError && ['invalid', 'not-found', 'nothing-made'].includes(error.kind);
  return isAboutIt ? 'not-taken' : undefined;
};

const asProblem = (error: unknown): unknown => {
  if (error instanceof SuperOpsError && error.kind === 'forbidden')
    return problem('connection.paused', {
      detail:
        'The role of the service user may not change contracts. Give it that right in SuperOps; then press “Send to SuperOps” again',
    });
  if (error instanceof Problem && error.code === 'idempotency.in-flight')
    return problem('seat-push.wrong-state', {
      detail: 'Another attempt may be under way: press “Send to SuperOps” again in two minutes',
    });
  return error;
};

export interface Sending {
  database: Pick<TenantDatabase, 'write'>;
  superOps: TenantSuperOps;
  writeOnce: WriteOnce;
  store: Pick<SeatPushStore, 'settle'>;
  now: () => Date;
  /** Whether the customer and the item are still said to be those of a change. */
  isMeant: (change: Change) => boolean;
}

/**
 * Brings one approved change into its contract, once, whenever the process or the connection ends: the contract is looked at before
 * anything is sent, and what may have arrived is looked for before it is sent again. Throws account.changed where another account is
 * connected than the one that it was compared with.
 */
export const sendLine = (
  scope: ActingScope<'contract.quantity-changed'>,
  { database, superOps, writeOnce, store, now, isMeant }: Sending,
  { account, ...change }: Change & { account: SuperOpsAccount },
): Promise<void> =>
  superOps.useOf(scope, account, async (client) => {
    const { lineId, contractId, contractName: name, effectiveOn, beforeE6, quantityE6 } = change;
    let state: 'sent' | 'there' = 'sent';
    try {
      await writeOnce(scope, {
        asked: {
          account,
          key: keyOf(change),
          fingerprint: fingerprintOf([contractId, effectiveOn, quantityE6.toString()]),
        },
        find: async () => (isWritten(await client.contract(contractId), change) ? contractId : undefined),
        send: async () => {
          if (!isMeant(change)) throw new Refused('linked-anew');
          if (!isThere(await current(client, change), change))
            return client.setQuantity({ contractId, effectiveOn, quantity: quantityText(quantityE6) });
          state = 'there';
          return contractId;
        },
        writeDown: async (transaction) => {
          await store.settle(transaction, lineId, { state, reason: null, at: now() });
          if (state === 'sent')
            await scope.audit(transaction, {
              act: 'contract.quantity-changed',
              subject: { type: 'contract', id: contractId, name: `${change.customerName}: ${name}` },
              changes: [
                {
                  field: `quantity from ${effectiveOn}`,
                  before: quantityText(beforeE6),
                  after: quantityText(quantityE6),
                },
              ],
            });
        },
      });
    } catch (error) {
      const reason = reasonOf(error);
      if (reason === undefined) throw asProblem(error);
      await database.write(scope, (transaction) =>
        store.settle(transaction, lineId, { state: 'refused', reason, at: now() }),
      );
    }
  });
