import { createContext, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { hrefOf, matchPath, readSearch, type Match, type Path, type SearchOf, type Target } from './addresses.ts';
import type { BrowserHistory, Whereabouts } from './browser-history.ts';

interface Routing {
  pathname: string;
  /** The page of the address; undefined where there is none. */
  match: Match | undefined;
  search: SearchOf<Path>;
  /** The address that a link led here from; null when the person came otherwise. */
  from: string | null;
  /** Another page was asked for, and its code is not here yet. */
  pending: boolean;
  navigate: (target: Target, step?: 'push' | 'replace') => void;
  history: BrowserHistory;
  /** Loads the code of a page that a person is about to open. */
  preload: (path: Path) => void;
}

const RoutingContext = createContext<Routing | null>(null);

export const useRouting = (): Routing => {
  const routing = useContext(RoutingContext);
  if (routing === null) throw new Error('useRouting was called outside the router');
  return routing;
};

interface RouterProps {
  history: BrowserHistory;
  /** Loads the code of a page; undefined when it is here already. */
  prepare: (path: Path) => Promise<unknown> | undefined;
  /** Made anew for every address, so that a page and the place it is scrolled to come in one picture. */
  children: () => ReactNode;
}

/**
 * Renders what the address says. Of another page the code is loaded first, and the old one stays until then; when that
 * fails the new page is shown all the same, for it is the one to say so.
 */
export const Router = ({ history, prepare, children }: RouterProps) => {
  const [here, setHere] = useState(() => history.here());
  const [wanted, setWanted] = useState(here);
  useEffect(
    () =>
      history.listen((now, before) => {
        setWanted(now);
        const path = now.pathname === before.pathname ? undefined : matchPath(now.pathname)?.path;
        const coming = path === undefined ? undefined : prepare(path);
        if (coming === undefined) return setHere(now);
        // A person who has gone on meanwhile is not called back.
        const arrive = () => {
          if (history.here() === now) setHere(now);
        };
        void coming.then(arrive, arrive);
      }),
    [history, prepare],
  );
  useArrival(here);
  const routing = useMemo((): Routing => {
    const match = matchPath(here.pathname);
    return {
      pathname: here.pathname,
      match,
      search: match === undefined ? {} : readSearch(match.path, here.search),
      from: here.from,
      pending: wanted !== here,
      navigate: (target, step = 'push') => {
        const href = hrefOf(target);
        const { pathname, search } = history.here();
        // A page that is being left, as by a search that waited for a pause, no longer says where the person is.
        if (step === 'replace' && pathname !== here.pathname) return;
        // As a browser does: following a link to this very address adds nothing to go back to.
        history[href === pathname + search ? 'replace' : step](href);
      },
      history,
      preload: (path) => void prepare(path)?.catch(() => undefined),
    };
  }, [here, wanted, history, prepare]);
  return <RoutingContext.Provider value={routing}>{children()}</RoutingContext.Provider>;
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
