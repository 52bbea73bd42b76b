import type { SeatPush } from '@legendops/portal/seat-push/contract';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeftRight } from 'lucide-react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatInstant, formatMonth } from '../../lib/calendar.ts';
import { seatPushes } from '../../lib/queries/seats.ts';
import { superOpsConnection } from '../../lib/queries/superops.ts';
import { useMe } from '../../lib/session.ts';
import { CompareMonth } from './compare-month.tsx';
import { PushState } from './push-state.tsx';

/** Months whose seats at Pax8 were set against contracts in SuperOps. */
export const SeatsPage = ({ onPush }: { onPush: (id: string) => void }) => {
  const query = useQuery(seatPushes);
  const { data: superOps } = useQuery(superOpsConnection);
  const isConnected = superOps?.connection != null;
  const mayCompare = isConnected && query.data?.acts.prepare.may === true;
  return (
    <Page
      title="Seats"
      about="What your customers have at Pax8, brought into their contracts in SuperOps once you approve it."
      actions={mayCompare && <CompareMonth onDone={({ id }) => onPush(id)} />}
    >
      <QueryView query={query}>
        {({ data }) => {
          if (data.length === 0) return isConnected ? <NothingCompared /> : <NotConnected />;
          return <Months pushes={data} />;
        }}
      </QueryView>
    </Page>
  );
};

const Months = ({ pushes }: { pushes: SeatPush[] }) => {
  const { timeZone } = useMe().tenant;
  return <DataTable caption="Months that were compared" columns={columns(timeZone)} rows={pushes} />;
};

const columns = (timeZone: string): Column<SeatPush>[] => [
  {
    name: 'Month',
    cell: ({ id, period }) => (
      <TextLink to="/seats/$pushId" params={{ pushId: id }}>
        {formatMonth(period)}
      </TextLink>
    ),
  },
  {
    name: 'State',
    cell: ({ state, sentSince }) => (
      <>
        <PushState state={state} />
        {sentSince !== null && (
          <span className="block text-caption text-pretty text-muted">
            Changes of {formatMonth(sentSince)} were sent after it: open it and press “Check seats again”
          </span>
        )}
      </>
    ),
  },
  { name: 'To be sent', align: 'end', from: 'sm', cell: ({ lines }) => lines.waiting },
  { name: 'In SuperOps', align: 'end', from: 'sm', cell: ({ lines }) => lines.sent + lines.there },
  { name: 'Held or not sent', align: 'end', cell: ({ lines }) => lines.held + lines.refused },
  { name: 'Compared', from: 'md', cell: ({ preparedAt }) => formatInstant(preparedAt, timeZone) },
  { name: 'Decided by', from: 'lg', cell: ({ decidedBy }) => decidedBy },
];

const NothingCompared = () => (
  <EmptyState icon={ArrowLeftRight} title="No month was compared yet">
    Say under “Links” which client each customer and which item each product is. An administrator presses “Check seats”
    then.
  </EmptyState>
);

const NotConnected = () => (
  <EmptyState icon={ArrowLeftRight} title="SuperOps is not connected">
    An administrator presses “Connect SuperOps” under “Connections”.
  </EmptyState>
);
