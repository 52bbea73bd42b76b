import type { MasterKind, Stencil, StencilVersion } from '@legendops/catalog/stencil-library/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Shapes } from 'lucide-react';
import { BackLink } from '../../components/back-link.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SelectField } from '../../components/fields.tsx';
import { ListView } from '../../components/list-view.tsx';
import { MasterGrid, MasterTile } from '../../components/master-tile.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { PageView } from '../../components/page-view.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { masterPages, stencilById, versionsOf } from '../../lib/queries/stencils.ts';
import type { StencilSearch } from '../../lib/router/search-params.ts';
import { useMay } from '../../lib/session.ts';
import { ChangeStencil } from './change-stencil.tsx';
import { DownloadButton } from './download-button.tsx';
import { PublishedState } from '../../components/published-state.tsx';
import { kindWords, sizeOfFile } from './stencil-words.tsx';
import { UploadVersion } from './upload-version.tsx';
import { VersionList } from './version-list.tsx';

interface StencilPageProps {
  stencilId: string;
  view: StencilSearch;
  onView: (changed: StencilSearch) => void;
}

export const StencilPage = ({ stencilId, ...props }: StencilPageProps) => (
  <PageView query={useQuery(stencilById(stencilId))} title="Stencil">
    {(stencil) => <StencilView stencil={stencil} {...props} />}
  </PageView>
);

interface StencilViewProps extends Omit<StencilPageProps, 'stencilId'> {
  stencil: Stencil;
}

const StencilView = ({ stencil, view, onView }: StencilViewProps) => {
  const mayWrite = useMay('stencil.write');
  const { data: versions } = useQuery(versionsOf(stencil.id));
  const shown = versions?.find(({ number }) => number === (view.number ?? stencil.latest));
  return (
    <Page
      title={stencil.name}
      about={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <BackLink to="/stencils">Back to list</BackLink>
          {mayWrite && <PublishedState isPublished={stencil.isPublished} />}
          <span>
            {stencil.fileName}, {sizeOfFile(stencil.sizeBytes)}
          </span>
        </span>
      }
      actions={
        <>
          {mayWrite && <UploadVersion stencil={stencil} />}
          <DownloadButton stencilId={stencil.id} number={stencil.latest} />
          {mayWrite && <ChangeStencil stencil={stencil} />}
        </>
      }
    >
      {stencil.hasMacros && (
        <Notice tone="warn" title="The file holds macros">
          They were not read, and nothing here runs them. Visio asks before it does: look at them before you share the
          file.
        </Notice>
      )}
      <MasterFilter counts={(shown ?? stencil).counts} versions={versions ?? []} view={view} onView={onView} />
      <Masters stencilId={stencil.id} view={view} />
      {versions !== undefined && versions.length > 1 && <VersionList stencil={stencil} versions={versions} />}
    </Page>
  );
};

interface MasterFilterProps {
  counts: Stencil['counts'];
  versions: readonly StencilVersion[];
  view: StencilSearch;
  onView: (changed: StencilSearch) => void;
}

const kinds = Object.keys(kindWords) as MasterKind[];

const MasterFilter = ({ counts, versions, view, onView }: MasterFilterProps) => (
  <div className="flex flex-wrap items-end gap-3">
    <SearchField label="Search this stencil" value={view.search ?? ''} onSearch={(search) => onView({ search })} />
    <SelectField
      label="Show"
      value={view.kind ?? 'shape'}
      onChange={({ currentTarget: { value } }) => onView({ kind: kinds.find((kind) => kind === value) })}
    >
      {kinds.map((kind) => (
        <option key={kind} value={kind}>
          {kindWords[kind]} ({counts[kind]})
        </option>
      ))}
    </SelectField>
    {versions.length > 1 && (
      <SelectField
        label="Version"
        value={view.number ?? versions[0]?.number}
        onChange={({ currentTarget: { value } }) => onView({ number: Number(value) })}
      >
        {versions.map(({ number }, index) => (
          <option key={number} value={number}>
            {index === 0 ? `${number} (newest)` : number}
          </option>
        ))}
      </SelectField>
    )}
  </div>
);

const Masters = ({ stencilId, view }: { stencilId: string; view: StencilSearch }) => (
  <ListView
    query={useInfiniteQuery(masterPages({ stencilId, ...view }))}
    empty={
      <EmptyState icon={Shapes} title="Nothing of this kind">
        The stencil has no shape of these words, or of this kind. Leave out a word, or choose another kind.
      </EmptyState>
    }
  >
    {(masters) => (
      <MasterGrid label="Masters">
        {masters.map((master) => (
          <MasterTile key={master.id} master={master} />
        ))}
      </MasterGrid>
    )}
  </ListView>
);
