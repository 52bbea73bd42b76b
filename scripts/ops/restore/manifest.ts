import { readFile, rename, writeFile } from 'node:fs/promises';
import { databases, type DatabaseName } from '@legendops/kit/config/databases';
import { z } from 'zod';
import { Refused } from '../environment-group.ts';
import { beginReading, type Databases } from '../tenant/open-databases.ts';
import { asOwnerOf, digestOf, tenantTables } from '../tenant/tenant-rows.ts';

const TableDigest = z.strictObject({ rows: z.int().min(0), sha256: z.string() });

/** What each database held of each tenant at its moment: count and digest of each table, by database, tenant and table. */
export const Manifest = z.strictObject({
  format: z.literal('legendops-manifest/2'),
  /** By database, of its own server's clock; all four were taken before any was read. */
  moments: z.record(z.string(), z.iso.datetime()),
  databases: z.record(z.string(), z.record(z.string(), z.record(z.string(), TableDigest))),
});
export type Manifest = z.infer<typeof Manifest>;

export interface Registered {
  id: string;
  name: string;
  state: string;
}

/** As the owner of the tables, in the transaction that is open. */
export const registeredTenants = async (databaseClient: Databases[DatabaseName]): Promise<Registered[]> => {
  await databaseClient.query('set local role legendops_owner');
  return (await databaseClient.query<Registered>('select id, name, state from app.tenants order by name')).rows;
};

type Digests = Manifest['databases'][string];

/** Of one database, in the transaction that is open. */
export const digestsOf = async (client: Databases[DatabaseName], tenants: readonly Registered[]): Promise<Digests> => {
  const digests: Digests = {};
  const tables = await tenantTables(client);
  for (const { id } of tenants) {
    await asOwnerOf(client, id);
    const ofTenant: Digests[string] = {};
    for (const table of tables) ofTenant[table.name] = await digestOf(client, table, id);
    digests[id] = ofTenant;
  }
  return digests;
};

export const takeManifest = async (clients: Databases): Promise<Manifest> => {
  const moments = await beginReading(clients);
  const manifest: Manifest = { format: 'legendops-manifest/2', moments, databases: {} };
  for (const database of databases) {
    manifest.databases[database] = await digestsOf(clients[database], await registeredTenants(clients[database]));
    await clients[database].query('rollback');
  }
  return manifest;
};

/** From the first of the four moments to the last, in milliseconds, by their servers' clocks. */
export const momentsApartMs = ({ moments }: Manifest): number => {
  const times = Object.values(moments).map((moment) => Date.parse(moment));
  return Math.max(...times) - Math.min(...times);
};

export const writeManifest = async (path: string, manifest: Manifest): Promise<void> => {
  await writeFile(`${path}.part`, `${JSON.stringify(manifest)}\n`, { mode: 0o600 });
  await rename(`${path}.part`, path);
};

export const readManifest = async (path: string): Promise<Manifest> => {
  try {
    return Manifest.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    throw new Refused(`${path} is not there, or is not what ops:restore manifest of this release wrote`);
  }
};

/** What differs, as sentences; nothing of tables that one of both does not have. */
export const differences = (wanted: Digests, found: Digests, names: ReadonlyMap<string, string>): string[] => {
  const said: string[] = [];
  for (const [id, tables] of Object.entries(wanted)) {
    const name = names.get(id) ?? id;
    const ofTenant = found[id];
    if (!ofTenant) {
      said.push(`the tenant ${name} is not there`);
      continue;
    }
    for (const [table, { rows, sha256 }] of Object.entries(tables)) {
      const is = ofTenant[table];
      if (is?.sha256 !== sha256)
        said.push(`${table} of ${name} has ${is?.rows ?? 'no'} rows, and not the ${rows} of then`);
    }
  }
  return [
    ...said,
    ...Object.keys(found)
      .filter((id) => !wanted[id])
      .map((id) => `the tenant ${names.get(id) ?? id} was not there then`),
  ];
};
