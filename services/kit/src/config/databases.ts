/** The databases of the platform: every list of them is made from this one. */
export const databases = ['auth_db', 'billing_db', 'portal_db', 'catalog_db'] as const;
export type DatabaseName = (typeof databases)[number];

type ShortName = DatabaseName extends `${infer Name}_db` ? Name : never;
/** The environment variable that holds the URL of one. */
export type DatabaseVariable = `${Uppercase<ShortName>}_DATABASE_URL`;

export const databaseVariable = (database: DatabaseName): DatabaseVariable =>
  `${database.replace(/_db$/, '').toUpperCase()}_DATABASE_URL` as DatabaseVariable;

/** A value for each database. */
export const forEachDatabase = <Value>(valueOf: (database: DatabaseName) => Value): Record<DatabaseName, Value> =>
  Object.fromEntries(databases.map((database) => [database, valueOf(database)])) as Record<DatabaseName, Value>;

/** A value for each database, by the variable of its URL. */
export const byDatabaseVariable = <Value>(
  valueOf: (database: DatabaseName) => Value,
): Record<DatabaseVariable, Value> =>
  Object.fromEntries(databases.map((database) => [databaseVariable(database), valueOf(database)])) as Record<
    DatabaseVariable,
    Value
  >;
