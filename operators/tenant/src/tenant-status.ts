import {
  conditionOf,
  withCondition,
  type Condition,
  type ConditionValue,
} from '@legendops/operator-runtime/controller/conditions';
import { publishStatus as publish } from '@legendops/operator-runtime/controller/status';
import type { Happening } from '@legendops/operator-runtime/events/event-recorder';
import {
  conditionTypes,
  namespaceOf,
  statusManager,
  tenants,
  type ConditionType,
  type TenantStatus,
} from './api/tenant.ts';
import { waiting, type PhaseOutcome, type TenantScope } from './scope.ts';

/** Informs, and gates nothing. */
const informing: ConditionType = 'IntegrationsReady';

const aspects = conditionTypes.filter((type) => type !== 'Ready');

/** An outcome for every aspect; one that no phase spoke of waits. */
export const complete = (outcomes: readonly PhaseOutcome[]): PhaseOutcome[] =>
  aspects.map(
    (type) =>
      outcomes.find((outcome) => outcome.type === type) ?? waiting(type, 'Waiting', 'Waits for an earlier step'),
  );

/** Ready sums up: the first aspect that is not true, in the order of the phases. */
export const summary = (all: readonly PhaseOutcome[]): ConditionValue => {
  const outcomes = all.filter(({ type }) => type !== informing);
  const open = outcomes.find(({ status }) => status === 'False') ?? outcomes.find(({ status }) => status !== 'True');
  return open
    ? { type: 'Ready', status: 'False', reason: open.reason, message: `${open.type}: ${open.message}` }
    : { type: 'Ready', status: 'True', reason: 'Ready', message: '' };
};

const statusOf = (scope: TenantScope, values: readonly ConditionValue[]): TenantStatus => {
  const { tenant, database, now } = scope;
  // A pass in which no registry answered knows no better than the one before.
  const tenantId = scope.tenantId ?? tenant.status?.tenantId;
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

/**
 * What `kubectl describe` should tell: an aspect that became false, or is false for another reason now, or is true again.
 * Of a tenant that comes up without trouble Ready says it all; six events each would be a third of all writes.
 */
export const transitions = (before: readonly Condition[], after: readonly Condition[]): Happening[] =>
  after.flatMap(({ type, status, reason, message }) => {
    const was = conditionOf(before, type);
    if (status === 'Unknown' || (was?.status === status && (status === 'True' || was.reason === reason))) return [];
    if (status === 'True' && type !== 'Ready' && was?.status !== 'False') return [];
    // Nobody has connected anything yet, or nobody could look before: no news.
    if (type === informing && was?.status !== 'True') return [];
    // Ready only repeats what the aspect that is false says, except while the tenant is being removed.
    if (type === 'Ready' && status === 'False' && after.some((one) => one.type !== type && one.reason === reason))
      return [];
    const note = status === 'True' ? `${type}${message === '' ? '' : `: ${message}`}` : `Not ${type}: ${message}`;
    return [{ type: status === 'True' ? 'Normal' : 'Warning', reason, action: 'Reconcile', note }];
  });

/** Writes the status unless it stands there already, and tells of what changed in it. */
export const publishStatus = async (scope: TenantScope, values: readonly ConditionValue[]): Promise<void> => {
  const { kube, tenant, events } = scope;
  const status = statusOf(scope, values);
  if (!(await publish(kube, tenants, tenant, { status, fieldManager: statusManager }))) return;
  for (const happening of transitions(tenant.status?.conditions ?? [], status.conditions ?? []))
    events.record(tenants, tenant, happening);
};
