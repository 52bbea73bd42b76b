import {
  assetList,
  catalogItemList,
  clientById,
  clientList,
  contractById,
  contractList,
  conversations,
  createConversation,
  createTicket,
  invoiceList,
  priorities,
  statuses,
  ticketById,
  ticketList,
  updateContract,
} from './asked.ts';
import type { Asset, CatalogItem, Client, Contract, Conversation, SuperOpsInvoice, Ticket } from './objects.ts';
import { SuperOpsError } from './superops-error.ts';
import {
  superOpsTransport,
  type FirstRows,
  type ReadList,
  type SuperOpsAccess,
  type SuperOpsOptions,
} from './superops-transport.ts';

export interface NewTicketInput {
  clientId: string;
  subject: string;
  text: string;
  status: string;
  priority: string | undefined;
  /** Our own key: nobody else tells two tickets of one subject apart. */
  reference: string;
}

/** That a contract has so many from a day on, whatever it had before. */
export interface NewQuantity {
  contractId: string;
  effectiveOn: string;
  /** Decimal digits. */
  quantity: string;
}

/** What a service user may ask of SuperOps, and what we do with it. */
export interface SuperOpsClient {
  /** Throws what keeps us from reading anything at all. */
  verify(): Promise<void>;
  clients(): Promise<ReadList<Client>>;
  /** Undefined where there is none. */
  client(accountId: string): Promise<Client | undefined>;
  /** Of a client, those that changed last. */
  ticketsOf(client: Client): Promise<FirstRows<Ticket>>;
  ticket(ticketId: string): Promise<Ticket | undefined>;
  /** Oldest first. */
  conversationsOf(ticketId: string): Promise<Conversation[]>;
  statusNames(): Promise<string[]>;
  priorityNames(): Promise<string[]>;
  assetsOf(client: Client): Promise<FirstRows<Asset>>;
  /** All that SuperOps has ever sent it. */
  invoicesOf(client: Client): Promise<ReadList<SuperOpsInvoice>>;
  catalogItems(): Promise<ReadList<CatalogItem>>;
  /** Of all clients. */
  contracts(): Promise<ReadList<Contract>>;
  contractsOf(client: Client): Promise<ReadList<Contract>>;
  contract(contractId: string): Promise<Contract | undefined>;
  /** The id of the contract. */
  setQuantity(quantity: NewQuantity): Promise<string>;
  /** The id of what was made. */
  createTicket(ticket: NewTicketInput): Promise<string>;
  reply(ticketId: string, text: string): Promise<string>;
}

/** Where there is no such thing any more it is undefined, not a failure. */
const orNone = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SuperOpsError && error.kind === 'not-found') return undefined;
    throw error;
  }
};

/** The API of SuperOps as one service user has it. */
export const superOpsClient = (access: SuperOpsAccess, options: SuperOpsOptions): SuperOpsClient => {
  const { read, readAll, readFirst, write } = superOpsTransport(access, options);
  // A field of JSON is filtered by name; which of several clients of a name it is, its id says.
  const ofClient = async <
    Row extends { client: { accountId?: string | undefined } | null },
    Found extends ReadList<Row>,
  >(
    reading: Promise<Found & ReadList<Row>>,
    { accountId }: Client,
  ): Promise<Found> => {
    const found = await reading;
    return { ...found, rows: found.rows.filter(({ client }) => client?.accountId === accountId) };
  };
  const named = ({ name }: Client) => ({ attribute: 'client', operator: 'is', value: name });
  return {
    verify: async () => {
      await read(clientList.page, { page: 1, pageSize: 1 });
    },
    clients: () => readAll(clientList, 'accountId'),
    client: (accountId) => orNone(read(clientById, { accountId })),
    ticketsOf: (client) => {
      const sort = [{ attribute: 'updatedTime', order: 'DESC' }];
      return ofClient(readFirst(ticketList, { condition: named(client), sort }), client);
    },
    ticket: (ticketId) => orNone(read(ticketById, { ticketId })),
    conversationsOf: async (ticketId) =>
      (await read(conversations, { ticketId })).toSorted((one, other) => one.time.localeCompare(other.time)),
    statusNames: async () => (await read(statuses)).map(({ name }) => name),
    priorityNames: async () => (await read(priorities)).map(({ name }) => name),
    assetsOf: (client) => {
      const sort = [{ attribute: 'name', order: 'ASC' }];
      return ofClient(readFirst(assetList, { condition: named(client), sort }), client);
    },
    invoicesOf: (client) => ofClient(readAll(invoiceList, 'invoiceId', { condition: named(client) }), client),
    catalogItems: () => readAll(catalogItemList, 'itemId'),
    contracts: () => readAll(contractList, 'contractId'),
    contractsOf: (client) => ofClient(readAll(contractList, 'contractId', { condition: named(client) }), client),
    contract: (contractId) => orNone(read(contractById, { contractId })),
    setQuantity: ({ contractId, effectiveOn, quantity }) => {
      const change = { effectiveDate: effectiveOn, quantity, quantityChangeOperation: 'BASELINE' };
      return write(updateContract, { contract: { contractId, billableContract: { change } } });
    },
    createTicket: async ({ clientId, subject, text, status, priority, reference }) => {
      const { ticketId } = await write(createTicket, {
        client: { accountId: clientId },
        subject,
        description: text,
        status,
        ...(priority !== undefined && { priority }),
        source: 'INTEGRATION',
        subSource: 'LegendOps',
        sourceReferenceId: reference,
      });
      return ticketId;
    },
    reply: async (ticketId, text) => {
      const { conversationId } = await write(createConversation, {
        ticket: { ticketId },
        content: text,
        sendMail: true,
      });
      return conversationId;
    },
  };
};
