import { ExceptionTicket } from '../../features/service-desk/exception-ticket.tsx';
import { WorklistPage } from '../../features/worklist/worklist-page.tsx';

export const WorklistRoute = () => (
  <WorklistPage renderTicket={(exception) => <ExceptionTicket exception={exception} />} />
);
