import type { CablingDesign, DesignCheck } from '@legendops/catalog/cabling-design/contract';
import { Button } from '../../components/button.tsx';
import type { Column } from '../../components/data-table.tsx';
import { formatFigure } from '../../components/format-figure.ts';
import { LimitBar } from '../../components/limit-bar.tsx';
import { RemoveThing } from './remove-thing.tsx';
import { checksOf } from './said-of.ts';
import { Standing } from './standing.tsx';

interface Row<Thing> {
  id: string;
  thing: Thing;
}

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
    if (there !== undefined && most !== undefined) return { actual: there, limit: most, unit };
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

/** What pathways and supplies have in common: how much of them is in use, and how they stand. */
export const columnsOf = <Thing extends { key: string; name: string }>(
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

export const rowsOf = <Thing extends { key: string }>(
  things: readonly Thing[],
  { version }: CablingDesign,
): Row<Thing>[] => things.map((thing) => ({ id: `${thing.key} ${version}`, thing }));
