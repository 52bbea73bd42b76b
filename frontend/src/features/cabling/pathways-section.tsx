import type { Pathway } from '@legendops/catalog/cabling-content/contract';
import type { CablingDesign } from '@legendops/catalog/cabling-design/contract';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { formatFigure } from '../../components/format-figure.ts';
import { Section } from '../../components/section.tsx';
import { PathwayDialog } from './pathway-dialog.tsx';
import { columnsOf, rowsOf } from './thing-columns.tsx';

interface PathwaysSectionProps {
  design: CablingDesign;
  mayWrite: boolean;
}

const pathwayWords = ({ conduit, tray, links }: Pathway): string => {
  const what =
    conduit === null
      ? `Tray ${formatFigure(tray?.widthMm)} × ${formatFigure(tray?.depthMm)} mm`
      : `Conduit ${conduit.type} ${conduit.tradeSize ?? 'of the smallest size'}`;
  return `${what}, ${links.length} ${links.length === 1 ? 'link' : 'links'}`;
};

export const PathwaysSection = ({ design, mayWrite }: PathwaysSectionProps) => {
  const [open, setOpen] = useState<{ kind: 'conduit' | 'tray'; pathway?: Pathway } | null>(null);
  const { pathways } = design.content;
  const change = (pathway: Pathway) => setOpen({ kind: pathway.conduit === null ? 'tray' : 'conduit', pathway });
  return (
    <Section
      title="Pathways"
      about="What the cables run in, and how full it is."
      actions={
        mayWrite && (
          <div className="flex gap-2">
            <Button onClick={() => setOpen({ kind: 'conduit' })}>
              <Plus aria-hidden />
              Add conduit
            </Button>
            <Button onClick={() => setOpen({ kind: 'tray' })}>
              <Plus aria-hidden />
              Add tray
            </Button>
          </div>
        )
      }
    >
      {pathways.length === 0 ? (
        <p className="text-muted">No pathways.</p>
      ) : (
        <DataTable
          caption="Pathways"
          columns={columnsOf(design, 'pathway', pathwayWords, mayWrite ? change : undefined)}
          rows={rowsOf(pathways, design)}
        />
      )}
      {open !== null && <PathwayDialog design={design} {...open} onClose={() => setOpen(null)} />}
    </Section>
  );
};
