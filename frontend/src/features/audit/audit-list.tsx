import type { AuditEntry } from '@legendops/portal/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Banknote, History } from 'lucide-react';
import { useMemo } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListView } from '../../components/list-view.tsx';
import { actWords, authorWords, isMoneyAct } from '../../lib/audit-words.ts';
import { formatInstant } from '../../lib/calendar.ts';
import { auditPages, type AuditFilter } from '../../lib/queries/audit.ts';
import { useMe } from '../../lib/session.ts';
import { EntryDetails } from './entry-details.tsx';

const columns = (timeZone: string): Column<AuditEntry>[] => [
  {
    name: 'Who',
    cell: (entry) => (
      <>
        <span className="font-medium">{authorWords(entry)}</span>
        <span className="block text-caption text-muted sm:hidden">{formatInstant(entry.happenedAt, timeZone)}</span>
      </>
    ),
  },
  {
    name: 'What',
    cell: (entry) => (
      <>
        <span className="inline-flex items-center gap-1.5">
          {actWords(entry)}
          {isMoneyAct(entry) && (
            <>
              <Banknote aria-hidden className="size-4 shrink-0 text-muted" />
              <span className="sr-only">, about money</span>
            </>
          )}
        </span>
        <span className="block text-muted wrap-anywhere">{entry.subject.name}</span>
        <EntryDetails entry={entry} />
      </>
    ),
  },
  { name: 'When', align: 'end', from: 'sm', cell: ({ happenedAt }) => formatInstant(happenedAt, timeZone) },
];

export const AuditList = ({ filter }: { filter: AuditFilter }) => {
  const { timeZone } = useMe().tenant;
  const shown = useMemo(() => columns(timeZone), [timeZone]);
  return (
    <ListView query={useInfiniteQuery(auditPages(filter))} empty={<Nothing filter={filter} />}>
      {(entries) => <DataTable caption="Who did what" columns={shown} rows={entries} />}
    </ListView>
  );
};

const Nothing = ({ filter }: { filter: AuditFilter }) => {
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <EmptyState icon={History} title={isNarrowed ? 'Nothing of this kind' : 'Nothing yet'}>
      {isNarrowed
        ? 'Nobody did this in these days. Take a filter away to see more.'
        : 'Whatever somebody does is written down here, a moment after it is done.'}
    </EmptyState>
  );
};
