import type { DeskContact } from '@legendops/portal/service-desk/contract';
import { useQuery } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useState } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { customerContacts, type Reading } from '../../lib/queries/service-desk.ts';
import { AsOf } from './as-of.tsx';
import { ListedInPart } from './listed-in-part.tsx';
import { NewContactButton } from './new-contact.tsx';

/** The people of a customer, as SuperOps knows them. */
export const ContactList = ({ customerId }: { customerId: string }) => {
  const [reading, setReading] = useState<Reading>('last');
  const query = useQuery(customerContacts(customerId, reading));
  const { client, acts, data: contacts = [] } = query.data ?? {};
  // The tickets say that it is no client, or no more.
  if (client === null || (client?.isGone === true && contacts.length === 0)) return null;
  const mayWrite = acts?.write.may === true && client?.isGone === false;
  return (
    <Section
      title="Contacts in SuperOps"
      about="SuperOps leads: they are changed there."
      actions={mayWrite && client && <NewContactButton customerId={customerId} clientName={client.clientName} />}
    >
      <QueryView query={query}>
        {(found) => {
          const isEmpty = found.data.length === 0 && found.unreadable === 0;
          return (
            <>
              <AsOf asOf={found.asOf} what="contacts" onRefresh={() => setReading('now')} />
              <ListedInPart {...found} />
              {isEmpty ? (
                <NoContacts />
              ) : (
                <DataTable
                  caption="Contacts in SuperOps"
                  columns={columns}
                  rows={found.data.map((contact) => ({ ...contact, id: contact.contactId }))}
                />
              )}
            </>
          );
        }}
      </QueryView>
    </Section>
  );
};

type Row = DeskContact & { id: string };

const columns: Column<Row>[] = [
  { name: 'Name', cell: ({ name }) => <span className="font-medium wrap-anywhere">{name}</span> },
  { name: 'E-mail', cell: ({ email }) => <span className="wrap-anywhere">{email}</span> },
  { name: 'Phone', from: 'md', cell: ({ phone }) => phone },
  { name: 'Site', from: 'lg', cell: ({ site }) => site },
];

const NoContacts = () => (
  <EmptyState icon={Users} title="No contacts">
    Press “New contact” to add one in SuperOps.
  </EmptyState>
);
