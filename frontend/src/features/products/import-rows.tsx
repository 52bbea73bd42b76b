import type { ImportOutcome, ImportRow, RowFate } from '@legendops/catalog/product-import/contract';
import { CircleEqual, CirclePlus, CircleX, Pencil, type LucideIcon } from 'lucide-react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Status, type Tone } from '../../components/status.tsx';

const fates: Record<RowFate, { word: string; tone: Tone; icon: LucideIcon }> = {
  new: { word: 'New', tone: 'ok', icon: CirclePlus },
  changed: { word: 'Changed', tone: 'info', icon: Pencil },
  unchanged: { word: 'Unchanged', tone: 'quiet', icon: CircleEqual },
  refused: { word: 'Refused', tone: 'bad', icon: CircleX },
};

const order: RowFate[] = ['refused', 'changed', 'new', 'unchanged'];
const mostShown = 500;

type Row = ImportRow & { id: string };

/** What becomes of every row, what needs a look first. */
export const ImportRows = ({ outcome }: { outcome: ImportOutcome }) => {
  const rows = outcome.rows.toSorted((a, b) => order.indexOf(a.fate) - order.indexOf(b.fate) || a.line - b.line);
  return (
    <>
      <DataTable
        caption="Rows of the file"
        columns={columns}
        rows={rows.slice(0, mostShown).map((row) => ({ ...row, id: String(row.line) }))}
      />
      {rows.length > mostShown && (
        <p className="text-muted">
          The first {mostShown} of {rows.length} rows.
        </p>
      )}
    </>
  );
};

const Details = ({ errors, changes }: Row) => (
  <>
    {errors.map(({ field, detail }) => (
      <span key={`${field} ${detail}`} className="block text-bad">
        {field === '' ? detail : `${field}: ${detail}`}
      </span>
    ))}
    {changes.map(({ field, before, after }) => (
      <span key={field} className="block wrap-anywhere">
        {field}: <span className="text-muted line-through">{before}</span> {after ?? 'nothing'}
      </span>
    ))}
  </>
);

const columns: Column<Row>[] = [
  {
    name: 'Fate',
    cell: ({ fate, line }) => {
      const { word, tone, icon } = fates[fate];
      return (
        <>
          <Status tone={tone} icon={icon}>
            {word}
          </Status>
          <span className="block text-caption text-muted">Line {line}</span>
        </>
      );
    },
  },
  {
    name: 'Product',
    cell: ({ sku, name }) => (
      <>
        <span className="font-medium">{sku}</span>
        <span className="block text-caption text-muted">{name}</span>
      </>
    ),
  },
  { name: 'Why', cell: (row) => <Details {...row} /> },
];
