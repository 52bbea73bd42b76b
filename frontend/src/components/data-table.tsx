import { memo, useState, type ReactNode } from 'react';

export interface Column<Row> {
  name: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand at the end, so that their digits stand under each other. */
  align?: 'end';
  /** Left out on screens narrower than this. */
  from?: keyof typeof shownFrom;
  /** The name is read out but not shown. */
  nameless?: true;
}

const shownFrom = { sm: 'hidden sm:table-cell', md: 'hidden md:table-cell', lg: 'hidden lg:table-cell' };

interface DataTableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** What stands below the rows, such as a total. */
  footer?: ReactNode;
}

const cellClass = <Row,>({ align, from }: Column<Row>): string =>
  `px-3 first:min-w-28 first:pl-4 first:wrap-anywhere last:pr-4 ${align === 'end' ? 'text-right whitespace-nowrap' : 'text-left'} ${from === undefined ? '' : shownFrom[from]}`;

interface RowProps {
  row: { id: string };
  columns: readonly Column<never>[];
}

/** Made once for a row: what a further page of a long list costs does not grow with the pages that are there. */
const MemoRow = memo(({ row, columns }: RowProps) => (
  <tr className="border-b border-line last:border-b-0 hover:bg-raised/50">
    {columns.map((column) => (
      <td key={column.name} className={`h-10 py-1.5 ${cellClass(column)}`}>
        {column.cell(row as never)}
      </td>
    ))}
  </tr>
));

const isSame = <Item,>(some: readonly Item[], others: readonly Item[]): boolean =>
  some.length === others.length && some.every((item, index) => item === others[index]);

/** The columns of before where they are the same ones, put together anew. */
const useSteady = <Item,>(items: readonly Item[]): readonly Item[] => {
  const [kept, setKept] = useState(items);
  if (isSame(kept, items)) return kept;
  setKept(items);
  return items;
};

export const DataTable = <Row extends { id: string }>({
  caption,
  columns: given,
  rows,
  footer,
}: DataTableProps<Row>) => {
  const columns = useSteady(given);
  return (
    // Relative: what is only read out belongs to what is moved aside, and does not widen the page.
    <div className="relative overflow-x-auto rounded-lg border border-line bg-surface">
      <table className="w-full border-collapse">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line bg-raised/60 text-caption text-muted">
            {columns.map((column) => (
              <th key={column.name} scope="col" className={`h-8 font-medium ${cellClass(column)}`}>
                {column.nameless === true ? <span className="sr-only">{column.name}</span> : column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <MemoRow key={row.id} row={row} columns={columns as readonly Column<never>[]} />
          ))}
        </tbody>
        {footer}
      </table>
    </div>
  );
};
