import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { DatabaseUnavailable } from '../db/database-error.ts';
import { problem } from '../errors/problem.ts';
import { collectingLog } from '../testing/sample-api.ts';
import { testApi, type TestApi } from '../testing/test-api.ts';
import { testDatabase, type TestDatabase } from '../testing/test-database.ts';
import { ok, publicRoute } from './route.ts';

let database: TestDatabase;
let api: TestApi;
const lines: string[] = [];
let failure: Error | undefined;

const open = publicRoute({
  method: 'get',
  path: '/v1/open',
  summary: 'Fails as it is told to',
  responses: { 200: z.object({}) },
  handler: () => {
    if (failure) throw failure;
    return ok({});
  },
});

beforeAll(async () => {
  database = await testDatabase('portal_db');
  const pool = database.pool('svc_portal');
  api = await testApi({ service: 'test', routes: [open], pool, log: collectingLog(lines) });
});
afterAll(async () => {
  await api.close();
  await database.close();
});
beforeEach(() => {
  lines.length = 0;
});

const ask = async (times: number, error: Error): Promise<void> => {
  failure = error;
  for (let n = 0; n < times; n += 1) await api.call('GET', '/api/test/v1/open');
};
const messages = () =>
  lines.map((line) => JSON.parse(line) as { level: string; msg: string; err: { message: string } });

it('an outage is some lines of each of its kinds, whoever asks and however often', async () => {
  await ask(40, problem('service.unavailable', { detail: 'closed' }));
  await ask(40, new DatabaseUnavailable('away'));
  const found = messages().map(({ level, msg, err }) => `${level} ${msg}: ${err.message}`);
  expect(found).toEqual([
    ...Array.from({ length: 5 }, () => 'error request failed: closed'),
    ...Array.from({ length: 5 }, () => 'error request failed: away'),
  ]);
});

it('what nobody expected is told each time', async () => {
  await ask(12, new Error('a fault of ours'));
  expect(messages()).toHaveLength(12);
});
