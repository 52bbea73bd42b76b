import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNotice } from './problem-notice.tsx';
import { TableSkeleton } from './skeleton.tsx';

interface QueryViewProps<Data> {
  query: UseQueryResult<Data>;
  children: (data: Data) => ReactNode;
}

/** What was read before stays on the screen when reading it again fails. */
export const QueryView = <Data,>({ query, children }: QueryViewProps<Data>) => (
  <>
    {query.isError && <ProblemNotice error={query.error} onRetry={query.refetch} />}
    {query.data !== undefined && children(query.data)}
    {query.isPending && <TableSkeleton />}
  </>
);
