import type { ActingScope } from '@legendops/kit/audit/audit';
import { created } from '@legendops/kit/audit/differences';
import type { Scope } from '@legendops/kit/db/tenant-database';
import { problem } from '@legendops/kit/errors/problem';
import type { ClientLinkService, LinkedClient } from '../client-link/service.ts';
import type { ExceptionTicketService } from '../exception-ticket/service.ts';
import type { Mirrored, MirrorService } from '../mirror/service.ts';
import type { TenantSuperOps } from '../superops-connection/tenant-superops.ts';
import type { Client, Ticket as SuperOpsTicket } from '../superops/objects.ts';
import { plainText } from '../superops/plain-text.ts';
import type { SuperOpsClient } from '../superops/superops-client.ts';
import type { FirstRows, SuperOpsAccount } from '../superops/superops-transport.ts';
import type {
  DeskContacts,
  Devices,
  ListQuery,
  NewDeskContact,
  NewTicket,
  TicketChoices,
  TicketDetail,
  TicketReply,
  Tickets,
} from './contract.ts';
import { presentContact, presentDevice, presentMessage, presentTicket } from './presenter.ts';
import { fingerprintOf, referenceOf, writeOnce } from './write-once.ts';
import type { WriteStore } from './write-store.ts';

export interface ServiceDesk {
  /** The tickets that changed last. Empty, without a client, where the customer is none in SuperOps. */
  tickets(scope: Scope, customerId: string, query: ListQuery): Promise<Omit<Tickets, 'acts'>>;
  /** Throws ticket.not-found, also for a ticket of another customer. */
  ticket(scope: Scope, customerId: string, ticketId: string): Promise<Omit<TicketDetail, 'exceptions'>>;
  choices(scope: Scope): Promise<TicketChoices>;
  devices(scope: Scope, customerId: string, query: ListQuery): Promise<Devices>;
  contacts(scope: Scope, customerId: string, query: ListQuery): Promise<Omit<DeskContacts, 'acts'>>;
  /** One contact a key, found by its e-mail address where the answer was lost. */
  createContact(
    scope: ActingScope<'contact.created'>,
    customerId: string,
    key: string,
    contact: NewDeskContact,
  ): Promise<string>;
  /**
   * One ticket a key, whatever becomes of the answer, linked to the exception that it is for. Throws client-link.not-found where the
   * customer is no client, exception.not-found, exception-ticket.taken and account.changed.
   */
  create(
    scope: ActingScope<'ticket.created' | 'exception-ticket.linked'>,
    customerId: string,
    key: string,
    ticket: NewTicket,
  ): Promise<string>;
  reply(
    scope: ActingScope<'ticket.answered'>,
    of: { customerId: string; ticketId: string },
    key: string,
    reply: TicketReply,
  ): Promise<string>;
}

const none = { client: null, data: [], more: false, unreadable: 0, asOf: null };

const withReference = (text: string, reference: string): string => `${text}\n\nReference ${reference}`;

/** Whose text holds our reference, as it was sent. */
const holds = (content: string | null, reference: string): boolean => plainText(content ?? '').includes(reference);

/** A list as SuperOps has it now; a client that is there no more has none. */
const asItIs = <Row, Shown>(
  { clientId, clientName }: LinkedClient,
  found: { own: Client; list: FirstRows<Row> } | undefined,
  show: (row: Row) => Shown,
) => ({
  client: { clientId, clientName: found?.own.name ?? clientName, isGone: found === undefined },
  data: (found?.list.rows ?? []).map(show),
  more: found?.list.hasMore ?? false,
  unreadable: found?.list.unreadable ?? 0,
  asOf: null,
});

const asItWasRead = <Row, Shown>(
  { clientId }: LinkedClient,
  { asOf, clientName, isGone, rows, hasMore, unreadable }: Mirrored<Row>,
  show: (row: Row) => Shown,
) => ({ client: { clientId, clientName, isGone }, data: rows.map(show), more: hasMore, unreadable, asOf });

