import { sql, type Sql } from './sql.ts';

const sizes = [
  [21, sql`limit 21`],
  [51, sql`limit 51`],
  [101, sql`limit 101`],
] as const;
const largest = sql`limit 201`;

/** Where a page of a list begins, after a row's keys or at its start, and how many rows it has. */
export interface Place {
  after: readonly string[] | undefined;
  limit: number;
}

/**
 * The rows of a page and one more, at least. The number stands in the text: PostgreSQL plans a statement with a parameter
 * there anew each time it runs (a plan for any limit looks dearer than one for twenty), which takes longer than the query.
 * A few texts only, because each is kept prepared.
 */
export const pageRows = (limit: number): Sql => sizes.find(([rows]) => rows > limit)?.[1] ?? largest;
