import {
  assetList,
  catalogItemList,
  clientById,
  clientList,
  contractById,
  contractList,
  conversations,
  createContact,
  createConversation,
  createTicket,
  invoiceList,
  messages,
  priorities,
  roles,
  statuses,
  ticketById,
  ticketList,
  updateClient,
  updateContract,
} from './asked.ts';
import { Contact, mirrored, Site, type MirroredKindName } from './mirrored.ts';
import type { Asset, CatalogItem, Client, Contract, Conversation, SuperOpsInvoice, Ticket } from './objects.ts';
import type { ListOperation } from './operations.ts';
import { SuperOpsError } from './superops-error.ts';
import {
  superOpsTransport,
  type FirstRows,
  type ReadList,
  type SuperOpsAccess,
  type SuperOpsOptions,
} from './superops-transport.ts';

export interface NewContactInput {
  clientId: string;
  firstName: string;
  lastName: string;
  email: string;
  phone: string | undefined;
}

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

/** One page of a kind, as it comes: who keeps it reads it row by row. */
export interface MirrorPage {
  rows: unknown[];
  hasMore: boolean;
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
  contactsOf(client: Client): Promise<FirstRows<Contact>>;
  /** All that SuperOps has ever sent it. */
  invoicesOf(client: Client): Promise<ReadList<SuperOpsInvoice>>;
  catalogItems(): Promise<ReadList<CatalogItem>>;
  /** Of all clients. */
  contracts(): Promise<ReadList<Contract>>;
  contractsOf(client: Client): Promise<ReadList<Contract>>;
  contract(contractId: string): Promise<Contract | undefined>;
  /** The id of the contract. */
  setQuantity(quantity: NewQuantity): Promise<string>;
  /** All of a kind, or what has changed since; where SuperOps says when something changed, the newest first. */
  mirrorPage(kind: MirroredKindName, of: { page: number; changedAfter?: string | undefined }): Promise<MirrorPage>;
  /** A ticket's messages as they come; undefined where there is no such ticket. */
  messagesOf(ticketId: string): Promise<unknown[] | undefined>;
  /** The id of what was made. */
  createTicket(ticket: NewTicketInput): Promise<string>;
  reply(ticketId: string, text: string): Promise<string>;
  /** With the first role of requesters, at the client's headquarters. */
  createContact(contact: NewContactInput): Promise<string>;
  /** As often as wanted: it is called so afterwards. */
  renameClient(accountId: string, name: string): Promise<void>;
}

const mirrorPageSize = 100;
// What fits on one page does not move between two.
const onOnePage = 100;
const mostReadings = 3;

/** Where there is no such thing any more it is undefined, not a failure. */
const orNone = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SuperOpsError && error.kind === 'not-found') return undefined;
    throw error;
  }
};

