import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { sql } from '../db/sql.ts';
import { serviceDatabase } from '../db/tenant-database.ts';
import { outgoingHeaders } from '../http/outgoing-headers.ts';
import { readBounded } from '../http/read-bounded.ts';
import { internalRoute, ok, route } from '../http/route.ts';
import { aTenant } from '../testing/a-tenant.ts';
import { startCollector, type Collector } from '../testing/collector.ts';
import { collectingLog } from '../testing/sample-api.ts';
import { testApi, type TestApi } from '../testing/test-api.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { startTracing, type Tracing } from './start-tracing.ts';

const secret = 'planted-secret';
const person = 'ada.lovelace';
const id = '0190a000-0000-7000-8000-000000000001';

let database: TestDatabase;
let collector: Collector;
let tracing: Tracing;
let callee: TestApi;
let caller: TestApi;
let tenantId: string;
const lines: string[] = [];

beforeAll(async () => {
  database = await testDatabase('portal_db');
  tenantId = await aTenant(database.administrator, { name: 'northwind' });
  const pool = database.pool('svc_portal');
  const store = serviceDatabase(pool);
  collector = await startCollector();
  callee = await testApi({
    service: 'callee',
    prefix: '/internal',
    pool,
    routes: [
      internalRoute({
        method: 'get',
        path: '/v1/names/{nameId}',
        summary: 'What the caller asks',
        callers: ['*/caller'],
        params: z.strictObject({ nameId: z.uuid() }),
        query: z.strictObject({ sig: z.string() }),
        responses: { 200: z.object({}) },
        handler: () => ok({}),
      }),
    ],
  });
  const token = await callee.tokens.serviceToken({
    namespace: 'l',
    serviceAccount: 'caller',
    audience: 'legendops-callee',
  });
  caller = await testApi({
    service: 'caller',
    pool,
    log: collectingLog(lines),
    routes: [
      route({
        method: 'get',
        path: '/v1/people/{personId}',
        permission: 'customer.read',
        summary: 'Asks the database and another service',
        params: z.strictObject({ personId: z.uuid() }),
        query: z.strictObject({ name: z.string() }),
        responses: { 200: z.object({}) },
        handler: async ({ scope, query }) => {
          await store.read(scope, sql`select id from portal.customers where name = ${query.name}`);
          await readBounded(`${callee.url}/internal/v1/names/${id}?sig=${secret}`, {
            headers: { ...outgoingHeaders(token), cookie: secret },
            timeoutMs: 5_000,
            mostBytes: 1_000,
          });
          return ok({});
        },
      }),
      route({
        method: 'get',
        path: '/v1/broken',
        permission: 'customer.read',
        summary: 'Fails in the database',
        responses: { 200: z.object({}) },
        handler: async ({ scope }) => {
          await store.write(scope, (transaction) =>
            transaction.rows(sql`select 1 / length(replace(${secret}, ${secret}, '')) as none`),
          );
          return ok({});
        },
      }),
    ],
  });
  tracing = await startTracing(
    'caller',
    { TRACES_URL: collector.url, TRACES_SAMPLE_RATIO: 1, TRACES_SIGN_IN: 'none' },
    collectingLog(lines),
  );
  const actor = { tenantId, name: person, email: `${person}@northwind.example` };
  await caller.call('GET', `/api/caller/v1/people/${id}?name=${person}`, { actor, headers: { cookie: `a=${secret}` } });
  await caller.call('GET', '/api/caller/v1/broken', { actor });
  await tracing.stop();
});
afterAll(async () => {
  await Promise.all([caller.close(), callee.close(), collector.close()]);
  await database.close();
});

it('shows a request, its statements and its call of another service as one trace', () => {
  const request = collector.span('GET /api/caller/v1/people/{personId}');
  const call = collector.span('GET 127.0.0.1');
  const answered = collector.span('GET /internal/v1/names/{nameId}');
  const statement = collector.span('SELECT portal.customers');
  expect(request).toMatchObject({
    parentSpanId: '',
    failed: false,
    attributes: { 'http.response.status_code': 200, 'legendops.tenant.id': tenantId },
  });
  expect(statement).toMatchObject({
    parentSpanId: request.spanId,
    attributes: {
      'db.system.name': 'postgresql',
      'db.query.text': 'select id from portal.customers where name = $1',
    },
  });
  expect([call.parentSpanId, answered.parentSpanId]).toEqual([request.spanId, call.spanId]);
  expect(new Set([call.traceId, answered.traceId, statement.traceId])).toEqual(new Set([request.traceId]));
});

it('names a statement that failed by its SQLSTATE, and the request with it', () => {
  const request = collector.span('GET /api/caller/v1/broken');
  expect(request).toMatchObject({ failed: true, attributes: { 'http.response.status_code': 500 } });
  const failed = collector.spans.filter((span) => span.failed && span.parentSpanId === request.spanId);
  expect(failed.map(({ attributes }) => attributes['error.type'])).toContain('22012');
});

it('has the trace in the lines of the log', () => {
  const { traceId } = collector.span('GET /api/caller/v1/broken');
  const told = lines.map((line) => JSON.parse(line) as { msg: string; traceId?: string });
  expect(told.find(({ msg }) => msg === 'request failed')?.traceId).toBe(traceId);
});

it('tells nothing of what was planted: no secret of a header, a query or a parameter, and no person', () => {
  const sent = Buffer.concat(collector.bodies).toString('latin1');
  expect(sent.length).toBeGreaterThan(1_000);
  for (const planted of [secret, person, 'northwind.example', 'Bearer', id]) expect(sent).not.toContain(planted);
});
