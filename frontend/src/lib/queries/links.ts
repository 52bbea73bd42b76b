import { Books, LinkPage, QuickBooksEntries, type LinkKind } from '@legendops/billing/link/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { cursorPages } from '../cursor-pages.ts';

export const linksPath = '/api/billing/v1/links';
export const booksPath = '/api/billing/v1/books';

/** Every customer by name, and who it is in QuickBooks. */
export const linkPages = cursorPages({ path: linksPath, page: LinkPage });

/** How the QuickBooks company keeps its books, and what was chosen for it. */
export const books = queryOptions({
  queryKey: [booksPath],
  queryFn: ({ signal }) => api.request({ method: 'GET', path: booksPath, signal }, Books),
});

/** What can be chosen in QuickBooks, by words of its name. */
export const quickBooksEntries = (kind: LinkKind, search: string) =>
  queryOptions({
    queryKey: [linksPath, 'entries', kind, search],
    queryFn: ({ signal }) =>
      api.request(
        { method: 'GET', path: `${linksPath}/entries`, query: { kind, search: search || undefined }, signal },
        QuickBooksEntries,
      ),
    placeholderData: keepPreviousData,
  });
