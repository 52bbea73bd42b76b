import type { SeatItem, SeatItems, SeatItemSuggestion } from '@legendops/portal/seat-item/contract';
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Package, Unlink, type LucideIcon } from 'lucide-react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { Section } from '../../components/section.tsx';
import { Status, type Tone } from '../../components/status.tsx';
import { seatItems } from '../../lib/queries/seats.ts';
import { superOpsConnection } from '../../lib/queries/superops.ts';
import { ConfirmItem, PickItem, RemoveItem } from './item-buttons.tsx';

/** Which item of SuperOps's catalog each product at Pax8 is; nothing where SuperOps is not connected. */
export const ItemList = () => {
  const { data } = useQuery(superOpsConnection);
  return data?.connection ? <ConnectedItems /> : null;
};

const ConnectedItems = () => (
  <Section
    title="Products and items in SuperOps"
    about="Which item of contracts counts the seats of each product. A suggestion becomes a link when you confirm it."
  >
    <QueryView query={useQuery(seatItems)}>{(items) => <ItemTable items={items} />}</QueryView>
  </Section>
);

const ItemTable = ({ items: { data, choices, unreadable, acts } }: { items: SeatItems }) => (
  <>
    {unreadable > 0 && (
      <Notice tone="warn" title={`${unreadable} of the items could not be read`}>
        SuperOps said less of them than it has to. Tell LegendOps support; the others are listed.
      </Notice>
    )}
    {data.length === 0 ? (
      <EmptyState icon={Package} title="No seats yet">
        Products are listed here once a customer has seats of them at Pax8.
      </EmptyState>
    ) : (
      <DataTable
        caption="Products at Pax8 and which items in SuperOps they are"
        columns={acts.confirm.may ? [...columns, buttons(choices)] : columns}
        rows={data.map((row) => ({ ...row, id: row.productId }))}
      />
    )}
  </>
);

type Row = SeatItem & { id: string };

const states: Record<SeatItem['state'], { tone: Tone; icon: LucideIcon; word: string }> = {
  linked: { tone: 'ok', icon: CircleCheck, word: 'Linked' },
  gone: { tone: 'bad', icon: Unlink, word: 'Gone' },
  needed: { tone: 'warn', icon: CircleAlert, word: 'Confirm' },
};

const reasons: Record<SeatItemSuggestion['by'], string> = {
  name: 'by its name',
  'like-name': 'by a like name',
  'part-of-name': 'by a part of its name',
};

const columns: Column<Row>[] = [
  { name: 'Product', cell: ({ productName }) => <span className="font-medium wrap-anywhere">{productName}</span> },
  {
    name: 'State',
    cell: ({ state }) => (
      <Status tone={states[state].tone} icon={states[state].icon}>
        {states[state].word}
      </Status>
    ),
  },
  { name: 'Item', cell: (row) => <ItemOf {...row} /> },
  { name: 'Customers', align: 'end', from: 'md', cell: ({ customers }) => customers },
];

const ItemOf = ({ itemName, state, suggestions: [suggested] }: Row) => {
  if (itemName !== null)
    return (
      <>
        {itemName}
        {state === 'gone' && <span className="block text-muted">The item is no longer in SuperOps</span>}
      </>
    );
  if (suggested === undefined) return <span className="text-muted">No item of a like name</span>;
  return (
    <span className="text-muted wrap-anywhere">
      Maybe {suggested.itemName}, {reasons[suggested.by]}
    </span>
  );
};

const buttons = (choices: SeatItems['choices']): Column<Row> => ({
  name: 'Acts',
  nameless: true,
  align: 'end',
  cell: (row) => (
    <div className="flex flex-wrap justify-end gap-1">
      {row.suggestions[0] !== undefined && <ConfirmItem product={row} suggested={row.suggestions[0]} />}
      <PickItem product={row} choices={choices} />
      {row.version !== null && row.itemName !== null && (
        <RemoveItem product={{ ...row, version: row.version, itemName: row.itemName }} />
      )}
    </div>
  ),
});
