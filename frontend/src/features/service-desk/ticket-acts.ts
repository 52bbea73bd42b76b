import { ExceptionTicket } from '@legendops/portal/exception-ticket/contract';
import {
  Written,
  type NewDeskContact,
  type NewTicket,
  type TicketReply,
} from '@legendops/portal/service-desk/contract';
import type { z } from 'zod';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { contactsPath, exceptionTicketsPath, ticketsPath } from '../../lib/queries/service-desk.ts';

type Written = z.infer<typeof Written>;

interface OfCustomer {
  customerId: string;
}

const create: ActKind<OfCustomer & { ticket: NewTicket }, Written> = {
  request: ({ customerId, ticket }) => ({ method: 'POST', path: ticketsPath(customerId), body: ticket }),
  answer: Written,
  done: (_, { customerId, ticket }) => {
    void refresh(ticketsPath(customerId));
    if (ticket.exceptionId !== undefined) void refresh(exceptionTicketsPath);
  },
};
export const useCreateTicket = () => useAct(create);

const createContact: ActKind<OfCustomer & { contact: NewDeskContact }, Written> = {
  request: ({ customerId, contact }) => ({ method: 'POST', path: contactsPath(customerId), body: contact }),
  answer: Written,
  done: (_, { customerId }) => void refresh(contactsPath(customerId)),
};
export const useCreateContact = () => useAct(createContact);

const reply: ActKind<OfCustomer & { ticketId: string; reply: TicketReply }, Written> = {
  request: ({ customerId, ticketId, reply: body }) => ({
    method: 'POST',
    path: `${ticketsPath(customerId)}/${ticketId}/replies`,
    body,
  }),
  answer: Written,
  done: (_, { customerId }) => void refresh(ticketsPath(customerId)),
};
export const useReply = () => useAct(reply);

const readLinksAgain = () => void refresh(exceptionTicketsPath);

const link: ActKind<OfCustomer & { exceptionId: string; ticketId: string }, ExceptionTicket> = {
  request: ({ exceptionId, ticketId }) => ({
    method: 'PUT',
    path: `${exceptionTicketsPath}/${exceptionId}`,
    body: { ticketId },
  }),
  answer: ExceptionTicket,
  done: (_, { customerId }) => {
    readLinksAgain();
    void refresh(ticketsPath(customerId));
  },
  refused: readLinksAgain,
};
export const useLinkTicket = () => useAct(link);

const unlink: ActKind<ExceptionTicket, void> = {
  request: ({ exceptionId, version }) => ({
    method: 'DELETE',
    path: `${exceptionTicketsPath}/${exceptionId}`,
    version,
  }),
  answer: null,
  done: readLinksAgain,
  refused: readLinksAgain,
};
export const useUnlinkTicket = () => useAct(unlink);
