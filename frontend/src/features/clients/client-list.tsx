import type { ClientLink, ClientLinks, ClientSuggestion } from '@legendops/portal/superops/contract';
import { useQuery } from '@tanstack/react-query';
import { Headset } from 'lucide-react';
import { ActProblem } from '../../components/act-problem.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { clientLinks, superOpsConnection } from '../../lib/queries/superops.ts';
import { useSaveClients, type LinkedClient } from './client-acts.ts';
import { ConfirmClient, PickCustomer, RemoveClientLink } from './client-buttons.tsx';
import { ClientState } from './client-state.tsx';
import { KeepName, NameProblemText } from './name-problem.tsx';

/** Which customer each client of SuperOps is; nothing where SuperOps is not connected. */
export const ClientList = () => {
  const { data } = useQuery(superOpsConnection);
  return data?.connection ? <ConnectedClients /> : null;
};

const ConnectedClients = () => {
  const saving = useSaveClients();
  return (
    <Section
      title="Clients in SuperOps"
      about="Which customer each client of your service desk is. A suggestion becomes a link when you confirm it."
      actions={<ExportButton saving={saving}>Export clients</ExportButton>}
    >
      <ActProblem error={saving.error} />
      <QueryView query={useQuery(clientLinks)}>{(links) => <ClientTable links={links} />}</QueryView>
    </Section>
  );
};

const ClientTable = ({ links: { data, unreadable, acts } }: { links: ClientLinks }) => (
  <>
    {unreadable > 0 && (
      <Notice tone="warn" title={`${unreadable} of the clients could not be read`}>
        SuperOps said less of them than it has to. Tell LegendOps support; the others are listed.
      </Notice>
    )}
    {data.length === 0 ? (
      <EmptyState icon={Headset} title="No clients yet">
        Make your customers clients in SuperOps; they are listed here at once.
      </EmptyState>
    ) : (
      <DataTable
        caption="Clients in SuperOps and which customers they are"
        columns={acts.confirm.may ? [...columns, buttons] : columns}
        rows={data.map((row) => ({ ...row, id: row.clientId }))}
      />
    )}
  </>
);

type Row = ClientLink & { id: string };

const reasons: Record<ClientSuggestion['by'], string> = {
  name: 'by its name',
  'like-name': 'by a like name',
  domain: 'by its e-mail domain',
};

const columns: Column<Row>[] = [
  { name: 'Client', cell: ({ clientName }) => <span className="font-medium wrap-anywhere">{clientName}</span> },
  { name: 'State', cell: ({ state }) => <ClientState state={state} /> },
  { name: 'Customer', cell: (row) => <CustomerOf {...row} /> },
];

const CustomerOf = ({ customerId, customerName, state, nameProblem, suggestions: [suggested] }: Row) => {
  if (customerId !== null)
    return (
      <>
        <TextLink to="/customers/$customerId" params={{ customerId }}>
          {customerName}
        </TextLink>
        {state === 'gone' && <span className="block text-muted">The client is no longer in SuperOps</span>}
        {nameProblem && <NameProblemText problem={nameProblem} />}
      </>
    );
  if (suggested === undefined) return <span className="text-muted">No customer of a like name</span>;
  return (
    <span className="text-muted wrap-anywhere">
      Maybe {suggested.customerName}, {reasons[suggested.by]}
    </span>
  );
};

const LinkButtons = ({ client, isInQuestion }: { client: LinkedClient; isInQuestion: boolean }) => (
  <>
    {isInQuestion && (
      <>
        <KeepName client={client} keep="customer" />
        <KeepName client={client} keep="client" />
      </>
    )}
    <RemoveClientLink client={client} />
  </>
);

const buttons: Column<Row> = {
  name: 'Acts',
  nameless: true,
  align: 'end',
  cell: (row) => (
    <div className="flex flex-wrap justify-end gap-1">
      {row.suggestions[0] !== undefined && <ConfirmClient client={row} suggested={row.suggestions[0]} />}
      {row.state !== 'gone' && <PickCustomer client={row} />}
      {row.version !== null && row.customerName !== null && (
        <LinkButtons
          client={{ ...row, version: row.version, customerName: row.customerName }}
          isInQuestion={row.nameProblem !== null}
        />
      )}
    </div>
  ),
};
