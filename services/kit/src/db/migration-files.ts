import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's `db`, which stands beside `services` in every image, too. */
export const databaseFolder: string = fileURLToPath(new URL('../../../../db/', import.meta.url));

const namesIn = (directory: string): string[] =>
  readdirSync(join(databaseFolder, directory))
    .filter((file) => file.endsWith('.sql'))
    .map((file) => basename(file, '.sql'))
    .sort();

/** What this release knows of a database, as `common/<name>` for what all share and `own/<name>`. */
export const knownMigrations = (database: string): string[] => [
  ...namesIn('common/migrations').map((name) => `common/${name}`),
  ...namesIn(`${database}/migrations`).map((name) => `own/${name}`),
];
