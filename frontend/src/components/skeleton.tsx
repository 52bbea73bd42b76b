const widths = ['w-4/5', 'w-3/5', 'w-2/3', 'w-1/2', 'w-3/4'];

/** Rows in the shape of a table, for the time before the first answer. */
export const TableSkeleton = ({ rows = 6 }: { rows?: number }) => (
  <div aria-busy className="appear-late rounded-lg border border-line bg-surface">
    <output className="sr-only">Loading</output>
    <div className="h-8 border-b border-line bg-raised/60" />
    {Array.from({ length: rows }, (_, row) => (
      <div key={row} className="flex h-10 items-center border-b border-line px-4 last:border-b-0">
        <div className={`h-3 animate-pulse rounded bg-raised ${widths[row % widths.length] ?? ''}`} />
      </div>
    ))}
  </div>
);

export const PageSkeleton = () => (
  <div className="mx-auto flex max-w-6xl flex-col gap-5">
    <div className="appear-late h-7 w-48 animate-pulse rounded bg-raised" />
    <TableSkeleton />
  </div>
);
