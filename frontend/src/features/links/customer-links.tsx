import type { CustomerLink, Link, QuickBooksEntry } from '@legendops/billing/link/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Building2 } from 'lucide-react';
import { AskFirst } from '../../components/ask-first.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListView } from '../../components/list-view.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { linkPages } from '../../lib/queries/links.ts';
import { ChooseCustomer } from './choose-customer.tsx';
import { useConfirmSuggestion } from './link-acts.ts';
import { LinkState } from './link-state.tsx';

/** Who each customer is in QuickBooks: what a person confirmed, or who it may be. */
export const CustomerLinks = () => (
  <Section
    title="Customers"
    about="An invoice goes to the customer that is linked. Where QuickBooks has none of a like name, the next invoice makes one."
  >
    <ListView query={useInfiniteQuery(linkPages)} empty={<NoCustomers />}>
      {(rows) => (
        <DataTable
          caption="Customers and who they are in QuickBooks"
          columns={columns}
          rows={rows.map((row) => ({ ...row, id: row.customerId }))}
        />
      )}
    </ListView>
  </Section>
);

type Row = CustomerLink & { id: string };

const entryWords = ({ name, currency, isActive }: Pick<QuickBooksEntry, 'name' | 'currency' | 'isActive'>): string =>
  [name, ...(currency === null ? [] : [currency]), ...(isActive ? [] : ['inactive'])].join(', ');

const linkWords = ({ quickBooksName, currency, quickBooksId, isGone }: Link): string =>
  [
    quickBooksName,
    ...(currency === null ? [] : [currency]),
    ...(quickBooksId === null ? ['made with the next invoice'] : []),
    ...(isGone ? ['no longer in QuickBooks'] : []),
  ].join(', ');

const InQuickBooks = ({ links, suggestions, state }: Row) => (
  <>
    {links.map((link) => (
      <span key={link.id} className="block wrap-anywhere">
        {linkWords(link)}
      </span>
    ))}
    {(state === 'needed' || state === 'gone') && suggestions[0] !== undefined && (
      <span className="block text-muted wrap-anywhere">Maybe {entryWords(suggestions[0])}</span>
    )}
  </>
);

/** Says that the likeliest one is the customer; it can be changed later. */
const ConfirmSuggestion = ({ row, suggested }: { row: Row; suggested: QuickBooksEntry }) => (
  <AskFirst
    subject={{ customerId: row.customerId, entry: suggested }}
    act={useConfirmSuggestion()}
    look="primary"
    label={`Confirm: ${suggested.name} is ${row.customerName}`}
    renderQuestion={({ entry }) => ({
      title: 'Confirm this customer?',
      confirm: 'Confirm link',
      body: (
        <p>
          Invoices for <strong>{row.customerName}</strong> go to <strong>{entryWords(entry)}</strong> (id {entry.id}) in
          QuickBooks from now on. What waited for it is posted.
        </p>
      ),
    })}
  >
    Confirm
  </AskFirst>
);

const columns: Column<Row>[] = [
  {
    name: 'Customer',
    cell: ({ customerId, customerName }) => (
      <TextLink to="/customers/$customerId" params={{ customerId }}>
        {customerName}
      </TextLink>
    ),
  },
  { name: 'State', cell: ({ state }) => <LinkState state={state} /> },
  { name: 'In QuickBooks', cell: (row) => <InQuickBooks {...row} /> },
  {
    name: 'Acts',
    nameless: true,
    align: 'end',
    cell: (row) => {
      const suggested = row.state === 'linked' ? undefined : row.suggestions.find(({ isActive }) => isActive);
      return (
        row.acts.confirm.may && (
          <div className="flex flex-wrap justify-end gap-1">
            {suggested !== undefined && <ConfirmSuggestion row={row} suggested={suggested} />}
            <ChooseCustomer row={row} />
          </div>
        )
      );
    },
  },
];

const NoCustomers = () => (
  <EmptyState icon={Building2} title="No customers yet">
    Customers come from your Pax8 companies. Press “Import from Pax8” under “Customers” first.
  </EmptyState>
);
