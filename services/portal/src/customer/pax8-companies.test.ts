import { createServer } from 'node:http';
import { listen, type Listening } from '@legendops/kit/http/listen';
import { afterEach, describe, expect, it } from 'vitest';
import { billingPax8Companies } from './pax8-companies.ts';

let server: Listening | undefined;
afterEach(() => server?.close(0));

const tenantId = '0190a000-0000-7000-8000-00000000000a';
const askOf = async (status: number, body: string) => {
  server = await listen(
    createServer((_request, response) => response.writeHead(status).end(body)),
    0,
    '127.0.0.1',
  );
  return billingPax8Companies({ url: `http://127.0.0.1:${server.port}`, token: async () => 'token' })(tenantId);
};

describe('the companies at Pax8', () => {
  it('come with whatever id and name Pax8 gave them', async () => {
    const companies = [
      { id: 'aaaaaaaa-bbbb-0ccc-1ddd-eeeeeeeeeeee', name: 'Fabrikam', status: 'Active' },
      { id: '00000000-0000-4000-8000-000000000002', name: '', status: 'Inactive' },
    ];
    expect(await askOf(200, JSON.stringify({ data: companies }))).toEqual(companies);
  });

  it.each([
    ['another shape', 200, '{"data":[{"id":7}]}', 'vendor.unavailable'],
    ['no JSON', 200, '<html>', 'vendor.unavailable'],
    ['a failure', 500, '{"code":"service.failed"}', 'vendor.unavailable'],
    ['a connection that is missing', 409, '{"code":"connection.missing"}', 'connection.missing'],
  ])('that come as %s are an outage or what a person can mend', async (_title, status, body, code) => {
    await expect(askOf(status, body)).rejects.toMatchObject({ code });
  });
});
