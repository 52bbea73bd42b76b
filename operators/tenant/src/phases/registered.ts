import { annotations, namespaceOf, type Tenant } from '../api/tenant.ts';
import type { DatabaseName } from '../config.ts';
import { newTenantId } from './tenant-id.ts';
import { blocked, done, type Phase, type TenantScope } from '../scope.ts';

const type = 'Registered';
export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

// portal_db decides the id, the others follow it: a crash in between leaves a row that the next pass finds by its owner.
const first: DatabaseName = 'portal_db';
const followers: readonly DatabaseName[] = ['auth_db', 'billing_db', 'catalog_db'];

const registrationOf = (tenant: Tenant) => {
  const adopt = tenant.metadata.annotations?.[annotations.adopt];
  return {
    name: tenant.metadata.name,
    ownerUid: tenant.metadata.uid ?? '',
    spec: tenant.spec,
    adopt: adopt !== undefined && uuid.test(adopt) ? adopt : undefined,
  };
};

const nameTaken = (tenant: Tenant, holder: string) =>
  blocked(
    type,
    'NameTaken',
    `The name ${tenant.metadata.name} belongs to tenant ${holder}, which this resource did not make. ` +
      `To take a retained tenant over, annotate this resource with ${annotations.adopt}=${holder}`,
  );

const register = async (scope: TenantScope): Promise<{ id: string; holder?: string }> => {
  const registration = registrationOf(scope.tenant);
  const known =
    scope.tenant.status?.tenantId ?? scope.tenant.metadata.annotations?.[annotations.claim] ?? newTenantId();
  const { id, outcome } = await scope.registry.register(first, known, registration);
  if (outcome === 'name-taken') return { id: known, holder: id };
  scope.isNewTenant = outcome === 'registered';
  for (const database of followers) {
    const followed = await scope.registry.register(database, id, registration);
    if (followed.outcome === 'name-taken' || followed.id !== id) return { id, holder: followed.id };
  }
  return { id };
};

/** The tenant's row in every database's registry, its directories, its first administrators' invitations. */
export const registeredPhase: Phase = async (scope) => {
  const { tenant, registry } = scope;
  const { id, holder } = await register(scope);
  if (holder !== undefined) return [nameTaken(tenant, holder)];
  scope.tenantId = id;
  if ((await registry.setDirectories(id, tenant.spec.directories)) === 'directory-taken') {
    return [blocked(type, 'DirectoryTaken', 'spec.directories: one of these directories belongs to another tenant')];
  }
  if (tenant.spec.admins.length > 0) await registry.inviteAdmins(id, tenant.spec.admins);
  return [done(type, 'Registered', `Tenant ${id}, namespace ${namespaceOf(tenant)}`)];
};
