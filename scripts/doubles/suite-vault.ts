import { writeFile } from 'node:fs/promises';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { ClientSecretCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { startEntra } from './entra/server.ts';
import { trustedCertificates } from '../loopback/trust-for-test.ts';
import type { LocalCertificates } from '../loopback/certificates.ts';
import { startVault } from './vault/server.ts';
import type { Vault } from './vault/server.ts';

export interface SuiteVault {
  certificates: LocalCertificates;
  vault: Vault;
  /** The real client, signed in as the operator. */
  client(): SecretClient;
  /** What a process of the operator needs to sign in by workload identity; its token is written to this file. */
  workloadIdentity(tokenPath: string): Promise<Record<string, string>>;
  close(): Promise<void>;
}

const tenantId = '11111111-1111-4111-8111-111111111111';
const clientId = 'tenant-operator';

/** The Key Vault double with its directory. */
export const startSuiteVault = async (): Promise<SuiteVault> => {
  const certificates = await trustedCertificates();
  const entra = await startEntra({
    tls: certificates,
    clients: [{ clientId, clientSecret: 'local', redirectUris: [] }],
    directories: [{ tid: tenantId, name: 'Platform' }],
  });
  const vault = await startVault({
    tls: certificates,
    tenantId,
    authority: entra.url,
    jwks: () => entra.jwks,
    access: { [clientId]: { actions: ['get', 'list', 'set', 'delete', 'recover'], names: /^tenant-/ } },
  });
  return {
    certificates,
    vault,
    client: () =>
      new SecretClient(
        vault.url,
        new ClientSecretCredential(tenantId, clientId, 'local', {
          authorityHost: entra.url,
          disableInstanceDiscovery: true,
        }),
        { disableChallengeResourceVerification: true, retryOptions: { maxRetries: 1, retryDelayInMs: 10 } },
      ),
    workloadIdentity: async (tokenPath) => {
      const { publicKey, privateKey } = await generateKeyPair('RS256');
      const identity = {
        issuer: 'https://cluster.example',
        subject: 'operator',
        audience: 'api://AzureADTokenExchange',
      };
      const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'suite', alg: 'RS256', use: 'sig' }] };
      entra.trust({ tid: tenantId, clientId, ...identity, jwks: () => jwks });
      const token = await new SignJWT()
        .setProtectedHeader({ alg: 'RS256', kid: 'suite' })
        .setIssuer(identity.issuer)
        .setSubject(identity.subject)
        .setAudience(identity.audience)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey);
      await writeFile(tokenPath, token);
      return {
        AZURE_AUTHORITY_HOST: entra.url,
        AZURE_TENANT_ID: tenantId,
        AZURE_CLIENT_ID: clientId,
        AZURE_FEDERATED_TOKEN_FILE: tokenPath,
        NODE_EXTRA_CA_CERTS: certificates.caPath,
      };
    },
    close: async () => {
      await vault.close();
      await entra.close();
      await certificates.remove();
    },
  };
};
