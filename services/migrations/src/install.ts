import { loginUrl } from '@legendops/kit/config/login-url';
import { newPassword, scramVerifier } from '@legendops/kit/config/scram-verifier';
import { databases, type DatabaseName } from '@legendops/kit/config/databases';
import { applyDatabaseRights, applyRoles, migrateDatabase } from '@legendops/kit/db/migrate';
import { requireSafeServer } from '@legendops/kit/db/server-version';
import type pg from 'pg';
import type { SecretStore } from './kubernetes-secrets.ts';
import { setIdentities, type LoginIdentities } from './login-identities.ts';
import { ensuredKeys, ensuredLogins } from './ensured-secrets.ts';
import { connectedWithin, serverOf } from './server-connection.ts';

export interface Installation {
  /** Without a login. */
  databaseUrls: Record<DatabaseName, string>;
  /** The password may be a token of Entra, which holds for longer than this takes. */
  administrator: { login: string; password: string };
  /** Of services that sign in with Entra; without, each has a password. */
  identities?: LoginIdentities | undefined;
  secrets: SecretStore;
  loginsSecret: string;
  keysSecret: string;
  requireSafePostgres: boolean;
  waitMs: number;
  say: (line: string) => void;
}

const onDatabase = (url: string, name: string): string => {
  const found = new URL(url);
  found.pathname = `/${name}`;
  return found.href;
};

const nameOf = (url: string): string => new URL(url).pathname.slice(1);

const setPasswords = async (client: pg.Client, passwords: Map<string, string>): Promise<void> => {
  const statements = await Promise.all(
    [...passwords].map(
      async ([login, password]) =>
        `alter role ${client.escapeIdentifier(login)} password ${client.escapeLiteral(await scramVerifier(password))}`,
    ),
  );
  await client.query(statements.join('; '));
};

const createMissing = async (client: pg.Client, wanted: readonly string[]): Promise<void> => {
  const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
  for (const name of wanted)
    if (!rows.some(({ datname }) => datname === name))
      await client.query(`create database ${client.escapeIdentifier(name)}`);
};

/**
 * Everything that must stand before a service starts: roles, logins with passwords, databases, their newest schema, keys.
 * Repeatable; of runs at the same time the second waits for the first, and finds nothing to do.
 */
export const install = async (options: Installation): Promise<void> => {
  const { databaseUrls, administrator, identities, secrets, waitMs, say } = options;
  const asAdministrator = (url: string): string => loginUrl(url, administrator.login, administrator.password);
  const urls = new Map(databases.map((name) => [serverOf(databaseUrls[name]), databaseUrls[name]]));
  const clients = new Map<string, pg.Client>();
  try {
    for (const [server, url] of urls)
      clients.set(server, await connectedWithin(asAdministrator(onDatabase(url, 'postgres')), { waitMs, say }));
    for (const client of clients.values()) await requireSafeServer(client, { enforce: options.requireSafePostgres });
    const [first] = clients.values();
    // Of this session: it ends with us, however we end.
    await first?.query("select pg_advisory_lock(hashtextextended('legendops:install', 0))");
    await ensuredKeys(secrets, options.keysSecret);
    const logins = await ensuredLogins(secrets, options.loginsSecret);
    // Of this run alone: nobody else logs in as the one who may become the owner.
    const migrator = newPassword();
    for (const [server, client] of clients) {
      await applyRoles(asAdministrator(onDatabase(urls.get(server) ?? '', 'postgres')));
      const byPassword = [...logins].filter(([login]) => !identities || login.startsWith('provisioner_'));
      await setPasswords(client, new Map([...byPassword, ['legendops_migrator', migrator]]));
      if (identities) await setIdentities(client, identities);
      const here = databases.filter((name) => serverOf(databaseUrls[name]) === server);
      await createMissing(
        client,
        here.map((name) => nameOf(databaseUrls[name])),
      );
      for (const name of here) {
        const url = databaseUrls[name];
        await applyDatabaseRights(asAdministrator(url));
        const applied = await migrateDatabase(loginUrl(url, 'legendops_migrator', migrator), name);
        say(`${name} on ${server}: ${applied.length === 0 ? 'nothing to do' : `applied ${applied.join(', ')}`}`);
      }
    }
  } finally {
    await Promise.all([...clients.values()].map((client) => client.end()));
  }
};
