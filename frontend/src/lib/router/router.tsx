import { createContext, use, useEffect, useLayoutEffect, useMemo, useRef, useState, useTransition } from 'react';
import type { ReactNode } from 'react';
import { hrefOf, matchPath, readSearch, type Match, type Path, type SearchOf, type Target } from './addresses.ts';
import type { BrowserHistory, Whereabouts } from './browser-history.ts';

interface Routing {
  pathname: string;
  /** The page of the address; undefined where there is none. */
  match: Match | undefined;
  search: SearchOf<Path>;
  navigate: (target: Target, step?: 'push' | 'replace') => void;
  /** Loads the code of a page that a person is about to open. */
  preload: (path: Path) => void;
}

const RoutingContext = createContext<Routing | null>(null);

export const useRouting = (): Routing => {
  const routing = use(RoutingContext);
  if (routing === null) throw new Error('useRouting was called outside the router');
  return routing;
};

interface RouterProps {
  history: BrowserHistory;
  preload: (path: Path) => void;
  children: ReactNode;
}

/**
 * Renders what the address says. Another page is a transition: the old one stays until the code of the new one is here.
 * Another view of the same page is not, or a field that the address controls would lose what is typed.
 */
export const Router = ({ history, preload, children }: RouterProps) => {
  const [here, setHere] = useState(() => history.here());
  const [, startTransition] = useTransition();
  useEffect(
    () =>
      history.listen((now, before) => {
        if (now.pathname === before.pathname) setHere(now);
        else startTransition(() => setHere(now));
      }),
    [history],
  );
  useArrival(here);
  const routing = useMemo((): Routing => {
    const match = matchPath(here.pathname);
    return {
      pathname: here.pathname,
      match,
      search: match === undefined ? {} : readSearch(match.path, here.search),
      navigate: (target, step = 'push') => {
        const href = hrefOf(target);
        // As a browser does: following a link to this very address adds nothing to go back to.
        history[href === here.pathname + here.search ? 'replace' : step](href);
      },
      preload,
    };
  }, [here, history, preload]);
  return <RoutingContext value={routing}>{children}</RoutingContext>;
};

/** After a change of page reading and tabbing go on at its beginning; the way back leads to where it was left. */
const useArrival = (here: Whereabouts): void => {
  const left = useRef(here);
  useLayoutEffect(() => {
    const before = left.current;
    left.current = here;
    if (before === here) return;
    const isOtherPage = before.pathname !== here.pathname;
    if (here.returnsTo !== null) window.scrollTo(0, here.returnsTo);
    else if (isOtherPage) window.scrollTo(0, 0);
    if (isOtherPage) document.getElementById('main')?.focus({ preventScroll: true });
  }, [here]);
};

/** Leads on to another page; the address that led here is forgotten. */
export const Redirect = ({ to }: { to: Exclude<Target, { params: object }>['to'] }) => {
  const { navigate } = useRouting();
  useEffect(() => navigate({ to }, 'replace'), [navigate, to]);
  return null;
};
