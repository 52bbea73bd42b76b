import { sqlState } from './database-error.ts';
import { knownMigrations } from './migration-files.ts';
import { sql, type Sql } from './sql.ts';

/** Asks a database as whoever has to know: a service, a tenant's job, the operator. All of them may read the names. */
export type ReadApplied = (statement: Sql<{ name: string }>) => Promise<readonly { name: string }[]>;

/** The database is there, and a program of this release must not work with it. */
export class SchemaUnfit extends Error {
  override readonly name = 'SchemaUnfit';
}

// No such schema or table, no right to it: nobody has migrated this database, or an older release did, which granted none.
const neverMigrated = new Set(['3F000', '42P01', '42501']);

const few = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

const howTheyCome = 'its migrations come with `helm upgrade`';

const applied = sql<{ name: string }>`
  select 'common/' || name as name from migrations.common union all select 'own/' || name from migrations.own`;

// Whoever asks may say in an error of its own which database it was.
const stateOf = (error: unknown): string | undefined =>
  sqlState(error) ?? (error instanceof Error ? sqlState(error.cause) : undefined);

const appliedIn = async (read: ReadApplied, database: string): Promise<string[]> => {
  try {
    const rows = await read(applied);
    return rows.map(({ name }) => name);
  } catch (error) {
    if (!neverMigrated.has(stateOf(error) ?? '')) throw error;
    throw new SchemaUnfit(`${database} was not migrated by this release: ${howTheyCome}`);
  }
};

/**
 * Refuses a schema that lacks what this release needs, and one with migrations that it does not know, unless a person has
 * said that it shall go on with that: a way back to the release before (decision 0031).
 */
export const requireSchema = async (
  read: ReadApplied,
  { database, acceptNewer }: { database: string; acceptNewer: boolean },
): Promise<void> => {
  const known = new Set(knownMigrations(database));
  const found = new Set(await appliedIn(read, database));
  const missing = [...known].filter((name) => !found.has(name));
  if (missing.length > 0) throw new SchemaUnfit(`${database} lacks ${few(missing)}: ${howTheyCome}`);
  const unknown = [...found].filter((name) => !known.has(name)).sort();
  if (unknown.length > 0 && !acceptNewer)
    throw new SchemaUnfit(
      `${database} is of a newer release, which added ${few(unknown)}: deploy that one, or set ACCEPT_NEWER_SCHEMA to go back`,
    );
};
