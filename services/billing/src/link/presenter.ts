import type { ListedCustomer } from '../quickbooks/account-lists.ts';
import type { CustomerLink, Link, LinkState, QuickBooksEntry } from './contract.ts';
import type { LinkRow } from './link-row.ts';
import type { LinkedCustomerRow } from './store.ts';
import { suggestionsFor } from './suggest.ts';

const mostSuggestions = 3;

export const presentLink = (row: LinkRow): Link => ({
  id: row.id,
  kind: row.kind,
  customerId: row.customer_id,
  productId: row.product_id,
  currency: row.currency,
  quickBooksId: row.remote_id,
  quickBooksName: row.remote_name,
  origin: row.origin,
  isGone: row.gone_at !== null,
  version: row.version,
});

export const presentEntry = ({
  id,
  name,
  isActive,
  currency,
}: Omit<ListedCustomer, 'fingerprint'>): QuickBooksEntry => ({
  id,
  name,
  isActive,
  currency: currency ?? null,
});

const stateOf = (links: readonly LinkRow[], suggested: number): LinkState => {
  if (links.some(({ gone_at }) => gone_at !== null)) return 'gone';
  if (links.some(({ remote_id }) => remote_id !== null)) return 'linked';
  if (links.length > 0) return 'new';
  return suggested > 0 ? 'needed' : 'new';
};

/** A customer with its links; who it may be is said of one that has none that holds. */
export const presentCustomerLink = (
  { id, name, links }: LinkedCustomerRow,
  { listed, taken }: { listed: readonly ListedCustomer[]; taken: ReadonlySet<string> },
): CustomerLink => {
  const isLinked = links.length > 0 && links.every(({ remote_id, gone_at }) => remote_id !== null && gone_at === null);
  const free = isLinked ? [] : listed.filter((one) => !taken.has(one.id));
  const suggestions = suggestionsFor(name, free).slice(0, mostSuggestions);
  return {
    customerId: id,
    customerName: name,
    state: stateOf(links, suggestions.length),
    links: links.map(presentLink),
    suggestions: suggestions.map(presentEntry),
  };
};
