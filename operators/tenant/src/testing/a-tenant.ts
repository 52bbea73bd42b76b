import { forEachJob } from '../api/jobs.ts';
import type { Tenant, TenantSpec } from '../api/tenant.ts';

/** A Tenant as the API server hands it out, with every default filled in. */
export const aTenant = (changes: { name?: string; spec?: Partial<TenantSpec> } = {}): Tenant => ({
  metadata: {
    name: changes.name ?? 'northwind',
    uid: '0b1f6b1e-6a51-4d3c-9a59-0f6f4b8f8a01',
    resourceVersion: '1',
    generation: 1,
    finalizers: [],
  },
  spec: {
    displayName: 'Northwind IT',
    directories: [],
    admins: [],
    state: 'Active',
    deletionProtection: false,
    deletionPolicy: 'Retain',
    limits: { customers: 500, storageGiB: 50, requestsPerMinute: 3_000 },
    namespace: { quota: { cpu: '2', memory: '2Gi', pods: 10 } },
    billing: {
      currency: 'USD',
      timeZone: 'America/New_York',
      ...forEachJob(() => ({ suspend: false })),
    },
    credentials: { rotateEvery: '720h', grace: '1h' },
    ...changes.spec,
  },
});
