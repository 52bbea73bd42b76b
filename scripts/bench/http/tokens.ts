import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { accessTokenAudience, accessTokenType } from '@legendops/kit/auth/access-token';

/** Stands for the auth service: its keys at a URL, that no session has ended, and a token for an administrator of each tenant. */
export const tokenIssuer = async (issuer: string) => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES256' }] };
  const noneEnded = { sessions: [], next: '1:1:' };
  const server = createServer((request, response) => {
    const isAsked = request.url?.startsWith('/internal/v1/revocations') === true;
    setTimeout(() => response.end(JSON.stringify(isAsked ? noneEnded : keys)), isAsked ? 1_000 : 0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    keysUrl: `${url}/keys`,
    tokenFor: (tenantId: string): Promise<string> =>
      new SignJWT({ tid: tenantId, sid: tenantId, role: 'tenant_admin', name: 'Bench' })
        .setProtectedHeader({ alg: 'ES256', typ: accessTokenType, kid: 'bench' })
        .setIssuer(issuer)
        .setAudience(accessTokenAudience)
        .setSubject(tenantId)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    close: (): void => void server.close(),
  };
};
