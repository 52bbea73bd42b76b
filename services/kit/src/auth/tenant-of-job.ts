import type { RegisteredTenant, TenantRegistry } from '../db/tenant-registry.ts';
import { problem } from '../errors/problem.ts';
import { addToContext } from '../log/request-context.ts';
import type { Workload } from './service-token.ts';

const namespacePrefix = 'tenant-';

/** Who may ask as a tenant's job: the one account of each tenant's namespace. */
export const jobCallers = ['*/billing-job'];

export const requireActive = (tenant: RegisteredTenant | undefined): RegisteredTenant => {
  if (!tenant) throw problem('tenant.unknown');
  if (tenant.state !== 'active') throw problem('tenant.suspended');
  return tenant;
};

/** A job speaks for the tenant of its namespace, which the operator alone makes; for no other one. */
export const activeTenantOfJob = async (
  registry: TenantRegistry,
  { namespace }: Workload,
): Promise<RegisteredTenant> => {
  if (!namespace.startsWith(namespacePrefix)) throw problem('permission.denied');
  const tenant = requireActive(await registry.findByName(namespace.slice(namespacePrefix.length)));
  addToContext({ tenantId: tenant.id });
  return tenant;
};
