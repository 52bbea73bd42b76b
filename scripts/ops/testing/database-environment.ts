import { byDatabaseVariable, databases, type DatabaseName } from '@legendops/kit/config/databases';
import { messageOf } from '@legendops/kit/errors/message-of';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import { isMistake } from '../command.ts';
import type { MediaStorage } from '../media/media-storage.ts';

/** The four databases of an environment, for one test. */
export type DatabaseEnvironment = Record<DatabaseName, TestDatabase>;

export const databaseEnvironment = async (): Promise<DatabaseEnvironment> => {
  const made: [DatabaseName, TestDatabase][] = [];
  for (const name of databases) made.push([name, await testDatabase(name)]);
  return Object.fromEntries(made) as DatabaseEnvironment;
};

export const closeEnvironment = async (environment: DatabaseEnvironment): Promise<void> => {
  await Promise.all(databases.map((name) => environment[name].close()));
};

interface Place {
  environment: Record<string, string>;
  now: () => Date;
  write: (text: string) => void;
  storage: MediaStorage | undefined;
}

/** Runs a command on them as its program does, by the migrator's login or the administrator's: its status, and what it said. */
export const runOn = async (
  at: DatabaseEnvironment,
  command: (parameters: readonly string[], place: Place) => Promise<number>,
  {
    parameters,
    login = 'legendops_migrator',
    storage,
  }: {
    parameters: readonly string[];
    login?: 'legendops_migrator' | 'postgres';
    storage?: MediaStorage;
  },
): Promise<{ status: number; said: string }> => {
  const said: string[] = [];
  const environment = byDatabaseVariable((name) =>
    login === 'postgres' ? at[name].url() : at[name].url(login, testPassword),
  );
  const place = {
    environment,
    now: () => new Date('2026-12-01T12:00:00Z'),
    write: (text: string) => void said.push(text),
    storage,
  };
  const status = await command(parameters, place).catch((error: unknown) => {
    said.push(messageOf(error));
    return isMistake(error) ? 2 : 1;
  });
  return { status, said: said.join('\n') };
};
