import { sql } from '@legendops/kit/db/sql';
import type { PlatformDatabase, Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import { noEntry, type ChainedEntry, type ChainEnd } from './chain.ts';
import { entryColumns, entryOf, type EntryRow } from './entry-row.ts';
import { verifyChain, type Verification } from './verify-chain.ts';

export interface TenantVerification extends Verification {
  name: string;
}

interface Databases {
  /** Of portal_db; says which tenants there are. */
  platform: PlatformDatabase;
  database: TenantDatabase;
}

const batch = 1_000;

type HashedRow = EntryRow & { hash: Buffer };

async function* entriesUpTo(
  database: TenantDatabase,
  scope: Scope,
  end: ChainEnd,
): AsyncGenerator<ChainedEntry & { hash: Buffer }> {
  for (let last = 0n; ;) {
    const rows = await database.read(
      scope,
      sql<HashedRow>`select ${entryColumns}, hash from portal.audit_entries
        where position > ${last} and position <= ${end.position} order by position limit ${batch}`,
    );
    for (const row of rows)
      yield { ...entryOf(row), ...scope, position: row.position, source: row.source, hash: row.hash };
    last = rows.at(-1)?.position ?? last;
    if (rows.length < batch) return;
  }
}

// In one statement, which sees an entry and the head that counts it, or neither.
const entriesPastHead = async (database: TenantDatabase, scope: Scope): Promise<Verification['broken']> => {
  const [past] = await database.read(
    scope,
    sql<{ position: bigint }>`
      select position from portal.audit_entries
      where position > coalesce((select h.position from portal.audit_heads h), 0) order by position limit 1`,
  );
  return (
    past && { position: past.position, reason: 'it stands past the head of the chain: the portal did not write it' }
  );
};

const verifyTenant = async (database: TenantDatabase, scope: Scope): Promise<Verification> => {
  // What is appended meanwhile is past this head, and no part of what is verified.
  const [head = noEntry] = await database.read(scope, sql<ChainEnd>`select position, hash from portal.audit_heads`);
  const verification = await verifyChain(entriesUpTo(database, scope, head), head);
  const broken = verification.broken ?? (await entriesPastHead(database, scope));
  return { ...verification, ...(broken && { broken }) };
};

/** Follows the chain of every tenant that is registered, in the order of their names. */
export const verifyTenants = async ({ platform, database }: Databases): Promise<TenantVerification[]> => {
  const tenants = await platform.read(
    'audit verification',
    sql<{ id: string; name: string }>`select id, name from app.tenants order by name`,
  );
  const verified: TenantVerification[] = [];
  for (const { id: tenantId, name } of tenants)
    verified.push({ name, ...(await verifyTenant(database, { tenantId })) });
  return verified;
};
