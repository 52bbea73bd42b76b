import type { ReconcileResult } from '@legendops/operator-runtime/controller/controller';
import { ContestedObject } from '@legendops/operator-runtime/controller/applier';
import { StatusError } from '@legendops/operator-runtime/client/status-error';
import { NotLeading } from '@legendops/operator-runtime/lease/only-while';
import { DatabaseError } from 'pg';
import { annotations, finalizer, tenants, type ConditionType, type Tenant } from './api/tenant.ts';
import { billingPhase } from './phases/billing.ts';
import { credentialsPhase } from './phases/credentials.ts';
import { deleteTenant, type DeletionOutcome } from './phases/deletion.ts';
import { integrationsPhase } from './phases/integrations.ts';
import { namespacePhase } from './phases/namespace.ts';
import { newTenantId } from './phases/tenant-id.ts';
import { registeredPhase } from './phases/registered.ts';
import { blocked, type Phase, type PhaseOutcome, type TenantScope } from './scope.ts';
import { complete, publishStatus, summary } from './tenant-status.ts';
import { VaultUnavailable } from './vault/vault-call.ts';

export type Dependencies = Omit<TenantScope, 'tenant' | 'tenantId' | 'database' | 'signal'>;

const partOf = (error: unknown): string => {
  if (error instanceof VaultUnavailable) return 'The vault';
  if (error instanceof StatusError) return 'The Kubernetes API';
  return error instanceof DatabaseError ? 'The database' : 'A step';
};

/** What a condition says when its phase threw: which part did not answer, never how it was asked. */
const failed = (type: ConditionType, error: unknown): PhaseOutcome => {
  const given = error instanceof Error && 'code' in error ? error.code : undefined;
  const code = typeof given === 'string' || typeof given === 'number' ? ` (${given})` : '';
  return blocked(type, 'TemporaryFailure', `${partOf(error)} failed and is tried again${code}`);
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
    if (error instanceof ContestedObject) {
      const { name, message, retryInMs } = error;
      return types.map((type) => blocked(type, name, message, retryInMs));
    }
    errors.push(error);
    return types.map((type) => failed(type, error));
  }
};

const isDone = (outcomes: readonly PhaseOutcome[], type: ConditionType): boolean =>
  outcomes.some((outcome) => outcome.type === type && outcome.status === 'True');

/** Every phase that can run; one that failed does not stop those that do not need it. */
const runPhases = async (scope: TenantScope, errors: unknown[]): Promise<PhaseOutcome[]> => {
  const outcomes = await attempt(scope, registeredPhase, ['Registered'], errors);
  const run = async (phase: Phase, ...types: readonly ConditionType[]): Promise<void> => {
    scope.signal.throwIfAborted();
    outcomes.push(...(await attempt(scope, phase, types, errors)));
  };
  const isUnanswered = errors.length > 0 && scope.tenant.status?.tenantId !== undefined;
  if (isUnanswered) {
    // The registry did not answer. What it said before still stands in the status, and the namespace needs no more.
    scope.tenantId = scope.tenant.status?.tenantId;
    await run(namespacePhase, 'NamespaceReady');
  }
  if (!isDone(outcomes, 'Registered')) return outcomes;
  await run(integrationsPhase, 'IntegrationsReady');
  await run(namespacePhase, 'NamespaceReady');
  if (!isDone(outcomes, 'NamespaceReady')) return outcomes;
  await run(credentialsPhase, 'DatabaseReady', 'SecretsReady');
  await run(billingPhase, 'BillingReady');
  return outcomes;
};

const isPaused = ({ metadata }: Tenant): boolean => metadata.annotations?.[annotations.paused] === 'true';

const withFinalizers = (tenant: Tenant, finalizers: string[], annotated?: Record<string, string>) => ({
  metadata: {
    finalizers,
    ...(annotated && { annotations: annotated }),
    ...(tenant.metadata.resourceVersion !== undefined && { resourceVersion: tenant.metadata.resourceVersion }),
    uid: tenant.metadata.uid,
  },
});

const deletionOutcome = async (scope: TenantScope): Promise<DeletionOutcome> => {
  try {
    return await deleteTenant(scope);
  } catch (error) {
    // What keeps a tenant from going away is seen where people look, not in a log alone.
    if (!(error instanceof NotLeading)) await publishStatus(scope, [failed('Ready', error)]);
    throw error;
  }
};

const reconcileDeletion = async (scope: TenantScope): Promise<ReconcileResult> => {
  const { kube, tenant } = scope;
  const finalizers = tenant.metadata.finalizers ?? [];
  if (!finalizers.includes(finalizer)) return {};
  if (isPaused(tenant)) {
    await publishStatus(scope, [blocked('Ready', 'Paused', `It is not removed while ${annotations.paused} is true`)]);
    return {};
  }
  const outcome = await deletionOutcome(scope);
  if (outcome.finished) {
    await kube.mergePatch(
      tenants,
      { name: tenant.metadata.name },
      withFinalizers(
        tenant,
        finalizers.filter((name) => name !== finalizer),
      ),
    );
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

/** One pass over one Tenant: from what it wants and what is there, never from what a pass before remembers. */
export const reconcileTenant = async (
  dependencies: Dependencies,
  name: string,
  signal: AbortSignal,
): Promise<ReconcileResult> => {
  const { kube } = dependencies;
  let tenant = await kube.read(tenants, { name });
  if (!tenant) return {};
  const deleting = tenant.metadata.deletionTimestamp !== undefined;
  if (!deleting && isPaused(tenant)) return {};
  if (!deleting && !tenant.metadata.finalizers?.includes(finalizer)) {
    // Before anything outside exists: what is made for a tenant is always undone with it, and found by its claim.
    tenant = await kube.mergePatch(
      tenants,
      { name },
      withFinalizers(tenant, [...(tenant.metadata.finalizers ?? []), finalizer], {
        [annotations.claim]: tenant.metadata.annotations?.[annotations.claim] ?? newTenantId(),
      }),
    );
  }
  const scope: TenantScope = {
    ...dependencies,
    tenant,
    // The phases find it out; who only undoes must not lose what the status says of it.
    tenantId: deleting ? tenant.status?.tenantId : undefined,
    database: tenant.status?.database ?? {},
    signal,
  };
  return deleting ? reconcileDeletion(scope) : reconcileLiving(scope);
};
