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

export type Dependencies = Omit<TenantScope, 'tenant' | 'signal'>;

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

/** Before anything outside exists: what is made for a tenant is always undone with it, and found by its claim. */
const claimed = (scope: TenantScope): Promise<Tenant> => {
  const { kube, tenant } = scope;
  const id = claimOf(tenant) ?? newTenantId();
  const ownFields = { finalizer, annotations: { [annotations.claim]: claimFor(tenant, id) } };
  return writingTenant(scope, () => addFinalizer(kube, tenants, tenant, ownFields));
};

/** One pass over one Tenant: from what it wants and what is there, never from what a pass before remembers. */
export const reconcileTenant = async (
  dependencies: Dependencies,
  name: string,
  signal: AbortSignal,
): Promise<ReconcileResult> => {
  const tenant = await dependencies.kube.read(tenants, { name });
  if (!tenant) return {};
  const scope: TenantScope = { ...dependencies, tenant, signal };
  if (isBeingDeleted(tenant)) return reconcileDeletion(scope);
  if (isPaused(tenant)) return reconcilePaused(scope);
  return reconcileLiving(isClaimed(tenant) ? scope : { ...scope, tenant: await claimed(scope) });
};
