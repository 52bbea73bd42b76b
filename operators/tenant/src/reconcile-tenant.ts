import { isDeepStrictEqual } from 'node:util';
import { StatusError } from '@legendops/operator-runtime/client/status-error';
import { DatabaseError } from 'pg';
import type { KubeClient } from '@legendops/operator-runtime/client/kube-client';
import { withCondition, type Condition, type ConditionValue } from '@legendops/operator-runtime/controller/conditions';
import type { ReconcileResult } from '@legendops/operator-runtime/controller/controller';
import {
  annotations,
  conditionTypes,
  finalizer,
  namespaceOf,
  statusManager,
  tenants,
  type ConditionType,
  type Tenant,
  type TenantStatus,
} from './api/tenant.ts';
import { billingPhase } from './phases/billing.ts';
import { credentialsPhase } from './phases/credentials.ts';
import { deleteTenant } from './phases/deletion.ts';
import { namespacePhase } from './phases/namespace.ts';
import { newTenantId } from './phases/tenant-id.ts';
import { registeredPhase } from './phases/registered.ts';
import { VaultUnavailable } from './vault/vault-call.ts';
import { blocked, waiting, type Phase, type PhaseOutcome, type TenantScope } from './scope.ts';

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
    errors.push(error);
    return types.map((type) => failed(type, error));
  }
};

const isDone = (outcomes: readonly PhaseOutcome[], type: ConditionType): boolean =>
  outcomes.some((outcome) => outcome.type === type && outcome.status === 'True');

/** Every phase that can run; one that failed does not stop those that do not need it. */
const runPhases = async (scope: TenantScope, errors: unknown[]): Promise<PhaseOutcome[]> => {
  const outcomes = await attempt(scope, registeredPhase, ['Registered'], errors);
  if (scope.tenantId === undefined || !isDone(outcomes, 'Registered')) return outcomes;
  outcomes.push(...(await attempt(scope, namespacePhase, ['NamespaceReady'], errors)));
  if (!isDone(outcomes, 'NamespaceReady')) return outcomes;
  outcomes.push(...(await attempt(scope, credentialsPhase, ['DatabaseReady', 'SecretsReady'], errors)));
  outcomes.push(...(await attempt(scope, billingPhase, ['BillingReady'], errors)));
  return outcomes;
};

const aspects = conditionTypes.filter((type) => type !== 'Ready');

const complete = (outcomes: readonly PhaseOutcome[]): PhaseOutcome[] =>
  aspects.map(
    (type) =>
      outcomes.find((outcome) => outcome.type === type) ?? waiting(type, 'Waiting', 'Waits for an earlier step'),
  );

/** Ready sums up: the first aspect that is not true, in the order of the phases. */
export const summary = (outcomes: readonly PhaseOutcome[]): ConditionValue => {
  const open = outcomes.find(({ status }) => status === 'False') ?? outcomes.find(({ status }) => status !== 'True');
  return open
    ? { type: 'Ready', status: 'False', reason: open.reason, message: `${open.type}: ${open.message}` }
    : { type: 'Ready', status: 'True', reason: 'Ready', message: '' };
};

const statusOf = (scope: TenantScope, values: readonly ConditionValue[]): TenantStatus => {
  const { tenant, tenantId, database, now } = scope;
  const context = { generation: tenant.metadata.generation ?? 0, now: now() };
  const conditions = values.reduce<Condition[]>(
    (list, { type, status, reason, message }) => withCondition(list, { type, status, reason, message }, context),
    tenant.status?.conditions ?? [],
  );
  return {
    ...(tenantId !== undefined && { tenantId }),
    namespace: namespaceOf(tenant),
    observedGeneration: context.generation,
    ...(Object.keys(database).length > 0 && { database }),
    conditions,
  };
};

const writeStatus = async (kube: KubeClient, tenant: Tenant, status: TenantStatus): Promise<void> => {
  if (isDeepStrictEqual(tenant.status, status)) return;
  await kube.apply(tenants, { metadata: { name: tenant.metadata.name }, status } as unknown as Tenant, {
    fieldManager: statusManager,
    force: true,
    subresource: 'status',
  });
};

const withFinalizers = (tenant: Tenant, finalizers: string[], annotated?: Record<string, string>) => ({
  metadata: {
    finalizers,
    ...(annotated && { annotations: annotated }),
    ...(tenant.metadata.resourceVersion !== undefined && { resourceVersion: tenant.metadata.resourceVersion }),
    uid: tenant.metadata.uid,
  },
});

const reconcileDeletion = async (scope: TenantScope): Promise<ReconcileResult> => {
  const { kube, tenant } = scope;
  const finalizers = tenant.metadata.finalizers ?? [];
  if (!finalizers.includes(finalizer)) return {};
  const outcome = await deleteTenant(scope);
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
  await writeStatus(kube, tenant, statusOf(scope, [outcome.blocker]));
  return { requeueAfterMs: outcome.blocker.requeueAfterMs };
};

const reconcileLiving = async (scope: TenantScope): Promise<ReconcileResult> => {
  const errors: unknown[] = [];
  const outcomes = complete(await runPhases(scope, errors));
  await writeStatus(scope.kube, scope.tenant, statusOf(scope, [summary(outcomes), ...outcomes]));
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
  if (tenant.metadata.annotations?.[annotations.paused] === 'true') return {};
  const deleting = tenant.metadata.deletionTimestamp !== undefined;
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
    database: tenant.status?.database ?? {},
    signal,
  };
  return deleting ? reconcileDeletion(scope) : reconcileLiving(scope);
};