/** Whatever was changed, nobody has said that it is what was to be. */
const ofAnother = (field: string): SuperOpsError =>
  new SuperOpsError('in-doubt', `SuperOps answered ${field} with another id than it was asked for`);

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
    // Whose it is nobody knows where the client has no id: it may be this one's.
    const nobodys = found.rows.filter(({ client }) => client?.accountId === undefined).length;
    const rows = found.rows.filter(({ client }) => client?.accountId === accountId);
    return { ...found, rows, unreadable: found.unreadable + nobodys };
  };
  const named = ({ name }: Client) => ({ attribute: 'client', operator: 'is', value: name });
  // Which fields may be filtered by SuperOps does not say: where it refuses to, all are read, and the ids tell whose they are.
  const filtered = <Row>(of: ListOperation<Row>, key: keyof Row, client: Client): Promise<ReadList<Row>> =>
    readAll(of, key, { condition: named(client) }).catch((error: unknown) => {
      if (!(error instanceof SuperOpsError) || error.kind !== 'invalid') throw error;
      return readAll(of, key);
    });
  /**
   * A row that leaves one page while the next is read takes the place of another, which is on neither: more than a page is read
   * until nothing is found that was not there before.
   */
  const untilNoneIsNew = async <Row>(reading: () => Promise<ReadList<Row>>, key: keyof Row): Promise<ReadList<Row>> => {
    const rows = new Map<unknown, Row>();
    for (let count = 1; ; count += 1) {
      const known = rows.size;
      const found = await reading();
      for (const row of found.rows) rows.set(row[key], row);
      const isSettled = found.rows.length + found.unreadable <= onOnePage || (count > 1 && rows.size === known);
      if (isSettled || count === mostReadings) return { rows: [...rows.values()], unreadable: found.unreadable };
    }
  };
  const all = <Row>(of: ListOperation<Row>, key: keyof Row): Promise<ReadList<Row>> =>
    untilNoneIsNew(() => readAll(of, key), key);
  const allOf = <Row extends { client: { accountId?: string | undefined } | null }>(
    of: ListOperation<Row>,
    key: keyof Row,
    client: Client,
  ): Promise<ReadList<Row>> =>
    ofClient(
      untilNoneIsNew(() => filtered(of, key, client), key),
      client,
    );
  return {
    verify: async () => {
      await read(clientList.page, { page: 1, pageSize: 1 });
    },
    clients: () => all(clientList, 'accountId'),
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
    contactsOf: async (client) => {
      const { rows, hasMore } = await read(mirrored.contact.list.page, {
        listInfo: { page: 1, pageSize: 100 },
        clientId: client.accountId,
      });
      const parsed = rows.flatMap((row) => Contact.safeParse(row).data ?? []);
      return ofClient(Promise.resolve({ rows: parsed, hasMore, unreadable: rows.length - parsed.length }), client);
    },
    invoicesOf: (client) => allOf(invoiceList, 'invoiceId', client),
    catalogItems: () => all(catalogItemList, 'itemId'),
    contracts: () => all(contractList, 'contractId'),
    contractsOf: (client) => allOf(contractList, 'contractId', client),
    contract: (contractId) => orNone(read(contractById, { contractId })),
    setQuantity: async ({ contractId, effectiveOn, quantity }) => {
      const change = { effectiveDate: effectiveOn, quantity, quantityChangeOperation: 'BASELINE' };
      const changed = await write(updateContract, { contract: { contractId, billableContract: { change } } });
      if (changed !== contractId) throw ofAnother(updateContract.field);
      return changed;
    },
    mirrorPage: async (name, { page, changedAfter }) => {
      const { list, input, isFollowed } = mirrored[name];
      return read(
        list.page,
        input({
          page,
          pageSize: mirrorPageSize,
          // A row that changes while the pages are read comes to the front, and is among the changes of the next time; from
          // the front backwards it would move others onto a page that was read already.
          ...(isFollowed && { sort: [{ attribute: 'updatedTime', order: 'DESC' }] }),
          ...(changedAfter !== undefined && {
            condition: { attribute: 'updatedTime', operator: 'after', value: changedAfter },
          }),
        }),
      );
    },
    messagesOf: (ticketId) => orNone(read(messages, { ticketId })),
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
    createContact: async ({ clientId, firstName, lastName, email, phone }) => {
      const [role] = await read(roles);
      const { rows } = await read(mirrored.site.list.page, { listInfo: { page: 1, pageSize: 100 }, clientId });
      const sites = rows.flatMap((row) => Site.safeParse(row).data ?? []);
      const site = sites.find(({ hq }) => hq === true) ?? sites[0];
      if (!role || !site)
        throw new SuperOpsError('unexpected', 'SuperOps has no role of requesters, or no site of the client');
      const { userId } = await write(createContact, {
        firstName,
        lastName,
        email,
        ...(phone !== undefined && { contactNumber: phone }),
        role: { roleId: role.roleId },
        addAssociations: [{ client: { accountId: clientId }, site: { id: site.id } }],
      });
      return userId;
    },
    renameClient: async (accountId, name) => {
      const changed = await write(updateClient, { accountId, name });
      if (changed.accountId !== accountId) throw ofAnother(updateClient.field);
    },
  };
};
