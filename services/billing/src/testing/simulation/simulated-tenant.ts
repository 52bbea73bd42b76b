import { createPool, type DatabasePool } from '@legendops/kit/db/pool';
import { jobDatabase } from '@legendops/kit/db/tenant-database';
import { createLogger } from '@legendops/kit/log/logger';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import { randomUUID } from 'node:crypto';
import { askedRuns, invoiceRuns } from '../../invoice/invoice-runs.ts';
import { recorded, type JobSurroundings } from '../../job/run-job.ts';
import { syncFromPax8 } from '../../pax8/sync-from-pax8.ts';
import type { BillingWorld } from '../billing-world.ts';
import type { Operation } from './scheduler.ts';
import type { Pax8Machine } from './pax8-machine.ts';
import { watchedDatabase, type Mutant } from './watched-database.ts';

const pax8Host = 'http://pax8.simulated';

type Answer = (path: string, authorization: string | null) => Promise<string>;

/** Processes and what answers their calls of Pax8, by a name in the path of the address that each is given. */
const answers = new Map<string, Answer>();

/** From here on calls of the simulated Pax8 reach no network; returns how to end that. */
export const simulatePax8 = (): (() => void) => {
  const real = globalThis.fetch;
  globalThis.fetch = async (input: string | URL | Request, init?: RequestInit) => {
    const url = input instanceof Request ? input.url : input.toString();
    if (!url.startsWith(pax8Host)) return real(input, init);
    const [, name = '', path = ''] = /^\/([^/]+)(.*)$/.exec(url.slice(pax8Host.length)) ?? [];
    const authorization = new Headers(init?.headers).get('authorization');
    const answer = await (answers.get(name)?.(path, authorization) ?? Promise.reject(new Error(`Nobody is ${name}`)));
    return { ok: true, status: 200, text: async () => answer } as Response;
  };
  return () => {
    globalThis.fetch = real;
  };
};

type Jobs = 'night' | 'run';

export interface SimulatedTenant {
  tenantId: string;
  /** A job as a process of the scheduler's. */
  job(name: Jobs, at: string): (operation: Operation) => Promise<void>;
  /** The token with which it calls its vendors, and the lines of its log that have it. */
  secret: string;
  toldSecrets: string[];
  /** Calls with another token, or about things that are not this tenant's. */
  foreignCalls: string[];
  /** The tables in which its own login sees rows of others. */
  foreignRows(): Promise<string[]>;
  close(): Promise<void>;
}

const work: Record<Jobs, (context: JobSurroundings) => Promise<void>> = {
  night: async (context) => {
    await recorded({ name: 'usage-sync', period: () => null, work: syncFromPax8 }, context);
    await askedRuns(context);
  },
  run: invoiceRuns,
};

const environmentOf = (tenantId: string, name: string): JobSurroundings['environment'] => ({
  LOG_LEVEL: 'debug',
  TENANT_ID: tenantId,
  TENANT_NAME: name,
  ACCEPT_NEWER_SCHEMA: false,
  DATABASE_SECRET_PATH: '',
  SERVICE_TOKEN_PATH: '',
  BILLING_INTERNAL_URL: '',
  CURRENCY: 'USD',
  TIME_ZONE: 'UTC',
  DEADLINE_SECONDS: 7_200,
  SYNC_FROM: undefined,
  PERIOD: undefined,
});

// The tables whose rows the login may read at all.
const readable = `
  select format('%I.%I', c.table_schema, c.table_name) as name from information_schema.columns c
  where c.column_name = 'tenant_id' and c.table_schema = 'billing'
    and has_column_privilege($1, format('%I.%I', c.table_schema, c.table_name), 'tenant_id', 'select') order by 1`;

/** A tenant of its own with its own login, whose jobs see the world through operations alone. */
export const simulatedTenant = async (
  world: BillingWorld,
  {
    machine,
    committed,
    mutant,
  }: {
    machine: Pax8Machine;
    /** What was committed by a process, by its number and the texts of its statements. */
    committed: (process: number, texts: readonly string[]) => void;
    mutant?: Mutant | undefined;
  },
): Promise<SimulatedTenant> => {
  const { database } = world;
  const name = `simulated-${randomUUID().slice(0, 13)}`;
  const tenantId = await aTenant(database.administrator, { name, limits: { requestsPerMinute: 1_000_000 } });
  const login = `t_${tenantId.replaceAll('-', '')}_a`;
  await database.administrator.query(`create role ${login} login password '${testPassword}'`);
  await database.administrator.query(`grant tenant_job to ${login} with inherit true, set false`);
  const pool: DatabasePool = createPool({ connectionString: database.url(login), max: 2 });
  const scope = { tenantId };
  const secret = `secret-${randomUUID()}`;
  const toldSecrets: string[] = [];
  const foreignCalls: string[] = [];
  const write = (line: string): void => void (line.includes(secret) && toldSecrets.push(line));
  const log = createLogger({ service: 'simulated', level: 'debug', destination: { write } });
  let processes = 0;
  let tables: string[] | undefined;
  const answerTo =
    (operation: Operation): Answer =>
    (path, authorization) =>
      operation(
        `GET ${path.replaceAll(/[\da-f-]{36}/g, '…')}`,
        async () => {
          if (authorization !== `Bearer ${secret}` || !machine.hasAll(path)) foreignCalls.push(path);
          return JSON.stringify(machine.answer(path));
        },
        () => new TypeError('fetch failed'),
      );
  return {
    tenantId,
    secret,
    toldSecrets,
    foreignCalls,
    foreignRows: async () => {
      tables ??= (await world.rows<{ name: string }>(readable, [login])).map((table) => table.name);
      const each = tables.map((table) => `select '${table}' as name from ${table} where tenant_id <> $1`);
      const { rows } = await pool.query<{ name: string }>(each.join(' union '), [tenantId]);
      return rows.map((table) => table.name);
    },
    job: (job, at) => async (operation) => {
      const process = (processes += 1);
      const id = `${tenantId}-${process}`;
      answers.set(id, answerTo(operation));
      const expiresAt = new Date(Date.parse(at) + 3_600_000).toISOString();
      await work[job]({
        environment: environmentOf(tenantId, name),
        scope,
        database: watchedDatabase(jobDatabase(pool, tenantId), {
          operation,
          seen: (texts) => committed(process, texts),
          mutant,
        }),
        billing: {
          vendorAccess: async () => ({
            accessToken: secret,
            expiresAt,
            url: `${pax8Host}/${id}`,
            callsPerMinute: 1_000_000_000,
            realmId: null,
          }),
          postApproved: async () => 0,
          invoicesBeside: async () => ({ customer: 'not-a-client', months: [] }),
        },
        progress: (line) => log.info(line),
        log,
        now: () => new Date(at),
        patience: { wait: async () => true },
      });
      answers.delete(id);
    },
    close: async () => {
      await pool.end();
      await database.administrator.query(`drop owned by ${login}`);
      await database.administrator.query(`drop role ${login}`);
    },
  };
};
