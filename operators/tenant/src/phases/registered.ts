import { annotations, namespaceOf, type Tenant } from '../api/tenant.ts';
import type { DatabaseName } from '../config.ts';
import { registryStateOf, type Registration, type RegistrationOutcome } from '../postgres/registry.ts';
import { claimOf, newTenantId, uuid } from './tenant-id.ts';
import { blocked, done, type Phase, type TenantScope } from '../scope.ts';

const type = 'Registered';

// portal_db decides the id, the others follow it: a crash in between leaves a row that the next pass finds by its owner.
const first: DatabaseName = 'portal_db';
const followers: readonly DatabaseName[] = ['auth_db', 'billing_db', 'catalog_db'];

const isTaken = (outcome: RegistrationOutcome): boolean => outcome === 'name-taken' || outcome === 'name-retained';

const registrationOf = (tenant: Tenant): Registration => {
  const adopt = tenant.metadata.annotations?.[annotations.adopt];
  return {
    name: tenant.metadata.name,
    ownerUid: tenant.metadata.uid ?? '',
    spec: tenant.spec,
    adopt: adopt !== undefined && uuid.test(adopt) ? adopt : undefined,
  };
};

const nameTaken = (tenant: Tenant, { id, isRetained }: { id: string; isRetained: boolean }) =>
  blocked(
    type,
    'NameTaken',
    `The name ${tenant.metadata.name} belongs to tenant ${id}, which this resource did not make. ` +
      (isRetained
        ? `To take its retained data over, annotate this resource with ${annotations.adopt}=${id}`
        : 'Choose another name, or have that tenant removed first'),
  );

type Holder = { id: string; isRetained: boolean };

/** Registers in every database, those behind one that fails too; the first failure is thrown at the end. */
const follow = async (
  { registry }: TenantScope,
  id: string,
  registration: Registration,
): Promise<Holder | undefined> => {
  const failures: unknown[] = [];
  for (const database of followers) {
    try {
      const followed = await registry.register(database, id, registration);
      const isRetained = followed.outcome === 'name-retained';
      if (isTaken(followed.outcome) || followed.id !== id) return { id: followed.id, isRetained };
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return undefined;
};

/**
 * The tenant's row in every database's registry, its directories, its first administrators' invitations. The id is in the
 * scope as soon as a registry has said that it is this resource's, whatever fails after.
 */
export const registeredPhase: Phase = async (scope) => {
  const { tenant, registry } = scope;
  const registration = registrationOf(tenant);
  const known = claimOf(tenant) ?? tenant.status?.tenantId ?? newTenantId();
  const { id, outcome } = await registry.register(first, known, registration);
  if (isTaken(outcome)) return [nameTaken(tenant, { id, isRetained: outcome === 'name-retained' })];
  scope.tenantId = id;
  scope.isNewTenant = outcome === 'registered';
  const holder = await follow(scope, id, registration);
  if (holder) {
    scope.tenantId = undefined;
    return [nameTaken(tenant, holder)];
  }
  if (tenant.spec.admins.length > 0) await registry.inviteAdmins(id, tenant.spec.admins);
  if ((await registry.setDirectories(id, tenant.spec.directories)) === 'directory-taken') {
    return [blocked(type, 'DirectoryTaken', 'spec.directories: one of these directories belongs to another tenant')];
  }
  return [done(type, 'Registered', `Tenant ${id}, namespace ${namespaceOf(tenant)}`)];
};

/**
 * While portal_db does not answer, billing_db says whether the id of the status is this resource's. A status can be
 * edited; what is made for a tenant, its database login above all, is made for its owner alone.
 */
export const confirmTenantId = async ({ tenant, registry }: TenantScope): Promise<string | undefined> => {
  const { metadata, spec, status } = tenant;
  const id = status?.tenantId;
  if (id === undefined || !uuid.test(id)) return undefined;
  const isOurs = await registry.setState('billing_db', id, metadata.uid ?? '', registryStateOf(spec));
  return isOurs ? id : undefined;
};
