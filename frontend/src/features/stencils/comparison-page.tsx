import type { StencilComparison, StencilMasterSummary } from '@legendops/catalog/stencil-library/contract';
import { useQuery } from '@tanstack/react-query';
import { Equal } from 'lucide-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { SelectField } from '../../components/fields.tsx';
import { MasterPreview } from '../../components/master-preview.tsx';
import { MasterGrid, MasterTile, sizeWords } from '../../components/master-tile.tsx';
import { Page } from '../../components/page.tsx';
import { PageView } from '../../components/page-view.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { comparisonOf, stencilById, versionsOf } from '../../lib/queries/stencils.ts';
import type { StencilComparisonSearch } from '../../lib/router/search-params.ts';
import { fieldWords } from './stencil-words.tsx';

interface ComparisonPageProps {
  stencilId: string;
  asked: StencilComparisonSearch;
  onAsk: (changed: StencilComparisonSearch) => void;
}

/** Two versions of a stencil, master by master. */
export const ComparisonPage = ({ stencilId, asked, onAsk }: ComparisonPageProps) => {
  const { data: versions } = useQuery(versionsOf(stencilId));
  return (
    <PageView query={useQuery(stencilById(stencilId))} title="Compare versions">
      {({ name, latest }) => {
        const after = asked.after ?? latest;
        const pair = { before: asked.before ?? Math.max(1, after - 1), after };
        const numbers = versions?.map(({ number }) => number) ?? [...new Set([pair.after, pair.before])];
        return (
          <Page
            title={`${name}: what changed`}
            about={
              <TextLink to="/stencils/$stencilId" params={{ stencilId }}>
                Back to the stencil
              </TextLink>
            }
          >
            <div className="flex flex-wrap items-end gap-3">
              <VersionChoice
                label="From version"
                value={pair.before}
                numbers={numbers}
                onChoose={(before) => onAsk({ before })}
              />
              <VersionChoice
                label="To version"
                value={pair.after}
                numbers={numbers}
                onChoose={(chosen) => onAsk({ after: chosen })}
              />
            </div>
            <Compared stencilId={stencilId} pair={pair} />
          </Page>
        );
      }}
    </PageView>
  );
};

interface VersionChoiceProps {
  label: string;
  value: number;
  numbers: readonly number[];
  onChoose: (number: number) => void;
}

const VersionChoice = ({ label, value, numbers, onChoose }: VersionChoiceProps) => (
  <SelectField label={label} value={value} onChange={({ currentTarget }) => onChoose(Number(currentTarget.value))}>
    {numbers.map((number) => (
      <option key={number} value={number}>
        {number}
      </option>
    ))}
  </SelectField>
);

const Compared = ({ stencilId, pair }: { stencilId: string; pair: { before: number; after: number } }) => (
  <QueryView query={useQuery(comparisonOf(stencilId, pair))}>
    {(comparison) => (
      <>
        <output>{countsOf(comparison)}</output>
        {comparison.changed.length > 0 && <Changed changed={comparison.changed} />}
        <Side title="Added" masters={comparison.added} />
        <Side title="Removed" masters={comparison.removed} />
        {comparison.added.length + comparison.removed.length + comparison.changed.length === 0 && (
          <EmptyState icon={Equal} title="Nothing changed">
            Every master is as it was. Choose other versions above.
          </EmptyState>
        )}
      </>
    )}
  </QueryView>
);

const countsOf = ({ added, removed, changed, same }: StencilComparison): string =>
  `${added.length} added, ${removed.length} removed, ${changed.length} changed, ${same} as they were.`;

const Side = ({ title, masters }: { title: string; masters: readonly StencilMasterSummary[] }) =>
  masters.length > 0 && (
    <Section title={title}>
      <MasterGrid label={title}>
        {masters.map((master) => (
          <MasterTile key={master.id} master={master} />
        ))}
      </MasterGrid>
    </Section>
  );

const Changed = ({ changed }: Pick<StencilComparison, 'changed'>) => (
  <Section title="Changed">
    <ul aria-label="Changed" className="grid grid-cols-[repeat(auto-fill,minmax(20rem,1fr))] gap-3">
      {changed.map(({ before, after, fields }) => (
        <li key={after.id} className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-2.5">
          <span className="grid grid-cols-2 gap-2.5">
            <OneSide master={before} word="Before" />
            <OneSide master={after} word="After" />
          </span>
          <span className="text-caption text-muted">
            Differs in: {fields.map((field) => fieldWords[field]).join(', ')}
          </span>
        </li>
      ))}
    </ul>
  </Section>
);

const OneSide = ({ master, word }: { master: StencilMasterSummary; word: string }) => (
  <span className="flex min-w-0 flex-col gap-1">
    <span className="text-caption text-muted">{word}</span>
    <MasterPreview masterId={master.id} text="" />
    <span className="wrap-anywhere">{master.name}</span>
    <span className="text-caption text-muted">{sizeWords(master)}</span>
  </span>
);
