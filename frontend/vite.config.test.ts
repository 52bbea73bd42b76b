import { createServer as createGateway, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServer, type ViteDevServer } from 'vite';

let gateway: Server;
let gatewayUrl: string;
let vite: ViteDevServer;
let viteUrl: string;
beforeAll(async () => {
  gateway = createGateway(({ headers: { origin, host }, url }, response) =>
    response.end(JSON.stringify({ url, origin, host })),
  );
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  gatewayUrl = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  process.env['LEGENDOPS_GATEWAY'] = `${gatewayUrl}/`;
  vite = await createServer({
    configFile: `${import.meta.dirname}/vite.config.ts`,
    server: { port: 0, host: '127.0.0.1', watch: null },
    optimizeDeps: { noDiscovery: true },
    logLevel: 'silent',
  });
  await vite.listen();
  viteUrl = vite.resolvedUrls?.local[0] ?? '';
});
afterAll(async () => {
  await vite.close();
  gateway.close();
});

it('hands calls of the API to the gateway as from its own pages', async () => {
  const answer = await fetch(`${viteUrl}api/auth/v1/token`, {
    method: 'POST',
    headers: { origin: 'http://localhost:5173' },
  });
  expect(await answer.json()).toEqual({
    url: '/api/auth/v1/token',
    origin: gatewayUrl,
    host: new URL(gatewayUrl).host,
  });
});
