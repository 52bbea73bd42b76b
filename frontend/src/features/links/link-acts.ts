import {
  Books,
  Link,
  type BookChoices,
  type NewLink,
  type NewQuickBooksCustomer,
  type QuickBooksEntry,
} from '@legendops/billing/link/contract';
import type { ActKind } from '../../lib/act/perform-act.ts';
import { useSaveFile } from '../../lib/act/save-file.ts';
import { useAct } from '../../lib/act/use-act.ts';
import { refresh } from '../../lib/cache.ts';
import { books, booksPath, linksPath } from '../../lib/queries/links.ts';
import { queryClient } from '../../lib/query-client.ts';

const readAgain = () => void Promise.all([refresh(linksPath), refresh(booksPath)]);
const changed = { done: readAgain, refused: readAgain };

const confirm: ActKind<NewLink, Link> = {
  ...changed,
  request: (body) => ({ method: 'PUT', path: linksPath, body }),
  answer: Link,
};
export const useConfirmLink = () => useAct(confirm);

export interface Suggested {
  customerId: string;
  entry: QuickBooksEntry;
}

const confirmSuggestion: ActKind<Suggested, Link> = {
  ...changed,
  request: ({ customerId, entry }) => ({
    method: 'PUT',
    path: linksPath,
    body: { kind: 'customer', customerId, quickBooksId: entry.id } satisfies NewLink,
  }),
  answer: Link,
};
export const useConfirmSuggestion = () => useAct(confirmSuggestion);

const makeNew: ActKind<NewQuickBooksCustomer, Link> = {
  ...changed,
  request: (body) => ({ method: 'PUT', path: `${linksPath}/new-customer`, body }),
  answer: Link,
};
export const useMakeCustomer = () => useAct(makeNew);

const remove: ActKind<Link, void> = {
  ...changed,
  request: ({ id, version }) => ({ method: 'DELETE', path: `${linksPath}/${id}`, version }),
  answer: null,
};
export const useRemoveLink = () => useAct(remove);

const chooseDates: ActKind<BookChoices, Books> = {
  request: (body) => ({ method: 'PUT', path: booksPath, body }),
  answer: Books,
  done: (answer) => void queryClient.setQueryData(books.queryKey, answer),
  refused: () => void refresh(booksPath),
};
export const useChooseDates = () => useAct(chooseDates);

/** Saves every link as a table. */
export const useSaveLinks = () => useSaveFile(`${linksPath}/export`, 'links.csv');
