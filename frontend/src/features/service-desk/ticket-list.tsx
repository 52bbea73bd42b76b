import type { Ticket } from '@legendops/portal/service-desk/contract';
import { useQuery } from '@tanstack/react-query';
import { Headset } from 'lucide-react';
import { useState } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { customerTickets, type Reading } from '../../lib/queries/service-desk.ts';
import { useMe } from '../../lib/session.ts';
import { AsOf, ClientGone } from './as-of.tsx';
import { ListedInPart } from './listed-in-part.tsx';
import { NewTicketButton } from './new-ticket.tsx';
import { OpenTicket } from './ticket-dialog.tsx';

/** The tickets of a customer at the service desk, those that changed last. */
export const TicketList = ({ customerId }: { customerId: string }) => {
  const [reading, setReading] = useState<Reading>('last');
  const query = useQuery(customerTickets(customerId, reading));
  const { timeZone } = useMe().tenant;
  const { client, acts } = query.data ?? {};
  const mayWrite = acts?.write.may === true;
  return (
    <Section
      title="Tickets"
      actions={
        mayWrite &&
        client?.isGone === false && <NewTicketButton customerId={customerId} clientName={client.clientName} />
      }
    >
      <QueryView query={query}>
        {(tickets) => {
          if (tickets.client === null) return <NotAClient />;
          const { clientName, isGone } = tickets.client;
          const isEmpty = tickets.data.length === 0 && tickets.unreadable === 0;
          return (
            <>
              {isGone && <ClientGone clientName={clientName} />}
              <AsOf asOf={tickets.asOf} what="tickets" onRefresh={() => setReading('now')} />
              <ListedInPart {...tickets} />
              {isEmpty && !isGone && <NoTickets />}
              {!isEmpty && (
                <DataTable
                  caption="Tickets"
                  columns={[...columns(timeZone), opening(customerId, mayWrite)]}
                  rows={tickets.data.map((ticket) => ({ ...ticket, id: ticket.ticketId }))}
                />
              )}
            </>
          );
        }}
      </QueryView>
    </Section>
  );
};

type Row = Ticket & { id: string };

const columns = (timeZone: string): Column<Row>[] => [
  { name: 'Number', from: 'md', cell: ({ displayId }) => displayId },
  { name: 'Subject', cell: ({ subject }) => <span className="font-medium wrap-anywhere">{subject}</span> },
  { name: 'Status', cell: ({ status }) => status },
  { name: 'Priority', from: 'sm', cell: ({ priority }) => priority },
  { name: 'Technician', from: 'lg', cell: ({ technician }) => technician },
  {
    name: 'Changed',
    from: 'md',
    cell: ({ updatedAt }) => (updatedAt === null ? null : formatInstant(updatedAt, timeZone)),
  },
];

const opening = (customerId: string, mayWrite: boolean): Column<Row> => ({
  name: 'Acts',
  nameless: true,
  align: 'end',
  cell: (ticket) => <OpenTicket customerId={customerId} ticket={ticket} mayWrite={mayWrite} />,
});

const NoTickets = () => (
  <EmptyState icon={Headset} title="No tickets">
    Press “New ticket” to open one in SuperOps.
  </EmptyState>
);

const NotAClient = () => (
  <EmptyState icon={Headset} title="Not linked to SuperOps">
    Nobody has said yet which client in SuperOps this customer is. Once SuperOps is connected, an administrator presses
    “Confirm link” under “Links”.
  </EmptyState>
);
