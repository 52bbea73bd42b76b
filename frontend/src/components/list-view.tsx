import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { TableSkeleton } from './skeleton.tsx';

interface ListViewProps<Item> {
  query: UseInfiniteQueryResult<Item[]>;
  empty: ReactNode;
  children: (items: Item[]) => ReactNode;
}

/** A list of the API with its four states, and the way to its next page. */
export const ListView = <Item,>({ query, empty, children }: ListViewProps<Item>) => {
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage } = query;
  return (
    <>
      {error !== null && <ProblemNotice error={error} onRetry={query.refetch} />}
      {isPending && <TableSkeleton />}
      {data !== undefined && (
        <div aria-busy={isPlaceholderData} className={isPlaceholderData ? 'opacity-60 transition-opacity' : ''}>
          {data.length === 0 ? empty : children(data)}
        </div>
      )}
      {hasNextPage && (
        <div className="flex justify-center">
          <Button pending={isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
};
