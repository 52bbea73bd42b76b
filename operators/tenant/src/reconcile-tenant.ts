import {
  addFinalizer,
  hasFinalizer,
  isBeingDeleted,
  removeFinalizer,
} from '@legendops/operator-runtime/controller/finalizers';
import type { ReconcileResult } from '@legendops/operator-runtime/controller/controller';
import { UnsettledObject } from '@legendops/operator-runtime/controller/unsettled-object';
import { StatusError } from '@legendops/operator-runtime/client/status-error';
import { NotLeading } from '@legendops/operator-runtime/lease/only-while';
import { RestError } from '@azure/core-rest-pipeline';
import { annotations, finalizer, tenants, type ConditionType, type Tenant } from './api/tenant.ts';
import { codeOf } from './error-code.ts';
import { billingPhase } from './phases/billing.ts';
import { credentialsPhase } from './phases/credentials.ts';
import { deleteTenant, type DeletionOutcome } from './phases/deletion.ts';
import { integrationsPhase } from './phases/integrations.ts';
import { namespacePhase } from './phases/namespace.ts';
import { claimFor, claimOf, newTenantId } from './phases/tenant-id.ts';
import { confirmTenantId, registeredPhase } from './phases/registered.ts';
import { DatabaseUnavailable } from './postgres/database-unavailable.ts';
import { LoginRefusal } from './postgres/login-refusal.ts';
import { blocked, type Phase, type PhaseOutcome, type TenantScope } from './scope.ts';
import { complete, publishStatus, summary } from './tenant-status.ts';
import { VaultUnavailable } from './vault/vault-call.ts';

export type Dependencies = Omit<TenantScope, 'tenant' | 'tenantId' | 'database' | 'signal'>;

/** Of the API server: what it refuses for a reason of its own does not pass by waiting. */
const isRefusal = ({ code }: StatusError): boolean => code === 403 || code === 422;

/** What a condition says when its phase threw: which part did not answer, or what was refused; never how it was asked. */
const failed = (type: ConditionType, error: unknown): PhaseOutcome => {
  if (error instanceof LoginRefusal) return blocked(type, error.name, error.message);
  if (error instanceof StatusError && isRefusal(error))
    return blocked(type, 'Refused', `The Kubernetes API refuses it: ${error.message}`);
  const code = codeOf(error);
  const said = `${partOf(error)} failed and is tried again${code === undefined ? '' : ` (${code})`}`;
  return blocked(type, 'TemporaryFailure', said);
};

const partOf = (error: unknown): string => {
  if (error instanceof DatabaseUnavailable) return `The database ${error.database}`;
  if (error instanceof VaultUnavailable || error instanceof RestError) return 'The vault';
  return error instanceof StatusError ? 'The Kubernetes API' : 'A step';
};

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
      return types.map((type) => blocked(type, name, message, retryInMs));
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
  // The namespace of a tenant that was registered before needs no database.
  if (scope.tenantId !== undefined || (isUnanswered && scope.tenant.status?.tenantId !== undefined))
    await run(namespacePhase, 'NamespaceReady');
  if (scope.tenantId === undefined || !scope.hasNamespace) return outcomes;
  await run(credentialsPhase, 'DatabaseReady', 'SecretsReady');
  await run(billingPhase, 'BillingReady');
  return outcomes;
};

const isPaused = ({ metadata }: Tenant): boolean => metadata.annotations?.[annotations.paused] === 'true';

const isMarked = (tenant: Tenant): boolean => hasFinalizer(tenant, finalizer) && claimOf(tenant) !== undefined;

const deletionOutcome = async (scope: TenantScope): Promise<DeletionOutcome> => {
  try {
    return await deleteTenant(scope);
  } catch (error) {
    // What keeps a tenant from going away is seen where people look, not in a log alone. A pass that was broken off, as by
    // a stop of the operator, is no news.
    if (!(error instanceof NotLeading) && !scope.signal.aborted) await publishStatus(scope, [failed('Ready', error)]);
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
  const outcome = await deletionOutcome(scope);
  if (outcome.finished) {
    await removeFinalizer(kube, tenants, tenant, finalizer);
    return {};
  }
  await publishStatus(scope, [outcome.blocker]);
  return { requeueAfterMs: outcome.blocker.requeueAfterMs };
};

const reconcileLiving = async (scope: TenantScope): Promise<ReconcileResult> => {
  const errors: unknown[] = [];
  const outcomes = complete(await runPhases(scope, errors));
  await publishStatus(scope, [summary(outcomes), ...outcomes]);
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, 'Several steps failed');
  const delays = outcomes.flatMap(({ requeueAfterMs }) => requeueAfterMs ?? []);
  return delays.length > 0 ? { requeueAfterMs: Math.min(...delays) } : {};
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

/** One pass over one Tenant: from what it wants and what is there, never from what a pass before remembers. */
export const reconcileTenant = async (
  dependencies: Dependencies,
  name: string,
  signal: AbortSignal,
): Promise<ReconcileResult> => {
  const { kube } = dependencies;
  let tenant = await kube.read(tenants, { name });
  if (!tenant) return {};
  const deleting = isBeingDeleted(tenant);
  if (!deleting && !isPaused(tenant) && !isMarked(tenant)) {
    // Before anything outside exists: what is made for a tenant is always undone with it, and found by its claim.
    const id = claimOf(tenant) ?? tenant.status?.tenantId ?? newTenantId();
    const marks = { finalizer, annotations: { [annotations.claim]: claimFor(tenant, id) } };
    tenant = await addFinalizer(kube, tenants, tenant, marks);
  }
  const scope: TenantScope = {
    ...dependencies,
    tenant,
    database: tenant.status?.database ?? {},
    signal,
  };
  if (deleting) return reconcileDeletion(scope);
  return isPaused(tenant) ? reconcilePaused(scope) : reconcileLiving(scope);
};
