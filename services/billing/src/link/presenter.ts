import type { Actor } from '@legendops/kit/auth/actor';
import type { ListedCustomer } from '../quickbooks/account-lists.ts';
import type { CustomerLink, Link, LinkState, QuickBooksEntry } from './contract.ts';
import type { LinkRow } from './link-row.ts';
import { mayChoose } from './policy.ts';
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

/** What QuickBooks lists, and which of it is somebody's already; undefined where it cannot be asked. */
export interface Listing {
  listed: readonly ListedCustomer[];
  taken: ReadonlySet<string>;
}

const stateOf = (links: readonly LinkRow[], suggested: number | undefined): LinkState => {
  if (links.some(({ gone_at }) => gone_at !== null)) return 'gone';
  if (links.some(({ remote_id }) => remote_id !== null)) return 'linked';
  if (links.length > 0) return 'new';
  if (suggested === undefined) return 'unasked';
  return suggested > 0 ? 'needed' : 'new';
};

/** A customer with its links; who it may be is said of one that has none that holds. */
export const presentCustomerLink = (
  { id, name, links }: LinkedCustomerRow,
  listing: Listing | undefined,
  actor: Actor,
): CustomerLink => {
  const isLinked = links.length > 0 && links.every(({ remote_id, gone_at }) => remote_id !== null && gone_at === null);
  const free = isLinked ? [] : listing?.listed.filter((one) => !listing.taken.has(one.id));
  const suggestions = free && suggestionsFor(name, free).slice(0, mostSuggestions);
  return {
    customerId: id,
    customerName: name,
    state: stateOf(links, suggestions?.length),
    links: links.map(presentLink),
    suggestions: (suggestions ?? []).map(presentEntry),
    acts: { confirm: mayChoose(actor) },
  };
};
