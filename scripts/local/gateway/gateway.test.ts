import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGateway, type Gateway } from './gateway.ts';

let folder: string;
let service: Server;
let gateway: Gateway;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'legendops-gateway-'));
  await writeFile(join(folder, 'index.html'), 'the portal');
  await mkdir(join(folder, 'assets'));
  for (const [name, text] of [
    ['portal-1a2b.js', 'as it is'],
    ['portal-1a2b.js.br', 'by brotli'],
    ['portal-1a2b.js.gz', 'by gzip'],
    ['plain-1a2b.js', 'small'],
  ] as const)
    await writeFile(join(folder, 'assets', name), text);
  service = createServer((request, response) => {
    if (request.url === '/api/auth/half')
      response.writeHead(200, { 'content-length': 100 }).write('half', () => response.destroy());
    else response.end(`auth ${request.url}`);
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  gateway = await startGateway({
    port: 0,
    services: new Map([['auth', { host: '127.0.0.1', port: (service.address() as AddressInfo).port }]]),
    portal: { folder },
  });
});
afterAll(async () => {
  await gateway.close();
  service.close();
  await rm(folder, { recursive: true });
});

/** Bytes as no client library would send them; the answer as it comes. */
const raw = (lines: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1', () => socket.write(lines));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
const ask = (requestLine: string, host = 'localhost'): Promise<string> =>
  raw(`${requestLine} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
const status = (answer: string): string | undefined => answer.split(' ')[1];

it('routes by the path: services, the portal, nothing else below /api', async () => {
  expect(await ask('GET /api/auth/v1/keys?a=b')).toContain('auth /api/auth/v1/keys?a=b');
  expect(await ask('GET /invoices')).toContain('the portal');
  expect(status(await ask('GET /api/nobody/v1'))).toBe('404');
});

it('hands on to whoever serves the portal, too, where it has no folder of it', async () => {
  const backend = { host: '127.0.0.1', port: (service.address() as AddressInfo).port };
  const between = await startGateway({ port: 0, services: new Map([['auth', backend]]), portal: backend });
  const text = async (path: string): Promise<string> => (await fetch(`${between.url}${path}`)).text();
  expect(await text('/invoices?a=b')).toBe('auth /invoices?a=b');
  expect(await text('/api/auth/v1/keys')).toBe('auth /api/auth/v1/keys');
  expect(JSON.parse(await text('/api/nobody/v1'))).toMatchObject({ status: 404 });
  await between.close();
});

it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'])('knows no service %s', async (name) => {
  expect(status(await ask(`GET /api/${name}/v1/x`))).toBe('404');
  expect(status(await ask('GET /'))).toBe('200');
});

it('refuses a request with two hosts, whatever they say', async () => {
  const twice = 'GET / HTTP/1.1\r\nHost: localhost\r\nHOST: localhost\r\nConnection: close\r\n\r\n';
  expect(status(await raw(twice))).toBe('400');
  expect(status(await raw(twice.replace('GET /', 'GET /api/auth/v1/keys')))).toBe('400');
});

it('breaks off what a service broke off, and goes on', async () => {
  expect(await ask('GET /api/auth/half')).toMatch(/half$/);
  expect(status(await ask('GET /'))).toBe('200');
});

it.each([
  'GET //',
  'GET //[',
  'GET //elsewhere/api/auth/v1/keys',
  'GET /\\',
  'GET http://[/',
  'GET http://elsewhere/api/auth/v1/keys',
  'OPTIONS *',
])('refuses the target of %s and goes on', async (requestLine) => {
  expect(status(await ask(requestLine))).toBe('400');
  expect(status(await ask('GET /'))).toBe('200');
});

it.each([
  ['GET /%', 'localhost'],
  ['GET /%00', 'localhost'],
  ['GET /api/auth/%ff/%', 'localhost'],
  ['GET /', ':::'],
  ['GET /api/auth/v1/keys', '[::'],
  ['GET /', ''],
])('answers %s of the host "%s"', async (requestLine, host) => {
  expect(status(await ask(requestLine, host))).toBe('200');
});

const asset = async (name: string, acceptEncoding: string) => {
  const answer = await raw(
    `GET /assets/${name} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: ${acceptEncoding}\r\nConnection: close\r\n\r\n`,
  );
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { encoding: /^content-encoding: (.*)$/im.exec(head)?.[1], head: head.toLowerCase(), body };
};

it.each([
  ['gzip, deflate, br, zstd', 'br', 'by brotli'],
  ['gzip, br;q=0', 'gzip', 'by gzip'],
  ['GZIP;q=0.5', 'gzip', 'by gzip'],
  ['*', 'br', 'by brotli'],
  ['*;q=0', undefined, 'as it is'],
  ['identity', undefined, 'as it is'],
  ['', undefined, 'as it is'],
])('serves to whoever accepts "%s" the file in %s', async (accepted, encoding, body) => {
  expect(await asset('portal-1a2b.js', accepted)).toMatchObject({ encoding, body });
});

it('lets browsers keep what has a hash in its name, and ask again for the page that names it', async () => {
  const { head } = await asset('portal-1a2b.js', 'br');
  expect(head).toContain('cache-control: public, max-age=31536000, immutable');
  expect(head).toContain('content-type: text/javascript');
  expect(head).toContain('vary: accept-encoding');
  expect(await asset('plain-1a2b.js', 'br')).toMatchObject({ encoding: undefined, body: 'small' });
  expect((await ask('GET /invoices')).toLowerCase()).toContain('cache-control: no-cache');
});

it('has a file under its own name alone, and says so where there is none', async () => {
  for (const name of ['portal-1a2b.js.br', 'portal-9z9z.js'])
    expect(status(await ask(`GET /assets/${name}`))).toBe('404');
});
