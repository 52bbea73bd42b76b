import { annotations, namespaceOf, tenants, type Tenant } from '../api/tenant.ts';
import type { DatabaseName } from '../config.ts';
import { registryStateOf, type Registration } from '../postgres/registry.ts';
import { disagreementText, refusalText } from './registration-refusal.ts';
import { claimFor, claimOf, newTenantId, uuid } from '../api/tenant-id.ts';
import { done, needsPerson, type Phase, type PhaseOutcome, type TenantScope } from '../scope.ts';

const type = 'Registered';

// portal_db decides the id, the others follow it: a crash in between leaves a row that the next pass finds by its owner.
const first: DatabaseName = 'portal_db';
const followers: readonly DatabaseName[] = ['auth_db', 'billing_db', 'catalog_db'];

const idIn = ({ metadata }: Tenant, annotation: string): string | undefined => {
  const value = metadata.annotations?.[annotation];
  return value !== undefined && uuid.test(value) ? value : undefined;
};

const registrationOf = ({ tenant, cluster }: TenantScope): Registration => ({
  name: tenant.metadata.name,
  ownerUid: tenant.metadata.uid ?? '',
  spec: tenant.spec,
  cluster,
  adopt: idIn(tenant, annotations.adopt),
  lostCluster: idIn(tenant, annotations.adoptFromLostCluster),
});

const refused = (scope: TenantScope, { reason, message }: { reason: string; message: string }): PhaseOutcome[] => {
  scope.tenantId = undefined;
  scope.isRefused = true;
  return [needsPerson(type, reason, message)];
};

/** Registers in every database, those behind one that fails too; the first failure is thrown at the end. */
const follow = async (
  { registry }: TenantScope,
  id: string,
  registration: Registration,
): Promise<{ reason: string; message: string } | undefined> => {
  const failures: unknown[] = [];
  for (const database of followers) {
    try {
      const followed = await registry.register(database, id, { ...registration, isDecided: true });
      const holder = 'refusal' in followed ? followed.holder : followed;
      if (holder.id !== id) return disagreementText(database, { id, name: registration.name }, holder);
      if ('refusal' in followed) throw new Error(`${database} refuses the tenant of portal_db`);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return undefined;
};

/** Where another id was claimed than the registry has, as after an adoption: what is made is found by the claim. */
const ensureClaim = async ({ kube, tenant }: TenantScope, id: string): Promise<void> => {
  const { name, uid } = tenant.metadata;
  if (claimOf(tenant) === id) return;
  const annotated = { [annotations.claim]: claimFor(tenant, id) };
  await kube.mergePatch(tenants, { name }, { metadata: { uid, annotations: annotated } });
};

/**
 * The tenant's row in every database's registry, its directories, its first administrators' invitations. Who the resource
 * is, its uid and the registries say alone: a status or an annotation may be copied. The id is in the scope as soon as a
 * registry has said that it is this resource's, whatever fails after.
 */
export const registeredPhase: Phase = async (scope) => {
  const { tenant, registry } = scope;
  const registration = registrationOf(scope);
  const answer = await registry.register(first, claimOf(tenant) ?? newTenantId(), registration);
  if ('refusal' in answer) return refused(scope, refusalText(tenant, answer.refusal, answer.holder));
  const { id, outcome } = answer;
  scope.tenantId = id;
  scope.isNewTenant = outcome === 'registered';
  const disagreement = await follow(scope, id, registration);
  if (disagreement) return refused(scope, disagreement);
  await ensureClaim(scope, id);
  if (tenant.spec.admins.length > 0) await registry.inviteAdmins(id, tenant.spec.admins);
  if ((await registry.setDirectories(id, tenant.spec.directories)) === 'directory-taken') {
    return [
      needsPerson(type, 'DirectoryTaken', 'spec.directories: one of these directories belongs to another tenant'),
    ];
  }
  return [done(type, 'Registered', `Tenant ${id}, namespace ${namespaceOf(tenant)}`)];
};

/**
 * While portal_db does not answer, billing_db says whether the claimed id is this resource's: what is made for a tenant,
 * its database login above all, is made for its owner alone.
 */
export const confirmTenantId = async ({ tenant, registry }: TenantScope): Promise<string | undefined> => {
  const { metadata, spec } = tenant;
  const id = claimOf(tenant);
  if (id === undefined) return undefined;
  const isOurs = await registry.setState('billing_db', id, metadata.uid ?? '', registryStateOf(spec));
  return isOurs ? id : undefined;
};
