import type { InfiniteData, QueryClient } from '@tanstack/react-query';

interface Row {
  id: string;
}

type HeldRow = Row & Record<string, unknown>;

interface LoadedPage {
  data: Row[];
}

type LoadedPages = InfiniteData<LoadedPage>;

// A list holds less of a row than the row's own page does.
const inShapeOf = (shown: Row, changed: Row): Row =>
  Object.fromEntries(
    Object.keys(shown).map((name) => [name, (changed as unknown as Record<string, unknown>)[name]]),
  ) as unknown as Row;

// A filter by something that a row says of itself; others, such as a search, are the service's to judge.
const isFilteredOut = (row: Row, filter: unknown): boolean =>
  Object.entries((filter ?? {}) as Record<string, unknown>).some(
    ([name, value]) =>
      value !== undefined && name in row && (row as unknown as Record<string, unknown>)[name] !== value,
  );

/** The rows of a list with one of them as it is now: in its place, or gone where the filter no longer takes it. */
const withRow = (loaded: LoadedPages, changed: Row, filter: unknown): LoadedPages => ({
  ...loaded,
  pages: loaded.pages.map((page) => {
    const index = page.data.findIndex(({ id }) => id === changed.id);
    const shown = page.data[index];
    if (shown === undefined) return page;
    const kept = isFilteredOut(changed, filter) ? [] : [inShapeOf(shown, changed)];
    return { ...page, data: page.data.toSpliced(index, 1, ...kept) };
  }),
});

const has = (loaded: LoadedPages, id: string): boolean =>
  loaded.pages.some(({ data }) => data.some((row) => row.id === id));

export interface CachedLists {
  /** Reads again what is on the screen of a path, and the rest of it when it is next shown. */
  refresh: (path: string) => Promise<void>;
  /**
   * Puts a row as it is now into every list that shows it, and reads none of them again. A list whose filter takes it now
   * and did not before is read again: at once while it is shown, else when it is next.
   */
  putRow: (path: string, changed: Row) => void;
  /** Takes a row out of every list of a path. */
  dropRow: (path: string, id: string) => void;
  /** A row as a list of the path holds it. */
  heldRow: (path: string, id: string) => HeldRow | undefined;
  /** A row of a path after its lists have been read again, for an act whose answer was lost. */
  rowReadAgain: <Found>(path: string, id: string) => Promise<Found | undefined>;
}

/** What the lists of the API, kept page after page under `[path, 'pages', filter]`, make of a change. */
export const cachedLists = (queries: QueryClient): CachedLists => {
  const listsOf = (path: string) =>
    queries
      .getQueriesData<LoadedPages>({ queryKey: [path, 'pages'] })
      .flatMap(([queryKey, loaded]) => (loaded === undefined ? [] : [{ queryKey, filter: queryKey[2], loaded }]));
  const heldRow = (path: string, id: string): HeldRow | undefined => {
    for (const { loaded } of listsOf(path))
      for (const { data } of loaded.pages) {
        const found = data.find((row) => row.id === id);
        if (found !== undefined) return found as HeldRow;
      }
    return undefined;
  };
  return {
    heldRow,
    refresh: (path) => queries.invalidateQueries({ queryKey: [path] }),
    putRow: (path, changed) => {
      for (const { queryKey, filter, loaded } of listsOf(path))
        if (has(loaded, changed.id)) queries.setQueryData(queryKey, withRow(loaded, changed, filter));
        else if (!isFilteredOut(changed, filter)) void queries.invalidateQueries({ queryKey });
    },
    dropRow: (path, id) => {
      for (const { queryKey, loaded } of listsOf(path)) {
        const pages = loaded.pages.map((page) => ({ ...page, data: page.data.filter((row) => row.id !== id) }));
        queries.setQueryData(queryKey, { ...loaded, pages });
      }
    },
    rowReadAgain: async <Found>(path: string, id: string) => {
      await queries.refetchQueries({ queryKey: [path] });
      return heldRow(path, id) as Found | undefined;
    },
  };
};
