import type { Margin, MarginQuery } from '@legendops/billing/reconciliation/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Coins } from 'lucide-react';
import { useState } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SelectField } from '../../components/fields.tsx';
import { ListView } from '../../components/list-view.tsx';
import { Section } from '../../components/section.tsx';
import { formatMoney } from '../../lib/money.ts';
import { marginPages } from '../../lib/queries/reconciliation.ts';

type Row = Omit<Margin, 'id'> & { id: string };

const columns: Column<Row>[] = [
  { name: 'Name', cell: ({ name }) => <span className="wrap-anywhere">{name || 'Pax8 itself'}</span> },
  {
    name: 'We billed',
    align: 'end',
    from: 'sm',
    cell: ({ billedMinor, currency }) => formatMoney(billedMinor, currency),
  },
  { name: 'Cost', align: 'end', from: 'sm', cell: ({ costMinor, currency }) => formatMoney(costMinor, currency) },
  {
    name: 'Margin',
    align: 'end',
    cell: ({ marginMinor, currency, withoutCost }) => (
      <>
        {formatMoney(marginMinor, currency)}
        {withoutCost > 0 && <span className="block text-caption text-muted">{withoutCost} without a known cost</span>}
      </>
    ),
  },
];

/** What a month left above its cost. */
export const Margins = ({ month }: { month: string }) => {
  const [by, setBy] = useState<MarginQuery['by']>('customer');
  return (
    <Section
      title="Margin"
      about="What was billed above what Pax8 billed; what has no known cost is left out and counted."
    >
      <div className="flex">
        <SelectField
          label="Margin by"
          value={by}
          onChange={({ currentTarget: { value } }) => setBy(value === 'product' ? 'product' : 'customer')}
        >
          <option value="customer">Customer</option>
          <option value="product">Product</option>
        </SelectField>
      </div>
      <ListView query={useInfiniteQuery(marginPages(month, by))} empty={<NoMargin />}>
        {(rows) => (
          <DataTable
            caption="Margin of the month"
            columns={columns}
            rows={rows.map((row, index) => ({ ...row, id: `${row.id ?? row.name} ${row.currency} ${index}` }))}
          />
        )}
      </ListView>
    </Section>
  );
};

const NoMargin = () => (
  <EmptyState icon={Coins} title="Nothing billed yet">
    A month has a margin once it has drafts.
  </EmptyState>
);
