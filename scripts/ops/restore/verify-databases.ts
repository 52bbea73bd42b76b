import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { databases, type DatabaseName } from '@legendops/kit/config/databases';
import { databaseFolder, knownMigrations } from '@legendops/kit/db/migration-files';
import { lintFindings } from '@legendops/kit/testing/catalog-lints';
import type pg from 'pg';
import { asOwnerOf } from '../tenant/tenant-rows.ts';
import type { MediaStorage } from '../media/media-storage.ts';
import { appliedMigrations, beginReading, type Databases } from '../tenant/open-databases.ts';
import { brokenInvariants } from './ledger-invariants.ts';
import {
  differences,
  digestsOf,
  momentsApartMs,
  registeredTenants,
  type Manifest,
  type Registered,
} from './manifest.ts';
import { missingBlobs } from './missing-blobs.ts';

/** What was looked at, and what is wrong with it. */
export interface Checked {
  what: string;
  wrong: string[];
  /** Whoever mends it needs the name of each, and not of the first alone. */
  mendedByName?: boolean;
  /** Why nobody looked, where nobody did. */
  notLookedAt?: string;
}

/** As the tests hold them: what has no reviewed reason. */
const lintsOf = async (client: pg.Client): Promise<string[]> =>
  (await lintFindings(client)).map(({ lint, object, detail }) => `${lint} ${object}: ${detail}`);

/** Roles are a server's, and in no copy of a database: a restored server has them, a loaded dump has not. */
const missingRoles = async (client: pg.Client): Promise<string[]> => {
  const text = await readFile(join(databaseFolder, 'common/roles.sql'), 'utf8');
  const named = new Set(text.match(/(?<=')(?:svc_[a-z]+|app_[a-z]+|legendops_owner|tenant_job)(?=')/g));
  const wanted = [...named, 'legendops_migrator', 'provisioner_00', 'provisioner_63'];
  const { rows } = await client.query<{ name: string }>(
    'select wanted.name from unnest($1::text[]) wanted (name) where not exists (select from pg_roles where rolname = wanted.name) order by 1',
    [wanted],
  );
  return rows.map(({ name }) => `the role ${name} is missing`);
};

/** A tenant that works has a login in billing_db's server. */
const withoutLogin = async (client: pg.Client, tenants: readonly Registered[]): Promise<string[]> => {
  const { rows } = await client.query<{ login: string }>(
    `select rolname as login from pg_roles where rolcanlogin and rolname ~ '^t_[0-9a-f]{32}_[ab]$'`,
  );
  const logins = new Set(rows.map(({ login }) => login.slice(2, 34)));
  return tenants
    .filter(({ id, state }) => state === 'active' && !logins.has(id.replaceAll('-', '')))
    .map(({ name }) => `the jobs of ${name} have no login`);
};

const brokenLedgers = async (billing: pg.Client, tenants: readonly Registered[]): Promise<string[]> => {
  const broken: string[] = [];
  for (const { id, name } of tenants) {
    await asOwnerOf(billing, id);
    broken.push(...(await brokenInvariants(billing)).map((one) => `${name}: ${one}`));
  }
  return broken;
};

const migrationsOf = async (client: pg.Client, database: DatabaseName): Promise<string[]> => {
  const [applied, known] = [await appliedMigrations(client), knownMigrations(database)];
  return [
    ...known.filter((name) => !applied.includes(name)).map((name) => `${name} is not applied`),
    ...applied.filter((name) => !known.includes(name)).map((name) => `${name} is of a newer release`),
  ];
};

const blobsOf = async (
  catalog: pg.Client,
  tenants: readonly Registered[],
  storage: MediaStorage | undefined,
): Promise<Checked> => {
  const what = 'catalog_db: blobs that its rows name';
  if (!storage) return { what, wrong: [], notLookedAt: 'no storage was named (BLOB_URL), so nobody looked' };
  const { named, wrong } = await missingBlobs(catalog, tenants, storage);
  const counted = `${what}: ${named} named, ${wrong.length} not in the storage as they were`;
  return { what: counted, wrong, mendedByName: true };
};

// Of one moment the four are when nothing that services tell each other falls between: it goes around in seconds.
const mostApartMs = 60_000;

const momentsOf = (manifest: Manifest): Checked => {
  const apartMs = momentsApartMs(manifest);
  return {
    what: `the four moments of the manifest are ${apartMs} ms apart`,
    wrong:
      apartMs > mostApartMs
        ? ['what services told each other in between is in one and not in the other: compare with another manifest']
        : [],
  };
};

/**
 * Looks whether databases that were restored are whole: their schema is this release's, isolation stands, roles and logins are
 * there, the ledgers hold, and, where a manifest is given, every table of every tenant is what it was then. Changes nothing. Asks as the
 * administrator of the servers.
 */
export const verifyDatabases = async (
  clients: Databases,
  {
    manifest,
    storage,
    say,
  }: { manifest: Manifest | undefined; storage: MediaStorage | undefined; say: (checked: Checked) => void },
): Promise<boolean> => {
  let isWhole = true;
  // One that a database lost has its name from another.
  const names = new Map<string, string>();
  const seen = new Map<DatabaseName, ReadonlySet<string>>();
  const sayAll = (checked: Checked): void => {
    isWhole &&= checked.wrong.length === 0;
    say(checked);
  };
  const tell = (what: string, wrong: string[]): void => sayAll({ what, wrong });
  await beginReading(clients);
  if (manifest) sayAll(momentsOf(manifest));
  for (const database of databases) {
    const client = clients[database];
    const tenants = await registeredTenants(client);
    for (const { id, name } of tenants) names.set(id, name);
    seen.set(database, new Set(tenants.map(({ id }) => id)));
    tell(`${database}: its migrations are those of this release`, await migrationsOf(client, database));
    // What the catalog says of everybody, the owner of the tables may not read.
    await client.query('set local role none');
    tell(`${database}: isolation, by the lints of its catalog`, await lintsOf(client));
    tell(`${database}: roles`, await missingRoles(client));
    if (database === 'billing_db') {
      tell('billing_db: logins of the tenants that work', await withoutLogin(client, tenants));
      tell(`billing_db: the ledgers of ${tenants.length} tenants`, await brokenLedgers(client, tenants));
    }
    if (database === 'catalog_db') sayAll(await blobsOf(client, tenants, storage));
    if (manifest) {
      const found = await digestsOf(client, tenants);
      const tables = Object.values(found).reduce((sum, ofTenant) => sum + Object.keys(ofTenant).length, 0);
      tell(
        `${database}: ${tables} tables of ${tenants.length} tenants, as of ${manifest.moments[database]}`,
        differences(manifest.databases[database] ?? {}, found, names),
      );
    }
    await client.query('rollback');
  }
  tell(
    `the four know the same ${names.size} tenants`,
    [...seen].flatMap(([database, ids]) =>
      [...names]
        .filter(([id]) => !ids.has(id))
        .map(([, name]) => `${database} does not know ${name}: is it of another moment?`),
    ),
  );
  return isWhole;
};
