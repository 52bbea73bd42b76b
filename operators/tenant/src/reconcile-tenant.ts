import {
  addFinalizer,
  hasFinalizer,
  isBeingDeleted,
  removeFinalizer,
} from '@legendops/operator-runtime/controller/finalizers';
import type { ReconcileResult } from '@legendops/operator-runtime/controller/controller';
import { isConflict } from '@legendops/operator-runtime/client/status-error';
import { NotLeading } from '@legendops/operator-runtime/lease/only-while';
import { claimFor, claimOf, newTenantId } from './api/tenant-id.ts';
import { annotations, finalizer, tenants, type Tenant } from './api/tenant.ts';
import { failed } from './failure-outcome.ts';
import { say } from './outcome.ts';
import { phases } from './phases/all-phases.ts';
import { deleteTenant } from './phases/deletion.ts';
import { runPhases } from './run-phases.ts';
import type { TenantScope } from './scope.ts';
import { complete, lookAgainMs, publishStatus, standard, summary } from './tenant-status.ts';

export interface Dependencies extends Omit<TenantScope, 'tenant' | 'claimsNewId' | 'signal'> {
  /** The Tenant as a watch last showed it: its metadata alone is whole. */
  seen: (name: string) => Tenant | undefined;
}

/** By any word but false: who writes True, yes or 1 means that the tenant is to be left alone. */
const isPaused = ({ metadata }: Tenant): boolean => {
  const value = metadata.annotations?.[annotations.paused];
  return value !== undefined && value.toLowerCase() !== 'false';
};

const isClaimed = (tenant: Tenant): boolean => hasFinalizer(tenant, finalizer) && claimOf(tenant) !== undefined;

/** A write to the Tenant itself, without which nothing goes on: whoever refuses it is named where people look. */
const writingTenant = async <T>(scope: TenantScope, write: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof NotLeading) && !scope.signal.aborted && !isConflict(error))
      await publishStatus(scope, [failed('Ready', error)]);
    throw error;
  }
};

const reconcileDeletion = async (scope: TenantScope): Promise<ReconcileResult> => {
  const { kube, tenant } = scope;
  if (!hasFinalizer(tenant, finalizer)) return {};
  if (isPaused(tenant)) {
    // Whoever waits for it to go waits for somebody.
    await publishStatus(scope, [{ ...say('Ready', 'Paused', 'deleted'), status: 'False' }]);
    return {};
  }
  const outcome = await deleteTenant(scope);
  if (!outcome.finished) {
    await publishStatus(scope, [outcome.blocker]);
    if (outcome.error !== undefined) throw outcome.error;
    return { requeueAfterMs: outcome.blocker.requeueAfterMs };
  }
  const others = (tenant.metadata.finalizers ?? []).filter((name) => name !== finalizer);
  if (others.length > 0) await publishStatus(scope, [say('Ready', 'FinalizersRemain', others)]);
  await writingTenant(scope, () => removeFinalizer(kube, tenants, tenant, finalizer));
  return {};
};

const reconcileLiving = async (scope: TenantScope): Promise<ReconcileResult> => {
  const { outcomes, found, failures } = await runPhases(phases, scope);
  const all = complete(outcomes);
  await publishStatus(scope, [summary(all), ...all, ...standard(all)], found);
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) throw new AggregateError(failures, 'Several steps failed');
  return { requeueAfterMs: lookAgainMs(scope, all) };
};

/** It is left alone, and says so: what else the status says was true when the pause began. */
const reconcilePaused = async (scope: TenantScope): Promise<ReconcileResult> => {
  await publishStatus(scope, [say('Ready', 'Paused', 'living')]);
  return {};
};

type Claimed = Pick<TenantScope, 'tenant' | 'claimsNewId'>;

/** Before anything outside exists: what is made for a tenant is always undone with it, and found by its claim. */
const claim = async ({ kube, tenant }: Pick<TenantScope, 'kube' | 'tenant'>): Promise<Claimed> => {
  const known = claimOf(tenant);
  const ownFields = { finalizer, annotations: { [annotations.claim]: claimFor(tenant, known ?? newTenantId()) } };
  return { tenant: await addFinalizer(kube, tenants, tenant, ownFields), claimsNewId: known === undefined };
};

/**
 * One that no pass has looked at is claimed as the watch shows it, which spares a read of every new tenant: the write holds for
 * that version alone, and answers with the whole of it. What speaks against it, whoever reads the tenant finds and says.
 */
const claimUnread = async ({ kube, seen }: Dependencies, name: string): Promise<Claimed | undefined> => {
  const tenant = seen(name);
  if (!tenant || claimOf(tenant) !== undefined || isBeingDeleted(tenant) || isPaused(tenant)) return undefined;
  try {
    return await claim({ kube, tenant });
  } catch (error) {
    if (error instanceof NotLeading) throw error;
    return undefined;
  }
};

/** One pass over one Tenant: from what it wants and what is there, never from what a pass before remembers. */
export const reconcileTenant = async (
  dependencies: Dependencies,
  name: string,
  signal: AbortSignal,
): Promise<ReconcileResult> => {
  const claimed = await claimUnread(dependencies, name);
  if (claimed) return reconcileLiving({ ...dependencies, ...claimed, signal });
  const tenant = await dependencies.kube.read(tenants, { name });
  if (!tenant) return {};
  const scope: TenantScope = { ...dependencies, tenant, claimsNewId: false, signal };
  if (isBeingDeleted(tenant)) return reconcileDeletion(scope);
  if (isPaused(tenant)) return reconcilePaused(scope);
  return reconcileLiving(isClaimed(tenant) ? scope : { ...scope, ...(await writingTenant(scope, () => claim(scope))) });
};
