import type { Feed } from '@legendops/catalog/cabling-content/contract';
import type { CablingDesign } from '@legendops/catalog/cabling-design/contract';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Section } from '../../components/section.tsx';
import { FeedDialog } from './feed-dialog.tsx';
import { columnsOf, rowsOf } from './thing-columns.tsx';

interface PowerSectionProps {
  design: CablingDesign;
  mayWrite: boolean;
}

const supplyWords: Record<NonNullable<Feed['calculation']>['calculator'], string> = {
  'device-supply': 'Low-voltage supply of a device',
  'voltage-drop': 'Voltage drop of a line',
  ampacity: 'Ampacity of a line',
  'ups-runtime': 'Uninterruptible supply',
};

const feedWords = ({ poeSource, calculation }: Feed): string =>
  poeSource === null
    ? calculation === null
      ? ''
      : supplyWords[calculation.calculator]
    : `PoE, ${poeSource.links.length} ${poeSource.links.length === 1 ? 'link' : 'links'}`;

export const PowerSection = ({ design, mayWrite }: PowerSectionProps) => {
  const [open, setOpen] = useState<{ kind: 'poe' | 'supply'; feed?: Feed } | null>(null);
  const { feeds } = design.content;
  const change = (feed: Feed) => setOpen({ kind: feed.poeSource === null ? 'supply' : 'poe', feed });
  return (
    <Section
      title="Power"
      about="What feeds devices: over the links, or by lines of their own."
      actions={
        mayWrite && (
          <div className="flex gap-2">
            <Button onClick={() => setOpen({ kind: 'poe' })}>
              <Plus aria-hidden />
              Add PoE source
            </Button>
            <Button onClick={() => setOpen({ kind: 'supply' })}>
              <Plus aria-hidden />
              Add supply
            </Button>
          </div>
        )
      }
    >
      {feeds.length === 0 ? (
        <p className="text-muted">No supplies.</p>
      ) : (
        <DataTable
          caption="Power"
          columns={columnsOf(design, 'feed', feedWords, mayWrite ? change : undefined)}
          rows={rowsOf(feeds, design)}
        />
      )}
      {open !== null && <FeedDialog design={design} {...open} onClose={() => setOpen(null)} />}
    </Section>
  );
};
