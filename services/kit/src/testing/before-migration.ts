import { readdir, readFile } from 'node:fs/promises';
import type { DatabaseName } from '../config/databases.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';

const folder = new URL('../../../../db/', import.meta.url);

const textsOf = async (path: string): Promise<[name: string, text: string][]> => {
  const names = (await readdir(new URL(path, folder))).toSorted();
  return Promise.all(
    names.map(async (name): Promise<[string, string]> => [name, await readFile(new URL(path + name, folder), 'utf8')]),
  );
};

/** A database as it was just before one of its migrations, to be filled as it may have been; `migrate` applies that one. */
export const beforeMigration = async (
  name: DatabaseName,
  migration: string,
): Promise<TestDatabase & { migrate: () => Promise<void> }> => {
  const database = await testDatabase(null);
  const apply = async (text: string): Promise<void> => {
    await database.administrator.query('set role legendops_owner; set row_security = off');
    await database.administrator.query(text);
    await database.administrator.query('reset role; reset row_security');
  };
  const own = await textsOf(`${name}/migrations/`);
  const text = own.find(([file]) => file === migration)?.[1];
  if (text === undefined) throw new Error(`${name} has no migration ${migration}`);
  for (const [, earlier] of await textsOf('common/migrations/')) await apply(earlier);
  for (const [file, earlier] of own) if (file < migration) await apply(earlier);
  return { ...database, migrate: () => apply(text) };
};
