import { ClientSecretCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { startEntra } from '../doubles/entra/server.ts';
import { trustedCertificates } from '../doubles/trust-for-test.ts';
import type { LocalCertificates } from '../certificates.ts';
import { startVault } from '../doubles/vault/server.ts';
import type { Vault } from '../doubles/vault/server.ts';

export interface SuiteVault {
  certificates: LocalCertificates;
  vault: Vault;
  /** The real client, signed in as the operator. */
  client(): SecretClient;
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
    close: async () => {
      await vault.close();
      await entra.close();
      await certificates.remove();
    },
  };
};
