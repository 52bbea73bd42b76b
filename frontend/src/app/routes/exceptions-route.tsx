import { ExceptionTicket } from '../../features/service-desk/exception-ticket.tsx';
import { ExceptionsPage } from '../../features/worklist/exceptions-page.tsx';
import type { PageProps } from '../../lib/router/addresses.ts';

export const ExceptionsRoute = ({ search: { code } }: PageProps<'/exceptions'>) => (
  <ExceptionsPage code={code} renderTicket={(exception) => <ExceptionTicket exception={exception} />} />
);
