import { databases, databaseVariable, forEachDatabase, type DatabaseName } from '@legendops/kit/config/databases';
import { messageOf } from '@legendops/kit/errors/message-of';
import pg from 'pg';
import { Refused } from '../environment-group.ts';

/** A session in each database, of a login that may become legendops_owner. */
export type Databases = Record<DatabaseName, pg.Client>;

/** The addresses by their variables, as the operator and the migrations take them. */
export const databaseUrls = (environment: Record<string, string | undefined>): Record<DatabaseName, string> => {
  const missing = databases.map(databaseVariable).filter((name) => !environment[name]);
  if (missing.length > 0)
    throw new Refused(
      `No database was named: set ${missing.join(', ')}, each to the URL of a login that may become legendops_owner, as legendops_migrator may`,
    );
  return forEachDatabase((database) => environment[databaseVariable(database)] ?? '');
};

/** Works with all four, and lets go of them, whatever happens; what was not committed is undone. */
export const withDatabases = async <Result>(
  urls: Record<DatabaseName, string>,
  work: (clients: Databases) => Promise<Result>,
): Promise<Result> => {
  const clients = forEachDatabase((database) => new pg.Client({ connectionString: urls[database] }));
  try {
    for (const database of databases) {
      clients[database].on('error', () => undefined);
      await clients[database].connect().catch((error: unknown) => {
        throw new Refused(`${database} does not let us in: ${messageOf(error)}`);
      });
    }
    return await work(clients);
  } finally {
    await Promise.all(databases.map((database) => clients[database].end().catch(() => undefined)));
  }
};

/**
 * A moment of each database, all of them taken before anything of one is read; what follows in these transactions sees nothing
 * newer and writes nothing. Says the moments, by the clock of each server.
 */
export const beginReading = async (clients: Databases): Promise<Record<DatabaseName, string>> => {
  const moments = await Promise.all(
    databases.map(async (database) => {
      const client = clients[database];
      await client.query('begin transaction isolation level repeatable read read only');
      // The snapshot is taken by the first statement, and not by the beginning.
      const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now');
      return [database, rows[0]?.now.toISOString() ?? ''] as const;
    }),
  );
  return Object.fromEntries(moments) as Record<DatabaseName, string>;
};

/** As `common/<name>` and `own/<name>`, in the order in which a release brought them. */
export const appliedMigrations = async (client: pg.Client): Promise<string[]> => {
  await client.query('set local role legendops_owner');
  const { rows } = await client.query<{ name: string }>(
    `select 'common/' || name as name from migrations.common union all select 'own/' || name from migrations.own order by 1`,
  );
  return rows.map(({ name }) => name);
};
