import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loginUrl } from '@legendops/kit/config/login-url';
import { knownMigrations } from '@legendops/kit/db/migration-files';
import { databases, forEachDatabase, type DatabaseName } from '@legendops/kit/config/databases';
import { startPostgres, type PostgresServer } from '@legendops/kit/testing/embedded-postgres';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { install, type Installation } from './install.ts';
import type { SecretStore } from './kubernetes-secrets.ts';
import { connectedWithin } from './server-connection.ts';

// A server of its own: roles and passwords are the whole server's.
let directory: string;
let server: PostgresServer;

const query = async (url: string, text: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
};

const secretsInMemory = () => {
  const held = new Map<string, Record<string, string>>();
  const store: SecretStore = {
    read: async (name) => held.get(name),
    create: async (name, entries) => {
      if (held.has(name)) throw new Error(`${name} is there already`);
      held.set(name, entries);
    },
    add: async (name, entries) => void held.set(name, { ...held.get(name), ...entries }),
  };
  return { held, store };
};

const administrator = { login: 'cloud_administrator', password: 'only-for-tests' };
const urls = (): Record<DatabaseName, string> =>
  forEachDatabase((name) => `postgres://127.0.0.1:${server.port}/${name}`);
const lines: string[] = [];
const run = (secrets: SecretStore, more: Partial<Installation> = {}) =>
  install({
    databaseUrls: urls(),
    administrator,
    secrets,
    loginsSecret: 'logins',
    keysSecret: 'keys',
    requireSafePostgres: false,
    waitMs: 0,
    say: (line) => void lines.push(line),
    ...more,
  });

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'legendops-install-'));
  server = await startPostgres({ directory, durable: false });
  // As clouds give it: may create roles and databases, and is no superuser.
  await query(
    server.administratorUrl('postgres'),
    `create role ${administrator.login} login createrole createdb password '${administrator.password}'`,
  );
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

describe('an installation', () => {
  const { held, store } = secretsInMemory();

  it('twice at once makes roles, passwords, keys and four migrated databases, once', async () => {
    await Promise.all([run(store), run(store)]);
    expect(lines.filter((line) => line.includes('applied'))).toHaveLength(4);
    expect(lines.filter((line) => line.includes('nothing to do'))).toHaveLength(4);
    expect(held.get('keys')).toMatchObject({
      'signing-key.pem': expect.stringContaining('BEGIN PRIVATE KEY'),
      'cookie-key': expect.stringMatching(/^[\w-]{43}$/),
    });
    for (const name of databases) {
      const service = `svc_${name.replace('_db', '')}`;
      const login = loginUrl(urls()[name], service, held.get('logins')?.[service] ?? '');
      const [count] = await query(
        server.administratorUrl(name),
        'select (select count(*) from migrations.common)::int + (select count(*) from migrations.own)::int as applied',
      );
      expect(count).toEqual({ applied: knownMigrations(name).length });
      expect(await query(login, 'select current_user::text as me')).toEqual([{ me: service }]);
    }
    const provisioners = JSON.parse(held.get('logins')?.['provisioners.json'] ?? '{}') as Record<string, string>;
    expect(Object.keys(provisioners)).toHaveLength(64);
    const operator = loginUrl(urls().portal_db, 'provisioner_07', provisioners['provisioner_07'] ?? '');
    expect(await query(operator, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('again keeps every password that is there, and makes the one that a person took out', async () => {
    const before = structuredClone(held.get('logins') ?? {});
    const { svc_auth: _, ...rest } = before;
    held.set('logins', rest);
    await run(store);
    const after = held.get('logins') ?? {};
    expect({ ...after, svc_auth: '' }).toEqual({ ...before, svc_auth: '' });
    expect(after['svc_auth']).not.toBe(before['svc_auth']);
    const old = loginUrl(urls().auth_db, 'svc_auth', before['svc_auth'] ?? '');
    await expect(query(old, 'select 1')).rejects.toThrow('password authentication failed');
    expect(await query(loginUrl(old, 'svc_auth', after['svc_auth'] ?? ''), 'select 1 as one')).toHaveLength(1);
  });

  it('leaves no password of the migrator that anybody knows, and no password in clear in a statement', async () => {
    const [role] = await query(
      server.administratorUrl('postgres'),
      "select rolpassword from pg_authid where rolname = 'legendops_migrator'",
    );
    expect(role?.['rolpassword']).toMatch(/^SCRAM-SHA-256\$/);
    expect(JSON.stringify([...held])).not.toContain('legendops_migrator');
  });

  it('for identities on a server that knows none says what to do, and leaves the services their passwords', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const identities = { svc_auth: id, svc_billing: id, svc_portal: id, svc_catalog: id };
    await expect(run(store, { identities })).rejects.toThrow(/does not take tokens of Entra.*database\.signIn/);
    const password = held.get('logins')?.['svc_billing'] ?? '';
    const [row] = await query(
      loginUrl(urls().billing_db, 'svc_billing', password),
      'select session_user::text as name',
    );
    expect(row).toEqual({ name: 'svc_billing' });
  });
});

describe('a server that does not answer', () => {
  it('is waited for, with a line for every new reason', async () => {
    const said: string[] = [];
    const url = `postgres://late:only-for-tests@127.0.0.1:${server.port}/postgres`;
    const waiting = connectedWithin(url, { waitMs: 20_000, everyMs: 10, say: (line) => void said.push(line) });
    await vi.waitFor(() => expect(said).toHaveLength(1), { timeout: 10_000 });
    await query(server.administratorUrl('postgres'), "create role late login password 'only-for-tests'");
    await query(server.administratorUrl('postgres'), 'grant connect on database postgres to late');
    await (await waiting).end();
    expect(said[0]).toBe(`waiting for 127.0.0.1:${server.port}: password authentication failed for user "late"`);
  });

  it('fails the run after a while, in one line without a password', async () => {
    const waiting = connectedWithin('postgres://x:s3cret@127.0.0.1:9/postgres', { waitMs: 0, say: () => undefined });
    await expect(waiting).rejects.toThrow(/^127\.0\.0\.1:9 cannot be used: .*ECONNREFUSED/);
  });
});
