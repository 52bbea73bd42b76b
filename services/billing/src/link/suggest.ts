import { plainName } from '@legendops/kit/contract/plain-name';
import type { ListedCustomer } from '../quickbooks/account-lists.ts';

/** A customer merged away keeps its name with this after it. */
const withoutDeleted = (name: string): string => name.replace(/ \(deleted(?: \d+)?\)$/i, '');

/**
 * The customers in QuickBooks that may be this one, by name, the likeliest first: the very name, then a like one, active
 * before inactive. A suggestion and nothing more: a person confirms it.
 */
export const suggestionsFor = (name: string, customers: readonly ListedCustomer[]): ListedCustomer[] => {
  const plain = plainName(name);
  const rank = (one: ListedCustomer): number =>
    (one.isActive ? 0 : 2) + (one.name.toLowerCase() === name.toLowerCase() ? 0 : 1);
  return customers
    .filter((one) => plainName(withoutDeleted(one.name)) === plain)
    .toSorted(
      (one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name) || one.id.localeCompare(other.id),
    );
};

/** The name under which QuickBooks can have a customer: no colon, tab or line end. */
export const quickBooksName = (name: string): string =>
  name
    .replaceAll(/\s*:\s*/g, ' - ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 500);
