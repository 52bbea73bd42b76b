import type { ReconciledLine, Reconciliation } from '@legendops/billing/reconciliation/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheckBig } from 'lucide-react';
import { CustomerFilter } from '../../components/customer-filter.tsx';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SelectField } from '../../components/fields.tsx';
import { ListView } from '../../components/list-view.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatMoney, formatQuantity } from '../../lib/money.ts';
import { comparedPages, type ComparedFilter } from '../../lib/queries/reconciliation.ts';
import { ReasonState, reasons } from './reason-state.tsx';

const quantity = (decimal: string | null): string => (decimal === null ? '–' : formatQuantity(decimal));

const columns: Column<ReconciledLine>[] = [
  {
    name: 'Customer and product',
    cell: ({ customerId, customerName, productName, reason }) => (
      <>
        {customerId === null ? (
          <span>{customerName || 'Pax8 itself'}</span>
        ) : (
          <TextLink to="/customers/$customerId" params={{ customerId }}>
            {customerName}
          </TextLink>
        )}
        <span className="block text-muted">{productName}</span>
        <span className="block sm:hidden">
          <ReasonState reason={reason} />
        </span>
      </>
    ),
  },
  { name: 'Difference', from: 'sm', cell: ({ reason }) => <ReasonState reason={reason} /> },
  {
    name: 'Quantity at Pax8 and billed',
    align: 'end',
    from: 'lg',
    cell: ({ invoicedQuantity, billedQuantity, reportedQuantity }) => (
      <>
        {quantity(invoicedQuantity)} / {quantity(billedQuantity)}
        {reportedQuantity !== null && reportedQuantity !== invoicedQuantity && (
          <span className="block text-caption text-muted">listed: {formatQuantity(reportedQuantity)}</span>
        )}
      </>
    ),
  },
  {
    name: 'Pax8 billed us',
    align: 'end',
    from: 'sm',
    cell: ({ costMinor, currency }) => formatMoney(costMinor, currency),
  },
  {
    name: 'We billed',
    align: 'end',
    from: 'sm',
    cell: ({ billedMinor, currency }) => formatMoney(billedMinor, currency),
  },
  {
    name: 'Margin',
    align: 'end',
    from: 'md',
    cell: ({ marginMinor, currency }) => (marginMinor === null ? 'not known' : formatMoney(marginMinor, currency)),
  },
  { name: 'At stake', align: 'end', cell: ({ atStakeMinor, currency }) => formatMoney(atStakeMinor, currency) },
];

interface ComparedLinesProps {
  month: Reconciliation;
  filter: ComparedFilter;
  onFilter: (changed: ComparedFilter) => void;
}

/** Each subscription of a month, what differs first. */
export const ComparedLines = ({ month: { period, differences }, filter, onFilter }: ComparedLinesProps) => {
  const found = [...new Set(differences.map(({ reason }) => reason))];
  const shown = filter.reason === undefined || found.includes(filter.reason) ? found : [...found, filter.reason];
  return (
    <Section title="Subscriptions" about="What differs comes first, the most money before.">
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          label="Difference"
          value={filter.reason ?? ''}
          onChange={({ currentTarget: { value } }) => onFilter({ reason: shown.find((reason) => reason === value) })}
        >
          <option value="">All</option>
          {shown.map((reason) => (
            <option key={reason} value={reason}>
              {reasons[reason].word}
            </option>
          ))}
        </SelectField>
        <CustomerFilter
          own={null}
          customerId={filter.customerId}
          onChoose={(chosen) => onFilter({ customerId: chosen })}
        />
      </div>
      <ListView query={useInfiniteQuery(comparedPages(period, filter))} empty={<NothingThere />}>
        {(rows) => <DataTable caption="Subscriptions of the month, compared" columns={columns} rows={rows} />}
      </ListView>
    </Section>
  );
};

const NothingThere = () => (
  <EmptyState icon={CircleCheckBig} title="Nothing of this kind">
    Neither Pax8 nor an invoice of yours has anything of it in this month.
  </EmptyState>
);
