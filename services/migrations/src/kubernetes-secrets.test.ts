import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kubernetesSecrets, type SecretStore } from './kubernetes-secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'legendops-token-'));
const asked: { request: string; type: string | undefined; authorization: string | undefined; body: unknown }[] = [];
let answer = { status: 200, body: '{}' };
const note = async (request: IncomingMessage): Promise<void> => {
  const body = await text(request);
  asked.push({
    request: `${request.method} ${request.url}`,
    type: request.headers['content-type'],
    authorization: request.headers.authorization,
    body: body === '' ? undefined : JSON.parse(body),
  });
};
const server = createServer((request, response) => {
  void note(request).finally(() => response.writeHead(answer.status).end(answer.body));
});
let store: SecretStore;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const tokenPath = join(folder, 'token');
  writeFileSync(tokenPath, 'the-token\n');
  const { port } = server.address() as AddressInfo;
  store = kubernetesSecrets({ url: `http://127.0.0.1:${port}`, tokenPath, namespace: 'legendops' });
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

it('reads a Secret, decoded; one that is absent is undefined', async () => {
  answer = { status: 200, body: JSON.stringify({ data: { a: Buffer.from('one').toString('base64') } }) };
  expect(await store.read('keys')).toEqual({ a: 'one' });
  expect(asked.at(-1)).toMatchObject({
    request: 'GET /api/v1/namespaces/legendops/secrets/keys',
    authorization: 'Bearer the-token',
  });
  answer = { status: 404, body: '{}' };
  expect(await store.read('keys')).toBeUndefined();
});

it('creates one, and adds entries without a word about the others', async () => {
  answer = { status: 201, body: '{}' };
  await store.create('keys', { a: 'one' });
  expect(asked.at(-1)).toMatchObject({
    request: 'POST /api/v1/namespaces/legendops/secrets',
    type: 'application/json',
    body: { kind: 'Secret', metadata: { name: 'keys' }, data: { a: 'b25l' } },
  });
  answer = { status: 200, body: '{}' };
  await store.add('keys', { b: 'two' });
  expect(asked.at(-1)).toMatchObject({
    request: 'PATCH /api/v1/namespaces/legendops/secrets/keys',
    type: 'application/merge-patch+json',
    body: { data: { b: 'dHdv' } },
  });
});

it('says what Kubernetes said, without what was sent', async () => {
  answer = { status: 403, body: JSON.stringify({ message: 'secrets is forbidden' }) };
  await expect(store.create('keys', { a: 's3cret' })).rejects.toThrow(
    'Kubernetes refused POST /api/v1/namespaces/legendops/secrets with 403: secrets is forbidden',
  );
});
