import {
  addFinalizer,
  hasFinalizer,
  isBeingDeleted,
  removeFinalizer,
} from '@legendops/operator-runtime/controller/finalizers';
import type { ReconcileResult } from '@legendops/operator-runtime/controller/controller';
import { UnsettledObject } from '@legendops/operator-runtime/controller/unsettled-object';
import { isConflict } from '@legendops/operator-runtime/client/status-error';
import { NotLeading } from '@legendops/operator-runtime/lease/only-while';
import { annotations, finalizer, tenants, type ConditionType, type Tenant } from './api/tenant.ts';
import { failed } from './failure-outcome.ts';
import { billingPhase } from './phases/billing.ts';
import { credentialsPhase } from './phases/credentials.ts';
import { deleteTenant } from './phases/deletion.ts';
import { integrationsPhase } from './phases/integrations.ts';
import { jobsPhase } from './phases/jobs.ts';
import { namespacePhase } from './phases/namespace.ts';
import { claimFor, claimOf, newTenantId } from './api/tenant-id.ts';
import { confirmTenantId, registeredPhase } from './phases/registered.ts';
import { blocked, needsPerson, type Phase, type PhaseOutcome, type TenantScope } from './scope.ts';
import { complete, lookAgainMs, publishStatus, standard, summary } from './tenant-status.ts';

export type Dependencies = Omit<TenantScope, 'tenant' | 'tenantId' | 'database' | 'signal'>;

const attempt = async (
  scope: TenantScope,
  phase: Phase,
  types: readonly ConditionType[],
  errors: unknown[],
): Promise<PhaseOutcome[]> => {
  try {
    return await phase(scope);
  } catch (error) {
    if (error instanceof NotLeading) throw error;
    if (error instanceof UnsettledObject) {
      const { name, message, retryInMs } = error;
      return types.map((type) => needsPerson(type, name, message, retryInMs));
    }
    errors.push(error);
    return types.map((type) => failed(type, error));
  }
};

/** Every phase that can run; one that failed does not stop those that do not need it. */
const runPhases = async (scope: TenantScope, errors: unknown[]): Promise<PhaseOutcome[]> => {
  const outcomes = await attempt(scope, registeredPhase, ['Registered'], errors);
  const run = async (phase: Phase, ...types: readonly ConditionType[]): Promise<void> => {
    scope.signal.throwIfAborted();
    outcomes.push(...(await attempt(scope, phase, types, errors)));
  };
  const isUnanswered = errors.length > 0;
  if (isUnanswered) scope.tenantId ??= await confirmTenantId(scope).catch(() => undefined);
  if (scope.tenantId !== undefined) await run(integrationsPhase, 'IntegrationsReady');
  // The namespace of a tenant that was registered before needs no database. That a status is this resource's own, its claim
  // says, which names the uid.
  const { status } = scope.tenant;
  const wasRegistered = status?.tenantId !== undefined && status.tenantId === claimOf(scope.tenant);
  if (scope.tenantId !== undefined || (isUnanswered && wasRegistered)) await run(namespacePhase, 'NamespaceReady');
  if (scope.tenantId === undefined || !scope.hasNamespace) return outcomes;
  await run(credentialsPhase, 'DatabaseReady', 'SecretsReady');
  await run(billingPhase, 'BillingReady');
  await run(jobsPhase, 'JobsSucceeding');
  return outcomes;
};

const isPaused = ({ metadata }: Tenant): boolean => metadata.annotations?.[annotations.paused] === 'true';

const isMarked = (tenant: Tenant): boolean => hasFinalizer(tenant, finalizer) && claimOf(tenant) !== undefined;

/** A write to the Tenant itself, without which nothing goes on: whoever refuses it is named where people look. */
const marking = async <T>(scope: TenantScope, write: () => Promise<T>): Promise<T> => {
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
    await publishStatus(scope, [blocked('Ready', 'Paused', `It is not removed while ${annotations.paused} is true`)]);
    return {};
  }
  const outcome = await deleteTenant(scope);
  if (!outcome.finished) {
    await publishStatus(scope, [outcome.blocker]);
    if (outcome.error !== undefined) throw outcome.error;
    return { requeueAfterMs: outcome.blocker.requeueAfterMs };
  }
  const others = (tenant.metadata.finalizers ?? []).filter((name) => name !== finalizer);
  if (others.length > 0) {
    const said = `All that was made for it is gone; the resource stays for the finalizers of others: ${others.join(', ')}`;
    await publishStatus(scope, [blocked('Ready', 'FinalizersRemain', said)]);
  }
  await marking(scope, () => removeFinalizer(kube, tenants, tenant, finalizer));
  return {};
};

const reconcileLiving = async (scope: TenantScope): Promise<ReconcileResult> => {
  const errors: unknown[] = [];
  const outcomes = complete(await runPhases(scope, errors));
  await publishStatus(scope, [summary(outcomes), ...outcomes, ...standard(outcomes)]);
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, 'Several steps failed');
  return { requeueAfterMs: lookAgainMs(scope, outcomes) };
};

/** It is left alone, and says so: what else the status says was true when the pause began. */
const reconcilePaused = async (scope: TenantScope): Promise<ReconcileResult> => {
  await publishStatus(scope, [
    {
      type: 'Ready',
      status: 'Unknown',
      reason: 'Paused',
      message: `Nothing is done while ${annotations.paused} is true`,
    },
  ]);
  return {};
};

/** Before anything outside exists: what is made for a tenant is always undone with it, and found by its claim. */
const claimed = (scope: TenantScope): Promise<Tenant> => {
  const { kube, tenant } = scope;
  const id = claimOf(tenant) ?? newTenantId();
  const marks = { finalizer, annotations: { [annotations.claim]: claimFor(tenant, id) } };
  return marking(scope, () => addFinalizer(kube, tenants, tenant, marks));
};

/** One pass over one Tenant: from what it wants and what is there, never from what a pass before remembers. */
export const reconcileTenant = async (
  dependencies: Dependencies,
  name: string,
  signal: AbortSignal,
): Promise<ReconcileResult> => {
  const tenant = await dependencies.kube.read(tenants, { name });
  if (!tenant) return {};
  const scope: TenantScope = { ...dependencies, tenant, database: tenant.status?.database ?? {}, signal };
  if (isBeingDeleted(tenant)) return reconcileDeletion(scope);
  if (isPaused(tenant)) return reconcilePaused(scope);
  return reconcileLiving(isMarked(tenant) ? scope : { ...scope, tenant: await claimed(scope) });
};
