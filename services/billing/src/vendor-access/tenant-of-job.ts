import type { Workload } from '@legendops/kit/auth/service-token';
import type { RegisteredTenant, TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { problem } from '@legendops/kit/errors/problem';
import { addToContext } from '@legendops/kit/log/request-context';
import { activeTenantByName } from './active-tenant.ts';

const namespacePrefix = 'tenant-';

/** The workloads that are jobs of a tenant. */
export const jobs = ['*/billing-job'];

/** A job speaks for the tenant of its namespace, which the operator alone makes; for no other one. */
export const tenantOfJob = async (registry: TenantRegistry, { namespace }: Workload): Promise<RegisteredTenant> => {
  if (!namespace.startsWith(namespacePrefix)) throw problem('permission.denied');
  const tenant = await activeTenantByName(registry, namespace.slice(namespacePrefix.length));
  addToContext({ tenantId: tenant.id });
  return tenant;
};
