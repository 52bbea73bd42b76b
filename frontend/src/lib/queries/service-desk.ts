import { ClientContracts } from '@legendops/portal/client-contract/contract';
import { ExceptionTickets } from '@legendops/portal/exception-ticket/contract';
import { DeskContacts, Devices, TicketChoices, TicketDetail, Tickets } from '@legendops/portal/service-desk/contract';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { customersPath } from './customers.ts';

export const ticketsPath = (customerId: string): string => `${customersPath}/${customerId}/tickets`;

/** As SuperOps was read last, or as it is now. */
export type Reading = 'last' | 'now';

const readingOf = (path: string, reading: Reading): string => (reading === 'now' ? `${path}?fresh=true` : path);

export const customerTickets = (customerId: string, reading: Reading) =>
  queryOptions({
    queryKey: [ticketsPath(customerId), reading],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: readingOf(ticketsPath(customerId), reading), signal }, Tickets),
  });

export const customerTicket = (customerId: string, ticketId: string) =>
  queryOptions({
    queryKey: [ticketsPath(customerId), ticketId],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: `${ticketsPath(customerId)}/${ticketId}`, signal }, TicketDetail),
  });

const choicesPath = '/api/portal/v1/ticket-choices';

/** The names of states and priorities that SuperOps takes. */
export const ticketChoices = queryOptions({
  queryKey: [choicesPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: choicesPath, signal }, TicketChoices),
});

export const contactsPath = (customerId: string): string => `${customersPath}/${customerId}/contacts`;

export const customerContacts = (customerId: string, reading: Reading) =>
  queryOptions({
    queryKey: [contactsPath(customerId), reading],
    queryFn: ({ signal }) =>
      api.request({ method: 'GET', path: readingOf(contactsPath(customerId), reading), signal }, DeskContacts),
  });

export const customerDevices = (customerId: string, reading: Reading) => {
  const path = `${customersPath}/${customerId}/devices`;
  return queryOptions({
    queryKey: [path, reading],
    queryFn: ({ signal }) => api.request({ method: 'GET', path: readingOf(path, reading), signal }, Devices),
  });
};

export const customerContracts = (customerId: string) => {
  const path = `${customersPath}/${customerId}/contracts`;
  return queryOptions({
    queryKey: [path],
    queryFn: ({ signal }) => api.request({ method: 'GET', path, signal }, ClientContracts),
  });
};

export const exceptionTicketsPath = '/api/portal/v1/exception-tickets';

/** Which exceptions of the worklist have a ticket. */
export const exceptionTickets = queryOptions({
  queryKey: [exceptionTicketsPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: exceptionTicketsPath, signal }, ExceptionTickets),
});
