import type { TenantSpec } from '../api/tenant.ts';
import type { DatabaseName } from '../config.ts';
import type { Provisioners } from './provisioners.ts';

export interface Registration {
  name: string;
  ownerUid: string;
  spec: Pick<TenantSpec, 'displayName' | 'state' | 'limits' | 'billing'>;
  adopt: string | undefined;
}

export type RegistrationOutcome = 'registered' | 'updated' | 'unchanged' | 'adopted' | 'name-taken';

export interface ConnectionState {
  vendor: string;
  state: string;
}

export interface Registry {
  /** The row of this owner gets these values; a name that another owner holds is refused with that tenant's id. */
  register(
    database: DatabaseName,
    id: string,
    registration: Registration,
  ): Promise<{ id: string; outcome: RegistrationOutcome }>;
  setDirectories(id: string, directories: readonly string[]): Promise<'updated' | 'unchanged' | 'directory-taken'>;
  inviteAdmins(id: string, admins: TenantSpec['admins']): Promise<number>;
  /** False where the database has no such row of this owner. */
  setState(database: DatabaseName, id: string, ownerUid: string, state: 'deleting' | 'retained'): Promise<boolean>;
  remove(database: DatabaseName, id: string, ownerUid: string): Promise<boolean>;
  /** How the connections of these tenants are, in one query; each of them has an entry. */
  integrationStates(ids: readonly string[]): Promise<Map<string, ConnectionState[]>>;
}

/** The registry functions of each database, which the provisioners may execute and nothing else there. */
export const createRegistry = (provisioners: Provisioners): Registry => {
  const first = async <Row extends object>(
    database: DatabaseName,
    id: string,
    text: string,
    values: unknown[],
  ): Promise<Row> => {
    const { rows } = await provisioners.on(provisioners.of(id), database, (client) => client.query<Row>(text, values));
    const [row] = rows;
    if (!row) throw new Error('A registry function answered nothing');
    return row;
  };
  return {
    register: (database, id, { name, ownerUid, spec, adopt }) =>
      first(database, id, 'select id, outcome from app.register_tenant($1, $2, $3, $4, $5, $6, $7, $8)', [
        id,
        name,
        spec.displayName,
        spec.state.toLowerCase(),
        JSON.stringify(spec.limits),
        JSON.stringify({ currency: spec.billing.currency, timeZone: spec.billing.timeZone }),
        ownerUid,
        adopt ?? null,
      ]),
    setDirectories: async (id, directories) =>
      (
        await first<{ outcome: 'updated' | 'unchanged' | 'directory-taken' }>(
          'auth_db',
          id,
          'select app.set_directories($1, $2) as outcome',
          [id, directories],
        )
      ).outcome,
    inviteAdmins: async (id, admins) =>
      (
        await first<{ added: number }>('auth_db', id, 'select app.invite_admins($1, $2) as added', [
          id,
          JSON.stringify(admins),
        ])
      ).added,
    setState: async (database, id, ownerUid, state) =>
      (
        await first<{ ours: boolean }>(database, id, 'select app.set_tenant_state($1, $2, $3) as ours', [
          id,
          ownerUid,
          state,
        ])
      ).ours,
    remove: async (database, id, ownerUid) =>
      (await first<{ removed: boolean }>(database, id, 'select app.remove_tenant($1, $2) as removed', [id, ownerUid]))
        .removed,
    integrationStates: async (ids) => {
      const text = 'select tenant_id::text as "tenantId", vendor, state from app.integration_states($1) order by 1, 2';
      const { rows } = await provisioners.on(provisioners.of(''), 'billing_db', (client) =>
        client.query<ConnectionState & { tenantId: string }>(text, [ids]),
      );
      const states = new Map<string, ConnectionState[]>(ids.map((id) => [id, []]));
      for (const { tenantId, vendor, state } of rows) states.get(tenantId)?.push({ vendor, state });
      return states;
    },
  };
};
