import { asSeen } from '@legendops/kit/errors/as-seen';
import { sql } from '@legendops/kit/db/sql';
import type { Scope, TenantDatabase } from '@legendops/kit/db/tenant-database';
import type { SuperOpsAccount } from '../superops/superops-transport.ts';

export type NameRefusal = 'taken-here' | 'refused-there' | 'forbidden-there';

/** A link of the connected account, with both names as they are known now. */
export interface NamesRow {
  id: string;
  region: SuperOpsAccount['region'];
  subdomain: string;
  client_id: string;
  version: number;
  customer_id: string;
  customer_version: number;
  ours: string;
  theirs: string;
  our_name: string | null;
  their_name: string | null;
  name_refusal: NameRefusal | null;
}

export interface ClientNameStore {
  /** Of active customers whose client is in the mirror and there. */
  all(scope: Scope): Promise<NamesRow[]>;
  /** Throws client-link.not-found, also where the mirror does not have the client, and version.stale. */
  one(scope: Scope, of: { clientId: string; version: number }): Promise<NamesRow>;
  /** Nothing is left to do about these. */
  agree(scope: Scope, id: string, names: { ours: string; theirs: string }): Promise<void>;
  refuse(scope: Scope, id: string, refusal: NameRefusal): Promise<void>;
}

const names = sql<NamesRow>`
  select l.id, l.region, l.subdomain, l.client_id, l.version, c.id as customer_id, c.version as customer_version, c.name as ours, o.name as theirs,
    l.our_name, l.their_name, l.name_refusal
  from portal.superops_clients l
  join portal.customers c on c.tenant_id = l.tenant_id and c.id = l.customer_id
  join portal.superops_objects o on o.tenant_id = l.tenant_id and o.region = l.region and o.subdomain = l.subdomain
    and o.kind = 'client' and o.id = l.client_id
  where c.state = 'active' and o.gone_at is null`;

export const clientNameStore = (database: TenantDatabase): ClientNameStore => ({
  all: (scope) => database.read(scope, sql<NamesRow>`${names} order by l.client_id`),
  one: async (scope, { clientId, version }) =>
    asSeen(
      (await database.read(scope, sql<NamesRow>`${names} and l.client_id = ${clientId}`))[0],
      version,
      'client-link.not-found',
    ),
  agree: (scope, id, { ours, theirs }) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`
        update portal.superops_clients set our_name = ${ours}, their_name = ${theirs}, name_refusal = null
        where id = ${id} and (our_name, their_name, name_refusal) is distinct from (${ours}, ${theirs}, null)`);
    }),
  refuse: (scope, id, refusal) =>
    database.write(scope, async (transaction) => {
      await transaction.change(sql`
        update portal.superops_clients set name_refusal = ${refusal} where id = ${id} and name_refusal is distinct from ${refusal}`);
    }),
});
