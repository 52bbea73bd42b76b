import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { request, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localCertificates } from './certificates.ts';

describe('local certificates', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'certificates-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  test.each(['localhost', '127.0.0.1'])('a client that trusts the authority reaches a server at %s', async (host) => {
    const { ca, cert, key } = await localCertificates(directory);
    const server = createServer({ cert, key }, (_req, res) => res.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const status = await new Promise((resolve, reject) => {
      request({ host, port, ca, agent: false }, (res) => resolve(res.resume().statusCode))
        .on('error', reject)
        .end();
    });
    server.close();
    expect(status).toBe(200);
  });

  test('a second call returns the same files, readable by the owner alone', async () => {
    const first = await localCertificates(directory);
    expect(await localCertificates(directory)).toEqual(first);
    expect((await stat(join(directory, 'ca-key.pem'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(directory, 'server-key.pem'))).mode & 0o777).toBe(0o600);
  });

  test('a server certificate near its end is renewed under the same authority', async () => {
    const first = await localCertificates(directory);
    const later = () => new Date(Date.now() + 790 * 24 * 60 * 60 * 1000);
    const second = await localCertificates(directory, { now: later });
    expect(second.ca).toBe(first.ca);
    expect(second.cert).not.toBe(first.cert);
    expect(new X509Certificate(second.cert).checkIssued(new X509Certificate(second.ca))).toBe(true);
  });

  test('a damaged authority is replaced together with what it issued', async () => {
    const first = await localCertificates(directory);
    await writeFile(first.caPath, 'not a certificate');
    const second = await localCertificates(directory);
    expect(second.ca).not.toBe(first.ca);
    expect(new X509Certificate(second.cert).verify(new X509Certificate(second.ca).publicKey)).toBe(true);
  });
});
