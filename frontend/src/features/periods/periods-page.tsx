import type { BilledPeriod } from '@legendops/billing/period/contract';
import { useQuery } from '@tanstack/react-query';
import { CalendarRange } from 'lucide-react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Page } from '../../components/page.tsx';
import { PeriodState } from '../../components/period-state.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { formatMonth } from '../../lib/calendar.ts';
import { periods } from '../../lib/queries/periods.ts';
import { MonthInvoices, MonthWork } from './month-facts.tsx';
import { RunPeriod } from './run-period.tsx';
import { SkipPeriod } from './skip-period.tsx';

type Row = BilledPeriod & { id: string };

const columns: Column<Row>[] = [
  {
    name: 'Month',
    cell: (month) => (
      <>
        <span className="font-medium md:whitespace-nowrap">{formatMonth(month.period)}</span>
        <span className="block sm:hidden">
          <PeriodState state={month.state} />
        </span>
        <div className="text-caption md:hidden">
          <MonthWork month={month} />
        </div>
      </>
    ),
  },
  { name: 'State', from: 'sm', cell: ({ state }) => <PeriodState state={state} /> },
  { name: 'Invoices', from: 'lg', cell: (month) => <MonthInvoices month={month} /> },
  { name: 'What it lacks, and the next step', from: 'md', cell: (month) => <MonthWork month={month} /> },
  {
    name: 'Acts',
    nameless: true,
    align: 'end',
    cell: (month) => (
      <div className="flex flex-wrap items-center justify-end gap-1">
        {month.state !== 'closed' && (
          <TextLink
            to="/periods/$period"
            params={{ period: month.period }}
            aria-label={`Preview ${formatMonth(month.period)}`}
          >
            Preview
          </TextLink>
        )}
        <RunPeriod month={month} />
        <SkipPeriod month={month} />
      </div>
    ),
  },
];

export const PeriodsPage = () => (
  <Page
    title="Periods"
    about="Every month that is billed, and what came of it. No month is lost: one that was missed is due until it is run or skipped."
  >
    <QueryView query={useQuery(periods)}>
      {(months) =>
        months.length === 0 ? (
          <NoMonths />
        ) : (
          <DataTable
            caption="Months that are billed"
            columns={columns}
            rows={months.map((month) => ({ ...month, id: month.period }))}
          />
        )
      }
    </QueryView>
  </Page>
);

const NoMonths = () => (
  <EmptyState icon={CalendarRange} title="No month yet">
    The first month is that in which usage is read from Pax8 for the first time.
  </EmptyState>
);
