import { WorkloadIdentityCredential } from '@azure/identity';

/**
 * Tokens of this pod's workload identity for one scope: the credential keeps each until it is about to end, and asks again
 * then. On one machine the sign-in authority is not one that Entra's instance discovery knows.
 */
export const entraToken = (scope: string, { isLocal = false } = {}): (() => Promise<string>) => {
  const credential = new WorkloadIdentityCredential({ disableInstanceDiscovery: isLocal });
  return async () => (await credential.getToken(scope)).token;
};
