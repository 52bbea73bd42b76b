import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '@legendops/kit/db/pool';
import { jobDatabase, type TenantDatabase } from '@legendops/kit/db/tenant-database';
import { askService } from '@legendops/kit/jobs/ask-service';
import { JobFailure } from '@legendops/kit/jobs/job-outcome';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import { silentLog } from '@legendops/kit/testing/silent-log';
import { sampleAccount, type SampleAccount } from '../../../../scripts/doubles/superops/sample-account.ts';
import { recorded, type JobContext, type JobSurroundings } from '../job/run-job.ts';
import { syncFromSuperOps } from '../mirror/sync-from-superops.ts';
import { superOpsWorld, tenantName, type SuperOpsWorld } from './superops-world.ts';

/** What the job asks of portal, and what it is told. */
export interface Asked {
  path: string;
  kind: string | undefined;
  changedAfter: string | undefined;
}

interface SyncOptions {
  at?: string;
  before?: (asked: Asked) => unknown;
  /** May change the answer. */
  after?: (asked: Asked, answer: { rows?: Record<string, unknown>[] }) => unknown;
  /** When the run has begun. */
  begun?: () => Promise<unknown>;
  /** The process is killed at its so-and-so-many-th access to the database or to portal, after that took effect. */
  killedAt?: number;
}

/** The world of SuperOps with the job psa-sync, as the tenant's own login. */
export interface MirrorWorld extends SuperOpsWorld {
  /** One run; what it counted, or the failure that it ended with. */
  sync(options?: SyncOptions): Promise<Record<string, number> | JobFailure | 'killed'>;
  /** As it was before the first act, and connected. */
  begin(): Promise<void>;
  /** Fields of the mirror's objects of a kind, by name and id; those that are gone, too. */
  mirror<Row>(kind: string, fields?: string): Promise<Row[]>;
}

/** Not long after what the sample account tells of. */
export const firstSync = '2026-11-22T06:00:00Z';

type Point = <T>(effect: () => Promise<T>) => Promise<T>;

/** As after kill -9: nothing of the process runs any more, and what it waited for never comes. */
const killPoint = (at: number): { point: Point; killed: Promise<'killed'> } => {
  let accesses = 0;
  const { promise: killed, resolve: kill } = Promise.withResolvers<'killed'>();
  const point: Point = async (effect) => {
    accesses += 1;
    if (accesses > at) return new Promise<never>(() => undefined);
    const result = await effect();
    if (accesses < at) return result;
    kill('killed');
    return new Promise<never>(() => undefined);
  };
  return { point, killed };
};

const killing = (database: TenantDatabase, point: Point): TenantDatabase => ({
  read: (scope, statement) => point(() => database.read(scope, statement)),
  readAll: (scope, statements) => point(() => database.readAll(scope, statements)),
  write: (scope, work) => point(() => database.write(scope, work)),
});

export const mirrorWorld = async (sample: Partial<SampleAccount> = {}): Promise<MirrorWorld> => {
  const world = await superOpsWorld(sample);
  const { database, tenantId, internal } = world;
  const login = `t_${tenantId.replaceAll('-', '')}_a`;
  await database.administrator.query(`create role ${login} login password '${testPassword}'`);
  await database.administrator.query(`grant tenant_job to ${login} with inherit true, set false`);
  const folder = await mkdtemp(join(tmpdir(), 'mirror-'));
  const tokenPath = join(folder, 'token');
  const workload = { namespace: `tenant-${tenantName}`, serviceAccount: 'billing-job', audience: 'legendops-portal' };
  await writeFile(tokenPath, await internal.tokens.serviceToken(workload));
  const atOnce = { wait: async () => true };
  const pool = createPool({ connectionString: database.url(login, testPassword), max: 3 });
  const environment = {
    LOG_LEVEL: 'silent' as const,
    TENANT_ID: tenantId,
    TENANT_NAME: tenantName,
    ACCEPT_NEWER_SCHEMA: false,
    DATABASE_SECRET_PATH: folder,
    SERVICE_TOKEN_PATH: tokenPath,
    PORTAL_INTERNAL_URL: internal.url,
    DEADLINE_SECONDS: 7_200,
  };
  return {
    ...world,
    sync: async ({ at = firstSync, before, after, begun, killedAt = Infinity } = {}) => {
      let counted: Record<string, number> = {};
      const work = async (context: JobContext) => {
        await begun?.();
        counted = await syncFromSuperOps(context);
        return counted;
      };
      const { point, killed } = killPoint(killedAt);
      const portal = askService({ service: 'portal', url: internal.url, tokenPath }, atOnce);
      const surroundings: JobSurroundings = {
        environment,
        scope: { tenantId },
        database: killing(jobDatabase(pool, tenantId), point),
        ask: async (path, body) => {
          const { kind, changedAfter } = (body ?? {}) as Partial<Asked>;
          const asked = { path, kind, changedAfter };
          await before?.(asked);
          const answer = await point(() => portal(path, body));
          await after?.(asked, answer as object);
          return answer;
        },
        progress: () => undefined,
        log: silentLog,
        now: () => new Date(at),
        patience: atOnce,
      };
      try {
        const end = await Promise.race([recorded('psa-sync', surroundings, work), killed]);
        return end ?? counted;
      } catch (error) {
        if (error instanceof JobFailure) return error;
        throw error;
      }
    },
    begin: async () => {
      await database.administrator.query('truncate portal.runs, portal.customers, portal.superops_connections cascade');
      world.vault.secrets.clear();
      world.superops.faults.clear();
      world.superops.operationFaults.clear();
      world.superops.putAccount(sampleAccount({ subdomain: 'northwind', ...sample }));
      await world.connect();
    },
    mirror: (kind, fields = 'id, name, client_id, body, changed_at, gone_at') =>
      world.rows(`select ${fields} from portal.superops_objects where kind = $1 order by name, id`, [kind]),
    close: async () => {
      await pool.end();
      await database.administrator.query(`drop owned by ${login}; drop role ${login}`);
      await world.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
