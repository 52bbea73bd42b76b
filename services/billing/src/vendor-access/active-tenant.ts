import { requireActive } from '@legendops/kit/auth/tenant-of-job';
import type { RegisteredTenant, TenantRegistry } from '@legendops/kit/db/tenant-registry';

/** The tenant, for paths that no access token has led through kit's own check; refused unless it is active. */
export const activeTenant = async (registry: TenantRegistry, id: string): Promise<RegisteredTenant> =>
  requireActive(await registry.find(id));
