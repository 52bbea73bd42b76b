import pg from 'pg';
import { loginUrl } from '@legendops/kit/config/login-url';
import type { JobDatabaseName } from '@legendops/kit/jobs/database-secret';
import { uuid } from '../api/tenant-id.ts';
import { forEachSlot, hexOf, slots, type Slot } from '../api/tenant.ts';
import type { OperatorConfig } from '../config.ts';
import { codeOf } from '../error-code.ts';
import {
  connectionLimit,
  differencesOf,
  loginSettings,
  type LoginDifferences,
  type Repair,
  type RoleRow,
} from './login-differences.ts';
import { DatabaseUnavailable } from './database-unavailable.ts';
import { LoginInUse, LoginNotOurs, SessionsRemain } from './login-refusal.ts';
import type { Provisioners, SqlClient } from './provisioners.ts';
import { reads } from './reads.ts';
import { requireVerifier } from '@legendops/kit/config/scram-verifier';

export interface LoginState {
  exists: boolean;
  canLogin: boolean;
  /** It was being closed when something broke off: its sessions may still be there. */
  isClosing: boolean;
  differences: LoginDifferences;
  administrator: string | undefined;
}

export interface Logins {
  observe(tenantId: string): Promise<Record<Slot, LoginState>>;
  /**
   * Creates the slots that are missing, unable to log in: a name left free could be made by another provisioner. Both where
   * nobody has looked: then one that is there after all fails it, and nothing is made.
   */
  createBoth(tenantId: string, before?: Record<Slot, LoginState>): Promise<Record<Slot, LoginState>>;
  /** Sets right what a provisioner can. */
  repair(tenantId: string, slot: Slot, state: LoginState): Promise<void>;
  enable(tenantId: string, slot: Slot, desired: { verifier: string; state: LoginState }): Promise<void>;
  /** NOLOGIN, then ends the slot's sessions and waits until none is left; to be repeated while `isClosing`. LoginRefusal. */
  disable(tenantId: string, slot: Slot): Promise<void>;
  /** Whether this password opens a session that is this tenant's. */
  opens(tenantId: string, slot: Slot, password: string): Promise<boolean>;
  /** LoginInUse where something still depends on one. */
  dropBoth(tenantId: string): Promise<void>;
}

/** A server, and what was seen there of a tenant's logins. */
export interface SeenServer {
  logins: Logins;
  states: Record<Slot, LoginState>;
}

/** The login of a slot; its form is what the database's policies derive the tenant from. */
export const loginOf = (tenantId: string, slot: Slot): string => {
  const name = `t_${hexOf(tenantId)}_${slot}`;
  if (!/^t_[0-9a-f]{32}_[ab]$/.test(name)) throw new TypeError('Not a tenant id');
  return name;
};

/** Of both logins, until the transaction ends. */
const lockOf = (tenantId: string): string => {
  if (!uuid.test(tenantId)) throw new TypeError('Not a tenant id');
  return `select app.lock_logins('${tenantId}')`;
};

/** The tenant's jobs hold all connections of the login. The server looks at its limit after the password. */
const isFull = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '53300' && error.routine === 'InitializeSessionUserId';

const statements: Record<Exclude<Repair, 'settings' | 'membership of tenant_job'>, string> = {
  'connection limit': `connection limit ${connectionLimit}`,
  'no create role': 'nocreaterole',
  inherit: 'inherit',
  'no expiry': "valid until 'infinity'",
};

const joinJobs = (login: string): string => `grant tenant_job to ${login} with inherit true, set false, admin false`;
const settingsOf = (login: string): string[] =>
  Object.entries(loginSettings).map(([name, value]) => `alter role ${login} set ${name} = '${value}'`);

export const creation = (login: string): string[] => [
  `create role ${login} nologin inherit nosuperuser nocreatedb nocreaterole noreplication nobypassrls connection limit ${connectionLimit}`,
  joinJobs(login),
  ...settingsOf(login),
];

const statementsFor = (login: string, repair: Repair): string[] => {
  if (repair === 'membership of tenant_job') return [joinJobs(login)];
  if (repair === 'settings') return [`alter role ${login} reset all`, ...settingsOf(login)];
  return [`alter role ${login} ${statements[repair]}`];
};

const endingRounds = 50;
const endingPauseMs = 20;

/** On each server that tenants' jobs log in to, the first of them billing_db's. */
export const loginsOfServers = (
  provisioners: Provisioners,
  config: Pick<OperatorConfig, 'databaseUrls' | 'loginDatabases'>,
): readonly Logins[] => config.loginDatabases.map((database) => createLogins(provisioners, config, database));

/**
 * The two logins of a tenant on the server of a database. Every name and verifier that stands in a statement is checked by
 * form.
 */