export const serviceDesk = ({
  superOps,
  links,
  mirror,
  writes,
  exceptions,
}: {
  superOps: TenantSuperOps;
  links: Pick<ClientLinkService, 'linkOf'>;
  mirror: Pick<MirrorService, 'ticketsOf' | 'contactsOf' | 'assetsOf'>;
  writes: WriteStore;
  exceptions: Pick<ExceptionTicketService, 'openOf' | 'requireFree' | 'linkMade'>;
}): ServiceDesk => {
  /** Does something with the client that a customer is, as SuperOps has it now; undefined where it is none. */
  const withClient = async <T>(
    scope: Scope,
    customerId: string,
    work: (client: SuperOpsClient, own: Client, account: SuperOpsAccount) => Promise<T>,
  ): Promise<T | undefined> => {
    const link = await links.linkOf(scope, customerId);
    return link && withLinked(scope, link, work);
  };

  const withLinked = <T>(
    scope: Scope,
    { account: of, clientId }: LinkedClient,
    work: (client: SuperOpsClient, own: Client, account: SuperOpsAccount) => Promise<T>,
  ): Promise<T | undefined> =>
    superOps.useOf(scope, of, async (client, account) => {
      const own = await client.client(clientId);
      return own && work(client, own, account);
    });

  /** A list of a customer's client: as it was read last, or as it is. */
  const list = async <Row, Shown>(
    scope: Scope,
    customerId: string,
    {
      known,
      now,
      show,
    }: {
      known: ((clientId: string) => Promise<Mirrored<Row> | undefined>) | undefined;
      now: (client: SuperOpsClient, own: Client) => Promise<FirstRows<Row>>;
      show: (row: Row) => Shown;
    },
  ) => {
    const link = await links.linkOf(scope, customerId);
    if (!link) return none;
    const mirrored = await known?.(link.clientId);
    if (mirrored) return asItWasRead(link, mirrored, show);
    const found = await withLinked(scope, link, async (client, own) => ({ own, list: await now(client, own) }));
    return asItIs(link, found, show);
  };

  const notLinked = () =>
    problem('client-link.not-found', {
      detail: 'Press “Confirm link” under “Links” beside the client in SuperOps that this customer is',
    });

  const ownTicket = async (client: SuperOpsClient, own: Client, ticketId: string): Promise<SuperOpsTicket> => {
    const ticket = await client.ticket(ticketId);
    if (ticket?.client?.accountId !== own.accountId) throw problem('ticket.not-found');
    return ticket;
  };

  return {
    tickets: (scope, customerId, { fresh }) =>
      list(scope, customerId, {
        known: fresh ? undefined : (clientId) => mirror.ticketsOf(scope, clientId),
        now: (client, own) => client.ticketsOf(own),
        show: presentTicket,
      }),
    ticket: async (scope, customerId, ticketId) => {
      const found = await withClient(scope, customerId, async (client, own) => ({
        ...presentTicket(await ownTicket(client, own, ticketId)),
        messages: (await client.conversationsOf(ticketId)).map(presentMessage),
      }));
      if (!found) throw problem('ticket.not-found');
      return found;
    },
    choices: (scope) =>
      superOps.use(scope, async (client) => ({
        statuses: await client.statusNames(),
        priorities: await client.priorityNames(),
      })),
    devices: (scope, customerId, { fresh }) =>
      list(scope, customerId, {
        known: fresh ? undefined : (clientId) => mirror.assetsOf(scope, clientId),
        now: (client, own) => client.assetsOf(own),
        show: presentDevice,
      }),
    contacts: (scope, customerId, { fresh }) =>
      list(scope, customerId, {
        known: fresh ? undefined : (clientId) => mirror.contactsOf(scope, clientId),
        now: (client, own) => client.contactsOf(own),
        show: presentContact,
      }),
    createContact: async (scope, customerId, key, contact) => {
      const made = await withClient(scope, customerId, (client, own, account) =>
        writeOnce(scope, writes, {
          asked: { account, key, fingerprint: fingerprintOf([customerId, contact]) },
          find: async () =>
            (await client.contactsOf(own)).rows.find(({ email }) => email.toLowerCase() === contact.email)?.userId,
          send: () => client.createContact({ ...contact, phone: contact.phone, clientId: own.accountId }),
          writeDown: (transaction, id) =>
            scope.audit(transaction, {
              act: 'contact.created',
              subject: { type: 'contact', id, name: `${contact.firstName} ${contact.lastName}` },
              changes: created({ client: own.name, email: contact.email }),
            }),
        }),
      );
      if (made === undefined) throw notLinked();
      return made;
    },
    create: async (scope, customerId, key, { subject, text, status, priority, exceptionId }) => {
      const reference = referenceOf(scope, key);
      const exception =
        exceptionId === undefined ? undefined : await exceptions.openOf(scope, { exceptionId, customerId });
      const made = await withClient(scope, customerId, (client, own, account) =>
        writeOnce(scope, writes, {
          asked: {
            account,
            key,
            fingerprint: fingerprintOf([customerId, subject, text, status, priority, exceptionId]),
          },
          find: async () => {
            const { rows } = await client.ticketsOf(own);
            for (const { ticketId } of rows.filter((ticket) => ticket.subject === subject)) {
              const messages = await client.conversationsOf(ticketId);
              if (messages.some(({ content }) => holds(content, reference))) return ticketId;
            }
            return undefined;
          },
          send: async () => {
            if (exception) await exceptions.requireFree(scope, exception.id);
            return client.createTicket({
              clientId: own.accountId,
              subject,
              text: withReference(text, reference),
              status,
              priority,
              reference,
            });
          },
          writeDown: async (transaction, id) => {
            await scope.audit(transaction, {
              act: 'ticket.created',
              subject: { type: 'ticket', id, name: subject },
              changes: created({ client: own.name, reference }),
            });
            if (exception)
              await exceptions.linkMade(scope, transaction, account, { exception, customerId, ticketId: id, subject });
          },
        }),
      );
      if (made === undefined) throw notLinked();
      return made;
    },
    reply: async (scope, { customerId, ticketId }, key, { text }) => {
      const reference = referenceOf(scope, key);
      const made = await withClient(scope, customerId, async (client, own, account) => {
        const { subject } = await ownTicket(client, own, ticketId);
        return writeOnce(scope, writes, {
          asked: { account, key, fingerprint: fingerprintOf([customerId, ticketId, text]) },
          find: async () =>
            (await client.conversationsOf(ticketId)).find(({ content }) => holds(content, reference))?.conversationId,
          send: () => client.reply(ticketId, withReference(text, reference)),
          writeDown: (transaction) =>
            scope.audit(transaction, {
              act: 'ticket.answered',
              subject: { type: 'ticket', id: ticketId, name: subject },
              changes: created({ client: own.name, reference }),
            }),
        });
      });
      if (made === undefined) throw notLinked();
      return made;
    },
  };
};
