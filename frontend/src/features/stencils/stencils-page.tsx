import type { Stencil } from '@legendops/catalog/stencil-library/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Shapes } from 'lucide-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListView } from '../../components/list-view.tsx';
import { MasterPreview } from '../../components/master-preview.tsx';
import { MasterGrid, MasterTile } from '../../components/master-tile.tsx';
import { Page } from '../../components/page.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { masterPages, stencilPages } from '../../lib/queries/stencils.ts';
import { useMay, useMe } from '../../lib/session.ts';
import { PublishedState } from '../../components/published-state.tsx';
import { countWords } from './stencil-words.tsx';
import { UploadStencil } from './upload-stencil.tsx';

interface StencilsPageProps {
  search: string | undefined;
  onSearch: (search: string) => void;
}

export const StencilsPage = ({ search, onSearch }: StencilsPageProps) => {
  const isGuest = useMe().member.customerId !== null;
  const mayWrite = useMay('stencil.write');
  return (
    <Page
      title="Stencils"
      about={
        isGuest
          ? 'Drawings for diagrams in Visio that your provider offers you.'
          : 'Drawings for diagrams in Visio: what you install, as its makers draw it.'
      }
      actions={mayWrite && <UploadStencil />}
    >
      <SearchField label="Search shapes of all stencils" value={search ?? ''} onSearch={onSearch} />
      {search === undefined ? <Gallery mayWrite={mayWrite} /> : <Found search={search} />}
    </Page>
  );
};

const Gallery = ({ mayWrite }: { mayWrite: boolean }) => (
  <ListView query={useInfiniteQuery(stencilPages)} empty={<NoStencils mayWrite={mayWrite} />}>
    {(stencils) => (
      <ul aria-label="Stencils" className="grid grid-cols-[repeat(auto-fill,minmax(16rem,1fr))] gap-4">
        {stencils.map((stencil) => (
          <StencilCard key={stencil.id} stencil={stencil} />
        ))}
      </ul>
    )}
  </ListView>
);

const StencilCard = ({ stencil }: { stencil: Stencil }) => {
  const mayWrite = useMay('stencil.write');
  return (
    <li className="flex min-w-0 flex-col gap-3 rounded-lg border border-line bg-surface p-3">
      <span className="grid grid-cols-3 gap-1.5">
        {stencil.sampleMasterIds.map((id) => (
          <MasterPreview key={id} masterId={id} text="" size="small" />
        ))}
      </span>
      <span className="mt-auto flex flex-wrap items-end justify-between gap-2">
        <span className="min-w-0 wrap-anywhere">
          <TextLink to="/stencils/$stencilId" params={{ stencilId: stencil.id }}>
            {stencil.name}
          </TextLink>
          <span className="block text-caption text-muted">
            {countWords(stencil)}
            {stencil.latest > 1 && `, version ${stencil.latest}`}
          </span>
        </span>
        {mayWrite && <PublishedState isPublished={stencil.isPublished} />}
      </span>
    </li>
  );
};

const Found = ({ search }: { search: string }) => (
  <ListView query={useInfiniteQuery(masterPages({ search }))} empty={<NoMatch />}>
    {(masters) => (
      <MasterGrid label="Shapes found">
        {masters.map((master) => (
          <MasterTile key={master.id} master={master} about={master.stencilName} />
        ))}
      </MasterGrid>
    )}
  </ListView>
);

const NoMatch = () => (
  <EmptyState icon={Shapes} title="No shape is like that">
    The search looks for words that begin so in names, keywords and prompts of shapes. Leave out a word.
  </EmptyState>
);

const NoStencils = ({ mayWrite }: { mayWrite: boolean }) => (
  <EmptyState icon={Shapes} title="No stencils yet">
    {mayWrite
      ? 'Press “Add stencil” for a file of Visio: .vssx, or the shapes of a drawing or a template.'
      : 'Nothing has been uploaded here, or published for you.'}
  </EmptyState>
);
