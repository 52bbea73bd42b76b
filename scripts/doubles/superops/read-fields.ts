import type { Account, Row } from './account.ts';
import { entity, isRow, type Call, type Field } from './call.ts';
import { pageOf } from './list.ts';

type ListName = { [Name in keyof Account]: Account[Name] extends Row[] ? Name : never }[keyof Account];

const paged = (items: string, rows: readonly Row[], input: unknown, call: Call) => {
  const page = pageOf(rows, input ?? {}, call);
  return { [items]: page.rows, listInfo: page.listInfo };
};

/** A list whose items stand under `items`, which is not what the vendor calls the object. */
const list =
  (name: ListName, items: string = name): Field =>
  ({ input }, call) =>
    paged(items, call.account[name], input, call);

/** Of one client, where a client is named. */
const listOfClient =
  (name: 'sites' | 'contacts', items: string): Field =>
  ({ input }, call) => {
    const { listInfo, clientId } = input as { listInfo?: unknown; clientId?: unknown };
    const rows = call.account[name];
    const own = rows.filter(({ client }) => isRow(client) && client.accountId === String(clientId));
    return paged(items, clientId === null || clientId === undefined ? rows : own, listInfo, call);
  };

const whole =
  (name: ListName): Field =>
  (_args, { account }) =>
    account[name];

const one =
  (name: ListName, key: string): Field =>
  ({ input }, { account }) =>
    entity(account[name], key, (input as Row)[key]);

const ofTicket =
  (name: 'conversations' | 'notes'): Field =>
  ({ input }, { account }) => {
    const { ticketId } = entity(account.tickets, 'ticketId', (input as Row).ticketId);
    return account[name].filter((row) => row.ticketId === ticketId);
  };

const asStatus = (name: string, index: number) => ({ id: String(index + 1), name });

export const readFields: Record<string, Field> = {
  getClientList: list('clients'),
  getClient: one('clients', 'accountId'),
  getClientSiteList: listOfClient('sites', 'sites'),
  getClientUserList: listOfClient('contacts', 'userList'),
  getTicketList: list('tickets'),
  getTicket: one('tickets', 'ticketId'),
  getTicketConversationList: ofTicket('conversations'),
  getTicketNoteList: ofTicket('notes'),
  getAssetList: list('assets'),
  getAsset: one('assets', 'assetId'),
  getServiceCatalogItemList: list('catalogItems', 'items'),
  getServiceItemList: list('serviceItems', 'items'),
  getInvoiceList: list('invoices'),
  getInvoice: one('invoices', 'invoiceId'),
  getInvoiceItemList: ({ input }, call) =>
    paged(
      'items',
      call.account.invoices.flatMap((invoice) => (invoice.items as Row[]).map((item) => ({ ...item, invoice }))),
      input,
      call,
    ),
  getClientContractList: list('contracts', 'clientContracts'),
  getClientContract: one('contracts', 'contractId'),
  getOfferedItems: list('offeredItems', 'items'),
  getTaxList: list('taxes'),
  getPaymentTermList: whole('paymentTerms'),
  getPaymentMethodList: whole('paymentMethods'),
  getStatusList: (_args, { account }) => account.ticketStatuses.map(asStatus),
  getPriorityList: (_args, { account }) => account.priorities.map(asStatus),
  getTechnicianList: list('technicians', 'userList'),
  getTechnicianGroupList: whole('techGroups'),
  getRequesterRoleList: whole('roles'),
  getWorklogEntries: ({ input }, call) =>
    paged('entries', call.account.worklogs, (input as { listInfo?: unknown }).listInfo, call),
};
