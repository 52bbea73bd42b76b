import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { byDatabaseVariable, databases } from '@legendops/kit/config/databases';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import { insertText, sampleRow, tenantTables } from '@legendops/kit/testing/tenant-tables';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  closeEnvironment,
  databaseEnvironment,
  runOn,
  type DatabaseEnvironment,
} from '../testing/database-environment.ts';
import { aBlob, memoryMediaStorage, type MemoryMediaStorage } from '../testing/memory-media-storage.ts';
import { databaseUrls, withDatabases } from '../tenant/open-databases.ts';
import { Manifest, takeManifest, writeManifest } from './manifest.ts';
import { restore } from './restore.ts';

type Blob = ReturnType<typeof aBlob>;

const tenantId = '0190a000-0000-7000-8000-00000000000a';
const login = `t_${tenantId.replaceAll('-', '')}_a`;

let folder: string;
let at: DatabaseEnvironment;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legendops-manifest-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  storage = memoryMediaStorage();
  at = await databaseEnvironment();
  for (const name of databases)
    await at[name].administrator.query(
      `insert into app.tenants (id, name, display_name, state, owner_uid) values ($1, 'northwind', 'Northwind IT', 'active', app.uuid_v7())`,
      [tenantId],
    );
  const { administrator } = at.billing_db;
  await administrator.query('set session_replication_role = replica');
  for (const table of (await tenantTables(administrator)).filter(({ name }) => name === 'billing.invoices')) {
    const { text, values } = insertText(table, sampleRow(table, { tenantId, seed: tenantId }));
    await administrator.query(text, values);
  }
  await administrator.query(`update billing.invoices set total_minor = 0; set session_replication_role = origin`);
  await administrator.query(`create role ${login} login; grant tenant_job to ${login} with inherit true, set false`);
});
afterEach(async () => {
  await at.billing_db.administrator.query(`drop role if exists ${login}`);
  await closeEnvironment(at);
});

const manifest = async (): Promise<string> => {
  const path = join(folder, 'manifest.json');
  const done = await runOn(at, restore, { parameters: ['manifest', '--to', path] });
  expect(done).toEqual({ status: 0, said: expect.stringMatching(/what 1 tenants have.*portal_db as of 20/s) });
  return path;
};
let storage: MemoryMediaStorage;
const verify = (...parameters: string[]) =>
  runOn(at, restore, { parameters: ['verify', ...parameters], login: 'postgres', storage });
const wrong = ({ said }: { said: string }): string[] => said.split('\n').filter((line) => line.startsWith('WRONG'));

it('says of databases in which nothing changed that they are whole, and of what that was seen', async () => {
  const path = await manifest();
  const { status, said } = await verify('--against', path);
  expect([status, wrong({ said })]).toEqual([0, []]);
  expect(said.split('\n').filter((line) => line.startsWith('ok')).length).toBe(4 * 4 + 5);
  const { moments } = Manifest.parse(JSON.parse(await readFile(path, 'utf8')));
  for (const name of databases) expect(said).toMatch(new RegExp(`${name}: .* of 1 tenants, as of ${moments[name]}`));
});

it('notes what all four had before it read any of them', async () => {
  const clients = databaseUrls(byDatabaseVariable((name) => at[name].url('legendops_migrator', testPassword)));
  const path = join(folder, 'at-once.json');
  await withDatabases(clients, async (open) => {
    const query = open.auth_db.query.bind(open.auth_db);
    let hasHappened = false;
    open.auth_db.query = (async (...asked: [string]) => {
      const isRead = asked[0].includes('from app.tenants');
      if (isRead && !hasHappened) {
        hasHappened = true;
        await at.billing_db.administrator.query(`update billing.invoices set customer_name = 'Later'`);
      }
      return query(...asked);
    }) as typeof open.auth_db.query;
    await writeManifest(path, await takeManifest(open));
    expect(hasHappened).toBe(true);
  });
  expect(wrong(await verify('--against', path))).toHaveLength(1);
});

it('tells of which moments a manifest is, and that they are too far apart to be one', async () => {
  const path = await manifest();
  const noted = Manifest.parse(JSON.parse(await readFile(path, 'utf8')));
  const later = new Date(Date.parse(noted.moments.auth_db ?? '') + 3_600_000).toISOString();
  await writeManifest(path, { ...noted, moments: { ...noted.moments, catalog_db: later } });
  const { status, said } = await verify('--against', path);
  expect([status, said]).toEqual([1, expect.stringContaining('compare with another manifest')]);
  expect(said).toMatch(/are 3[56]\d{5} ms apart/);
});

