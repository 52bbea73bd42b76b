import { z } from 'zod';
import {
  Asset,
  CatalogItem,
  ChangedClient,
  Client,
  Contract,
  Conversation,
  MadeContact,
  MadeConversation,
  MadeTicket,
  Named,
  Role,
  SuperOpsId,
  SuperOpsInvoice,
  Ticket,
} from './objects.ts';
import { mirrored } from './mirrored.ts';
import { asGiven, list, mutation, query, type Operation } from './operations.ts';

// Everything that we ask of SuperOps. scripts/check holds each document to the vendor's schema.

export const clientList = list({ field: 'getClientList', input: 'ListInfoInput!', rows: 'clients', row: Client });
export const clientById = query({ field: 'getClient', input: 'ClientIdentifierInput!', result: Client });
export const ticketList = list({ field: 'getTicketList', input: 'ListInfoInput!', rows: 'tickets', row: Ticket });
export const ticketById = query({ field: 'getTicket', input: 'TicketIdentifierInput!', result: Ticket });
export const conversations = query({
  field: 'getTicketConversationList',
  input: 'TicketIdentifierInput!',
  result: z.array(Conversation),
});
/** The same, as they come: one that cannot be read is held alone. */
export const messages = asGiven(conversations);
export const statuses = query({ field: 'getStatusList', result: z.array(Named) });
export const priorities = query({ field: 'getPriorityList', result: z.array(Named) });
export const assetList = list({ field: 'getAssetList', input: 'ListInfoInput!', rows: 'assets', row: Asset });
export const invoiceList = list({
  field: 'getInvoiceList',
  input: 'ListInfoInput!',
  rows: 'invoices',
  row: SuperOpsInvoice,
});
export const catalogItemList = list({
  field: 'getServiceCatalogItemList',
  input: 'ListInfoInput!',
  rows: 'items',
  row: CatalogItem,
});
export const contractList = list({
  field: 'getClientContractList',
  input: 'ListInfoInput',
  rows: 'clientContracts',
  row: Contract,
});
export const contractById = query({ field: 'getClientContract', input: 'ContractIdentifierInput!', result: Contract });
export const updateContract = mutation({
  field: 'updateClientContract',
  input: 'UpdateClientContractInput!',
  result: SuperOpsId,
});
export const createTicket = mutation({ field: 'createTicket', input: 'CreateTicketInput!', result: MadeTicket });
export const createConversation = mutation({
  field: 'createTicketConversation',
  input: 'CreateTicketConversationInput!',
  result: MadeConversation,
});

export const updateClient = mutation({ field: 'updateClient', input: 'UpdateClientInput!', result: ChangedClient });

export const roles = query({ field: 'getRequesterRoleList', result: z.array(Role) });
export const createContact = mutation({
  field: 'createClientUser',
  input: 'CreateClientUserInput!',
  result: MadeContact,
});

export const superOpsOperations: readonly Operation<unknown>[] = [
  clientList.page,
  clientById,
  ticketList.page,
  ticketById,
  conversations,
  statuses,
  priorities,
  assetList.page,
  invoiceList.page,
  catalogItemList.page,
  contractList.page,
  contractById,
  updateContract,
  createTicket,
  createConversation,
  updateClient,
  roles,
  createContact,
  ...Object.values(mirrored).map((kind) => kind.list.page),
];
