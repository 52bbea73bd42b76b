import { sql, type Sql } from '@legendops/kit/db/sql';
import { searchedWords } from '../product/words.ts';
import type { MasterFilter } from './contract.ts';

// As with products: both ends of a beginning come as parameters, since one that is computed is no condition of the index.
const has = (words: readonly string[]): Sql => {
  const ends = words.map((word) => `${word}\u{10ffff}`);
  return sql`m.id in (
    select w.master_id from unnest(${words}::text[], ${ends}::text[]) wanted (word, beyond)
    join catalog.stencil_words w on w.word >= wanted.word and w.word < wanted.beyond
    group by w.master_id having count(distinct wanted.word) = cardinality(${words}::text[]))`;
};

/** Of `catalog.stencil_masters m` and its stencil `s`. */
export const masterCondition = ({ search, stencilId, number, kind }: MasterFilter): Sql => {
  const words = search === undefined ? [] : searchedWords(search);
  const version = number === undefined ? sql`m.number = s.latest` : sql`m.number = ${number}::integer`;
  const conditions = [
    sql`m.kind = ${kind}`,
    version,
    ...(stencilId === undefined ? [] : [sql`m.stencil_id = ${stencilId}`]),
    ...(words.length === 0 ? [] : [has(words)]),
  ];
  return conditions.reduce((before, condition) => sql`${before} and ${condition}`);
};
