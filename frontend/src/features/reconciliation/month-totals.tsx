import type { Reconciliation, VendorBasis } from '@legendops/billing/reconciliation/contract';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Section } from '../../components/section.tsx';
import { formatMoney, formatQuantity } from '../../lib/money.ts';
import { ReasonState } from './reason-state.tsx';

type Row = Reconciliation['totals'][number] & { id: string };

const seatWords: Record<VendorBasis, string> = {
  final: 'Seats are those of Pax8’s final invoice.',
  draft: 'Seats are those that Pax8 is going to bill; its final invoice comes on the 5th.',
  none: 'Pax8 has said nothing of the seats of this month.',
};
const usageWords: Record<VendorBasis, string> = {
  final: 'Usage is that of its invoice of the month after.',
  draft: 'Usage comes with its invoice of the month after.',
  none: 'Usage comes with its invoice of the month after, which is not there yet.',
};

const columns: Column<Row>[] = [
  { name: 'Currency', from: 'sm', cell: ({ currency }) => currency },
  { name: 'Pax8 billed us', align: 'end', cell: ({ costMinor, currency }) => formatMoney(costMinor, currency) },
  { name: 'We billed', align: 'end', cell: ({ billedMinor, currency }) => formatMoney(billedMinor, currency) },
  {
    name: 'In QuickBooks',
    align: 'end',
    from: 'sm',
    cell: ({ inQuickBooksMinor, currency }) => formatMoney(inQuickBooksMinor, currency),
  },
  {
    name: 'Margin',
    align: 'end',
    from: 'sm',
    cell: ({ marginMinor, currency, withoutCost }) => (
      <>
        {formatMoney(marginMinor, currency)}
        {withoutCost > 0 && <span className="block text-caption text-muted">{withoutCost} without a known cost</span>}
      </>
    ),
  },
  {
    name: 'Unbilled seats',
    align: 'end',
    from: 'md',
    cell: ({ unbilledSeats }) => formatQuantity(unbilledSeats),
  },
  { name: 'At stake', align: 'end', cell: ({ atStakeMinor, currency }) => formatMoney(atStakeMinor, currency) },
];

/** A month by currency; amounts of two currencies are never added. */
export const MonthTotals = ({ month: { seats, usage, totals, differences } }: { month: Reconciliation }) => (
  <Section title="Totals" about={`${seatWords[seats]} ${usageWords[usage]}`}>
    <DataTable
      caption="Totals of the month by currency"
      columns={columns}
      rows={totals.map((row) => ({ ...row, id: row.currency }))}
    />
    {differences.length > 0 && (
      <ul aria-label="Differences of the month">
        {differences.map(({ reason, currency, count, atStakeMinor }) => (
          <li key={`${reason} ${currency}`} className="flex flex-wrap gap-x-2 py-0.5">
            <ReasonState reason={reason} />
            <span>
              {count}: {formatMoney(atStakeMinor, currency)} at stake
            </span>
          </li>
        ))}
      </ul>
    )}
  </Section>
);
