import type { StencilMasterDetails } from '@legendops/catalog/stencil-library/contract';
import { useQuery } from '@tanstack/react-query';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { MasterPreview } from '../../components/master-preview.tsx';
import { sizeWords } from '../../components/master-tile.tsx';
import { Page } from '../../components/page.tsx';
import { PageView } from '../../components/page-view.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { masterById } from '../../lib/queries/stencils.ts';
import type { PageProps } from '../../lib/router/addresses.ts';

export const MasterPage = ({ params }: PageProps<'/stencils/$stencilId/masters/$masterId'>) => (
  <PageView query={useQuery(masterById(params.masterId))} title="Shape">
    {(master) => <MasterView master={master} />}
  </PageView>
);

const MasterView = ({ master }: { master: StencilMasterDetails }) => (
  <Page
    title={master.name || 'Nameless'}
    about={
      <>
        In{' '}
        <TextLink to="/stencils/$stencilId" params={{ stencilId: master.stencilId }}>
          {master.stencilName}
        </TextLink>
        , version {master.number}
      </>
    }
  >
    <MasterPreview masterId={master.id} text={`Drawing of ${master.name}`} size="large" />
    <Facts master={master} />
    {master.products.length > 0 && (
      <Section title="Products that it draws">
        <ul>
          {master.products.map(({ id, sku, name }) => (
            <li key={id}>
              <TextLink to="/products/$productId" params={{ productId: id }}>
                {name}
              </TextLink>{' '}
              <span className="text-muted">{sku}</span>
            </li>
          ))}
        </ul>
      </Section>
    )}
    {master.properties.length > 0 && (
      <Section title="Shape data">
        <DataTable
          caption="Shape data"
          columns={propertyColumns}
          rows={master.properties.map((property, index) => ({ ...property, id: index.toString() }))}
        />
      </Section>
    )}
  </Page>
);

const pointWords = ({ connectionPoints }: StencilMasterDetails): string =>
  connectionPoints.length === 0 ? 'None' : connectionPoints.length.toString();

const Facts = ({ master }: { master: StencilMasterDetails }) => {
  const facts: [string, string][] = [
    ['Size on paper', sizeWords(master)],
    ['Connection points', pointWords(master)],
    ['Keywords', master.keywords.join(', ')],
    ['Prompt', master.prompt],
    ['Universal name', master.nameU === master.name ? '' : master.nameU],
    ['UniqueID', master.uniqueId],
  ];
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1 rounded-lg border border-line bg-surface p-4">
      {facts.map(
        ([name, value]) =>
          value !== '' && (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0 wrap-anywhere">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
};

type PropertyRow = StencilMasterDetails['properties'][number] & { id: string };

const propertyColumns: Column<PropertyRow>[] = [
  { name: 'Label', cell: ({ label, name }) => label || name },
  { name: 'Value', cell: ({ value }) => value },
  { name: 'Shape', from: 'sm', cell: ({ shape }) => shape.name || shape.id },
];
