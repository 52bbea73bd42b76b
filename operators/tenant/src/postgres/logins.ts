import pg, { type PoolClient } from 'pg';
import { hexOf, type Slot } from '../api/tenant.ts';
import type { OperatorConfig } from '../config.ts';
import type { Provisioners } from './provisioners.ts';
import { requireVerifier } from './scram-verifier.ts';

export interface LoginState {
  exists: boolean;
  canLogin: boolean;
  /** Member of tenant_job, inheriting, without SET and ADMIN; of nothing else. */
  rightMemberships: boolean;
  /** Whether the membership of tenant_job is there, whatever else is. */
  isTenantJob: boolean;
  connectionLimit: number;
  administrator: string | undefined;
}

export interface Logins {
  observe(tenantId: string): Promise<Record<Slot, LoginState>>;
  /** Creates both slots at once, unable to log in: a name left free could be made by another provisioner. */
  createBoth(tenantId: string): Promise<void>;
  repair(tenantId: string, slot: Slot, state: LoginState): Promise<void>;
  enable(tenantId: string, slot: Slot, verifier: string): Promise<void>;
  /** NOLOGIN, then ends the slot's sessions and waits until none is left. */
  disable(tenantId: string, slot: Slot): Promise<void>;
  /** Whether this password opens a session that is this tenant's. */
  opens(tenantId: string, slot: Slot, password: string): Promise<boolean>;
  dropBoth(tenantId: string): Promise<void>;
}

export const connectionLimit = 5;

/** The login of a slot; its form is what the database's policies derive the tenant from. */
export const loginOf = (tenantId: string, slot: Slot): string => {
  const name = `t_${hexOf(tenantId)}_${slot}`;
  if (!/^t_[0-9a-f]{32}_[ab]$/.test(name)) throw new TypeError('Not a tenant id');
  return name;
};

const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined;

interface RoleRow {
  rolname: string;
  rolcanlogin: boolean;
  rolconnlimit: number;
  memberships: string[];
  administered_by: string[];
}

const observeText = `
  select r.rolname::text, r.rolcanlogin, r.rolconnlimit,
    array(select format('%s inherit=%s set=%s admin=%s', g.rolname, x.inherit_option, x.set_option, x.admin_option)
          from pg_auth_members x join pg_roles g on g.oid = x.roleid where x.member = r.oid order by 1) memberships,
    array(select m.rolname::text from pg_auth_members x join pg_roles m on m.oid = x.member
          where x.roleid = r.oid and x.admin_option and m.rolname like 'provisioner_%' order by 1) administered_by
  from pg_roles r where r.rolname = any ($1)`;

const rightMembership = 'tenant_job inherit=t set=f admin=f';
const slots: readonly Slot[] = ['a', 'b'];

