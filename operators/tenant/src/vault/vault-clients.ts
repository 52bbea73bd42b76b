import type { TokenCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import type { VaultWriter } from '../api/vendors.ts';
import type { OperatorConfig } from '../config.ts';

/** The vault of each who writes; the same one three times where there is one for all. */
export type VaultClients = Readonly<Record<VaultWriter, SecretClient>>;

export const vaultClients = (
  { vaultUrls, vaultIsLocal }: Pick<OperatorConfig, 'vaultUrls' | 'vaultIsLocal'>,
  credential: TokenCredential,
): VaultClients => {
  const clientOf = (url: string) =>
    new SecretClient(url, credential, { disableChallengeResourceVerification: vaultIsLocal });
  return {
    operator: clientOf(vaultUrls.operator),
    billing: clientOf(vaultUrls.billing),
    portal: clientOf(vaultUrls.portal),
  };
};
