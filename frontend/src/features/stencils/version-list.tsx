import type { Stencil, StencilVersion } from '@legendops/catalog/stencil-library/contract';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatInstant } from '../../lib/calendar.ts';
import { useMe } from '../../lib/session.ts';
import { DownloadButton } from './download-button.tsx';
import { countWords, sizeOfFile } from './stencil-words.tsx';

interface VersionListProps {
  stencil: Stencil;
  /** Newest first. */
  versions: readonly StencilVersion[];
}

export const VersionList = ({ stencil, versions }: VersionListProps) => (
  <Section title="Versions">
    <DataTable
      caption="Versions"
      columns={columnsOf(stencil, useMe().tenant.timeZone)}
      rows={versions.map((version) => ({ ...version, id: version.number.toString() }))}
    />
  </Section>
);

const columnsOf = (stencil: Stencil, timeZone: string): Column<StencilVersion & { id: string }>[] => [
  { name: 'Version', cell: ({ number }) => number },
  {
    name: 'File',
    cell: ({ fileName, sizeBytes, hasMacros }) => (
      <>
        {fileName}
        <span className="block text-caption text-muted">
          {sizeOfFile(sizeBytes)}
          {hasMacros && ', with macros that were not read'}
        </span>
      </>
    ),
  },
  { name: 'Shapes', from: 'sm', cell: (version) => countWords(version) },
  { name: 'Uploaded', from: 'md', cell: ({ createdAt }) => formatInstant(createdAt, timeZone) },
  {
    name: 'Compare',
    nameless: true,
    cell: ({ number }) =>
      number > 1 && (
        <TextLink
          to="/stencils/$stencilId/comparison"
          params={{ stencilId: stencil.id }}
          search={{ before: number - 1, after: number }}
        >
          See what changed since version {number - 1}
        </TextLink>
      ),
  },
  {
    name: 'Download',
    nameless: true,
    align: 'end',
    cell: ({ number }) =>
      number !== stencil.latest && <DownloadButton stencilId={stencil.id} number={number} isBeside />,
  },
];