/** The two logins of a tenant on billing_db's server. Every name and verifier that stands in a statement is checked by form. */
export const createLogins = (provisioners: Provisioners, config: Pick<OperatorConfig, 'databaseUrls'>): Logins => {
  const observe: Logins['observe'] = async (tenantId) => {
    const names = slots.map((slot) => loginOf(tenantId, slot));
    const { rows } = await provisioners.on(provisioners.of(tenantId), 'billing_db', (client) =>
      client.query<RoleRow>(observeText, [names]),
    );
    const stateOf = (slot: Slot): LoginState => {
      const row = rows.find(({ rolname }) => rolname === loginOf(tenantId, slot));
      return {
        exists: row !== undefined,
        canLogin: row?.rolcanlogin ?? false,
        rightMemberships: row?.memberships.join() === rightMembership,
        isTenantJob: row?.memberships.includes(rightMembership) ?? false,
        connectionLimit: row?.rolconnlimit ?? 0,
        administrator: row?.administered_by[0],
      };
    };
    return { a: stateOf('a'), b: stateOf('b') };
  };

  // Concurrent changes of one role fail in the server (XX000): one change at a time per tenant, whoever asks.
  const change = async (
    tenantId: string,
    provisioner: string | undefined,
    work: (client: PoolClient) => Promise<void>,
  ): Promise<void> => {
    await provisioners.on(provisioner ?? provisioners.of(tenantId), 'billing_db', async (client) => {
      await client.query('begin');
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`legendops:logins:${tenantId}`]);
      await work(client);
      await client.query('commit');
    });
  };

  const administratorOf = async (tenantId: string, slot: Slot): Promise<string | undefined> =>
    (await observe(tenantId))[slot].administrator;

  const endSessions = async (client: PoolClient, login: string): Promise<number> => {
    const { rows } = await client.query<{ count: number }>(
      'select count(pg_terminate_backend(pid))::int as count from pg_stat_activity where usename = $1',
      [login],
    );
    return rows[0]?.count ?? 0;
  };

  return {
    observe,
    createBoth: async (tenantId) => {
      const state = await observe(tenantId);
      const administrator = state.a.administrator ?? state.b.administrator;
      await change(tenantId, administrator, async (client) => {
        for (const slot of slots) {
          if (state[slot].exists) continue;
          const login = loginOf(tenantId, slot);
          await client.query(
            `create role ${login} nologin inherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls connection limit ${connectionLimit}`,
          );
          await client.query(`grant tenant_job to ${login} with inherit true, set false, admin false`);
          await client.query(`alter role ${login} set statement_timeout = '120s'`);
          await client.query(`alter role ${login} set idle_in_transaction_session_timeout = '60s'`);
        }
      });
    },
    repair: async (tenantId, slot, state) => {
      const login = loginOf(tenantId, slot);
      await change(tenantId, state.administrator, async (client) => {
        if (state.connectionLimit !== connectionLimit)
          await client.query(`alter role ${login} connection limit ${connectionLimit}`);
        if (!state.isTenantJob)
          await client.query(`grant tenant_job to ${login} with inherit true, set false, admin false`);
      });
    },
    enable: async (tenantId, slot, verifier) => {
      await change(tenantId, await administratorOf(tenantId, slot), async (client) => {
        await client.query(`alter role ${loginOf(tenantId, slot)} login password '${requireVerifier(verifier)}'`);
      });
    },
    disable: async (tenantId, slot) => {
      const login = loginOf(tenantId, slot);
      const administrator = await administratorOf(tenantId, slot);
      if (administrator === undefined) return;
      await change(tenantId, administrator, async (client) => {
        await client.query(`alter role ${login} nologin`);
      });
      await provisioners.on(administrator, 'billing_db', async (client) => {
        // Only who inherits a role may end its sessions; the membership lasts for this moment.
        await client.query(`grant ${login} to ${administrator} with inherit true, set false`);
        try {
          for (let round = 0; round < 50 && (await endSessions(client, login)) > 0; round += 1) {
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        } finally {
          await client.query(`revoke ${login} from ${administrator} granted by ${administrator}`);
        }
      });
    },
    opens: async (tenantId, slot, password) => {
      const url = new URL(config.databaseUrls.billing_db);
      const client = new pg.Client({
        host: url.hostname,
        port: Number(url.port || 5432),
        database: url.pathname.slice(1),
        user: loginOf(tenantId, slot),
        password,
        connectionTimeoutMillis: 5_000,
        statement_timeout: 5_000,
      });
      client.on('error', () => undefined);
      try {
        await client.connect();
        const { rows } = await client.query<{ tenant: string }>('select app.session_tenant() as tenant');
        return rows[0]?.tenant === tenantId;
      } catch (error) {
        // 28P01 wrong password, 28000 no login: an answer. Anything else says nothing about the password.
        if (sqlStateOf(error) === '28P01' || sqlStateOf(error) === '28000') return false;
        throw error;
      } finally {
        await client.end().catch(() => undefined);
      }
    },
    dropBoth: async (tenantId) => {
      const state = await observe(tenantId);
      for (const slot of slots) {
        if (!state[slot].exists) continue;
        await change(tenantId, state[slot].administrator, async (client) => {
          await client.query(`drop role if exists ${loginOf(tenantId, slot)}`);
        });
      }
    },
  };
};
