import { NotLeading } from '@legendops/operator-runtime/lease/only-while';
import type { DatabaseName } from '@legendops/kit/config/databases';
import { claimFor, claimOf, newTenantId, uuid } from '../api/tenant-id.ts';
import { annotations, namespaceOf, tenants, type Tenant } from '../api/tenant.ts';
import { say, type Outcome } from '../outcome.ts';
import { definePhase, type Found } from '../phase.ts';
import { decidingDatabase, followingDatabases } from '../postgres/deciding-database.ts';
import { registryStateOf, type Registration } from '../postgres/registry.ts';
import type { TenantScope } from '../scope.ts';
import { disagreementText, malformedAdoption, refusalText } from './registration-refusal.ts';

type Said = Outcome<'Registered'>;

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

/**
 * Registers in every other database, at once and whichever of them fails; the first failure is thrown when all have answered.
 * A crash in between leaves a row that the next pass finds by its owner.
 */
const follow = async ({ registry }: TenantScope, id: string, registration: Registration): Promise<Said | undefined> => {
  const followIn = async (database: DatabaseName): Promise<Said | undefined> => {
    const followed = await registry.register(database, id, { ...registration, isDecided: true });
    const holder = 'refusal' in followed ? followed.holder : followed;
    if (holder.id !== id) return disagreementText(database, { id, name: registration.name }, holder);
    if ('refusal' in followed) throw new Error(`${database} refuses the tenant of portal_db`);
    return undefined;
  };
  const answers = await Promise.allSettled(followingDatabases.map(followIn));
  const disagreement = answers.flatMap((answer) => (answer.status === 'fulfilled' ? (answer.value ?? []) : []))[0];
  if (disagreement) return disagreement;
  const failure = answers.find(({ status }) => status === 'rejected');
  if (failure?.status === 'rejected') throw failure.reason;
  return undefined;
};

/** Where another id was claimed than the registry has, as after an adoption: what is made is found by the claim. */
const ensureClaim = async ({ kube, tenant }: Pick<TenantScope, 'kube' | 'tenant'>, id: string): Promise<void> => {
  const { name, uid } = tenant.metadata;
  if (claimOf(tenant) === id) return;
  const annotated = { [annotations.claim]: claimFor(tenant, id) };
  await kube.mergePatch(tenants, { name }, { metadata: { uid, annotations: annotated } });
};

/** An adoption that names nothing: who wrote it wants data that is there, and no new tenant. One that is made heeds it no more. */
const adoptsNothing = async ({ tenant, registry }: TenantScope): Promise<Said | undefined> => {
  const value = tenant.metadata.annotations?.[annotations.adopt];
  if (value === undefined || uuid.test(value)) return undefined;
  const made = await registry.ownedBy(decidingDatabase, tenant.metadata.uid ?? '');
  return made.length > 0 ? undefined : malformedAdoption(value);
};

/**
 * While portal_db does not answer, billing_db says whether the claimed id is this resource's: what is made for a tenant,
 * its database login above all, is made for its owner alone.
 */
const confirmTenantId = async ({ tenant, registry }: TenantScope): Promise<string | undefined> => {
  const { metadata, spec } = tenant;
  const id = claimOf(tenant);
  if (id === undefined) return undefined;
  const isOurs = await registry.setState('billing_db', id, metadata.uid ?? '', registryStateOf(spec));
  return isOurs ? id : undefined;
};

/** That a status is this resource's own, its claim says, which names the uid. */
const wasRegistered = (tenant: Tenant): boolean =>
  tenant.status?.tenantId !== undefined && tenant.status.tenantId === claimOf(tenant);

const registeredAs = (tenantId: string, isNew: boolean): Found => ({
  registration: { tenantId, isNew },
  standing: { isConfirmed: true, isNew },
});

/** What is known of the tenant while portal_db does not answer. The namespace of one that was registered needs no database. */
const unanswered = async (scope: TenantScope): Promise<Found> => {
  const tenantId = await confirmTenantId(scope).catch(() => undefined);
  if (tenantId !== undefined) return registeredAs(tenantId, false);
  return wasRegistered(scope.tenant) ? { standing: { isConfirmed: false, isNew: false } } : {};
};

/** What hangs on a tenant that stands in every database: its claim, its administrators' invitations, its directories. */
const settle = async ({ kube, tenant, registry }: TenantScope, id: string): Promise<Said> => {
  await ensureClaim({ kube, tenant }, id);
  const { admins, directories } = tenant.spec;
  if (admins.length > 0) await registry.inviteAdmins(id, admins);
  return (await registry.setDirectories(id, directories)) === 'directory-taken'
    ? say('Registered', 'DirectoryTaken')
    : say('Registered', 'Registered', id, namespaceOf(tenant));
};

/**
 * The tenant's row in every database's registry, its directories, its first administrators' invitations. Who the resource
 * is, its uid and the registries say alone: a status or an annotation may be copied. The id is found as soon as a registry
 * has said that it is this resource's, whatever fails after.
 */
export const registeredPhase = definePhase({
  name: 'Registered',
  conditions: ['Registered'],
  needs: [],
  finds: ['registration', 'standing', 'refusal'],
  run: async (scope) => {
    const { tenant, registry } = scope;
    const registration = registrationOf(scope);
    let found: Found = {};
    try {
      const malformed = await adoptsNothing(scope);
      if (malformed) return { found: { refusal: true }, outcomes: [malformed] };
      const answer = await registry.register(decidingDatabase, claimOf(tenant) ?? newTenantId(), registration);
      if ('refusal' in answer)
        return { found: { refusal: true }, outcomes: [refusalText(tenant, answer.refusal, answer.holder)] };
      found = registeredAs(answer.id, scope.claimsNewId && answer.outcome === 'registered');
      const disagreement = await follow(scope, answer.id, registration);
      if (disagreement) return { found: { refusal: true }, outcomes: [disagreement] };
      return { found, outcomes: [await settle(scope, answer.id)] };
    } catch (error) {
      if (error instanceof NotLeading) throw error;
      return { found: found.registration ? found : await unanswered(scope), failure: error };
    }
  },
});
