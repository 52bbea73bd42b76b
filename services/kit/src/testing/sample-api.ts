import { Writable } from 'node:stream';
import { z } from 'zod';
import { sql } from '../db/sql.ts';
import { serviceDatabase, type TenantDatabase } from '../db/tenant-database.ts';
import { problem } from '../errors/problem.ts';
import {
  created,
  idempotentRoute,
  internalRoute,
  noContent,
  ok,
  okVersion,
  publicRoute,
  route,
} from '../http/route.ts';
import { createLogger } from '../log/logger.ts';
import { aTenant } from './a-tenant.ts';
import { testApi, type TestApi } from './test-api.ts';
import { testDatabase, type TestDatabase } from './test-database.ts';

const Thing = z.object({ id: z.string(), count: z.number() });

const routes = (store: TenantDatabase, onRun: () => number) => [
  route({
    method: 'get',
    path: '/v1/things/{thingId}',
    permission: 'customer.read',
    summary: 'One thing',
    versioned: true,
    params: z.strictObject({ thingId: z.uuid() }),
    query: z.strictObject({ limit: z.coerce.number().int().max(200).optional() }),
    responses: { 200: z.object({ version: z.number() }) },
    handler: () => okVersion({ version: 7 }),
  }),
  route({
    method: 'patch',
    path: '/v1/things/{thingId}',
    permission: 'customer.write',
    summary: 'Changes a thing',
    audit: { none: 'A sample changes nothing' },
    ifMatch: 'required',
    params: z.strictObject({ thingId: z.uuid() }),
    body: z.strictObject({ name: z.string().max(5), nested: z.strictObject({ deep: z.number() }).optional() }),
    responses: { 204: null },
    handler: ({ ifMatch }) => {
      if (ifMatch !== 7) throw problem('version.stale');
      return noContent();
    },
  }),
  idempotentRoute({
    method: 'post',
    path: '/v1/things',
    permission: 'customer.write',
    summary: 'A new thing',
    audit: { none: 'A sample changes nothing' },
    body: z.strictObject({ name: z.string(), fail: z.boolean().optional() }),
    responses: { 201: Thing },
    handler: async ({ body }) => {
      const count = onRun();
      if (body.fail) throw problem('invoice.wrong-state');
      await new Promise((resolve) => setTimeout(resolve, 20));
      return created({ id: body.name, count });
    },
  }),
  publicRoute({
    method: 'get',
    path: '/v1/open',
    summary: 'Open',
    responses: { 200: z.object({}) },
    handler: () => ok({}),
  }),
  publicRoute({
    method: 'post',
    path: '/v1/acts',
    summary: 'Takes no body',
    audit: { none: 'A sample changes nothing' },
    responses: { 200: z.object({}) },
    handler: () => ok({}),
  }),
  internalRoute({
    method: 'get',
    path: '/v1/inside',
    summary: 'For jobs',
    callers: ['*/billing-job'],
    responses: { 200: z.object({ who: z.string() }) },
    handler: ({ workload }) => ok({ who: workload.namespace }),
  }),
  route({
    method: 'get',
    path: '/v1/broken',
    permission: 'customer.read',
    summary: 'Fails',
    responses: { 200: z.object({}) },
    handler: async ({ scope }) => {
      await store.read(scope, sql`select 'secret-in-sql' from nowhere`);
      return ok({});
    },
  }),
  route({
    method: 'get',
    path: '/v1/away',
    permission: 'customer.read',
    summary: 'Needs what is away',
    responses: { 200: z.object({}) },
    handler: async () => {
      throw problem('service.unavailable');
    },
  }),
];

/** A service with one route of each kind, for the tests of what every route has in common. */
export interface SampleApi extends TestApi {
  database: TestDatabase;
  tenantId: string;
  /** How often the handler of POST /v1/things has run. */
  runs(): number;
  /** Lines of the service's log. */
  lines: readonly string[];
}

/** Where one thing of it is. */
export const thing = '/api/test/v1/things/0190a000-0000-7000-8000-000000000001';

export const collectingLog = (lines: string[]) =>
  createLogger({
    service: 'test',
    level: 'info',
    destination: new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk));
        done();
      },
    }),
  });

export const sampleApi = async (): Promise<SampleApi> => {
  const database = await testDatabase('portal_db');
  const tenantId = await aTenant(database.administrator, { limits: { requestsPerMinute: 100_000 } });
  const pool = database.pool('svc_portal');
  const lines: string[] = [];
  let runs = 0;
  const store = serviceDatabase(pool);
  const api = await testApi({
    service: 'test',
    routes: routes(store, () => (runs += 1)),
    pool,
    log: collectingLog(lines),
  });
  return {
    ...api,
    database,
    tenantId,
    runs: () => runs,
    lines,
    close: async () => {
      await api.close();
      await database.close();
    },
  };
};
