import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { accessTokenAudience, accessTokenType } from '@legendops/kit/auth/access-token';
import { portChooser } from '../local/ports.ts';
import { benchDatabase } from './bench-database.ts';
import { compare } from './rounds.ts';

const root = join(import.meta.dirname, '../..');
const connections = 32;
const seconds = 4;

const until = async (url: string): Promise<void> => {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} did not answer`);
};

/** Requests a second; anything but 200 makes the figure worthless and ends the run. */
const requestsPerSecond = async (url: string, headers: Record<string, string>[]): Promise<number> => {
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: headers.map((each) => ({ method: 'GET', headers: each })),
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} errors`);
  return result.requests.average;
};

/** GET /customers?limit=20 of the real portal service against a bare handler doing the same transaction. */
export const benchHttp = async (): Promise<boolean> => {
  const database = await benchDatabase();
  const issuer = 'http://bench.test';
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES256' }] };
  const keyServer = createServer((_request, response) => response.end(JSON.stringify(keys)));
  await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
  const keysUrl = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/`;
  const { choose } = portChooser(() => undefined);
  const ports = [];
  for (let n = 0; n < 4; n += 1) ports.push(await choose('bench', 0));
  const [port, internalPort, managementPort, barePort] = ports;
  const environment = { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', DATABASE_URL: database.serviceUrl };
  const service = fork(join(root, 'services/portal/src/main.ts'), {
    env: {
      ...environment,
      LOG_LEVEL: 'warn',
      PORT: String(port),
      INTERNAL_PORT: String(internalPort),
      MANAGEMENT_PORT: String(managementPort),
      REQUIRE_SAFE_POSTGRES: 'false',
      ACCESS_TOKEN_ISSUER: issuer,
      ACCESS_TOKEN_KEYS_URL: keysUrl,
      SERVICE_TOKEN_ISSUER: issuer,
      SERVICE_TOKEN_KEYS_URL: keysUrl,
      BILLING_INTERNAL_URL: issuer,
      BILLING_TOKEN_PATH: '/dev/null',
      READINESS_DELAY_MS: '0',
    },
  });
  const bare = fork(join(root, 'scripts/bench/bare-server.ts'), { env: { ...environment, PORT: String(barePort) } });
  try {
    const tokens = await Promise.all(
      database.tenantIds.map((tid) =>
        new SignJWT({ tid, role: 'tenant_admin', name: 'Bench' })
          .setProtectedHeader({ alg: 'ES256', typ: accessTokenType, kid: 'bench' })
          .setIssuer(issuer)
          .setAudience(accessTokenAudience)
          .setSubject(tid)
          .setIssuedAt()
          .setExpirationTime('1h')
          .sign(privateKey),
      ),
    );
    await until(`http://127.0.0.1:${managementPort}/readyz`);
    await until(`http://127.0.0.1:${barePort}/`).catch(() => undefined);
    return await compare({
      title: `http: list of 20 rows, ${connections} connections, 100 tenants`,
      ours: () =>
        requestsPerSecond(
          `http://127.0.0.1:${port}/api/portal/v1/customers?limit=20`,
          tokens.map((token) => ({ authorization: `Bearer ${token}` })),
        ),
      floor: () =>
        requestsPerSecond(
          `http://127.0.0.1:${barePort}/`,
          database.tenantIds.map((tenantId) => ({ 'x-tenant': tenantId })),
        ),
      target: 0.7,
    });
  } finally {
    service.kill();
    bare.kill();
    keyServer.close();
    await database.stop();
  }
};
