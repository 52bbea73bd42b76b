/** Where the browser is. A new object at every step, so that two visits of one address are told apart. */
export interface Whereabouts {
  pathname: string;
  search: string;
  /** Back and forward lead here, with the scroll position that it was left at; null when it was never left. */
  returnsTo: number | null;
}

export interface BrowserHistory {
  here(): Whereabouts;
  push(href: string): void;
  replace(href: string): void;
  /** Tells of every step; returns how to stop that. */
  listen(told: (now: Whereabouts, before: Whereabouts) => void): () => void;
}

type BrowserWindow = Pick<Window, 'location' | 'history' | 'scrollY' | 'addEventListener'>;

const keyOf = (state: unknown): string | undefined =>
  typeof state === 'object' && state !== null && 'key' in state && typeof state.key === 'string'
    ? state.key
    : undefined;

/**
 * The History API with the scroll position of every entry. The browser cannot restore it itself: it tries before the
 * page has been rendered. Positions are kept in memory, so after a reload the browser does it.
 */
export const browserHistory = (window: BrowserWindow, newKey: () => string): BrowserHistory => {
  const { history, location } = window;
  const listeners = new Set<(now: Whereabouts, before: Whereabouts) => void>();
  const scrolls = new Map<string, number>();

  // The first entry, and one made by a link to a part of the page, have no key yet.
  const ownKey = (): string => {
    const known = keyOf(history.state);
    if (known !== undefined) return known;
    const key = newKey();
    history.replaceState({ key }, '');
    return key;
  };
  const read = (returnsTo: number | null): Whereabouts => ({
    pathname: location.pathname,
    search: location.search,
    returnsTo,
  });

  let key = ownKey();
  let current = read(null);

  const arrive = (returnsTo: number | null): void => {
    const before = current;
    key = ownKey();
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
  window.addEventListener('popstate', () => {
    scrolls.set(key, window.scrollY);
    arrive(scrolls.get(ownKey()) ?? null);
  });

  return {
    here: () => current,
    push: (href) => {
      scrolls.set(key, window.scrollY);
      history.pushState({ key: newKey() }, '', href);
      arrive(null);
    },
    replace: (href) => {
      history.replaceState({ key }, '', href);
      arrive(null);
    },
    listen: (told) => {
      listeners.add(told);
      return () => listeners.delete(told);
    },
  };
};
