import { plainName } from '@legendops/kit/contract/plain-name';
import type { ClientSuggestion } from '../superops/contract.ts';
import type { CandidateRow } from './store.ts';

/** The telling letters of a name, or of the part of a domain that its owner chose. */
const letters = (text: string): string => plainName(text).replaceAll(' ', '');

// A label of two letters, as in "it.example", says nothing of who it is.
const fewestLetters = 4;

const chosenLabels = (domain: string): string[] => domain.toLowerCase().split('.').slice(0, -1).map(letters);

const ranks = ['name', 'like-name', 'domain'] as const satisfies readonly ClientSuggestion['by'][];

const reasonFor = (
  client: { name: string; emailDomains: readonly string[] },
  customer: CandidateRow,
): ClientSuggestion['by'] | undefined => {
  if (client.name.toLowerCase() === customer.name.toLowerCase()) return 'name';
  if (plainName(client.name) === plainName(customer.name)) return 'like-name';
  const wanted = letters(customer.name);
  const labels = client.emailDomains.flatMap(chosenLabels);
  return wanted.length >= fewestLetters && labels.includes(wanted) ? 'domain' : undefined;
};

/**
 * The customers that a client may be, by its name and by its domains, the likeliest first. A suggestion and nothing more: a
 * person confirms it.
 */
export const suggestionsFor = (
  client: { name: string; emailDomains: readonly string[] },
  customers: readonly CandidateRow[],
): ClientSuggestion[] =>
  customers
    .flatMap((customer) => {
      const by = reasonFor(client, customer);
      return by === undefined ? [] : [{ customerId: customer.id, customerName: customer.name, by }];
    })
    .toSorted((one, other) => ranks.indexOf(one.by) - ranks.indexOf(other.by));
