import { required } from '@legendops/kit/testing/required';
import { silentLog } from '@legendops/kit/testing/silent-log';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformDatabase, serviceDatabase, jobDatabase } from '@legendops/kit/db/tenant-database';
import { tenantRegistry } from '@legendops/kit/db/tenant-registry';
import { createPool } from '@legendops/kit/db/pool';
import { aTenant } from '@legendops/kit/testing/a-tenant';
import type { SessionCheck } from '@legendops/kit/auth/session-check';
import { problem } from '@legendops/kit/errors/problem';
import { testApi, type TestAnswer, type TestApi } from '@legendops/kit/testing/test-api';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { testPassword } from '@legendops/kit/testing/postgres-server';
import type { Account as Pax8Account } from '../../../../scripts/doubles/pax8/account.ts';
import { startPax8, type Pax8 } from '../../../../scripts/doubles/pax8/server.ts';
import { sampleAccount } from '../../../../scripts/doubles/pax8/sample-account.ts';
import { startQuickBooks, type QuickBooks } from '../../../../scripts/doubles/quickbooks/server.ts';
import { billingApp, type BillingDependencies } from '../app.ts';
import { billingApi } from '../job/billing-api.ts';
import { recorded, type Job, type JobSurroundings } from '../job/run-job.ts';
import { quickBooksOAuth } from '../quickbooks/oauth.ts';
import type { Vendor } from '../contract.ts';
import type { SuperOpsInvoicesOf } from '../second-biller/portal-superops.ts';
import type { VendorSecret, VendorVault } from '../vault/vendor-vault.ts';

export interface JobSettings {
  PERIOD?: string | undefined;
  SYNC_FROM?: string | undefined;
  TIME_ZONE?: string;
  at?: string;
}

