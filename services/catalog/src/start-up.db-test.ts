import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { migrateDatabase } from '@legendops/kit/db/migrate';
import { freePort } from '@legendops/kit/testing/free-port';
import { testDatabase, type TestDatabase } from '@legendops/kit/testing/test-database';
import { afterEach, expect, it, vi } from 'vitest';

const main = join(import.meta.dirname, 'main.ts');
const nobody = 'http://127.0.0.1:9';

let child: ChildProcess | undefined;
let database: TestDatabase | undefined;
afterEach(async () => {
  child?.kill('SIGKILL');
  await database?.close();
  database = undefined;
});

const start = async (databaseUrl: string) => {
  const [publicPort, internalPort, managementPort] = [await freePort(), await freePort(), await freePort()];
  const process_ = spawn(process.execPath, [main], {
    env: {
      PORT: String(publicPort),
      INTERNAL_PORT: String(internalPort),
      MANAGEMENT_PORT: String(managementPort),
      DATABASE_URL: databaseUrl,
      REQUIRE_SAFE_POSTGRES: 'false',
      ACCESS_TOKEN_ISSUER: nobody,
      ACCESS_TOKEN_KEYS_URL: nobody,
      SERVICE_TOKEN_ISSUER: nobody,
      SERVICE_TOKEN_KEYS_URL: nobody,
      AUTH_INTERNAL_URL: nobody,
      AUTH_TOKEN_PATH: '/nonexistent',
      AZURE_TENANT_ID: '10000000-0000-4000-8000-000000000001',
      AZURE_CLIENT_ID: '10000000-0000-4000-8000-000000000036',
      AZURE_FEDERATED_TOKEN_FILE: '/nonexistent',
      BLOB_URL: 'https://127.0.0.1:9/account',
      MEDIA_URL: nobody,
      READINESS_DELAY_MS: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = process_;
  let output = '';
  process_.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const asked = async (port: number, path: string): Promise<string> =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      async (answer) => `${answer.status} ${await answer.text()}`,
      () => 'no answer',
    );
  return {
    output: () => output,
    management: (path: string) => asked(managementPort, path),
    open: () => asked(publicPort, '/api/catalog/openapi.json'),
    ended: once(process_, 'exit'),
    signal: () => process_.kill('SIGTERM'),
  };
};

const patience = { timeout: 20_000, interval: 50 };

it('a service waits for its schema: alive, not ready, one line, no request served; then it serves', async () => {
  database = await testDatabase(null);
  const service = await start(database.url('svc_catalog'));
  await vi.waitFor(() => expect(service.output()).toContain('not ready: catalog_db was not migrated'), patience);
  expect(await service.management('/livez')).toBe('200 ok\n');
  expect(await service.management('/readyz')).toBe('503 {"start":"failed"}');
  expect(await service.open()).toBe('no answer');
  await migrateDatabase(database.url(), 'catalog_db');
  await vi.waitFor(async () => expect(await service.open()).toMatch(/^200 /), patience);
  // Nobody answers for the sessions here, and the service says so by its own readiness.
  expect(await service.management('/readyz')).toBe('503 {"database":"ok","sessions":"failed"}');
  expect(service.output().match(/not ready/g)).toHaveLength(1);
  service.signal();
  expect(await service.ended).toEqual([0, null]);
});

it('a service whose database cannot be reached says so in a line, and ends at once when it is told to', async () => {
  const service = await start('postgres://svc_catalog:s3cret@127.0.0.1:9/catalog_db');
  await vi.waitFor(() => expect(service.output()).toMatch(/not ready: .*ECONNREFUSED/), patience);
  expect(await service.management('/readyz')).toBe('503 {"start":"failed"}');
  expect(service.output()).not.toContain('s3cret');
  service.signal();
  expect(await service.ended).toEqual([0, null]);
});
