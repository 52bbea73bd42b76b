import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { boundedNetwork } from './bounded-network.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});
const serve = async (handler: RequestListener): Promise<string> => {
  server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
const network = boundedNetwork(200);

it.each<[string, RequestListener]>([
  ['says nothing', () => undefined],
  ['stops in the middle of its answer', (_request, response) => response.writeHead(200).write('{')],
])('gives up a directory that %s', async (_title, handler) => {
  const url = await serve(handler);
  await expect(network.sendGetRequestAsync(url)).rejects.toThrow(/timeout/i);
  await expect(network.sendPostRequestAsync(url, { body: 'code=1' })).rejects.toThrow(/timeout/i);
});

it.each<[string, RequestListener, RegExp]>([
  ['sends us elsewhere', (_request, response) => response.writeHead(307, { location: '/' }).end(), /fetch failed/],
  ['answers without end', (_request, response) => response.end(`"${'x'.repeat(65_536)}"`), /more than 65536 bytes/],
])('refuses a directory that %s', async (_title, handler, message) => {
  const url = await serve(handler);
  await expect(network.sendGetRequestAsync(url)).rejects.toThrow(message);
  await expect(network.sendPostRequestAsync(url, { body: 'code=1' })).rejects.toThrow(message);
});

it('hands on what the directory answers, refusals too', async () => {
  const url = await serve((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      response.writeHead(400, { 'x-asked': request.headers['x-asking'] });
      response.end(JSON.stringify({ method: request.method, body }));
    });
  });
  const answer = await network.sendPostRequestAsync(url, { body: 'code=1', headers: { 'x-asking': 'yes' } });
  expect(answer).toMatchObject({
    status: 400,
    body: { method: 'POST', body: 'code=1' },
    headers: { 'x-asked': 'yes' },
  });
});
