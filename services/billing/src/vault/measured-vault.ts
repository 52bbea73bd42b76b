import { measured } from '@legendops/kit/jobs/measured';
import { inVaultSpan } from '@legendops/kit/trace/vault-span';
import { Histogram } from 'prom-client';
import type { TenantSecret } from './tenant-secret.ts';
import type { VendorVault } from './vendor-vault.ts';

const vaultSeconds = new Histogram({
  name: 'legendops_vault_call_duration_seconds',
  help: 'Time of an operation on the vault of vendors’ credentials, by operation and outcome',
  labelNames: ['operation', 'outcome'] as const,
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

const timed = <T>(operation: keyof VendorVault, work: () => Promise<T>): Promise<T> =>
  inVaultSpan(operation, () =>
    measured(
      {
        observe: (outcome: 'success' | 'failure', seconds) => vaultSeconds.observe({ operation, outcome }, seconds),
        outcomeOf: () => 'failure',
      },
      work,
    ),
  );

/** The vault, with the time of each operation told. */
export const measuredVault = (vault: VendorVault): VendorVault => ({
  get: (tenantId, vendor) => timed('get', () => vault.get(tenantId, vendor)),
  put: (tenantId, vendor, secret) => timed('put', () => vault.put(tenantId, vendor, secret)),
  forget: (tenantId, vendor) => timed('forget', () => vault.forget(tenantId, vendor)),
});

/** A secret of tenants, told alike. */
export const measuredSecret = <Value>(secret: TenantSecret<Value>): TenantSecret<Value> => ({
  get: (tenantId) => timed('get', () => secret.get(tenantId)),
  put: (tenantId, value) => timed('put', () => secret.put(tenantId, value)),
  forget: (tenantId) => timed('forget', () => secret.forget(tenantId)),
});
