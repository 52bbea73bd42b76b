import type { TenantSpec } from '../api/tenant.ts';
import type { DatabaseName } from '@legendops/kit/config/databases';
import type { Provisioners } from './provisioners.ts';
import { reads } from './reads.ts';

export interface Registration {
  name: string;
  ownerUid: string;
  spec: Pick<TenantSpec, 'displayName' | 'state' | 'limits' | 'billing'>;
  /** The cluster that the resource is of. */
  cluster: string;
  /** A tenant that the resource is to take over, and a cluster that is said to be lost. */
  adopt?: string | undefined;
  lostCluster?: string | undefined;
  /** portal_db has said that the id is this resource's. */
  isDecided?: boolean;
}

/** Why a name or an id is refused; app.register_tenant says when. */
export type RefusalReason =
  | 'retained'
  | 'owner-gone'
  | 'cluster-silent'
  | 'cluster-lives'
  | 'other-name'
  | 'currency'
  | 'unknown';

/** The tenant that stands in the way. */
export interface Holder {
  id: string;
  name?: string;
  cluster?: string;
  /** When the operator of that cluster was last heard of, to the minute. */
  heardAt?: string | null;
  currency?: string | null;
}

export type RegistrationAnswer =
  | { id: string; outcome: 'registered' | 'updated' | 'unchanged' | 'adopted' }
  | { refusal: RefusalReason; holder: Holder };

export type RegistryState = 'active' | 'suspended' | 'deleting' | 'retained';

export const registryStateOf = ({ state }: Pick<TenantSpec, 'state'>): RegistryState =>
  state === 'Active' ? 'active' : 'suspended';

export interface ConnectionState {
  vendor: string;
  state: string;
}

export interface Registry {
  /** The row of this owner gets these values; a name that another owner holds is refused with its holder. */
  register(database: DatabaseName, id: string, registration: Registration): Promise<RegistrationAnswer>;
  /** The ids of the tenants that a resource has in this database. */
  ownedBy(database: DatabaseName, ownerUid: string): Promise<string[]>;
  /** Tells portal_db that the operator of this cluster runs. */
  seeCluster(cluster: string): Promise<void>;
  setDirectories(id: string, directories: readonly string[]): Promise<'updated' | 'unchanged' | 'directory-taken'>;
  inviteAdmins(id: string, admins: TenantSpec['admins']): Promise<number>;
  /** False where the database has no such row of this owner. */
  setState(database: DatabaseName, id: string, ownerUid: string, state: RegistryState): Promise<boolean>;
  remove(database: DatabaseName, id: string, ownerUid: string): Promise<boolean>;
  /** How the connections of these tenants are, in one query; each of them has an entry. */
  integrationStates(ids: readonly string[]): Promise<Map<string, ConnectionState[]>>;
}

// Millions of rows go in one transaction: in parts, a tenant would be there by halves for others' eyes and foreign keys.
const removalMs = 15 * 60_000;

/** The registry functions of each database, which the provisioners may execute and nothing else there. */
export const createRegistry = (provisioners: Provisioners): Registry => {
  const first = async <Row extends object>(database: DatabaseName, text: string, values: unknown[]): Promise<Row> => {
    // Named by the function that it calls: to parse and to plan it takes longer than most of them run.
    const [name] = /app\.\w+/.exec(text) ?? [];
    const { rows } = await provisioners.on(provisioners.registrar, database, (client) =>
      client.query<Row>({ ...(name !== undefined && { name }), text, values }),
    );
    const [row] = rows;
    if (!row) throw new Error('A registry function answered nothing');
    return row;
  };
  return {
    register: async (database, id, { name, ownerUid, spec, cluster, adopt, lostCluster, isDecided = false }) => {
      const row = await first<{
        id: string;
        outcome: 'registered' | 'updated' | 'unchanged' | 'adopted';
        refusal: RefusalReason | null;
        holder: Omit<Holder, 'id'> | null;
      }>(
        database,
        'select id, outcome, refusal, holder from app.register_tenant($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
        [
          id,
          name,
          spec.displayName,
          registryStateOf(spec),
          JSON.stringify(spec.limits),
          JSON.stringify({ currency: spec.billing.currency, timeZone: spec.billing.timeZone }),
          ownerUid,
          adopt ?? null,
          cluster,
          lostCluster ?? null,
          isDecided,
        ],
      );
      if (row.refusal !== null) return { refusal: row.refusal, holder: { id: row.id, ...row.holder } };
      return { id: row.id, outcome: row.outcome };
    },
    ownedBy: async (database, ownerUid) => {
      const { rows } = await provisioners.on(provisioners.registrar, database, (client) =>
        client.query<{ id: string }>(reads.tenantsOfOwner, [ownerUid]),
      );
      return rows.map(({ id }) => id);
    },
    seeCluster: async (cluster) => {
      await first('portal_db', 'select app.see_cluster($1)', [cluster]);
    },
    setDirectories: async (id, directories) =>
      (
        await first<{ outcome: 'updated' | 'unchanged' | 'directory-taken' }>(
          'auth_db',
          'select app.set_directories($1, $2) as outcome',
          [id, directories],
        )
      ).outcome,
    inviteAdmins: async (id, admins) =>
      (
        await first<{ added: number }>('auth_db', 'select app.invite_admins($1, $2) as added', [
          id,
          JSON.stringify(admins),
        ])
      ).added,
    setState: async (database, id, ownerUid, state) =>
      (
        await first<{ ours: boolean }>(database, 'select app.set_tenant_state($1, $2, $3) as ours', [
          id,
          ownerUid,
          state,
        ])
      ).ours,
    remove: async (database, id, ownerUid) => {
      const removal = {
        text: 'select app.remove_tenant($1, $2) as removed',
        values: [id, ownerUid],
        query_timeout: removalMs + 10_000,
      };
      const { rows } = await provisioners.on(provisioners.registrar, database, async (client) => {
        await client.query(`set statement_timeout = ${removalMs}`);
        const removed = await client.query<{ removed: boolean }>(removal);
        await client.query('reset statement_timeout');
        return removed;
      });
      return rows[0]?.removed ?? false;
    },
    integrationStates: async (ids) => {
      const { rows } = await provisioners.on(provisioners.registrar, 'billing_db', (client) =>
        client.query<ConnectionState & { tenantId: string }>(reads.integrationStates, [ids]),
      );
      const states = new Map<string, ConnectionState[]>(ids.map((id) => [id, []]));
      for (const { tenantId, vendor, state } of rows) states.get(tenantId)?.push({ vendor, state });
      return states;
    },
  };
};
