import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEntra, type Entra } from '../doubles/entra/server.ts';
import { startPax8, type Pax8 } from '../doubles/pax8/server.ts';
import { startQuickBooks, type QuickBooks } from '../doubles/quickbooks/server.ts';
import { startSuperOps, type SuperOps } from '../doubles/superops/server.ts';
import { trustedCertificates } from '../loopback/trust-for-test.ts';
import { portChooser } from '../loopback/ports.ts';
import { answerAs } from './browser-addresses.ts';
import { fourthProvider } from './fourth-provider.ts';
import { prepareVendors } from './provide.ts';
import { remoteVendors } from './vendor-doors.ts';

let certificates: Awaited<ReturnType<typeof trustedCertificates>>;
let entra: Entra;
let pax8: Pax8;
let quickbooks: QuickBooks;
let superops: SuperOps;
let page: Server;
beforeAll(async () => {
  certificates = await trustedCertificates();
  entra = await startEntra({ tls: certificates });
  pax8 = await startPax8();
  quickbooks = await startQuickBooks({ clientId: 'a', clientSecret: 'b' });
  superops = await startSuperOps();
  page = createServer((request, response) => response.end(`${request.headers.host} ${request.url}`));
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await Promise.all([entra.close(), pax8.close(), quickbooks.close(), superops.close(), certificates.remove()]);
  page.close();
});

it('doubles of other pods learn of a provider what those of this process do', async () => {
  const vendors = remoteVendors({
    signIn: entra.url,
    pax8: pax8.url,
    quickbooks: quickbooks.url,
    superops: superops.urls.us,
  });
  await prepareVendors({ vendors }, fourthProvider);
  expect(entra.directories.get(fourthProvider.directory)?.people.map(({ email }) => email)).toEqual([
    'fay@fourth.example',
  ]);
  expect(pax8.account('fourth-coffee-partner')?.companies).toHaveLength(fourthProvider.customers.length);
  expect(quickbooks.company(fourthProvider.quickBooksRealm)?.name).toBe('Fourth Coffee IT Books');
  expect(superops.account('fourth-coffee')?.clients).toHaveLength(fourthProvider.customers.length);
});

it('a double that refuses is told with its answer', async () => {
  const vendors = remoteVendors({ signIn: pax8.url, pax8: pax8.url, quickbooks: quickbooks.url, superops: pax8.url });
  await expect(prepareVendors({ vendors }, fourthProvider)).rejects.toThrow(/_control\/directories answered 404/);
});

it('an address of a developer’s machine answers here as there, with the same Host', async () => {
  const port = await portChooser(() => undefined).choose('a page', 0);
  const { port: target } = page.address() as AddressInfo;
  const answering = await answerAs([
    { url: `http://localhost:${port}`, host: '127.0.0.1', port: target },
    { url: 'https://portal.example', host: '127.0.0.1', port: target },
  ]);
  expect(await (await fetch(`http://localhost:${port}/sign-in?a=b`)).text()).toBe(`localhost:${port} /sign-in?a=b`);
  answering.close();
});
