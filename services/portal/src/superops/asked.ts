import { z } from 'zod';
import {
  Asset,
  CatalogItem,
  Client,
  Contract,
  Conversation,
  MadeConversation,
  MadeTicket,
  Named,
  SuperOpsId,
  SuperOpsInvoice,
  Ticket,
} from './objects.ts';
import { list, mutation, query, type Operation } from './operations.ts';

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
];
