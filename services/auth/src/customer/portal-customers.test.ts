import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listen, type Listening } from '@legendops/kit/http/listen';
import { portalCustomers } from './portal-customers.ts';

let server: Listening;
let answer: { status: number; body: string };
let asked: string | undefined;

beforeEach(async () => {
  server = await listen(
    createServer((request, response) => {
      asked = request.url;
      response.writeHead(answer.status).end(answer.body);
    }),
    0,
    '127.0.0.1',
  );
});
afterEach(() => server.close(0));

const isActive = () =>
  portalCustomers({ url: `http://127.0.0.1:${server.port}`, token: async () => 'token' })('tenant', 'customer');

it.each([
  [200, { state: 'active' }, true],
  [200, { state: 'archived' }, false],
  [404, { code: 'customer.not-found' }, false],
])('takes %i %o for %s', async (status, body, expected) => {
  answer = { status, body: JSON.stringify(body) };
  expect(await isActive()).toBe(expected);
  expect(asked).toBe('/internal/v1/tenants/tenant/customers/customer');
});

it.each([
  [404, '{"code":"route.not-found"}'],
  [404, '<html>'],
  [200, '{}'],
  [503, ''],
])('does not know by %i %s, and says neither yes nor no', async (status, body) => {
  answer = { status, body };
  await expect(isActive()).rejects.toMatchObject({ code: 'service.unavailable' });
});

it('does not know when the portal service is away', async () => {
  await server.close(0);
  await expect(isActive()).rejects.toMatchObject({ code: 'service.unavailable' });
});
