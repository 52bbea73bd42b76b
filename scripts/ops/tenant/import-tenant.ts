import { randomUUID } from 'node:crypto';
import { databases, type DatabaseName } from '@legendops/kit/config/databases';
import { sqlState } from '@legendops/kit/db/database-error';
import { messageOf } from '@legendops/kit/errors/message-of';
import type pg from 'pg';
import { Refused } from '../environment-group.ts';
import { appliedMigrations, type Databases } from './open-databases.ts';
import type { z } from 'zod';
import type { MediaStorage } from '../media/media-storage.ts';
import { blobsToBring, bringBlobs, requireStanding } from './import-blobs.ts';
import { inspectExport } from './inspect-export.ts';
import { partsOf, wasChanged, type Contents, type Header, type TableStart } from './tenant-file.ts';
import { asOwnerOf, digestOf, growingDigest, tenantTables, type TableDigest, type TenantTable } from './tenant-rows.ts';

type Tenant = Header['tenant'];

const asMigrated = async (clients: Databases, { migrations }: Header): Promise<void> => {
  for (const database of databases) {
    const [here, there] = [await appliedMigrations(clients[database]), migrations[database] ?? []];
    const lacking = there.find((name) => !here.includes(name));
    if (lacking !== undefined)
      throw new Refused(
        `${database} lacks the migration ${lacking} that the export was made with: deploy that release first`,
      );
    const more = here.find((name) => !there.includes(name));
    if (more !== undefined)
      throw new Refused(
        `${database} has the migration ${more}, which the export was made without: export it anew with that release`,
      );
  }
};

/** Whether this database has the tenant already; refused where it is another's name, or a tenant that somebody works with. */
const isThere = async (client: pg.Client, database: DatabaseName, { id, name }: Tenant): Promise<boolean> => {
  const { rows } = await client.query<{ id: string; name: string; state: string }>(
    'select id, name, state from app.tenants where id = $1 or name = $2',
    [id, name],
  );
  const taken = rows.find((row) => row.id !== id || row.name !== name);
  if (taken)
    throw new Refused(
      `${database} has a tenant ${taken.name} with the id ${taken.id}, and this one is ${name} with ${id}`,
    );
  const [same] = rows;
  if (same && same.state !== 'retained')
    throw new Refused(`${database} has ${name} already, and it is ${same.state}: an import never writes over a tenant`);
  return same !== undefined;
};

/**
 * As a tenant whose resource is gone: whoever applies a Tenant with the annotation that adopts this id has it. The owner is nobody,
 * and what the rows' own triggers told anew is taken back: it was told where they come from.
 */
const register = async (client: pg.Client, { id, name, displayName, limits, settings }: Tenant): Promise<void> => {
  await client.query('delete from app.outbox where tenant_id = $1', [id]);
  await client.query(
    `insert into app.tenants (id, name, display_name, state, limits, settings, owner_uid) values ($1, $2, $3, 'retained', $4, $5, $6)`,
    [id, name, displayName, JSON.stringify(limits), JSON.stringify(settings), randomUUID()],
  );
};

const insertRows = async (
  client: pg.Client,
  { name, columns }: TenantTable,
  rows: readonly string[],
): Promise<void> => {
  const list = columns.join(', ');
  try {
    await client.query(
      `insert into ${name} (${list}) overriding system value select ${list} from json_populate_recordset(null::${name}, $1::json)`,
      [`[${rows.join(',')}]`],
    );
  } catch (error) {
    // Unique over all tenants is what one tenant alone may have: a directory, an account at a vendor.
    if (sqlState(error) === '23505')
      throw new Refused(`Another tenant here has what ${name} of the export says is this one's: ${messageOf(error)}`);
    throw error;
  }
};

/** One database's part, in a transaction that is committed at the end. */
interface Target {
  client: pg.Client;
  tables: Map<string, TenantTable>;
  isThere: boolean;
}

const begun = async (client: pg.Client, database: DatabaseName, tenant: Tenant): Promise<Target> => {
  await asOwnerOf(client, tenant.id);
  await client.query('set constraints all deferred');
  const tables = new Map((await tenantTables(client)).map((table) => [table.name, table]));
  return { client, tables, isThere: await isThere(client, database, tenant) };
};

/** Rows of one table, as the file says them; what was there already is left as it is. */
interface Loaded {
  target: Target;
  table: TenantTable;
  said: TableDigest;
}

interface Loading extends Omit<Loaded, 'said'> {
  growing: ReturnType<typeof growingDigest>;
}

type Targets = Map<string, Target>;

const tableIn = ({ database, table: name }: z.infer<typeof TableStart>, targets: Targets, path: string): Loading => {
  const target = targets.get(database);
  const table = target?.tables.get(name);
  if (!target || !table) throw new Refused(`${path} has rows of ${name}, which is no table of tenants here`);
  return { target, table, growing: growingDigest() };
};

const ended = (
  loading: Loading | undefined,
  { end, rows, sha256 }: TableDigest & { end: string },
  path: string,
): Loaded => {
  if (loading?.table.name !== end) throw wasChanged(path, `${end} ends without a beginning`);
  const { target, table, growing } = loading;
  const said = growing.digest();
  if (said.rows !== rows || said.sha256 !== sha256)
    throw wasChanged(path, `the rows of ${table.name} are not those that were exported`);
  return { target, table, said };
};

