import type { RegisteredTenant, TenantRegistry } from '@legendops/kit/db/tenant-registry';
import { problem } from '@legendops/kit/errors/problem';

const requireActive = (tenant: RegisteredTenant | undefined): RegisteredTenant => {
  if (!tenant) throw problem('tenant.unknown');
  if (tenant.state !== 'active') throw problem('tenant.suspended');
  return tenant;
};

/** The tenant, for paths that no access token has led through kit's own check; refused unless it is active. */
export const activeTenant = async (registry: TenantRegistry, id: string): Promise<RegisteredTenant> =>
  requireActive(await registry.find(id));

export const activeTenantByName = async (registry: TenantRegistry, name: string): Promise<RegisteredTenant> =>
  requireActive(await registry.findByName(name));
