import type { Pax8Contact } from '@legendops/billing/evidence/contract';
import { useQuery } from '@tanstack/react-query';
import { Contact } from 'lucide-react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { contactsOf } from '../../lib/queries/evidence.ts';

const typeWords = ({ types }: Pax8Contact): string =>
  types.map(({ type, isPrimary }) => (isPrimary ? `${type} (first)` : type)).join(', ');

const columns: Column<Pax8Contact>[] = [
  {
    name: 'Name',
    cell: (contact) => (
      <>
        <span className="font-medium wrap-anywhere">{contact.name || 'Without a name'}</span>
        <span className="block text-caption text-muted sm:hidden">{typeWords(contact)}</span>
      </>
    ),
  },
  { name: 'For', from: 'sm', cell: typeWords },
  { name: 'E-mail', cell: ({ email }) => <span className="wrap-anywhere">{email}</span> },
  { name: 'Phone', from: 'md', cell: ({ phone }) => phone },
];

/** The people of a customer, as Pax8 knows them. */
export const ContactList = ({ customerId }: { customerId: string }) => (
  <Section title="Contacts at Pax8" about="Whom Pax8 turns to, read once a week. They are changed at Pax8.">
    <QueryView query={useQuery(contactsOf(customerId))}>
      {(contacts) =>
        contacts.length === 0 ? (
          <EmptyState icon={Contact} title="No contacts">
            Pax8 has none of this customer.
          </EmptyState>
        ) : (
          <DataTable caption="Contacts at Pax8" columns={columns} rows={contacts} />
        )
      }
    </QueryView>
  </Section>
);
