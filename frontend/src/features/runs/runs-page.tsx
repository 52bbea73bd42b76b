import type { Run } from '@legendops/billing/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CirclePlay } from 'lucide-react';
import { useMemo } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListView } from '../../components/list-view.tsx';
import { Page } from '../../components/page.tsx';
import { RunState, jobNames } from '../../components/run-state.tsx';
import { formatInstant, formatMonth, formatTook } from '../../lib/calendar.ts';
import { runPages } from '../../lib/queries/runs.ts';
import { useMe } from '../../lib/session.ts';
import { countWords } from './count-words.ts';

const columns = (timeZone: string): Column<Run>[] => [
  {
    name: 'Job',
    cell: ({ job, startedAt, detail }) => (
      <>
        <span className="font-medium md:whitespace-nowrap">{jobNames[job]}</span>
        <span className="block text-caption text-muted sm:hidden">{formatInstant(startedAt, timeZone)}</span>
        {detail !== null && <span className="block text-caption text-muted md:hidden">{detail}</span>}
      </>
    ),
  },
  { name: 'State', cell: ({ state }) => <RunState state={state} /> },
  {
    name: 'Period',
    from: 'lg',
    cell: ({ period }) => period !== null && <span className="whitespace-nowrap">{formatMonth(period)}</span>,
  },
  {
    name: 'What it did',
    from: 'md',
    cell: ({ counts, detail, state }) => (
      <>
        {countWords(counts) || (state === 'done' && <span className="text-muted">Nothing was to do</span>)}
        {detail !== null && <span className="block max-w-md text-pretty text-muted">{detail}</span>}
      </>
    ),
  },
  { name: 'Started', align: 'end', from: 'sm', cell: ({ startedAt }) => formatInstant(startedAt, timeZone) },
  {
    name: 'Took',
    align: 'end',
    from: 'sm',
    cell: ({ startedAt, finishedAt }) => (finishedAt === null ? '' : formatTook(startedAt, finishedAt)),
  },
];

export const RunsPage = () => {
  const { timeZone } = useMe().tenant;
  const shown = useMemo(() => columns(timeZone), [timeZone]);
  return (
    <Page title="Runs" about="What the billing jobs did, newest first.">
      <ListView query={useInfiniteQuery(runPages)} empty={<NoRuns />}>
        {(runs) => <DataTable caption="Runs of the billing jobs" columns={shown} rows={runs} />}
      </ListView>
    </Page>
  );
};

const NoRuns = () => (
  <EmptyState icon={CirclePlay} title="No runs yet">
    The billing jobs start by their schedule: usage every night, invoices and the reconciliation once a month.
  </EmptyState>
);
