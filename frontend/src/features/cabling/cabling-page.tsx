import type { DesignSummary } from '@legendops/catalog/cabling-design/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Cable, CircleAlert, CircleCheck, Plus, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { useKept } from '../../components/draft-form.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListView } from '../../components/list-view.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { PublishedState } from '../../components/published-state.tsx';
import { Status } from '../../components/status.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { designPages } from '../../lib/queries/cabling.ts';
import { useRouting } from '../../lib/router/router.tsx';
import { useMay, useMe } from '../../lib/session.ts';
import { useAddDesign } from './design-acts.ts';
import { DesignDialog } from './design-dialog.tsx';

interface CablingPageProps {
  search: string | undefined;
  onSearch: (text: string) => void;
}

export const CablingPage = ({ search, onSearch }: CablingPageProps) => {
  const { member, tenant } = useMe();
  const mayWrite = useMay('cabling-design.write');
  const isGuest = member.customerId !== null;
  return (
    <Page
      title="Cabling"
      about={
        isGuest
          ? 'Cabling that your provider has designed for you.'
          : 'Designs of cabling: computed, labelled, and priced as a bill of materials.'
      }
      actions={mayWrite && <NewDesignButton />}
    >
      <SearchField label="Search designs" value={search ?? ''} onSearch={onSearch} />
      <ListView query={useInfiniteQuery(designPages(search))} empty={<NoDesigns search={search} mayWrite={mayWrite} />}>
        {(designs) => (
          <DataTable
            caption="Cabling designs"
            columns={[...columns, ...(isGuest ? [] : [published]), changedIn(tenant.timeZone)]}
            rows={designs}
          />
        )}
      </ListView>
    </Page>
  );
};

const draft = 'cabling.add';

const NewDesignButton = () => {
  const [open, setOpen] = useState(useKept(draft));
  const { navigate } = useRouting();
  const adding = useAddDesign();
  return (
    <>
      <Button look="primary" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        New design
      </Button>
      {open && (
        <DesignDialog
          title="New design"
          confirm="Add design"
          draft={draft}
          act={adding}
          onDesign={(design) =>
            adding.run(design, ({ id }) => navigate({ to: '/cabling/$designId', params: { designId: id } }))
          }
          onClose={() => {
            setOpen(false);
            adding.reset();
          }}
        />
      )}
    </>
  );
};

const State = ({ warnings, refusals }: DesignSummary) => {
  if (refusals > 0)
    return (
      <Status tone="bad" icon={CircleAlert}>
        Not all computed
      </Status>
    );
  return warnings > 0 ? (
    <Status tone="warn" icon={TriangleAlert}>
      {warnings === 1 ? '1 warning' : `${warnings} warnings`}
    </Status>
  ) : (
    <Status tone="ok" icon={CircleCheck}>
      Keeps its limits
    </Status>
  );
};

const columns: Column<DesignSummary>[] = [
  {
    name: 'Design',
    cell: ({ id, name }) => (
      <TextLink to="/cabling/$designId" params={{ designId: id }}>
        {name}
      </TextLink>
    ),
  },
  { name: 'Links', align: 'end', cell: ({ links }) => links },
  { name: 'State', cell: (design) => <State {...design} /> },
];

const published: Column<DesignSummary> = {
  name: 'Customers',
  from: 'md',
  cell: PublishedState,
};

const changedIn = (timeZone: string): Column<DesignSummary> => ({
  name: 'Changed',
  from: 'sm',
  cell: ({ updatedAt }) => formatInstant(updatedAt, timeZone),
});

const NoDesigns = ({ search, mayWrite }: { search: string | undefined; mayWrite: boolean }) =>
  search === undefined ? (
    <EmptyState icon={Cable} title="No designs yet">
      {mayWrite ? 'Press “New design” to begin one.' : 'Nothing has been designed here, or published for you.'}
    </EmptyState>
  ) : (
    <EmptyState icon={Cable} title="No design is called so">
      The search looks for a part of the name.
    </EmptyState>
  );
