import type { ActingScope } from '@legendops/kit/audit/audit';
import { asLineOfText } from '@legendops/kit/contract/line-of-text';
import type { OpenException } from '@legendops/kit/contract/open-exception';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { Transaction } from '@legendops/kit/db/transaction';
import { problem } from '@legendops/kit/errors/problem';
import type { ClientLinkService } from '../client-link/service.ts';
import { accountChanged } from '../superops-connection/account-changed.ts';
import type { TenantSuperOps } from '../superops-connection/tenant-superops.ts';
import type { SuperOpsAccount } from '../superops/superops-transport.ts';
import type { OpenExceptionOf } from './billing-exceptions.ts';
import type { ExceptionTicket } from './contract.ts';
import type { ExceptionTicketStore } from './store.ts';

export interface ExceptionTicketService {
  /** Of the connected account, newest first. */
  all(scope: Scope): Promise<ExceptionTicket[]>;
  ofTicket(scope: Scope, ticketId: string): Promise<ExceptionTicket[]>;
  /** An exception that a ticket of a customer can be for. Throws exception.not-found. */
  openOf(scope: Scope, about: { exceptionId: string; customerId: string }): Promise<OpenException>;
  /** Throws exception-ticket.taken where it has a ticket. */
  requireFree(scope: Scope, exceptionId: string): Promise<void>;
  /**
   * Links a ticket that was made for it, in the transaction that keeps the ticket. Where another account than the ticket's is
   * connected by then there is nothing to link.
   */
  linkMade(
    scope: ActingScope<'exception-ticket.linked'>,
    transaction: Transaction,
    account: SuperOpsAccount,
    made: { exception: OpenException; customerId: string; ticketId: string; subject: string },
  ): Promise<void>;
  /**
   * Links a ticket of the exception's customer. Throws exception.not-found, ticket.not-found, exception-ticket.taken and
   * account.changed.
   */
  link(
    scope: ActingScope<'exception-ticket.linked'>,
    link: { exceptionId: string; ticketId: string },
  ): Promise<ExceptionTicket>;
  unlink(
    scope: ActingScope<'exception-ticket.unlinked'>,
    link: { exceptionId: string; version: number },
  ): Promise<void>;
}

const longestSubject = 200;

export const exceptionTicketService = ({
  database,
  store,
  superOps,
  links,
  exceptionOf,
}: {
  database: Pick<TenantDatabase, 'write'>;
  store: ExceptionTicketStore;
  superOps: TenantSuperOps;
  links: Pick<ClientLinkService, 'linkOf'>;
  exceptionOf: OpenExceptionOf;
}): ExceptionTicketService => ({
  all: (scope) => store.all(scope),
  ofTicket: (scope, ticketId) => store.ofTicket(scope, ticketId),
  openOf: async ({ tenantId }, { exceptionId, customerId }) => {
    const found = await exceptionOf(tenantId, exceptionId);
    if (found?.customerId !== customerId) throw problem('exception.not-found');
    return found;
  },
  requireFree: async (scope, exceptionId) => {
    if (await store.find(scope, exceptionId))
      throw problem('exception-ticket.taken', { detail: 'Press “Remove ticket” on that one first' });
  },
  linkMade: async (scope, transaction, account, { exception: { id: exceptionId, detail }, ...made }) => {
    await store.link(scope, transaction, account, { exceptionId, detail, ...made });
  },
  link: async (scope, { exceptionId, ticketId }) => {
    const found = await exceptionOf(scope.tenantId, exceptionId);
    if (!found) throw problem('exception.not-found');
    const { customerId, detail } = found;
    const own = customerId === null ? undefined : await links.linkOf(scope, customerId);
    if (customerId === null || own === undefined)
      throw problem('client-link.not-found', {
        detail: 'Press “Confirm link” under “Links” beside the client in SuperOps that this customer is',
      });
    const ticket = await superOps.useOf(scope, own.account, (client) => client.ticket(ticketId));
    if (ticket?.client?.accountId !== own.clientId) throw problem('ticket.not-found');
    const subject = asLineOfText(ticket.subject, longestSubject) || ticket.displayId;
    const linked = await database.write(scope, (transaction) =>
      store.link(scope, transaction, own.account, { exceptionId, customerId, ticketId, subject, detail }),
    );
    if (!linked) throw accountChanged(own.account);
    return linked;
  },
  unlink: (scope, link) => store.unlink(scope, link),
});
