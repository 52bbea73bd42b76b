import type { Link } from '@legendops/catalog/cabling-content/contract';
import type { CablingDesign } from '@legendops/catalog/cabling-design/contract';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { formatFigure } from '../../components/format-figure.ts';
import { Section } from '../../components/section.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { RemoveThing } from './remove-thing.tsx';
import { runOf } from './said-of.ts';
import { Standing } from './standing.tsx';

interface LinksSectionProps {
  design: CablingDesign;
  mayWrite: boolean;
}

const kindOf = ({ copper }: Link): 'copper' | 'fibre' => (copper === null ? 'fibre' : 'copper');

const columnsOf = (design: CablingDesign, onChange: ((link: Link) => void) | undefined): Column<LinkRow>[] => {
  const labels = new Map(design.labels.map((label) => [label.key, label]));
  return [
    {
      name: 'Label',
      cell: ({ link }) => (
        <>
          <span className="font-medium tabular-nums">{labels.get(link.key)?.id}</span>
          <span className="block text-caption text-muted md:hidden">{link.to}</span>
        </>
      ),
    },
    { name: 'To', from: 'md', cell: ({ link }) => link.to },
    { name: 'Cable', from: 'sm', cell: ({ link }) => <CableWords link={link} /> },
    { name: 'Run (m)', align: 'end', cell: ({ link }) => formatFigure(runOf(design, link)) },
    { name: 'State', cell: ({ link }) => <Standing design={design} part="link" thing={link.key} /> },
    ...(onChange !== undefined
      ? [
          {
            name: 'Acts',
            nameless: true as const,
            align: 'end' as const,
            cell: ({ link }: LinkRow) => (
              <span className="flex justify-end gap-1">
                <Button
                  look="quiet"
                  aria-label={`Change link ${labels.get(link.key)?.id ?? ''}`}
                  onClick={() => onChange(link)}
                >
                  Change
                </Button>
                <RemoveThing design={design} list="links" thing={link.key} name={labels.get(link.key)?.id ?? ''} />
              </span>
            ),
          },
        ]
      : []),
  ];
};

/** Every link with its label, its cable and how it stands. */
export const LinksSection = ({ design, mayWrite }: LinksSectionProps) => {
  const [open, setOpen] = useState<{ kind: 'copper' | 'fibre'; link?: Link } | null>(null);
  const change = (link: Link) => setOpen({ kind: kindOf(link), link });
  return (
    <Section
      title="Links"
      about={`Labelled by TIA-606, class ${design.labelClass}: the same at both ends.`}
      actions={
        mayWrite && (
          <div className="flex gap-2">
            <Button onClick={() => setOpen({ kind: 'copper' })}>
              <Plus aria-hidden />
              Add copper links
            </Button>
            <Button onClick={() => setOpen({ kind: 'fibre' })}>
              <Plus aria-hidden />
              Add fibre links
            </Button>
          </div>
        )
      }
    >
      {design.content.links.length === 0 ? (
        <p className="text-muted">No links yet.</p>
      ) : (
        <DataTable
          caption="Links"
          columns={columnsOf(design, mayWrite ? change : undefined)}
          rows={design.content.links.map((link) => ({ id: `${link.key} ${design.version}`, link }))}
        />
      )}
      {open !== null && <LinkDialog design={design} {...open} onClose={() => setOpen(null)} />}
    </Section>
  );
};

interface LinkRow {
  id: string;
  link: Link;
}

const CableWords = ({ link: { copper, fibre } }: { link: Link }) => (
  <>
    {copper === null ? fibre?.fibre : `Cat ${copper.category}${copper.shielded ? ', screened' : ''}`}
    <span className="block text-caption text-muted">
      {[
        copper?.application ?? fibre?.application,
        copper?.poeClass === null || copper?.poeClass === undefined ? null : `PoE class ${copper.poeClass}`,
      ]
        .filter((words) => words !== null && words !== undefined)
        .join(', ')}
    </span>
  </>
);
