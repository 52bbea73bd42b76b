import type { OpenException } from '@legendops/kit/contract/open-exception';
import type { Pax8Seats } from '@legendops/kit/contract/pax8-seats';
import { platformDatabase, serviceDatabase } from '@legendops/kit/db/tenant-database';
import { tenantRegistry } from '@legendops/kit/db/tenant-registry';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import { testApi, type TestAnswer, type TestApi } from '@legendops/kit/testing/test-api';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { sampleAccount, type SampleAccount } from '../../../../scripts/doubles/superops/sample-account.ts';
import { startSuperOps, type SuperOps } from '../../../../scripts/doubles/superops/server.ts';
import { portalApp, type PortalDependencies } from '../app.ts';
import type { Pax8Company } from '../customer/pax8-companies.ts';
import type { TokenVault } from '../superops-connection/token-vault.ts';
import type { SuperOpsAccess } from '../superops/superops-transport.ts';

type SuperOpsParts = Pick<
  PortalDependencies,
  'vault' | 'superOps' | 'jobLimiter' | 'pax8SeatsOf' | 'exceptionOf' | 'now'
>;

const unwanted = (): never => {
  throw new Error('SuperOps is not wanted here');
};

/** For what has nothing to do with SuperOps. */
export const unusedSuperOps: SuperOpsParts = {
  vault: { get: unwanted, put: unwanted, forget: unwanted },
  pax8SeatsOf: unwanted,
  exceptionOf: unwanted,
  now: () => new Date(),
  superOps: { urls: { us: 'http://unused.test', eu: 'http://unused.test' }, limiter: unwanted },
  jobLimiter: unwanted,
};

/** A portal with real PostgreSQL, two tenants, and SuperOps's double with an account of each data centre. */
export interface SuperOpsWorld {
  database: TestDatabase;
  tenantId: string;
  other: string;
  api: TestApi;
  /** What the billing service says of the seats at Pax8, whichever month is asked for that has no answer of its own. */
  pax8: { seats: Pax8Seats; months: Map<string, Pax8Seats> };
  /** What is open on billing's worklist. */
  exceptions: OpenException[];
  clock: { at: Date };
  /** What other services ask. */
  internal: TestApi;
  superops: SuperOps;
  vault: TokenVault & { secrets: Map<string, SuperOpsAccess> };
  /** What happens just before a request to SuperOps leaves; nothing, unless a test says so. */
  leaving: { act: () => Promise<unknown> };
  /** SuperOps's own clock, where it is to be another one than ours. */
  theirClock: { at: Date | undefined };
  connect(who?: Partial<SuperOpsAccess> & { tenantId?: string }): Promise<TestAnswer>;
  call(
    method: string,
    path: string,
    options?: { body?: unknown; tenantId?: string; version?: number },
  ): Promise<TestAnswer>;
  /** An active customer; its id. */
  customer(name: string): Promise<string>;
  rows<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Of the tenant that the world is about. */
export const tenantName = 'northwind';

const memoryVault = (): SuperOpsWorld['vault'] => {
  const secrets = new Map<string, SuperOpsAccess>();
  return {
    secrets,
    get: async (tenantId) => secrets.get(tenantId),
    put: async (tenantId, access) => void secrets.set(tenantId, access),
    forget: async (tenantId) => void secrets.delete(tenantId),
  };
};

export const superOpsWorld = async (
  sample: Partial<SampleAccount> = {},
  companies: Pax8Company[] = [],
): Promise<SuperOpsWorld> => {
  const database = await testDatabase('portal_db');
  const limits = { requestsPerMinute: 100_000 };
  const tenantId = await aTenant(database.administrator, { name: tenantName, limits });
  const other = await aTenant(database.administrator, { limits });
  const theirClock: SuperOpsWorld['theirClock'] = { at: undefined };
  const leaving: SuperOpsWorld['leaving'] = { act: async () => undefined };
  const leave = async () => void (await leaving.act());
  const superops = await startSuperOps({
    now: () => theirClock.at ?? new Date(),
    accounts: [
      sampleAccount({ subdomain: 'northwind', ...sample }),
      sampleAccount({ subdomain: 'contoso', region: 'eu', token: 'second' }),
    ],
  });
  const vault = memoryVault();
  const pax8: SuperOpsWorld['pax8'] = {
    seats: { readAt: null, until: '2026-11-25', data: [], unreadable: 0 },
    months: new Map(),
  };
  const exceptions: OpenException[] = [];
  const clock = { at: new Date('2026-11-24T12:00:00Z') };
  const pool = database.pool('svc_portal');
  const { routes, internalRoutes } = portalApp({
    database: serviceDatabase(pool),
    platform: platformDatabase(pool),
    registry: tenantRegistry(platformDatabase(pool)),
    pax8Companies: async () => companies,
    pax8SeatsOf: async (_tenantId, { month = '' }) => pax8.months.get(month) ?? pax8.seats,
    exceptionOf: async (_tenantId, id) => exceptions.find((one) => one.id === id),
    now: () => clock.at,
    vault,
    superOps: { urls: superops.urls, limiter: leave, wait: async () => undefined },
    jobLimiter: leave,
  });
  const api = await testApi({ service: 'portal', routes, pool });
  const internal = await testApi({ service: 'portal', prefix: '/internal', routes: internalRoutes, pool });
  const world: SuperOpsWorld = {
    database,
    tenantId,
    other,
    api,
    pax8,
    exceptions,
    clock,
    internal,
    superops,
    vault,
    leaving,
    theirClock,
    connect: ({ tenantId: who = tenantId, ...access } = {}) =>
      world.call('PUT', 'superops-connection', {
        tenantId: who,
        body: { region: 'us', subdomain: 'northwind', token: 'local', ...access },
      }),
    call: (method, path, { body, tenantId: who = tenantId, version } = {}) =>
      api.call(method, `/api/portal/v1/${path}`, {
        actor: { tenantId: who },
        ...(body !== undefined && { body }),
        ...(version !== undefined && { headers: { 'if-match': `"v${version}"` } }),
      }),
    customer: async (name) =>
      (
        await world.rows<{ id: string }>(
          'insert into portal.customers (tenant_id, name) values ($1, $2) returning id',
          [tenantId, name],
        )
      )[0]?.id ?? '',
    rows: async <Row>(text: string, values: unknown[] = []) =>
      (await database.administrator.query(text, values)).rows as Row[],
    close: async () => {
      await api.close();
      await internal.close();
      await superops.close();
      await database.close();
    },
  };
  return world;
};
