import type { Customer } from '@legendops/portal/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Building2 } from 'lucide-react';
import { useMemo } from 'react';
import { CustomerState } from './customer-state.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListView } from '../../components/list-view.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { customerPages } from '../../lib/queries/customers.ts';
import { useMay, useMe } from '../../lib/session.ts';
import { useImport } from './customer-acts.ts';
import { ImportButton, ImportOutcome } from './import-customers.tsx';
import { NewCustomerButton } from './new-customer.tsx';

interface CustomersPageProps {
  search: string | undefined;
  onSearch: (text: string) => void;
}

export const CustomersPage = ({ search, onSearch }: CustomersPageProps) => {
  const { timeZone } = useMe().tenant;
  const mayImport = useMay('customer.import');
  const mayWrite = useMay('customer.write');
  const importing = useImport();
  const shown = useMemo(() => columns(timeZone), [timeZone]);
  return (
    <Page
      title="Customers"
      about="The companies that you bill."
      actions={
        <>
          {mayWrite && <NewCustomerButton />}
          {mayImport && <ImportButton importing={importing} />}
        </>
      }
    >
      <ImportOutcome importing={importing} />
      <SearchField label="Search customers" value={search ?? ''} onSearch={onSearch} />
      <ListView query={useInfiniteQuery(customerPages({ search }))} empty={<NoCustomers search={search} />}>
        {(customers) => <DataTable caption="Customers" columns={shown} rows={customers} />}
      </ListView>
    </Page>
  );
};

const columns = (timeZone: string): Column<Customer>[] => [
  {
    name: 'Name',
    cell: ({ id, name }) => (
      <TextLink to="/customers/$customerId" params={{ customerId: id }}>
        {name}
      </TextLink>
    ),
  },
  { name: 'State', cell: ({ state }) => <CustomerState state={state} /> },
  {
    name: 'Pax8 company',
    from: 'sm',
    cell: ({ pax8CompanyId }) => (pax8CompanyId === null ? <span className="text-muted">Not linked</span> : 'Linked'),
  },
  { name: 'Changed', from: 'md', align: 'end', cell: ({ updatedAt }) => formatInstant(updatedAt, timeZone) },
];

const NoCustomers = ({ search }: { search: string | undefined }) =>
  search === undefined ? (
    <EmptyState icon={Building2} title="No customers yet">
      Customers come from your Pax8 companies. Press “Import from Pax8” once Pax8 is connected.
    </EmptyState>
  ) : (
    <EmptyState icon={Building2} title={`No customer has “${search}” in its name`}>
      The search looks for each word anywhere in a name. Leave out a word, or clear it to see all customers.
    </EmptyState>
  );