const countOf = (loaded: readonly Loaded[]): { tables: number; rows: number } => ({
  tables: loaded.length,
  rows: loaded.reduce((sum, { said }) => sum + said.rows, 0),
});

/** Each table of tenants once, empty ones too: of one that is left out, nobody would miss the rows before the customer does. */
const requireWhole = (
  loaded: readonly Loaded[],
  said: Contents,
  { targets, path }: { targets: Targets; path: string },
): void => {
  for (const target of targets.values())
    for (const [name, table] of target.tables) {
      const times = loaded.filter((one) => one.table === table).length;
      if (times !== 1) throw wasChanged(path, `it has the rows of ${name} ${times} times`);
    }
  const { tables, rows } = countOf(loaded);
  if (tables !== said.tables || rows !== said.rows)
    throw wasChanged(path, `it has ${rows} rows of ${tables} tables, and had ${said.rows} of ${said.tables}`);
};

/** Brings the file's rows in, and says of which tables. */
const load = async (path: string, { targets, sha256 }: { targets: Targets; sha256: string }): Promise<Loaded[]> => {
  const loaded: Loaded[] = [];
  let loading: Loading | undefined;
  for await (const part of partsOf(path, sha256)) {
    if ('start' in part) {
      if (loading) throw wasChanged(path, `the rows of ${loading.table.name} do not end`);
      loading = tableIn(part.start, targets, path);
      const { target, table } = loading;
      // What a trigger made of rows before these: they say it themselves.
      if (!target.isThere)
        await target.client.query(`delete from ${table.name} where tenant_id = (select app.tenant_id())`);
    } else if ('rows' in part) {
      if (!loading) throw wasChanged(path, 'it has rows of no table');
      loading.growing.add(part.rows);
      if (!loading.target.isThere) await insertRows(loading.target.client, loading.table, part.rows);
    } else if ('tableEnd' in part) {
      loaded.push(ended(loading, part.tableEnd, path));
      loading = undefined;
    } else if ('contents' in part) {
      if (loading) throw wasChanged(path, `the rows of ${loading.table.name} do not end`);
      requireWhole(loaded, part.contents, { targets, path });
    }
  }
  return loaded;
};

/** What stands in the databases is what the file says, whatever wrote it. */
const verify = async (loaded: readonly Loaded[], tenantId: string): Promise<void> => {
  for (const { target, table, said } of loaded) {
    const is = await digestOf(target.client, table, tenantId);
    if (is.rows === said.rows && is.sha256 === said.sha256) continue;
    const counts = `${is.rows} rows here, ${said.rows} in the export`;
    throw new Refused(
      target.isThere
        ? `${table.name} has other rows of this tenant than the export (${counts}): an import never writes over a tenant`
        : `${table.name} did not take all rows as they are (${counts})`,
    );
  }
};

/**
 * One at a time: of two at once, what the other has brought in and not committed looks like another tenant's. Held until
 * portal_db's transaction ends.
 */
const requireAlone = async ({ portal_db: portal }: Databases): Promise<void> => {
  await portal.query('set local role legendops_owner');
  const { rows } = await portal.query<{ taken: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('legendops:import', 0)) as taken`,
  );
  if (!rows[0]?.taken)
    throw new Refused(
      'Another import is at work in these databases. Run the same again when it has ended: what it brought in is compared then',
    );
};

interface Asked {
  go: boolean;
  /** Where the blobs go; needed where the export has any. */
  storage: MediaStorage | undefined;
  /** Of the export, where whoever imports it has that by another way. */
  digest?: string | undefined;
}

export interface Imported extends Contents {
  tenant: Tenant;
  /** Databases that had the same rows already, of a run that was ended between two of them. */
  before: DatabaseName[];
  /** Blobs that were written; the others stood there already. */
  written: number;
  /** Blobs that the rows name and the export has not: the path of each, with why. */
  lostBlobs: string[];
}

// portal_db decides whose a tenant is: what it does not know can be imported again.
const committing: readonly DatabaseName[] = [...databases.filter((database) => database !== 'portal_db'), 'portal_db'];

/**
 * Brings a tenant into databases that do not know it, as one that is retained. Nothing is there before all of it was compared with
 * the file, and no row before every blob that it may name; a run that ended in the middle is gone on with by the next.
 */
export const importTenant = async (
  clients: Databases,
  path: string,
  { go, storage, digest }: Asked,
): Promise<Imported> => {
  const inspected = await inspectExport(path, digest);
  const { header, contents, lost, sha256 } = inspected;
  const { tenant } = header;
  for (const database of databases) await clients[database].query('begin');
  await requireAlone(clients);
  await asMigrated(clients, header);
  const bringing = await blobsToBring(inspected, storage);
  const targets: Targets = new Map();
  for (const database of databases) targets.set(database, await begun(clients[database], database, tenant));
  await verify(await load(path, { targets, sha256 }), tenant.id);
  for (const { client, isThere: was } of targets.values()) if (!was) await register(client, tenant);
  for (const database of committing) {
    await clients[database].query('set constraints all immediate');
  }
  const { written } = go && bringing ? await bringBlobs(bringing, { path, sha256 }) : { written: 0 };
  for (const database of committing) await clients[database].query(go ? 'commit' : 'rollback');
  if (go && bringing) await requireStanding(bringing, tenant.id);
  return {
    ...contents,
    tenant,
    before: databases.filter((database) => targets.get(database)?.isThere),
    written,
    lostBlobs: [...lost].map(([lostPath, why]) => `${lostPath} ${why}`),
  };
};