it('counts blobs that rows name and the storage has not, and says when nobody looked', async () => {
  const [there, short] = ['one', 'two'].map(aBlob) as [Blob, Blob];
  // Each has to be known by name: it is brought back by that.
  const gone = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(aBlob);
  for (const { bytes, sha256 } of [there, short, ...gone])
    await at.catalog_db.administrator.query(
      `insert into catalog.media (tenant_id, container, sha256, content_type, bytes) values ($1, 'documents', $2, 'application/pdf', $3)`,
      [tenantId, sha256, bytes.length],
    );
  const pathOf = ({ sha256 }: Blob): string => `documents/${tenantId}/${sha256}`;
  storage.blobs.set(pathOf(there), { bytes: there.bytes, contentType: '', cacheControl: '' });
  storage.blobs.set(pathOf(short), { bytes: Buffer.from('x'), contentType: '', cacheControl: '' });
  const { status, said } = await verify();
  expect([status, said]).toEqual([1, expect.stringContaining('9 named, 8 not in the storage as they were')]);
  for (const one of gone) expect(said).toContain(`${pathOf(one)} of northwind is not there`);
  expect(said).toContain(`${pathOf(short)} of northwind has 1 bytes, and not ${short.bytes.length}`);
  const unseen = await runOn(at, restore, { parameters: ['verify'], login: 'postgres' });
  expect([unseen.status, unseen.said]).toEqual([0, expect.stringContaining('no storage was named (BLOB_URL)')]);
});

it('notes no row of anybody, for its owner alone', async () => {
  const path = await manifest();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readFile(path, 'utf8')).not.toContain('Northwind');
});

it.each<[string, () => Promise<unknown>, string]>([
  [
    'lost a row',
    () => at.billing_db.administrator.query(`set session_replication_role = replica; delete from billing.invoices`),
    'billing.invoices of northwind has 0 rows, and not the 1 of then',
  ],
  [
    'has another value',
    () => at.billing_db.administrator.query(`update billing.invoices set customer_name = 'Other'`),
    'billing.invoices of northwind has 1 rows, and not the 1 of then',
  ],
  [
    'lost a tenant',
    () => at.catalog_db.administrator.query('delete from app.tenants'),
    'the tenant northwind is not there',
  ],
  [
    'has a tenant of later',
    () =>
      at.auth_db.administrator.query(
        `insert into app.tenants (id, name, display_name, state, owner_uid) values (app.uuid_v7(), 'later', 'x', 'active', app.uuid_v7())`,
      ),
    'the tenant later was not there then',
  ],
  [
    'has an invoice whose lines are not its total',
    () => at.billing_db.administrator.query('update billing.invoices set total_minor = 5'),
    'are not its total',
  ],
  [
    'has a posted invoice of which nothing says where',
    () =>
      at.billing_db.administrator.query(
        `set session_replication_role = replica; update billing.invoices set status = 'posted', approved_hash = content_hash`,
      ),
    'is posted, and nothing says where',
  ],
  [
    'lost its isolation',
    () => at.portal_db.administrator.query('alter table portal.customers no force row level security'),
    'L1 portal.customers',
  ],
  [
    'lost a login of a tenant',
    () => at.billing_db.administrator.query(`drop role ${login}`),
    'the jobs of northwind have no login',
  ],
  [
    'is of an older release',
    () => at.auth_db.administrator.query(`delete from migrations.own where name = '0021_audit'`),
    'own/0021_audit is not applied',
  ],
])('says what is wrong with one that %s', async (_title, change, why) => {
  const path = await manifest();
  await change();
  const { status, said } = await verify('--against', path);
  expect([status, said]).toEqual([1, expect.stringContaining(why)]);
  expect(wrong({ said }).length).toBeGreaterThan(0);
  expect(said).toContain('nobody should work with them');
});

it('sees without a manifest that one of the four is of another moment', async () => {
  await at.catalog_db.administrator.query('delete from app.tenants');
  const { status, said } = await verify();
  expect([status, said]).toEqual([1, expect.stringContaining('catalog_db does not know northwind')]);
});

it.each([
  [['manifest'], '--to FILE'],
  [['verify', '--against', '/nowhere'], '/nowhere is not there'],
  [['both'], 'manifest --to FILE, or verify'],
])('refuses %j', async (parameters, why) => {
  expect(await runOn(at, restore, { parameters })).toEqual({ status: 2, said: expect.stringContaining(why) });
});

it('refuses what is no manifest', async () => {
  const path = join(folder, 'other.json');
  await writeFile(path, '{"format": "legendops-manifest/2"}');
  expect(await verify('--against', path)).toEqual({
    status: 2,
    said: expect.stringContaining('is not what ops:restore'),
  });
});
