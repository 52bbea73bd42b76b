import { writeFile } from 'node:fs/promises';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { ClientSecretCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { startEntra } from './entra/server.ts';
import { trustedCertificates } from '../loopback/trust-for-test.ts';
import type { LocalCertificates } from '../loopback/certificates.ts';
import type { VaultGrant } from './vault/access.ts';
import { startVault } from './vault/server.ts';
import type { Vault } from './vault/server.ts';

type Writer = 'operator' | 'billing' | 'portal';

export interface SuiteVault {
  certificates: LocalCertificates;
  /** A vault for each who writes, with the rights in it that infra/vaults.bicep gives the operator. */
  vaults: Readonly<Record<Writer, Vault>>;
  /** The operator's own. */
  vault: Vault;
  /** The real client, signed in as the operator, of its own vault. */
  client(): SecretClient;
  /** The same, of every vault. */
  clients(): Readonly<Record<Writer, SecretClient>>;
  /** What a process of the operator needs to sign in by workload identity; its token is written to this file. */
  workloadIdentity(tokenPath: string): Promise<Record<string, string>>;
  close(): Promise<void>;
}

const tenantId = '11111111-1111-4111-8111-111111111111';
const clientId = 'tenant-operator';

// Of the role that identity.bicep makes: it lists, disables and soft-deletes what a tenant leaves, and reads no value.
const closer: VaultGrant = { actions: ['list', 'update', 'delete'] };
const officer: VaultGrant = {
  actions: ['get', 'list', 'set', 'update', 'delete', 'recover'],
  names: /^tenant-[0-9a-f]{32}-/,
};

/** Key Vault doubles with their directory. */
export const startSuiteVault = async (): Promise<SuiteVault> => {
  const certificates = await trustedCertificates();
  const entra = await startEntra({
    tls: certificates,
    clients: [{ clientId, clientSecret: 'local', redirectUris: [] }],
    directories: [{ tid: tenantId, name: 'Platform' }],
  });
  const vaultOf = (grant: VaultGrant): Promise<Vault> =>
    startVault({
      tls: certificates,
      tenantId,
      authority: entra.url,
      jwks: () => entra.jwks,
      access: { [clientId]: grant },
    });
  const vaults = { operator: await vaultOf(officer), billing: await vaultOf(closer), portal: await vaultOf(closer) };
  const clientOf = ({ url }: Vault): SecretClient =>
    new SecretClient(
      url,
      new ClientSecretCredential(tenantId, clientId, 'local', {
        authorityHost: entra.url,
        disableInstanceDiscovery: true,
      }),
      { disableChallengeResourceVerification: true, retryOptions: { maxRetries: 1, retryDelayInMs: 10 } },
    );
  return {
    certificates,
    vaults,
    vault: vaults.operator,
    client: () => clientOf(vaults.operator),
    clients: () => ({
      operator: clientOf(vaults.operator),
      billing: clientOf(vaults.billing),
      portal: clientOf(vaults.portal),
    }),
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
      for (const vault of Object.values(vaults)) await vault.close();
      await entra.close();
      await certificates.remove();
    },
  };
};
