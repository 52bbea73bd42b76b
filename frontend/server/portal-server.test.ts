import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPortalServer, type PortalServer } from './portal-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'legendops-portal-'));
let server: PortalServer;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), 'the portal');
  writeFileSync(join(folder, 'assets/portal-1a2b.js'), 'as it is');
  writeFileSync(join(folder, 'assets/portal-1a2b.js.br'), 'by brotli');
  server = await startPortalServer({ port: 0, host: '127.0.0.1', folder, mediaOrigin: 'https://media.example' });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** As it is sent: fetch would mend the path first. */
const ask = (path: string, method = 'GET') =>
  new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const headers = { 'accept-encoding': 'gzip, br', connection: 'close' };
      request({ host: '127.0.0.1', port: server.port, path, method, headers }, (answer) => {
        text(answer).then((body) => resolve({ status: answer.statusCode, headers: answer.headers, body }), reject);
      })
        .on('error', reject)
        .end();
    },
  );

it('serves files compressed and for ever, every other path as the page, under a strict policy', async () => {
  const asset = await ask('/assets/portal-1a2b.js');
  expect(asset).toMatchObject({ status: 200, body: 'by brotli' });
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  const page = await ask('/invoices/1');
  expect(page).toMatchObject({ status: 200, body: 'the portal' });
  expect(page.headers['cache-control']).toBe('no-cache');
  expect(page.headers['content-security-policy']).toBe(
    "default-src 'self'; img-src 'self' data: https://media.example; connect-src 'self' https://media.example; object-src 'none'; " +
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  );
  expect(await ask('/', 'HEAD')).toMatchObject({ status: 200, body: '' });
});

it.each([
  ['/api/portal/v1/customers', 'GET', 404],
  ['/assets/nothing-1a2b.js', 'GET', 404],
  ['/', 'POST', 405],
  ['//elsewhere/', 'GET', 400],
  ['/%2e%2e/%2e%2e/etc/passwd', 'GET', 200],
])('answers %s by %s with %i and nothing of the machine', async (path, method, status) => {
  const answer = await ask(path, method);
  expect(answer.status).toBe(status);
  expect(answer.body).not.toContain('root:');
});

it('is healthy until it drains, and serves meanwhile', async () => {
  expect(await ask('/healthz')).toMatchObject({ status: 200, body: 'ok\n' });
  const drained = server.drain(300);
  expect((await ask('/healthz')).status).toBe(503);
  expect((await ask('/')).status).toBe(200);
  await drained;
  await expect(ask('/')).rejects.toThrow('ECONNREFUSED');
});