/** A billing service with real PostgreSQL, one tenant of its own, and the vendors' doubles. */
export interface BillingWorld {
  database: TestDatabase;
  tenantId: string;
  api: TestApi;
  /** What other services and jobs ask. */
  internal: TestApi;
  pax8: Pax8;
  /** What this tenant has at Pax8, to be changed by a test. */
  account(): Pax8Account;
  quickbooks: QuickBooks;
  vault: VendorVault & { secrets: Map<string, unknown> };
  publicUrl: string;
  /** Runs a job as the tenant's own login, with its run record; `at` is the job's clock, in the month after the sample's. */
  run(job: Pick<Job, 'name' | 'work'> & Partial<Job>, more?: JobSettings): Promise<void>;
  /** What an entry point of a job does, whatever runs it makes. */
  asJob(work: (context: JobSurroundings) => Promise<void>, more?: JobSettings): Promise<void>;
  /** What the service takes for now; real time where a test does not set it. */
  clock: { at: Date | undefined };
  /** A round over what is due to be posted, voided or looked at; the first two are made due before. */
  post(): Promise<void>;
  connectPax8(who?: { tenantId?: string; clientId?: string }): Promise<TestAnswer>;
  /** Through the page on which a person chooses the account; what the portal is told. */
  connectQuickBooks(realm?: string, tenantId?: string, meanwhile?: () => void): Promise<string>;
  /** What the portal says that SuperOps invoices; nobody is its client where a test does not set it. */
  superOps: { invoicesOf: SuperOpsInvoicesOf };
  /** Whether events of Pax8 are read; a test may turn that off. */
  pax8Events: { areRead: boolean };
  /** Who of the provider may no longer do anything, and whether that cannot be learnt at all. */
  rights: { lost: Set<string>; areUnknown: boolean };
  /** Sessions that have ended. */
  ended: Set<string>;
  /** The rows of a statement, as the administrator. */
  rows<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

export const clientId = 'partner';
/** By which webhooks of the double are known. */
export const verifierToken = 'verifier';
export const realmId = '9130350000000001';
export const month = '2026-01';
const afterMonth = '2026-02-06T06:30:00Z';
const redirectUri = 'http://portal.test/api/billing/v1/connections/quickbooks/callback';

const memoryVault = (): BillingWorld['vault'] => {
  const secrets = new Map<string, unknown>();
  return {
    secrets,
    get: async <Name extends Vendor>(tenantId: string, vendor: Name) =>
      secrets.get(`${tenantId}/${vendor}`) as VendorSecret[Name] | undefined,
    put: async (tenantId, vendor, secret) => void secrets.set(`${tenantId}/${vendor}`, secret),
    forget: async (tenantId, vendor) => void secrets.delete(`${tenantId}/${vendor}`),
  };
};

const tenantLogin = async (database: TestDatabase, tenantId: string): Promise<string> => {
  const login = `t_${tenantId.replaceAll('-', '')}_a`;
  await database.administrator.query(`create role ${login} login password '${testPassword}'`);
  await database.administrator.query(`grant tenant_job to ${login} with inherit true, set false`);
  return login;
};

/** Nobody to be told, and a Teams that takes every card. */
const quietNotices = (): BillingDependencies['notices'] => {
  const addresses = new Map<string, { url: string }>();
  return {
    staffOf: async () => [],
    mailer: { send: async () => undefined },
    teams: { isAllowed: () => true, post: async () => ({ taken: true }) },
    vault: {
      get: async (tenantId) => addresses.get(tenantId),
      put: async (tenantId, address) => void addresses.set(tenantId, address),
      forget: async (tenantId) => void addresses.delete(tenantId),
    },
  };
};

export const billingWorld = async ({
  timeZone = 'UTC',
  invoicesOn,
  notices = quietNotices(),
}: {
  timeZone?: string;
  invoicesOn?: () => Date;
  notices?: BillingDependencies['notices'];
} = {}): Promise<BillingWorld> => {
  const database = await testDatabase('billing_db');
  const name = `northwind-${Math.random().toString(36).slice(2, 8)}`;
  const tenantId = await aTenant(database.administrator, { name, timeZone, limits: { requestsPerMinute: 100_000 } });
  const login = await tenantLogin(database, tenantId);
  const folder = await mkdtemp(join(tmpdir(), 'billing-'));
  const pax8 = await startPax8({
    accounts: [sampleAccount({ clientId, month })],
    ...(invoicesOn && { invoicesOn }),
  });
  const quickbooks = await startQuickBooks({
    clientId: 'app',
    clientSecret: 'secret',
    redirectUris: [redirectUri],
    companies: [{ realmId, name: 'Northwind Books' }],
    quirks: { requestsPerSecond: 1_000, requestsPerMinute: 10_000 },
  });
  const pool = database.pool('svc_billing');
  const platform = platformDatabase(pool);
  const vault = memoryVault();
  const oauth = quickBooksOAuth({
    authorizeUrl: `${quickbooks.url}/connect/oauth2`,
    tokenUrl: `${quickbooks.url}/oauth2/v1/tokens/bearer`,
    clientId: 'app',
    clientSecret: 'secret',
    redirectUri,
  });
  const log = silentLog;
  const clock: BillingWorld['clock'] = { at: undefined };
  const superOps: BillingWorld['superOps'] = {
    invoicesOf: async () => ({ customer: 'not-a-client', data: [], unreadable: 0 }),
  };
  const pax8Events = { areRead: true };
  const rights: BillingWorld['rights'] = { lost: new Set(), areUnknown: false };
  const ended = new Set<string>();
  const checkSession: SessionCheck = ({ sessionId }) => {
    if (ended.has(sessionId)) throw problem('token.invalid');
  };
  const app = billingApp({
    database: serviceDatabase(pool),
    platform,
    registry: tenantRegistry(platform),
    vault,
    pax8: { url: pax8.url, audience: 'https://api.pax8.com', callsPerMinute: 60_000 },
    quickBooksUrl: quickbooks.url,
    oauth,
    superOpsInvoicesOf: (...asked) => superOps.invoicesOf(...asked),
    readsPax8Events: () => pax8Events.areRead,
    quickBooksVerifier: () => verifierToken,
    stateKey: Buffer.alloc(32, 7),
    notices,
    rightsOf: async () => {
      if (rights.areUnknown) throw problem('service.unavailable');
      return (memberId) => !rights.lost.has(memberId);
    },
    checkSession,
    publicUrl: 'http://portal.test',
    log,
    now: () => clock.at ?? new Date(),
    onPostingRequested: () => undefined,
  });
  const api = await testApi({ service: 'billing', routes: app.routes, pool, checkSession, trustedProxyHops: 1 });
  const internal = await testApi({ service: 'billing', prefix: '/internal', routes: app.internalRoutes, pool });
  const tokenPath = join(folder, 'token');
  await writeFile(
    tokenPath,
    await internal.tokens.serviceToken({
      namespace: `tenant-${name}`,
      serviceAccount: 'billing-job',
      audience: 'legendops-billing',
    }),
  );
  const environment = {
    LOG_LEVEL: 'silent' as const,
    TENANT_ID: tenantId,
    TENANT_NAME: name,
    ACCEPT_NEWER_SCHEMA: false,
    DATABASE_SECRET_PATH: folder,
    SERVICE_TOKEN_PATH: tokenPath,
    BILLING_INTERNAL_URL: internal.url,
    CURRENCY: 'USD',
    TIME_ZONE: 'UTC',
    DEADLINE_SECONDS: 7_200,
    // A few days: two months' worth of calls take their time.
    SYNC_FROM: `${month}-01`,
    PERIOD: `${month}-01`,
  };
  const atOnce = { wait: async () => true };
  const asJob: BillingWorld['asJob'] = async (work, { at = afterMonth, ...more } = {}) => {
    const jobPool = createPool({ connectionString: database.url(login), max: 3 });
    try {
      await work({
        environment: { ...environment, ...more },
        scope: { tenantId },
        database: jobDatabase(jobPool, tenantId),
        billing: billingApi(environment, atOnce),
        progress: () => undefined,
        log,
        now: () => new Date(at),
        patience: atOnce,
      });
    } finally {
      await jobPool.end();
    }
  };
  return {
    database,
    tenantId,
    api,
    internal,
    pax8,
    account: () => required(pax8.account(clientId), 'sample account'),
    quickbooks,
    vault,
    publicUrl: 'http://portal.test',
    clock,
    run: (job, more) => asJob((context) => recorded({ period: () => null, ...job }, context), more),
    asJob,
    post: async () => {
      await database.administrator.query(
        "update billing.postings set next_attempt_at = now() where state in ('posting', 'in-doubt')",
      );
      await database.administrator.query("update billing.voidings set next_attempt_at = now() where state = 'voiding'");
      await app.books.round();
      await app.books.idle();
    },
    connectPax8: (who = {}) =>
      api.call('PUT', '/api/billing/v1/connections/pax8', {
        actor: { tenantId: who.tenantId ?? tenantId },
        body: { clientId: who.clientId ?? clientId, clientSecret: 'local' },
      }),
    pax8Events,
    superOps,
    rights,
    ended,
    connectQuickBooks: async (realm = realmId, ofTenant = tenantId, meanwhile = () => undefined) => {
      // Another tenant has another administrator: how often one may come back is limited.
      const begun = await api.call('POST', '/api/billing/v1/connections/quickbooks/authorization', {
        actor: { tenantId: ofTenant, ...(ofTenant !== tenantId && { memberId: ofTenant }) },
      });
      const cookie = begun.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      const page = await (await fetch(begun.body.url)).text();
      const link = new RegExp(`href="([^"]*${realm}[^"]*)"`).exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
      const back = await fetch(new URL(link, begun.body.url), { redirect: 'manual' });
      const callback = new URL(back.headers.get('location') ?? '');
      meanwhile();
      const told = await api.call('GET', `${callback.pathname}${callback.search}`, { headers: { cookie } });
      return new URL(told.headers.get('location') ?? '').search;
    },
    rows: async <Row>(text: string, values: unknown[] = []) =>
      (await database.administrator.query(text, values)).rows as Row[],
    close: async () => {
      await Promise.all([api.close(), internal.close(), pax8.close(), quickbooks.close()]);
      await database.administrator.query(`drop owned by ${login}`);
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Customers of the sample account's companies, as the feed from the portal brings them. */
export const importCustomers = async (world: BillingWorld): Promise<void> => {
  await world.rows(
    `insert into billing.customers (tenant_id, id, name, pax8_company_id, state, entity_version)
     select tenant_id, app.uuid_v7(), name, id, 'active', 1 from billing.pax8_companies where tenant_id = $1
     on conflict do nothing`,
    [world.tenantId],
  );
};
