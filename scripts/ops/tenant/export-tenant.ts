import { once } from 'node:events';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { databases, type DatabaseName } from '@legendops/kit/config/databases';
import type pg from 'pg';
import { Refused } from '../environment-group.ts';
import type { MediaStorage } from '../media/media-storage.ts';
import { appliedMigrations, beginReading, type Databases } from './open-databases.ts';
import { writeBlobs } from './export-blobs.ts';
import { growingFileDigest, longestRow, markLine, rowLine, type Contents, type Header } from './tenant-file.ts';
import {
  asOwnerOf,
  digestOf,
  growingDigest,
  rowsOf,
  tenantTables,
  type TableDigest,
  type TenantTable,
} from './tenant-rows.ts';

type Tenant = Header['tenant'];

const registered = async (client: pg.Client, name: string): Promise<(Tenant & { state: string }) | undefined> => {
  await client.query('set local role legendops_owner');
  const { rows } = await client.query<Tenant & { state: string }>(
    `select id, name, display_name as "displayName", state, limits, settings from app.tenants where name = $1`,
    [name],
  );
  return rows[0];
};

/** What the tenant's rows here have told and somebody has not read: it would be lost on the way. */
const unread = async (client: pg.Client, tenantId: string): Promise<string[]> => {
  const { rows } = await client.query<{ topic: string; reader: string }>(
    `select distinct r.topic, r.reader from app.feed_readers r
     join app.outbox o on o.topic = r.topic and (o.tx, o.seq) > (r.tx, r.seq) where o.tenant_id = $1 order by 1, 2`,
    [tenantId],
  );
  return rows.map(({ topic, reader }) => `${reader} has not read all of ${topic}`);
};

/** The tenant as every database knows it: the same in all, and with nobody at work. */
const tenantToExport = async (clients: Databases, name: string): Promise<Tenant> => {
  let found: Tenant | undefined;
  for (const database of databases) {
    const tenant = await registered(clients[database], name);
    if (!tenant) throw new Refused(`${database} has no tenant ${name}`);
    const { state, ...rest } = tenant;
    if (state !== 'suspended' && state !== 'retained')
      throw new Refused(
        `${name} is ${state}, and its rows may change meanwhile: suspend it first (spec.state: Suspended of its Tenant)`,
      );
    if (found && found.id !== rest.id) throw new Refused(`${database} has ${name} under another id: ${rest.id}`);
    found = rest;
    await asOwnerOf(clients[database], rest.id);
    const [first] = await unread(clients[database], rest.id);
    if (first !== undefined) throw new Refused(`${database}: ${first}. Run this again in a minute`);
  }
  return found as Tenant;
};

interface Written {
  database: DatabaseName;
  table: TenantTable;
  digest: TableDigest;
}

const writeRows = async (
  table: TenantTable,
  rows: readonly string[],
  write: (text: string) => Promise<void>,
): Promise<void> => {
  for (const row of rows) {
    const line = rowLine(row);
    if (line.length > longestRow)
      throw new Refused(`A row of ${table.name} has ${line.length} characters: an import takes ${longestRow} at most`);
    await write(line);
  }
};

const writeDatabase = async (
  client: pg.Client,
  { database, tenantId, write }: { database: DatabaseName; tenantId: string; write: (text: string) => Promise<void> },
): Promise<Written[]> => {
  const written: Written[] = [];
  for (const table of await tenantTables(client)) {
    await write(markLine({ table: table.name, database }));
    const { add, digest } = growingDigest();
    for await (const rows of rowsOf(client, table, tenantId)) {
      add(rows);
      await writeRows(table, rows, write);
    }
    await write(markLine({ end: table.name, ...digest() }));
    written.push({ database, table, digest: digest() });
  }
  return written;
};

/**
 * Somebody may have been at work all the same: in a transaction that began before the tenant was suspended, or because it is active
 * again. What they wrote is in no file, and would be lost on the way.
 */
const requireUnchanged = async (clients: Databases, name: string, written: readonly Written[]): Promise<void> => {
  for (const database of databases) await clients[database].query('rollback');
  await beginReading(clients);
  const { id } = await tenantToExport(clients, name);
  for (const { database, table, digest } of written) {
    const { sha256 } = await digestOf(clients[database], table, id);
    if (sha256 !== digest.sha256)
      throw new Refused(
        `${table.name} of ${name} has changed meanwhile: somebody is at work. Run this again in a minute`,
      );
  }
};

/** Made anew, so that it is its owner's alone, and no second export writes into it. */
const newFile = async (partial: string): Promise<FileHandle> => {
  try {
    return await open(partial, 'wx', 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new Refused(
        `${partial} is there: another export writes it, or one was ended in the middle. Then remove it`,
      );
    throw error;
  }
};

interface Asked {
  name: string;
  path: string;
  now: Date;
  /** Where the blobs are that the tenant's rows name; needed where they name any. */
  storage: MediaStorage | undefined;
}

export interface Exported extends Contents {
  tenant: Tenant;
  /** Blobs that the rows name and the storage has not, or not as they were: the path of each, with why. */
  lostBlobs: string[];
  sha256: string;
}

/** What goes into the file, under one digest. */
const zippedInto = (file: NodeJS.WritableStream) => {
  const zipped = createGzip();
  const written = finished(zipped.pipe(file));
  // Told where it is awaited.
  written.catch(() => undefined);
  const { add, digest } = growingFileDigest();
  return {
    write: async (text: string): Promise<void> => {
      add(text);
      if (!zipped.write(text)) await Promise.race([once(zipped, 'drain'), written]);
    },
    end: async (): Promise<string> => {
      const sha256 = digest();
      zipped.end(markLine({ sha256 }));
      await written;
      return sha256;
    },
  };
};

/**
 * Writes all rows of a suspended or retained tenant, and the blobs that they name, into one file, readable by its owner alone;
 * nothing stands under that name until it is whole.
 */
export const exportTenant = async (clients: Databases, { name, path, now, storage }: Asked): Promise<Exported> => {
  await beginReading(clients);
  const migrations = Object.fromEntries(
    await Promise.all(
      databases.map(async (database) => [database, await appliedMigrations(clients[database])] as const),
    ),
  );
  const tenant = await tenantToExport(clients, name);
  const partial = `${path}.part`;
  const file = (await newFile(partial)).createWriteStream();
  const { write, end } = zippedInto(file);
  try {
    const header: Header = { format: 'legendops-tenant/2', exportedAt: now.toISOString(), tenant, migrations };
    await write(markLine(header));
    const tables: Written[] = [];
    for (const database of databases)
      tables.push(...(await writeDatabase(clients[database], { database, tenantId: tenant.id, write })));
    const { blobs, lostBlobs } = await writeBlobs(clients.catalog_db, { tenant, storage, write });
    const rows = tables.reduce((sum, { digest }) => sum + digest.rows, 0);
    const contents: Contents = { tables: tables.length, rows, blobs, lost: lostBlobs.length };
    await write(markLine(contents));
    const sha256 = await end();
    await requireUnchanged(clients, name, tables);
    await rename(partial, path);
    return { ...contents, tenant, lostBlobs, sha256 };
  } catch (error) {
    file.destroy();
    await rm(partial, { force: true });
    throw error;
  }
};
