import type { BaseProduct } from '@legendops/catalog/base-catalog/contract';
import { CircleCheck, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Status } from '../../components/status.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { LifecycleState } from './product-words.tsx';

interface BaseProductsTableProps {
  rows: readonly BaseProduct[];
  pending: boolean;
  /** Where the person may. */
  onTake: ((products: readonly BaseProduct[]) => void) | undefined;
}

// As many as the service takes at once.
const mostChosen = 200;

interface Row extends BaseProduct {
  id: string;
  pending: boolean;
  isChosen: boolean;
  onTake: (() => void) | undefined;
  onChoose: (isChosen: boolean) => void;
}

const columns: Column<Row>[] = [
  {
    name: 'Product',
    cell: ({ name, description, manufacturer, mpn }) => (
      <>
        <span className="font-medium">{name}</span>
        {/* What has a column of its own where there is room. */}
        <span className="block text-caption text-muted sm:hidden">{`${manufacturer} ${mpn}`.trim()}</span>
        <span className="line-clamp-1 text-caption text-muted">{description}</span>
      </>
    ),
  },
  {
    name: 'Manufacturer',
    from: 'sm',
    cell: ({ manufacturer, mpn }) => (
      <>
        {manufacturer}
        <span className="block text-caption text-muted">{mpn}</span>
      </>
    ),
  },
  { name: 'Lifecycle', from: 'md', cell: ({ lifecycle }) => <LifecycleState lifecycle={lifecycle} /> },
  { name: 'Your catalog', cell: (row) => <OwnState {...row} /> },
];

const OwnState = ({ productId, likeProductId, name, pending, onTake }: Row) => {
  const ownId = productId ?? likeProductId;
  if (ownId === null)
    return (
      onTake && (
        <Button pending={pending} aria-label={`Add ${name} to catalog`} onClick={onTake}>
          <span className="sm:hidden">Add</span>
          <span className="max-sm:hidden">Add to catalog</span>
        </Button>
      )
    );
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {productId === null ? (
        <Status tone="warn" icon={Copy}>
          You have it yourself
        </Status>
      ) : (
        <Status tone="ok" icon={CircleCheck}>
          In your catalog
        </Status>
      )}
      <TextLink to="/products/$productId" params={{ productId: ownId }}>
        Show product
      </TextLink>
    </span>
  );
};

const isOffered = ({ productId, likeProductId }: BaseProduct): boolean => productId === null && likeProductId === null;

const choosable: Column<Row>[] = [
  ...columns,
  {
    name: 'Choose',
    nameless: true,
    cell: (row) =>
      isOffered(row) && (
        <input
          type="checkbox"
          checked={row.isChosen}
          aria-label={`Choose ${row.name}`}
          onChange={({ currentTarget: { checked } }) => row.onChoose(checked)}
        />
      ),
  },
];

/** Those that are ticked are added together. */
export const BaseProductsTable = ({ rows, pending, onTake }: BaseProductsTableProps) => {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const chosen = rows.filter((row) => isOffered(row) && ticked.has(row.key));
  return (
    <div className="flex flex-col gap-3">
      {onTake && chosen.length > 0 && (
        <div aria-live="polite" className="flex flex-wrap items-center gap-3">
          <Button look="primary" pending={pending} disabled={chosen.length > mostChosen} onClick={() => onTake(chosen)}>
            Add chosen to catalog
          </Button>
          <span className="text-muted">
            {chosen.length} chosen{chosen.length > mostChosen && `: ${mostChosen} at most can be added at once`}
          </span>
        </div>
      )}
      <DataTable
        caption="Base catalog"
        columns={onTake ? choosable : columns}
        rows={rows.map((row) => ({
          ...row,
          id: row.key,
          pending,
          isChosen: ticked.has(row.key),
          onTake: onTake && (() => onTake([row])),
          onChoose: (isChosen: boolean) =>
            setTicked(
              (before) => new Set(isChosen ? [...before, row.key] : [...before].filter((key) => key !== row.key)),
            ),
        }))}
      />
    </div>
  );
};
