import { WorkloadIdentityCredential } from '@azure/identity';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalCertificates } from '../../loopback/certificates.ts';
import { trustedCertificates } from '../../loopback/trust-for-test.ts';
import { startEntra } from './server.ts';
import type { Entra } from './server.ts';

const tid = '11111111-1111-4111-8111-111111111111';
const clientId = '55555555-5555-4555-8555-555555555555';
const cluster = 'https://kubernetes.default.svc';
const subject = 'system:serviceaccount:legendops:billing';
const audience = 'api://AzureADTokenExchange';

let certificates: LocalCertificates & { remove: () => Promise<void> };
let entra: Entra;
let directory: string;
let clusterKey: CryptoKey;

beforeAll(async () => {
  certificates = await trustedCertificates();
  directory = await mkdtemp(join(tmpdir(), 'workload-'));
  const pair = await generateKeyPair('RS256');
  clusterKey = pair.privateKey;
  const jwk: JWK = { ...(await exportJWK(pair.publicKey)), kid: 'cluster-1', alg: 'RS256' };
  entra = await startEntra({
    tls: certificates,
    directories: [{ tid, name: 'Platform' }],
    federatedCredentials: [{ tid, clientId, issuer: cluster, subject, audience, jwks: () => ({ keys: [jwk] }) }],
  });
});
afterAll(async () => {
  await entra.close();
  await certificates.remove();
  await rm(directory, { recursive: true, force: true });
});

type Assertion = { sub?: string; aud?: string; iss?: string; key?: CryptoKey; expiresIn?: string };

async function credential(assertion: Assertion = {}) {
  const { sub = subject, aud = audience, iss = cluster, key = clusterKey, expiresIn = '1h' } = assertion;
  const token = await new SignJWT({ sub, aud, iss })
    .setProtectedHeader({ alg: 'RS256', kid: 'cluster-1' })
    .setIssuedAt()
    .setExpirationTime(expiresIn)
    .sign(key);
  const tokenFilePath = join(directory, `${Math.random()}.jwt`);
  await writeFile(tokenFilePath, token);
  return new WorkloadIdentityCredential({
    tenantId: tid,
    clientId,
    tokenFilePath,
    authorityHost: entra.url,
    disableInstanceDiscovery: true,
  });
}

describe('tokens for workloads', () => {
  test.each(['https://vault.azure.net', 'https://storage.azure.com'])(
    'a service account token becomes a token for %s',
    async (resource) => {
      const { token, expiresOnTimestamp } = await (await credential()).getToken(`${resource}/.default`);
      const { payload } = await jwtVerify(token, createLocalJWKSet(entra.jwks), {
        audience: resource,
        issuer: `https://sts.windows.net/${tid}/`,
      });
      expect(payload).toMatchObject({ tid, appid: clientId });
      expect(expiresOnTimestamp).toBeGreaterThan(Date.now());
    },
  );

  test.each<[string, Assertion, string]>([
    ['another subject', { sub: 'system:serviceaccount:legendops:portal' }, 'AADSTS700213'],
    ['another audience', { aud: 'legendops-billing' }, 'AADSTS700212'],
    ['another cluster', { iss: 'https://other.example' }, 'AADSTS700211'],
    ['an expired token', { expiresIn: '-1m' }, 'AADSTS7000271'],
  ])('%s is refused with the number that Entra ID gives', async (_name, assertion, code) => {
    await expect((await credential(assertion)).getToken('https://vault.azure.net/.default')).rejects.toThrow(code);
  });

  test('a token that another cluster signed is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const foreign = await credential({ key: privateKey });
    await expect(foreign.getToken('https://vault.azure.net/.default')).rejects.toThrow('signature verification failed');
  });
});

test('keys and people survive a restart', async () => {
  const start = () => startEntra({ tls: certificates, stateDirectory: directory });
  const first = await start();
  first.directories.add({ tid, name: 'Platform', people: [{ email: 'ada@northwind.example', name: 'Ada' }] });
  await first.close();
  const second = await start();
  expect(second.jwks).toEqual(first.jwks);
  expect(second.directories.byEmail('ADA@northwind.example')).toHaveLength(1);
  await second.close();
});
