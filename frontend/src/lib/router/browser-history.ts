/** Where the browser is. A new object at every step, so that two visits of one address are told apart. */
export interface Whereabouts {
  pathname: string;
  search: string;
  /** Back and forward lead here, with the scroll position that it was left at; null when it was never left. */
  returnsTo: number | null;
  /** The address that a link led here from; null when the person came otherwise. */
  from: string | null;
}

export interface BrowserHistory {
  here(): Whereabouts;
  push(href: string): void;
  replace(href: string): void;
  back(): void;
  /** Tells of every step; returns how to stop that. */
  listen(told: (now: Whereabouts, before: Whereabouts) => void): () => void;
  /** Until the returned function is called, no step is made while the guard holds: it is asked, and may let it go. */
  guard(guard: LeaveGuard): () => void;
}

interface LeaveGuard {
  holds: () => boolean;
  ask: (go: () => void) => void;
}

type BrowserWindow = Pick<Window, 'location' | 'history' | 'scrollY' | 'addEventListener'>;

/** What an entry of the browser's history says of itself. */
interface EntryState {
  key: string;
  /** Its place among the entries of this tab: the difference of two tells how far a step went. */
  index: number;
  from: string | null;
}

const stateOf = (state: unknown): EntryState | undefined =>
  typeof state === 'object' && state !== null && 'key' in state && 'index' in state && typeof state.key === 'string'
    ? (state as EntryState)
    : undefined;

/**
 * The History API with the scroll position of every entry. The browser cannot restore it itself: it tries before the
 * page has been rendered. Positions are kept in memory, so after a reload the browser does it.
 */
export const browserHistory = (window: BrowserWindow, newKey: () => string): BrowserHistory => {
  const { history, location } = window;
  const listeners = new Set<(now: Whereabouts, before: Whereabouts) => void>();
  const scrolls = new Map<string, number>();
  let guard: LeaveGuard | null = null;

  // The first entry, and one made by a link to a part of the page, know nothing of themselves yet.
  const ownState = (index: number): EntryState => {
    const known = stateOf(history.state);
    if (known !== undefined) return known;
    const state = { key: newKey(), index, from: null };
    history.replaceState(state, '');
    return state;
  };
  let entry = ownState(0);
  const read = (returnsTo: number | null): Whereabouts => ({
    pathname: location.pathname,
    search: location.search,
    returnsTo,
    from: entry.from,
  });
  let current = read(null);

  const arrive = (returnsTo: number | null): void => {
    const before = current;
    entry = ownState(entry.index + 1);
    current = read(returnsTo);
    for (const tell of listeners) tell(current, before);
  };

  history.scrollRestoration = 'manual';
  window.addEventListener('pagehide', () => {
    history.scrollRestoration = 'auto';
  });
  window.addEventListener('pageshow', () => {
    history.scrollRestoration = 'manual';
  });

  // A step through the history is told when it has been made: to ask first, it is taken back.
  let takenBack = false;
  let allowed = false;
  window.addEventListener('popstate', () => {
    if (takenBack) {
      takenBack = false;
      return;
    }
    const steps = ownState(entry.index + 1).index - entry.index;
    if (guard?.holds() === true && !allowed && steps !== 0) {
      takenBack = true;
      history.go(-steps);
      guard.ask(() => {
        allowed = true;
        history.go(steps);
      });
      return;
    }
    allowed = false;
    scrolls.set(entry.key, window.scrollY);
    arrive(scrolls.get(ownState(entry.index + 1).key) ?? null);
  });

  const unlessAsked = (step: () => void): void => (guard?.holds() === true ? guard.ask(step) : step());
  return {
    here: () => current,
    push: (href) =>
      unlessAsked(() => {
        scrolls.set(entry.key, window.scrollY);
        const from = current.pathname + current.search;
        history.pushState({ key: newKey(), index: entry.index + 1, from }, '', href);
        arrive(null);
      }),
    replace: (href) =>
      unlessAsked(() => {
        history.replaceState(entry, '', href);
        arrive(null);
      }),
    back: () => history.back(),
    listen: (told) => {
      listeners.add(told);
      return () => listeners.delete(told);
    },
    guard: (given) => {
      guard = given;
      return () => {
        guard = null;
      };
    },
  };
};