export const createLogins = (
  provisioners: Provisioners,
  config: Pick<OperatorConfig, 'databaseUrls'>,
  database: JobDatabaseName,
): Logins => {
  const observeOn = async (client: SqlClient, tenantId: string): Promise<Record<Slot, LoginState>> => {
    const values = [slots.map((slot) => loginOf(tenantId, slot))];
    // Named: to plan it takes longer than to run it.
    const { rows } = await client.query<RoleRow>({ name: 'observe-logins', text: reads.observeLogins, values });
    const stateOf = (slot: Slot): LoginState => {
      const row = rows.find(({ rolname }) => rolname === loginOf(tenantId, slot));
      return {
        exists: row !== undefined,
        canLogin: row?.rolcanlogin ?? false,
        isClosing: (row?.closing_by.length ?? 0) > 0,
        differences: row ? differencesOf(row) : { repairs: [], excess: [] },
        administrator: row?.administered_by[0],
      };
    };
    return forEachSlot(stateOf);
  };
  const observe: Logins['observe'] = (tenantId) =>
    provisioners.on(provisioners.of(tenantId), database, (client) => observeOn(client, tenantId));

  // Concurrent changes of one role fail in the server (XX000): one change at a time per tenant, whoever asks. The lock is
  // a row's: an advisory one could be taken by a tenant's login, and a suspension would wait for it. All of it in one message,
  // which the server takes for one transaction: it is one trip, and a process that sleeps meanwhile holds no lock.
  const change = async <T>(
    { tenantId, provisioner }: { tenantId: string; provisioner: string | undefined },
    changes: readonly string[],
    afterwards: (client: SqlClient) => Promise<T>,
  ): Promise<T> =>
    provisioners.on(provisioner ?? provisioners.of(tenantId), database, async (client) => {
      if (changes.length > 0) await client.query([lockOf(tenantId), ...changes].join('; '));
      return afterwards(client);
    });
  const nothingMore = async (): Promise<void> => undefined;

  const hasSessions = async (tenantId: string, login: string): Promise<boolean> => {
    const { rows } = await provisioners.on(provisioners.of(tenantId), database, (client) =>
      client.query<{ has_sessions: boolean }>(reads.hasSessions, [login]),
    );
    return rows[0]?.has_sessions !== false;
  };

  const endSessions = async (client: SqlClient, login: string): Promise<void> => {
    for (let round = 0; round < endingRounds; round += 1) {
      const { rows } = await client.query<{ count: number }>(
        'select count(pg_terminate_backend(pid))::int as count from pg_stat_activity where usename = $1',
        [login],
      );
      if (rows[0]?.count === 0) return;
      await new Promise((resolve) => setTimeout(resolve, endingPauseMs));
    }
    throw new SessionsRemain(login);
  };

  return {
    observe,
    createBoth: async (tenantId, before) => {
      const missing = slots.filter((slot) => !before?.[slot].exists).map((slot) => loginOf(tenantId, slot));
      const provisioner = before?.a.administrator ?? before?.b.administrator;
      return change({ tenantId, provisioner }, missing.flatMap(creation), (client) => observeOn(client, tenantId));
    },
    repair: async (tenantId, slot, { administrator: provisioner, differences: { repairs } }) => {
      const login = loginOf(tenantId, slot);
      const changes = repairs.flatMap((repair) => statementsFor(login, repair));
      await change({ tenantId, provisioner }, changes, nothingMore);
    },
    enable: async (tenantId, slot, { verifier, state: { administrator: provisioner } }) => {
      const opening = `alter role ${loginOf(tenantId, slot)} login password '${requireVerifier(verifier)}'`;
      await change({ tenantId, provisioner }, [opening], nothingMore);
    },
    disable: async (tenantId, slot) => {
      const login = loginOf(tenantId, slot);
      const { exists, canLogin, isClosing, administrator } = (await observe(tenantId))[slot];
      if (!exists || (!canLogin && !isClosing && !(await hasSessions(tenantId, login)))) return;
      if (administrator === undefined) throw new LoginNotOurs(login);
      // Only who inherits a role may end its sessions. The membership lasts until they are gone: when we die in between
      // it shows the next pass that the work is not done.
      const closing = [
        `grant ${login} to ${administrator} with inherit true, set false`,
        `alter role ${login} nologin`,
      ];
      await change({ tenantId, provisioner: administrator }, closing, async (client) => {
        await endSessions(client, login);
        await client.query(`revoke ${login} from ${administrator} granted by ${administrator}`);
      });
    },
    opens: async (tenantId, slot, password) => {
      // As the tenant and with its password, and so beside the provisioners; it asks who it is and no more.
      const client = new pg.Client({
        connectionString: loginUrl(config.databaseUrls[database], loginOf(tenantId, slot), password),
        connectionTimeoutMillis: 5_000,
        statement_timeout: 5_000,
        query_timeout: 10_000,
      });
      client.on('error', () => undefined);
      try {
        await client.connect();
        const { rows } = await client.query<{ tenant: string }>('select app.session_tenant() as tenant');
        return rows[0]?.tenant === tenantId;
      } catch (error) {
        // 28P01 wrong password, 28000 no login: an answer. Anything else says nothing about the password.
        if (codeOf(error) === '28P01' || codeOf(error) === '28000') return false;
        if (isFull(error)) return true;
        throw new DatabaseUnavailable(database, error);
      } finally {
        await client.end().catch(() => undefined);
      }
    },
    dropBoth: async (tenantId) => {
      const state = await observe(tenantId);
      for (const slot of slots) {
        if (!state[slot].exists) continue;
        const login = loginOf(tenantId, slot);
        try {
          const provisioner = state[slot].administrator;
          await change({ tenantId, provisioner }, [`drop role if exists ${login}`], nothingMore);
        } catch (error) {
          throw codeOf(error) === '2BP01' ? new LoginInUse(login) : error;
        }
      }
    },
  };
};
