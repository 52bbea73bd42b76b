import { sql, type Sql } from '@legendops/kit/db/sql';
import type { ProductFilter } from '../contract.ts';
import { searchedWords } from './words.ts';

// A beginning is a range of the words: from itself to itself and the last of all characters. Both ends come as parameters: under
// row level security one that is computed is no condition of the index, as `||` is not leakproof.
const has = (words: readonly string[]): Sql => {
  const ends = words.map((word) => `${word}\u{10ffff}`);
  return sql`p.id in (
  select w.product_id from unnest(${words}::text[], ${ends}::text[]) wanted (word, beyond)
  join catalog.product_words w on w.word >= wanted.word and w.word < wanted.beyond
  group by w.product_id having count(distinct wanted.word) = cardinality(${words}::text[]))`;
};

const isBelow = (categoryId: string): Sql => sql`p.category_id in (
  with recursive below as (
    select c.id from catalog.categories c where c.id = ${categoryId}
    union all select c.id from catalog.categories c join below b on c.parent_id = b.id)
  select below.id from below)`;

const conditionsOf = (filter: ProductFilter): Record<keyof ProductFilter, Sql | undefined> => {
  const { search, categoryId, manufacturer, kind, lifecycle, isPublished } = filter;
  const words = search === undefined ? [] : searchedWords(search);
  return {
    search: words.length === 0 ? undefined : has(words),
    categoryId: categoryId === undefined ? undefined : isBelow(categoryId),
    manufacturer: manufacturer === undefined ? undefined : sql`p.manufacturer_key = lower(${manufacturer})`,
    kind: kind && sql`p.kind = ${kind}`,
    lifecycle: lifecycle && sql`p.lifecycle = ${lifecycle}`,
    isPublished: isPublished && sql`p.is_published = ${isPublished === 'true'}`,
  };
};

/** The conditions of a filter on `catalog.products p`, without one of them where that is what is counted. */
export const filtered = (filter: ProductFilter, without?: keyof ProductFilter): Sql =>
  Object.entries(conditionsOf(filter))
    .flatMap(([name, condition]) => (condition === undefined || name === without ? [] : [condition]))
    .reduce((before, condition) => sql`${before} and ${condition}`, sql`true`);

/** The filter as a part of a list's name: a cursor belongs to one filter. */
export const filterName = (filter: ProductFilter): string => {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  return given.length === 0 ? '' : ` ${JSON.stringify(given.toSorted(([a], [b]) => (a < b ? -1 : 1)))}`;
};
