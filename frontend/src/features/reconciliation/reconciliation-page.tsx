import { useQuery } from '@tanstack/react-query';
import { CalendarRange } from 'lucide-react';
import { ActProblem } from '../../components/act-problem.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { SelectField } from '../../components/fields.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useSaveFile } from '../../lib/act/save-file.ts';
import { formatMonth } from '../../lib/calendar.ts';
import { periods } from '../../lib/queries/periods.ts';
import { reconciliationOf, reconciliationsPath, type ComparedFilter } from '../../lib/queries/reconciliation.ts';
import { ComparedLines } from './compared-lines.tsx';
import { Margins } from './margins.tsx';
import { MonthTotals } from './month-totals.tsx';
import { ToldFrom } from './variance-threshold.tsx';

interface ReconciliationView extends ComparedFilter {
  /** By its first day; the newest that is over where there is none. */
  month?: string | undefined;
}

interface ReconciliationPageProps {
  view: ReconciliationView;
  onView: (changed: ReconciliationView) => void;
}

/** What Pax8 billed us, what we billed and what is in QuickBooks, set against each other for a month. */
export const ReconciliationPage = ({ view, onView }: ReconciliationPageProps) => (
  <QueryView query={useQuery(periods)}>
    {(months) => {
      const month = view.month ?? months.find(({ state }) => state !== 'open')?.period ?? months[0]?.period;
      const known = months.map(({ period }) => period);
      return month === undefined ? (
        <Page title="Reconciliation">
          <NoMonths />
        </Page>
      ) : (
        <Month month={month} months={known.includes(month) ? known : [month, ...known]} view={view} onView={onView} />
      );
    }}
  </QueryView>
);

interface MonthProps extends ReconciliationPageProps {
  month: string;
  months: readonly string[];
}

const Month = ({ month, months, view, onView }: MonthProps) => {
  const saving = useSaveFile(`${reconciliationsPath}/${month}/export`, `reconciliation-${month.slice(0, 7)}.csv`);
  return (
    <Page
      title="Reconciliation"
      about="What Pax8 billed you, what you billed, and what is in QuickBooks: each subscription of a month, with the money at stake."
      actions={<ExportButton saving={saving}>Export</ExportButton>}
    >
      <ActProblem error={saving.error} />
      <div className="flex">
        <SelectField
          label="Month"
          value={month}
          onChange={({ currentTarget: { value } }) => onView({ month: value, reason: undefined })}
        >
          {months.map((period) => (
            <option key={period} value={period}>
              {formatMonth(period)}
            </option>
          ))}
        </SelectField>
      </div>
      <QueryView query={useQuery(reconciliationOf(month))}>
        {(found) => (
          <>
            <MonthTotals month={found} />
            <ComparedLines
              month={found}
              filter={{ reason: view.reason, customerId: view.customerId }}
              onFilter={onView}
            />
          </>
        )}
      </QueryView>
      <Margins month={month} />
      <ToldFrom />
    </Page>
  );
};

const NoMonths = () => (
  <EmptyState icon={CalendarRange} title="No month yet">
    The first month is that in which usage is read from Pax8 for the first time.
  </EmptyState>
);
