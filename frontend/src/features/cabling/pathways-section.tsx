import type { Feed, Pathway } from '@legendops/catalog/cabling-content/contract';
import type { CablingDesign, DesignCheck } from '@legendops/catalog/cabling-design/contract';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { formatFigure } from '../../components/format-figure.ts';
import { LimitBar } from '../../components/limit-bar.tsx';
import { Section } from '../../components/section.tsx';
import { FeedDialog } from './feed-dialog.tsx';
import { PathwayDialog } from './pathway-dialog.tsx';
import { RemoveThing } from './remove-thing.tsx';
import { checksOf } from './said-of.ts';
import { Standing } from './standing.tsx';

interface SectionProps {
  design: CablingDesign;
  mayWrite: boolean;
}

interface Row<Thing> {
  id: string;
  thing: Thing;
}

const pathwayWords = ({ conduit, tray, links }: Pathway): string => {
  const what =
    conduit === null
      ? `Tray ${formatFigure(tray?.widthMm)} × ${formatFigure(tray?.depthMm)} mm`
      : `Conduit ${conduit.type} ${conduit.tradeSize ?? 'of the smallest size'}`;
  return `${what}, ${links.length} ${links.length === 1 ? 'link' : 'links'}`;
};

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

const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** What there is and what may be, of those calculators that say both. */
const measureOf = (checks: readonly DesignCheck[]): { actual: number; limit: number; unit: string } | undefined => {
  for (const { calculator, input, output } of checks) {
    if (output === null) continue;
    const [actual, limit, unit] =
      calculator.id === 'conduit-fill'
        ? [output.fillPercent, output.limitPercent, '%']
        : calculator.id === 'tray-fill'
          ? [input.count, output.maxCount, 'cables']
          : [output.requiredW, input.budgetW, 'W'];
    const [there, most] = [number(actual), number(limit)];
    if (there !== undefined && most !== undefined) return { actual: there, limit: most, unit: String(unit) };
  }
  return undefined;
};

const Measure = ({ checks }: { checks: readonly DesignCheck[] }) => {
  const measure = measureOf(checks);
  if (measure === undefined) return null;
  return (
    <>
      <span className="tabular-nums">
        {formatFigure(Number(measure.actual.toFixed(1)))} of {formatFigure(Number(measure.limit.toFixed(1)))}{' '}
        {measure.unit}
      </span>
      <LimitBar {...measure} />
    </>
  );
};

const columnsOf = <Thing extends { key: string; name: string }>(
  design: CablingDesign,
  part: 'pathway' | 'feed',
  words: (thing: Thing) => string,
  onChange: ((thing: Thing) => void) | undefined,
): Column<Row<Thing>>[] => [
  {
    name: 'Name',
    cell: ({ thing }) => (
      <>
        <span className="font-medium">{thing.name}</span>
        <span className="block text-caption text-muted">{words(thing)}</span>
      </>
    ),
  },
  { name: 'In use', from: 'sm', cell: ({ thing }) => <Measure checks={checksOf(design, part, thing.key)} /> },
  { name: 'State', cell: ({ thing }) => <Standing design={design} part={part} thing={thing.key} /> },
  ...(onChange === undefined
    ? []
    : [
        {
          name: 'Acts',
          nameless: true as const,
          align: 'end' as const,
          cell: ({ thing }: Row<Thing>) => (
            <span className="flex justify-end gap-1">
              <Button look="quiet" aria-label={`Change ${thing.name}`} onClick={() => onChange(thing)}>
                Change
              </Button>
              <RemoveThing
                design={design}
                list={part === 'feed' ? 'feeds' : 'pathways'}
                thing={thing.key}
                name={thing.name}
              />
            </span>
          ),
        },
      ]),
];

const rowsOf = <Thing extends { key: string }>(things: readonly Thing[], { version }: CablingDesign): Row<Thing>[] =>
  things.map((thing) => ({ id: `${thing.key} ${version}`, thing }));

export const PathwaysSection = ({ design, mayWrite }: SectionProps) => {
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

export const PowerSection = ({ design, mayWrite }: SectionProps) => {
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
