import type { ClientContract } from '@legendops/portal/client-contract/contract';
import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { formatDate } from '../../lib/calendar.ts';
import { customerContracts } from '../../lib/queries/service-desk.ts';
import { ListedInPart } from './listed-in-part.tsx';

/** The contracts of a customer, as SuperOps has them. */
export const ContractList = ({ customerId }: { customerId: string }) => {
  const query = useQuery(customerContracts(customerId));
  // The tickets say that it is no client.
  if (query.data?.client === null) return null;
  return (
    <Section title="Contracts">
      <QueryView query={query}>
        {({ data, unreadable }) => {
          if (data.length === 0 && unreadable === 0) return <NoContracts />;
          return (
            <>
              <ListedInPart more={false} unreadable={unreadable} />
              <DataTable
                caption="Contracts"
                columns={columns}
                rows={data.map((contract) => ({ ...contract, id: contract.contractId }))}
              />
            </>
          );
        }}
      </QueryView>
    </Section>
  );
};

type Row = ClientContract & { id: string };

// Of SuperOps's own; one that we do not know is shown as it is.
const statusWords: ReadonlyMap<string, string> = new Map([
  ['ACTIVE', 'Active'],
  ['INACTIVE', 'Ended'],
  ['DRAFT', 'Draft'],
]);

const Quantity = ({ quantities, item }: Row) => {
  if (item === null) return <span className="text-muted">None</span>;
  const last = quantities?.at(-1);
  if (last === undefined)
    return <span className="text-muted">{quantities === null ? 'Not readable' : 'None yet'}</span>;
  return (
    <>
      {last.quantity}
      <span className="block text-caption text-muted">from {formatDate(last.from)}</span>
    </>
  );
};

const columns: Column<Row>[] = [
  {
    name: 'Name',
    cell: ({ name, item }) => (
      <>
        <span className="font-medium wrap-anywhere">{name}</span>
        {item !== null && item.name !== name && <span className="block text-caption text-muted">{item.name}</span>}
      </>
    ),
  },
  { name: 'Status', cell: ({ status }) => statusWords.get(status) ?? status },
  { name: 'Quantity', align: 'end', cell: (row) => <Quantity {...row} /> },
  { name: 'Counted by', from: 'md', cell: ({ isCountedBySuperOps }) => (isCountedBySuperOps ? 'SuperOps' : 'You') },
  { name: 'Starts', from: 'md', cell: ({ startsOn }) => (startsOn === null ? 'Not known' : formatDate(startsOn)) },
  { name: 'Ends', from: 'sm', cell: ({ endsOn }) => (endsOn === null ? 'Not set' : formatDate(endsOn)) },
];

const NoContracts = () => (
  <EmptyState icon={FileText} title="No contracts">
    Make one in SuperOps for this client; it is listed here at once.
  </EmptyState>
);
