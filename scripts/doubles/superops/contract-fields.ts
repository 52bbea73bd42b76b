import type { Row } from './account.ts';
import { asDate, asDecimal, entity, newId, ofClient, referred, type Call, type Field, type Input } from './call.ts';
import { refusal } from './superops-error.ts';
import { textOf } from './text-of.ts';

/** A dated quantity: the one before ends where it begins. */
const changeQuantity = (call: Call, billable: Row, asked: Input): void => {
  const effectiveDate = asDate(asked.effectiveDate, 'change.effectiveDate');
  const quantity = asDecimal(asked.quantity, 'change.quantity');
  if (!asked.quantityChangeOperation) throw refusal('mandatory_validation_failed', 'change.quantityChangeOperation');
  const changes = billable.changes as Row[];
  if (asked.changeId) {
    Object.assign(entity(changes, 'changeId', asked.changeId), { effectiveDate, quantity });
    return;
  }
  const last = changes.at(-1);
  if (last && String(last.effectiveDate) > effectiveDate)
    throw refusal('dependent_validation_failed', 'change.effectiveDate');
  if (last) last.endDate = effectiveDate;
  changes.push({
    changeId: newId(call, 'change'),
    effectiveDate,
    endDate: null,
    quantity,
    quantityChangeOperation: asked.quantityChangeOperation,
  });
};

const createClientContract: Field = ({ input }, call) => {
  const { account } = call;
  const asked = input as { client: Row; contract: Input; startDate: string; endDate?: string };
  const client = referred(account.clients, 'accountId', asked.client.accountId, 'client');
  const billable = asked.contract.billableContract as Input;
  const item = referred(account.catalogItems, 'itemId', (billable.chargeItem as Row).itemId, 'chargeItem');
  const recurring = billable.recurringContract as Row;
  if (recurring.recurringMode === 'ADVANCE' && (recurring.billingOffset ?? null) === null)
    throw refusal('dependent_validation_failed', 'recurringContract.billingOffset');
  const contractId = newId(call, 'contract');
  const made: Row = {
    contractId,
    chargeItem: { itemId: item.itemId, name: item.name },
    quantityCalculationType: 'FIXED',
    sellingPriceCalculationType: 'FIXED',
    sellingPriceOverridden: billable.sellingPriceOverridden,
    sellingPrice: billable.sellingPrice ?? item.sellingPrice ?? null,
    discountRate: billable.discountRate ?? null,
    frequencyType: 'RECURRING',
    billableSiteType: billable.billableSiteType,
    sites: billable.addSites ?? [],
    recurringContract: { billingOffset: 0, ...recurring, contractId },
    changes: [],
  };
  changeQuantity(call, made, billable.change as Input);
  account.contracts.push({
    contractId,
    client: ofClient(client),
    startDate: asDate(asked.startDate, 'startDate'),
    endDate: asked.endDate ?? null,
    contractStatus: 'ACTIVE',
    contract: {
      contractId,
      name: String(item.name),
      description: asked.contract.description ?? null,
      contractType: 'USAGE',
      billableContract: made,
    },
  });
  return contractId;
};

const updateClientContract: Field = ({ input }, call) => {
  const asked = input as { contract: Input; endDate?: string | null };
  const clientContract = entity(call.account.contracts, 'contractId', asked.contract.contractId);
  const change = (asked.contract.billableContract as Input | undefined)?.change as Input | undefined;
  if (change) {
    const billable = (clientContract.contract as Row).billableContract as Row;
    // What has ended, or has not begun, charges nothing.
    if (clientContract.contractStatus === 'INACTIVE') throw refusal('dependent_validation_failed', 'contractStatus');
    const [day, from, until] = [
      textOf(change.effectiveDate),
      textOf(clientContract.startDate),
      textOf(clientContract.endDate),
    ];
    if (day < from || (until !== '' && day > until))
      throw refusal('dependent_validation_failed', 'change.effectiveDate');
    // It counts by itself.
    if (billable.quantityCalculationType === 'DYNAMIC') throw refusal('dependent_validation_failed', 'change');
    changeQuantity(call, billable, change);
  }
  if (asked.endDate !== undefined) clientContract.endDate = asked.endDate;
  call.changed();
  return clientContract.contractId;
};

export const contractFields: Record<string, Field> = { createClientContract, updateClientContract };
