import { createElement, Suspense } from 'react';
import { PageSkeleton } from '../components/skeleton.tsx';
import { useRouting } from '../lib/router/router.tsx';
import { NotFound } from './not-found.tsx';
import { PageBoundary } from './page-error.tsx';
import { componentOf } from './pages.ts';

/** The page of the address. */
export const CurrentPage = () => {
  const { pathname, match, search } = useRouting();
  if (match === undefined) return <NotFound />;
  return (
    // Outside what is new with every page: the page before stays on the screen while this one is loaded.
    <Suspense fallback={<PageSkeleton />}>
      <PageBoundary key={pathname}>
        {createElement(componentOf(match.path), { params: match.params, search })}
      </PageBoundary>
    </Suspense>
  );
};
