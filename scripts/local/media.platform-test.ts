import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientSecretCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import { azureBlobStore } from '@legendops/catalog/media/azure-blob-store';
import type { BlobPlace, BlobStore } from '@legendops/catalog/media/blob-store';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEntra, type Entra } from '../doubles/entra/server.ts';
import { trustedCertificates } from '../loopback/trust-for-test.ts';
import { startBlobStorage, type BlobStorage } from './blob-storage.ts';
import { startGateway, type Gateway } from './gateway/gateway.ts';
import { mediaContainers } from './identities.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
let directory: string;
let entra: Entra;
let storage: BlobStorage;
let gateway: Gateway;
let store: BlobStore;
let storeAt: (now: () => number) => BlobStore;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'media-'));
  const certificates = await trustedCertificates();
  entra = await startEntra({
    tls: certificates,
    clients: [{ clientId: 'catalog', clientSecret: 'local', redirectUris: [] }],
    directories: [{ tid: tenantId, name: 'Platform' }],
  });
  storage = await startBlobStorage({ directory, tls: certificates, containers: mediaContainers });
  gateway = await startGateway({
    port: 0,
    services: new Map(),
    portal: { folder: directory },
    media: { url: storage.url, ca: certificates.ca },
  });
  const options = { authorityHost: entra.url, disableInstanceDiscovery: true };
  const client = new BlobServiceClient(storage.url, new ClientSecretCredential(tenantId, 'catalog', 'local', options));
  storeAt = (now) => azureBlobStore(client, { publicUrl: `${gateway.url}/media`, now });
  store = storeAt(Date.now);
});
afterAll(async () => {
  await gateway.close();
  await storage.close();
  await entra.close();
  await rm(directory, { recursive: true });
});

let blobs = 0;
const aPlace = (container: BlobPlace['container'] = 'product-images'): BlobPlace => ({
  container,
  name: `${'a'.repeat(32)}/${(blobs += 1)}`,
});
const put = async (url: string, text: string): Promise<number> => {
  const headers = { 'x-ms-blob-type': 'BlockBlob', 'content-type': 'image/png' };
  return (await fetch(url, { method: 'PUT', headers, body: text })).status;
};
const all = async (items: AsyncIterable<string>): Promise<string[]> => {
  const found: string[] = [];
  for await (const item of items) found.push(item);
  return found;
};
const get = async (url: string): Promise<number> => (await fetch(url)).status;

describe('blobs by the real client, and browsers by signed links', () => {
  it('are put by a link, read by the service, kept, read by another link, and removed', async () => {
    const place = aPlace();
    expect([await store.sizeOf(place), await store.read(place, 9)]).toEqual([undefined, undefined]);
    expect(await put((await store.linkToCreate(place)).url, 'abc')).toBe(201);
    expect([await store.sizeOf(place), (await store.read(place, 3))?.toString()]).toEqual([3, 'abc']);
    await expect(store.read(place, 2)).rejects.toThrow('at most 2 are read');
    const kept = aPlace('documents');
    await store.write(kept, Buffer.from('%PDF'), 'application/pdf');
    const { url, expiresAt } = await store.linkToRead(kept, {
      contentDisposition: `attachment; filename="a.pdf"; filename*=UTF-8''%C3%A4.pdf`,
    });
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([200, '%PDF']);
    expect(answer.headers.get('content-disposition')).toContain('filename="a.pdf"');
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('cache-control')).toContain('private');
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(15 * 60_000);
    for (const place_ of [place, kept, kept]) await store.remove(place_);
    expect([await store.sizeOf(place), await store.sizeOf(kept)]).toEqual([undefined, undefined]);
    expect(await get(url)).toBe(404);
  });

  it('are listed by tenant, and by when they were written', async () => {
    const tenant = '0190f000-0000-7000-8000-00000000000a';
    await store.write({ container: 'visio-stencils', name: `${tenant}/a` }, Buffer.from('abc'), 'image/png');
    const written = async (before: Date) => all(store.namesOf('visio-stencils', tenant, before));
    expect(await all(store.tenantsIn('visio-stencils'))).toContain(tenant);
    expect(await written(new Date(Date.now() + 60_000))).toEqual([`${tenant}/a`]);
    expect(await written(new Date(Date.now() - 60_000))).toEqual([]);
  });

  it('are the same address for a while, so that a browser need not fetch again', async () => {
    const at = Date.now();
    const place = aPlace();
    const as = { contentDisposition: 'inline' };
    const same = storeAt(() => Math.floor(at / 300_000) * 300_000 + 1);
    expect((await same.linkToRead(place, as)).url).toBe((await same.linkToRead(place, as)).url);
  });

  it('open nothing but what the link is for', async () => {
    const [place, other] = [aPlace(), aPlace()];
    for (const one of [place, other]) await store.write(one, Buffer.from('abc'), 'image/png');
    await store.write({ ...place, container: 'documents' }, Buffer.from('abc'), 'image/png');
    const { url } = await store.linkToRead(place, { contentDisposition: 'inline' });
    const { search } = new URL(url);
    const base = `${gateway.url}/media`;
    const later = new URL(url);
    later.searchParams.set('se', new Date(Date.now() + 86_400_000).toISOString());
    const wider = new URL(url);
    wider.searchParams.set('sp', 'rwdl');
    const whole = new URL(url);
    whole.searchParams.set('sr', 'c');
    expect(await get(url)).toBe(200);
    for (const forged of [
      `${base}/${other.container}/${other.name}${search}`,
      `${base}/documents/${place.name}${search}`,
      `${base}/${place.container}/x/../${other.name}${search}`,
      `${base}/${place.container}/${other.name.replace('/', '%2f')}${search}`,
      later.href,
      wider.href,
      whole.href,
    ])
      expect([forged.replace(search, ''), await get(forged)]).toEqual([forged.replace(search, ''), 403]);
    expect(await get(`${base}/${place.container}/${place.name}`)).toBeGreaterThanOrEqual(403);
    expect(await get(`${base}/${place.container}/x?restype=container&comp=list&${search.slice(1)}`)).toBe(403);
    expect(await put(url, 'xyz')).toBe(403);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(405);
    expect((await store.read(place, 3))?.toString()).toBe('abc');
  });

  it('are put once: a link overwrites nothing, reads nothing and puts nothing elsewhere', async () => {
    const [place, other] = [aPlace(), aPlace()];
    const { url } = await store.linkToCreate(place);
    expect(await put(`${gateway.url}/media/${other.container}/${other.name}${new URL(url).search}`, 'xyz')).toBe(403);
    expect(await put(url, 'abc')).toBe(201);
    expect(await put(url, 'xyz')).toBeGreaterThanOrEqual(403);
    expect(await get(url)).toBe(403);
    expect((await store.read(place, 3))?.toString()).toBe('abc');
  });

  it('are shut when the time of a link is over', async () => {
    const place = aPlace();
    await store.write(place, Buffer.from('abc'), 'image/png');
    const before = storeAt(() => Date.now() - 20 * 60_000);
    expect(await get((await before.linkToRead(place, { contentDisposition: 'inline' })).url)).toBe(403);
    expect(await put((await before.linkToCreate(aPlace())).url, 'abc')).toBe(403);
  });

  it('are nowhere else below the gateway', async () => {
    expect(await get(`${gateway.url}/media/others/a`)).toBe(404);
    expect(await (await fetch(`${gateway.url}/media/`)).text()).not.toContain('Azurite');
  });
});
