import type { Device } from '@legendops/portal/service-desk/contract';
import { useQuery } from '@tanstack/react-query';
import { Laptop } from 'lucide-react';
import { useState } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { formatDate, formatInstant } from '../../lib/calendar.ts';
import { customerDevices, type Reading } from '../../lib/queries/service-desk.ts';
import { useMe } from '../../lib/session.ts';
import { AsOf } from './as-of.tsx';
import { ListedInPart } from './listed-in-part.tsx';

/** The devices of a customer, as SuperOps knows them. */
export const DeviceList = ({ customerId }: { customerId: string }) => {
  const [reading, setReading] = useState<Reading>('last');
  const query = useQuery(customerDevices(customerId, reading));
  const { timeZone } = useMe().tenant;
  const { client, data: devices = [] } = query.data ?? {};
  // The tickets say that it is no client, or no more.
  if (client === null || (client?.isGone === true && devices.length === 0)) return null;
  return (
    <Section title="Devices">
      <QueryView query={query}>
        {(found) => {
          const isEmpty = found.data.length === 0 && found.unreadable === 0;
          return (
            <>
              <AsOf asOf={found.asOf} what="devices" onRefresh={() => setReading('now')} />
              <ListedInPart {...found} />
              {isEmpty ? (
                <NoDevices />
              ) : (
                <DataTable
                  caption="Devices"
                  columns={columns(timeZone)}
                  rows={found.data.map((device) => ({ ...device, id: device.assetId }))}
                />
              )}
            </>
          );
        }}
      </QueryView>
    </Section>
  );
};

type Row = Device & { id: string };

const columns = (timeZone: string): Column<Row>[] => [
  { name: 'Name', cell: ({ name }) => <span className="font-medium wrap-anywhere">{name}</span> },
  { name: 'Platform', from: 'md', cell: ({ platform }) => platform },
  { name: 'Serial number', from: 'lg', cell: ({ serialNumber }) => serialNumber },
  { name: 'Status', from: 'sm', cell: ({ status }) => status },
  {
    name: 'Last seen',
    cell: ({ lastSeenAt }) => (lastSeenAt === null ? 'Never' : formatInstant(lastSeenAt, timeZone)),
  },
  {
    name: 'Warranty until',
    cell: ({ warrantyUntil }) => (warrantyUntil === null ? 'Not known' : formatDate(warrantyUntil)),
  },
];

const NoDevices = () => (
  <EmptyState icon={Laptop} title="No devices">
    Install the agent of SuperOps on them; they are listed here within the hour.
  </EmptyState>
);
