import { plainName } from '@legendops/kit/contract/plain-name';
import type { CatalogItem } from '../superops/objects.ts';
import type { SeatItemSuggestion } from './contract.ts';

const ranks = ['name', 'like-name', 'part-of-name'] as const satisfies readonly SeatItemSuggestion['by'][];

// "Backup" is a part of many names, and says of none which it is.
const fewestWords = 2;

const holds = (whole: string, part: string): boolean =>
  part.split(' ').length >= fewestWords && ` ${whole} `.includes(` ${part} `);

const reasonFor = (product: string, item: string): SeatItemSuggestion['by'] | undefined => {
  if (product.toLowerCase() === item.toLowerCase()) return 'name';
  const [ours, theirs] = [plainName(product), plainName(item)];
  if (ours === theirs) return 'like-name';
  return holds(ours, theirs) || holds(theirs, ours) ? 'part-of-name' : undefined;
};

/** The items that a product may be, by its name, the likeliest first. A suggestion and nothing more: a person confirms it. */
export const suggestionsFor = (product: string, items: readonly CatalogItem[]): SeatItemSuggestion[] =>
  items
    .flatMap(({ itemId, name }) => {
      const by = reasonFor(product, name);
      return by === undefined ? [] : [{ itemId, itemName: name, by }];
    })
    .toSorted(
      (one, other) =>
        ranks.indexOf(one.by) - ranks.indexOf(other.by) ||
        one.itemName.localeCompare(other.itemName) ||
        one.itemId.localeCompare(other.itemId),
    );
