import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Page } from './page.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { PageSkeleton } from './skeleton.tsx';

interface PageViewProps<Data> {
  query: UseQueryResult<Data>;
  /** The name of the page as long as its subject is not known. */
  title: string;
  children: (data: Data) => ReactNode;
}

/** A page about one thing that has to be read first. */
export const PageView = <Data,>({ query, title, children }: PageViewProps<Data>) => {
  if (query.isPending) return <PageSkeleton />;
  const problem = query.isError && <ProblemNotice error={query.error} onRetry={query.refetch} />;
  if (query.data === undefined) return <Page title={title}>{problem}</Page>;
  return (
    <>
      {problem}
      {children(query.data)}
    </>
  );
};
