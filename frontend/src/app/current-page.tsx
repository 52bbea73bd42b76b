import { createElement, useEffect, useState, type ComponentType } from 'react';
import { PageSkeleton } from '../components/skeleton.tsx';
import { reported } from '../lib/reported.ts';
import { reloadForNewVersion } from '../lib/new-version.ts';
import type { Path } from '../lib/router/addresses.ts';
import { useRouting } from '../lib/router/router.tsx';
import { NotFound } from './not-found.tsx';
import { PageBoundary, PageMissing } from './page-error.tsx';
import { pageAt } from './pages.ts';

/** The page of the address. */
export const CurrentPage = () => {
  const { pathname, match, search } = useRouting();
  if (match === undefined) return <NotFound />;
  return (
    <PageBoundary key={pathname}>
      <PageOf key={match.path} path={match.path} given={{ params: match.params, search }} />
    </PageBoundary>
  );
};

const PageOf = ({ path, given }: { path: Path; given: { params: object; search: object } }) => {
  const { component, missing, retry } = usePage(path);
  if (component !== undefined) return createElement(component, given);
  return missing ? <PageMissing onRetry={retry} /> : <PageSkeleton />;
};

type PageComponent = ComponentType<{ params: object; search: object }>;

interface LoadedPage {
  component: PageComponent | undefined;
  missing: boolean;
  retry: () => void;
}

/** The code of a page, loaded when it is not here; of a version that is gone the current one is loaded instead. */
const usePage = (path: Path): LoadedPage => {
  const page = pageAt(path);
  const [loaded, setLoaded] = useState<{ component: PageComponent | undefined }>({ component: page.now() });
  const [missing, setMissing] = useState(false);
  const isHere = loaded.component !== undefined;
  useEffect(() => {
    if (isHere || missing) return undefined;
    let left = false;
    const load = async (): Promise<void> => {
      const component = await page.load().catch(() => undefined);
      if (component === undefined && (await reloadForNewVersion())) return;
      if (left) return;
      setLoaded({ component });
      setMissing(component === undefined);
      if (component === undefined) reported.failed('code');
    };
    void load();
    return () => {
      left = true;
    };
  }, [page, isHere, missing]);
  return {
    component: loaded.component,
    missing,
    retry: () => setMissing(false),
  };
};
