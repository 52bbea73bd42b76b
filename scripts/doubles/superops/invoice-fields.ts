import { multiply, sum } from '../decimal.ts';
import type { Row } from './account.ts';
import { asDate, asDecimal, entity, given, newId, ofClient, ofSite, referred, type Field, type Input } from './call.ts';
import { SuperOpsError } from './superops-error.ts';

const money = (amount: number): string => amount.toFixed(2);

/** Unit price × quantity less the discount, half up to two places, without tax. */
const lineAmount = (quantity: string, unitPrice: string, discountRate: string): string =>
  money(multiply(multiply(Number(quantity), Number(unitPrice), 10), (100 - Number(discountRate)) / 100, 2));

const createInvoice: Field = ({ input }, call) => {
  const { account } = call;
  const asked = input as Input;
  const client = referred(account.clients, 'accountId', (asked.client as Row).accountId, 'client');
  const site = referred(account.sites, 'id', (asked.site as Row).id, 'site');
  const items = (asked.addItems as Input[]).map((item) => {
    const service = referred(account.serviceItems, 'itemId', (item.serviceItem as Row).itemId, 'serviceItem');
    const quantity = asDecimal(item.quantity, 'quantity');
    const unitPrice = asDecimal(item.unitPrice, 'unitPrice');
    const discountRate = asDecimal(item.discountRate ?? '0', 'discountRate');
    return {
      itemId: newId(call, 'invoice item'),
      billedDate: asDate(item.billedDate, 'billedDate'),
      details: item.details ?? null,
      quantity,
      unitPrice,
      discountRate,
      amount: lineAmount(quantity, unitPrice, discountRate),
      taxable: item.taxable ?? false,
      serviceItem: { itemId: service.itemId, name: service.name, quantityType: service.quantityType },
    };
  });
  const invoiceDate = asDate(asked.invoiceDate, 'invoiceDate');
  const [year = '', month = '', day = ''] = invoiceDate.split('-');
  const invoice = {
    invoiceId: newId(call, 'invoice'),
    displayId: `${month}${day}${year.slice(2)}-${String(account.invoices.length + 1).padStart(4, '0')}`,
    client: ofClient(client),
    site: ofSite(site),
    invoiceDate,
    dueDate: asked.dueDate ?? null,
    statusEnum: asked.statusEnum,
    sentToClient: false,
    items,
    totalAmount: money(
      sum(
        items.map(({ amount }) => Number(amount)),
        2,
      ),
    ),
    notes: asked.memo ?? null,
  };
  account.invoices.push(invoice);
  return invoice;
};

/** Status, dates and payment: lines cannot be edited. */
const updateInvoice: Field = ({ input }, call) => {
  const { invoiceId, ...changes } = input as Input;
  if (typeof changes.paymentReference === 'string') given(changes.paymentReference, 'paymentReference');
  call.changed();
  return Object.assign(entity(call.account.invoices, 'invoiceId', invoiceId), changes);
};

const createServiceCatalogItem: Field = ({ input }, call) => {
  const asked = input as Input;
  const item = { status: 'ACTIVE', ...asked, itemId: newId(call, 'catalog item'), name: given(asked.name, 'name') };
  call.account.catalogItems.push(item);
  return item;
};

/** Each entry succeeds or fails alone; the error names it by its index. */
const createWorklogEntries: Field = ({ input }, call) =>
  (input as Input[]).map((asked, index) => {
    const { workId } = asked.workItem as Row;
    if (!call.account.tickets.some(({ ticketId }) => ticketId === String(workId)))
      return new SuperOpsError([
        { code: 'referred_value_does_not_exist', param: { attributes: ['workItem.workId'], index } },
      ]);
    const entry = {
      itemId: newId(call, 'worklog'),
      status: 'PENDING',
      billable: true,
      afterHours: false,
      serviceItem: {},
      technician: { userId: call.user.userId, name: call.user.name },
      ...asked,
    };
    call.account.worklogs.push(entry);
    return entry;
  });

export const invoiceFields: Record<string, Field> = {
  createInvoice,
  updateInvoice,
  createServiceCatalogItem,
  createWorklogEntries,
};
